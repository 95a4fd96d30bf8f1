"""How fast, and in how much memory, is a directory export read, beside what others would use?

Run: python -m benchmarks.directory_reading [users]   (peers: `uv sync --group bench`)

A directory of users with a dozen rights each is generated with a fixed seed, by our own writer,
as SharpHound does: one file of users of about 277 MB for 100,000 of them, in an archive. Every
reader runs in a process of its own, three times, so that the peak memory is its own; the best
processor time is kept. The peers only give Python objects; ours gives facts: identifiers interned,
rights in columns, values checked, and the file followed to its end once before anything is kept.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from hygie.connectors.directory_exports.json_stream import JsonExport
from hygie.connectors.directory_exports.sharphound import read_sharphound
from hygie.connectors.directory_exports.sharphound_writer import write_sharphound
from hygie.connectors.messages import Report
from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Instant, Number, ObjectKind, Text

SEED = 20260512
USERS = 100_000
RIGHTS = 12
TURNS = 3
DOMAIN = "S-1-5-21-1004336348-1177238915-682003330"
KINDS = (
    EdgeKind.OWNS, EdgeKind.WRITE_DACL, EdgeKind.WRITE_OWNER, EdgeKind.GENERIC_ALL,
    EdgeKind.GENERIC_WRITE, EdgeKind.ALL_EXTENDED_RIGHTS, EdgeKind.ADD_KEY_CREDENTIAL_LINK,
)  # fmt: skip
TOLD = (
    Flag.ENABLED, Flag.ADMIN_COUNT, Flag.PASSWORD_NEVER_EXPIRES, Flag.PASSWORD_NOT_REQUIRED,
    Flag.NO_PREAUTH, Flag.HAS_SPN, Flag.UNCONSTRAINED_DELEGATION, Flag.TRUSTED_TO_AUTH,
    Flag.SENSITIVE, Flag.DES_ONLY, Flag.REVERSIBLE_PASSWORD, Flag.SMARTCARD_REQUIRED,
    Flag.ACL_PROTECTED, Flag.SID_HISTORY, Flag.ACES_COLLECTED,
)  # fmt: skip


def write_users(target: Path, users: int) -> None:
    """Write an archive of one domain with these users, a tenth of whom hold the rights."""
    draw = np.random.default_rng(SEED)
    state = FactsBuilder()
    domain = state.intern(DOMAIN)
    state.describe(domain, ObjectKind.DOMAIN, "HOPITAL.FR", domain)
    holders = draw.integers(0, max(1, users // 10), (users, RIGHTS)).tolist()
    ages = draw.integers(1_500_000_000, 1_760_000_000, users).tolist()
    known = sum(1 << flag for flag in TOLD)
    for rank in range(users):
        index = state.intern(f"{DOMAIN}-{1_104 + rank}")
        name = f"UTILISATEUR{rank:07d}"
        state.describe(index, ObjectKind.USER, f"{name}@HOPITAL.FR", domain)
        state.flags(index, known, 1 << Flag.ENABLED | 1 << Flag.ACES_COLLECTED)
        state.text(index, Text.SAM_NAME, name.lower())
        place = f"CN={name},OU=SERVICE {rank % 97},OU=UTILISATEURS,DC=HOPITAL,DC=FR"
        state.text(index, Text.DISTINGUISHED_NAME, place)
        state.number(index, Number.UAC, 512)
        state.number(index, Number.ENCRYPTION_TYPES, 0)
        for column in (Instant.PASSWORD_SET, Instant.LAST_LOGON, Instant.CREATED):
            state.instant(index, column, ages[rank])
    for rank in range(users):
        for place_of_right, holder in enumerate(holders[rank]):
            kind = KINDS[(rank + place_of_right) % len(KINDS)]
            state.edge(1 + holder, kind, 1 + rank, place_of_right % 2)
    write_sharphound(state.build(), target, collected_on=1_760_000_000)


def padded(path: Path) -> None:
    """Give each record the texts that a real one has and that no fact is made of."""
    filler = {
        "description": None, "title": None, "homedirectory": None, "logonscript": None,
        "userpassword": None, "unixpassword": None, "unicodepassword": None, "sfupassword": None,
        "displayname": "Un Prénom et un Nom", "email": "prenom.nom@hopital.fr",
        "profilepath": None, "lockedout": False, "passwordexpired": False, "lastlogon": 0,
    }  # fmt: skip
    added = json.dumps(filler).encode()[1:-1] + b","
    other = path.with_suffix(".tmp")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            with old.open(name) as stream, new.open(name, "w", force_zip64=True) as target:
                rest = b""
                while piece := stream.read(1 << 20):
                    whole = rest + piece
                    cut = max(0, len(whole) - 16)
                    target.write(whole[:cut].replace(b'"Properties":{', b'"Properties":{' + added))
                    rest = whole[cut:]
                target.write(rest)
    other.replace(path)


def write_files(path: Path, users: int) -> None:
    """Write the archive, and beside it its file of users."""
    write_users(path, users)
    padded(path)
    with zipfile.ZipFile(path) as archive:
        (name,) = (one for one in archive.namelist() if one.endswith("_users.json"))
        path.with_suffix(".json").write_bytes(archive.read(name))


def hygie_archive(path: Path) -> int:
    export = read_sharphound(path, Report())
    assert export.facts is not None
    return len(export.facts.edges)


def hygie_json(path: Path) -> int:
    return hygie_archive(path.with_suffix(".json"))


def hygie_split_only(path: Path) -> int:
    with path.with_suffix(".json").open("rb") as stream:
        return sum(1 for _record in JsonExport(stream, path.name).records())


def peer_json(path: Path) -> int:
    with path.with_suffix(".json").open("rb") as stream:
        return sum(len(one["Aces"]) for one in json.load(stream)["data"])


def peer_orjson(path: Path) -> int:
    import orjson  # type: ignore[import-not-found,unused-ignore]

    content = orjson.loads(path.with_suffix(".json").read_bytes())
    return sum(len(one["Aces"]) for one in content["data"])


def peer_msgspec(path: Path) -> int:
    import msgspec

    content = msgspec.json.decode(path.with_suffix(".json").read_bytes())
    return sum(len(one["Aces"]) for one in content["data"])


def peer_ijson(path: Path) -> int:
    import ijson  # type: ignore[import-not-found,unused-ignore]

    with path.with_suffix(".json").open("rb") as stream:
        return sum(len(one["Aces"]) for one in ijson.items(stream, "data.item"))


READERS: dict[str, Callable[[Path], int]] = {
    reader.__name__: reader
    for reader in (
        hygie_json, hygie_archive, hygie_split_only, peer_json, peer_orjson, peer_msgspec,
        peer_ijson,
    )
}  # fmt: skip


def measure(name: str, path: Path) -> None:
    """Run one reader in this process: what it counted, seconds, peak memory in mebibytes."""
    started = time.process_time()
    count = READERS[name](path)
    seconds = time.process_time() - started
    print(count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def run(*words: str) -> str:
    """Run this program in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.directory_reading", *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout


def measured(name: str, path: Path) -> tuple[int, float, float]:
    """Run one reader in fresh processes; keep the best time and its memory."""
    turns = []
    for _turn in range(TURNS):
        count, seconds, peak = run("--one", name, str(path)).split()
        turns.append((float(seconds), int(count), float(peak)))
    seconds_best, count_best, peak_best = min(turns)
    return count_best, seconds_best, peak_best


def main(users: int) -> None:
    """Generate the export, run every reader, print a table."""
    idle = measured_idle()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.zip"
        started = time.perf_counter()
        # In another process: the memory of a parent counts in the peak of its children.
        run("--write", str(path), str(users))
        wrote = time.perf_counter() - started
        size = path.with_suffix(".json").stat().st_size / 1e6
        print(f"{users:,} users, {size:.0f} MB, {path.stat().st_size / 1e6:.0f} MB as an archive")
        print(f"generated in {wrote:.1f} s; memory above {idle:.0f} MB of an idle process")
        best = 0.0
        for reader in READERS:
            count, seconds, peak = measured(reader, path)
            best = best or seconds
            rate = size / seconds
            print(
                f"{reader:<18} {count:>10,} {seconds:>7.2f} s  x{seconds / best:<5.2f}"
                f" {rate:>6.0f} MB/s {peak - idle:>7.0f} MB"
            )


def measured_idle() -> float:
    """Memory of a process that has imported everything and read nothing."""
    code = (
        "import benchmarks.directory_reading, resource as r; print(r.getrusage(0).ru_maxrss / 1024)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return float(done.stdout)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2], Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--write"]:
        write_files(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else USERS)
