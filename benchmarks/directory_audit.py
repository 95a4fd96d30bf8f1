"""How long, and in how much memory, from the export of a hospital to its level and a proven plan?

Run: python -m benchmarks.directory_audit [objects…]   (100,000 when not given)

A hospital is invented with a fixed seed and the defects below, written as a SharpHound archive by
our own writer, then read and audited in a process of its own: every stage that a user waits for,
the pages aside. Memory is the peak of that process so far, kernels compiled beforehand included;
times are wall clock, and processor time stands beside them since the machine may be shared.
"""

import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from hygie.connectors.directory_exports.opening import open_export
from hygie.connectors.directory_exports.sharphound_writer import write_sharphound
from hygie.engines.directory.audit import AuditResult, audit
from hygie.engines.directory.invented.hospital import SMALLEST, hospital_directory
from hygie.engines.directory.invented.planted_paths import PATHS
from hygie.engines.directory.published import published_catalogue

SEED = 20260512
SIZES = (100_000,)
AS_OF = datetime(2026, 9, 30, tzinfo=UTC)
# Ways that few can take, then one open to everybody: the whole hospital is exposed.
DEFECTS = (
    *PATHS, "adcs_template_auth_enroll_with_name", "permissions_dc", "group_loop", "guest",
    "dont_expire", "krbtgt", "user_accounts_dormant", "sidhistory_present", "owner",
)  # fmt: skip


def write(path: Path, objects: int) -> None:
    """Invent and write; print both times and the relations."""
    moment = int(AS_OF.timestamp())
    started = time.perf_counter()
    facts = hospital_directory(SEED, objects, moment, defects=DEFECTS).facts
    made = time.perf_counter() - started
    peak = _peak_mb()
    written = write_sharphound(facts, path, collected_on=moment)
    wrote = time.perf_counter() - started - made
    print(made, wrote, len(facts.edges), written.edges, peak, _peak_mb())


class Clock:
    """Prints each stage as it ends: name, wall clock, processor time, peak memory."""

    def __init__(self) -> None:
        self._name = ""
        self._since = time.perf_counter(), time.process_time()

    def stage(self, name: str) -> None:
        """End the stage under way, begin another; "" begins none."""
        now = time.perf_counter(), time.process_time()
        if self._name:
            wall, cpu = now[0] - self._since[0], now[1] - self._since[1]
            print(self._name, wall, cpu, _peak_mb())
        self._name, self._since = name, now


def answer(path: Path) -> None:
    """Read and audit one archive, stage by stage; then print what was found."""
    _warm()
    clock = Clock()
    clock.stage("read")
    exports = open_export(path).exports
    result = audit(
        exports,
        as_of=int(AS_OF.timestamp()),
        catalogue=published_catalogue().at(AS_OF.date()),
        progress=clock.stage,
    )
    clock.stage("")
    _say(result)


def _warm() -> None:
    """Load compiled code: it costs the first audit of an installation alone."""
    facts = hospital_directory(SEED, 2 * SMALLEST, int(AS_OF.timestamp()), defects=DEFECTS).facts
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warm.zip"
        write_sharphound(facts, path)
        audit(
            open_export(path).exports,
            as_of=int(AS_OF.timestamp()),
            catalogue=published_catalogue().at(AS_OF.date()),
        )


def _say(result: AuditResult) -> None:
    found, plan = result.exposure, result.plan
    print(
        f"found level {result.level.at_best}, {result.objects:,} objects,"
        f" {len(found.edges):,} relations walked,"
        f" {found.exposed_users + found.exposed_computers:,} exposed of"
        f" {found.users + found.computers:,}, {len(plan.minimum)} changes"
        f" {'proven' if plan.is_proven else 'not proven'}, {len(plan.steps)} steps"
    )


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(*words: str) -> list[str]:
    """Run this program in a fresh process; its lines."""
    command = [sys.executable, "-m", "benchmarks.directory_audit", *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout.splitlines()


def table(objects: int) -> Iterator[str]:
    """One size, as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "20260930000000_hospital.zip"
        made, wrote, edges, written, *peaks = map(
            float, run("--write", str(path), str(objects))[0].split()
        )
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist()) / 1e6
        packed = path.stat().st_size / 1e6
        *stages, said = run("--answer", str(path))
    yield f"### {objects:,} objects, {edges:,.0f} relations"
    yield (
        f"Invented in {made:.1f} s ({peaks[0]:,.0f} MB), written in {wrote:.1f} s"
        f" ({written:,.0f} relations, {size:,.0f} MB of JSON, {packed:,.0f} MB as an archive)."
    )
    yield f"{said.removeprefix('found ').capitalize()}."
    yield ""
    yield "| Stage | Seconds | Processor | Per 100 MB | Peak so far |"
    yield "|---|---|---|---|---|"
    total, cpu_total, peak = 0.0, 0.0, ""
    for line in stages:
        name, wall, cpu, peak = line.split()
        total, cpu_total = total + float(wall), cpu_total + float(cpu)
        yield _row(name, float(wall), float(cpu), size, peak)
    yield _row("**all**", total, cpu_total, size, peak)
    yield ""


def _row(name: str, wall: float, cpu: float, size: float, peak: str) -> str:
    return f"| {name} | {wall:.1f} | {cpu:.1f} | {wall * 100 / size:.2f} | {float(peak):,.0f} MB |"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:2] == ["--answer"]:
        answer(Path(sys.argv[2]))
    else:
        for wanted in [int(word) for word in sys.argv[1:]] or SIZES:
            for shown in table(wanted):
                print(shown, flush=True)
