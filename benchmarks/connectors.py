"""How fast, and in how much memory, are files read, beside what others would use?

Run: python -m benchmarks.connectors [rows]

Files are generated with a fixed seed. Every reader runs in a process of its own, three times, so
that the peak memory is its own; the best processor time is kept. A peer only splits or loads the
file: it checks no number, date, width or encoding, which ours does; the ratio is what checks cost.
"""

import csv
import datetime as dt
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import yaml

from hygie.connectors.finess.layout import SITE_COLUMNS
from hygie.connectors.finess.numbers import complete_finess
from hygie.connectors.finess.reader import open_finess
from hygie.connectors.finess.types import FinessMetadata, FinessSite
from hygie.connectors.finess.writer import write_finess
from hygie.connectors.frameworks.reader import read_library
from hygie.connectors.ght_sheet.reader import open_ght_sheet
from hygie.connectors.ght_sheet.types import GhtMembershipRow, GhtRole
from hygie.connectors.ght_sheet.writer import write_ght_xlsx

SEED = 20260512
FINESS_ROWS = 103_000
SHEET_ROWS = 20_000
LIBRARY_BYTES = 3_400_000
TURNS = 3


def sites(rows: int) -> Iterator[FinessSite]:
    """Invented structures with the shape of the national extract."""
    draw = random.Random(SEED)  # noqa: S311 - a benchmark, not a secret
    towns = ["VIRIAT", "ST BENOÎT", "ÉVRON", "LES ABYMES", "CHÂTEAU-GONTIER"]
    for index in range(rows):
        town = draw.choice(towns)
        day = dt.date(1950, 1, 1) + dt.timedelta(days=draw.randrange(27_000))
        yield FinessSite(
            number=complete_finess(f"{index:08d}"),
            legal_entity=complete_finess(f"{index // 3:08d}"),
            name=f"CENTRE {town} {index}",
            long_name=f'CENTRE HOSPITALIER "{town}" SITE {index}',
            street_number=str(draw.randrange(1, 200)),
            street_kind="RTE",
            street="DE L'ÉTANG",
            commune=f"{draw.randrange(1, 500):03d}",
            departement=f"{draw.randrange(1, 20):02d}",
            departement_name="AIN",
            routing=f"01440 {town}",
            telephone="0474454647",
            category="355",
            category_name="Centre Hospitalier (C.H.)",
            category_group="1102",
            category_group_name="Centres Hospitaliers",
            siret="26010004500012",
            ape="8610Z",
            funding="03",
            funding_name="ARS établissements Publics de santé dotation globale",
            public_service="1",
            public_service_name="Etablissement public de santé",
            opened_on=day,
            authorised_on=day,
            updated_on=dt.date(2024, 2, 4),
        )


def memberships(rows: int) -> Iterator[GhtMembershipRow]:
    """Invented memberships."""
    for index in range(rows):
        number = complete_finess(f"{index:08d}")
        name = f"CH n° {index}"
        yield GhtMembershipRow(
            "Bretagne", f"GHT {index // 9}", f"BR-{index // 9:02d}"[:9], number, "355", name,
            "ÉVRON", "35000", GhtRole.PARTIE, dt.date(2016, 7, 1),
        )  # fmt: skip


def write_library(path: Path) -> None:
    """Write an invented library of the size of the largest public one."""
    base = "urn:x:risk:req_node:grand"
    lines = [
        "urn: urn:x:risk:library:grand\nlocale: fr\nref_id: GRAND\nname: Grand\nversion: 1\n"
        "objects:\n  framework:\n    urn: urn:x:risk:framework:grand\n    ref_id: GRAND\n"
        "    name: Grand\n    requirement_nodes:\n"
    ]
    size = index = 0
    while size < LIBRARY_BYTES:
        index += 1
        lines.append(
            f"    - urn: {base}:{index}\n      assessable: true\n      depth: 1\n"
            f"      ref_id: G.{index}\n      name: Exigence {index}\n"
            f'      description: "{"Un texte de longueur ordinaire. " * 8}"\n'
            f"      translations:\n        en:\n          name: Requirement {index}\n"
            f'          description: "{"A text of ordinary length. " * 8}"\n'
        )
        size += len(lines[-1])
    path.write_text("".join(lines), encoding="utf-8")


def finess_hygie(path: Path) -> int:
    return sum(1 for _record in open_finess(path).records())


def finess_dict_reader(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as stream:
        next(stream)
        titles = ["kind", *SITE_COLUMNS.values()]
        return sum(1 for _row in csv.DictReader(stream, titles, delimiter=";"))


def finess_whole_list(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as stream:
        next(stream)
        return len(list(csv.reader(stream, delimiter=";")))


def sheet_hygie(path: Path) -> int:
    return sum(1 for _row in open_ght_sheet(path).rows())


def sheet_openpyxl_streamed(path: Path) -> int:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    count = sum(1 for _row in book.worksheets[0].iter_rows(values_only=True)) - 1
    book.close()
    return count


def sheet_openpyxl_whole(path: Path) -> int:
    book = openpyxl.load_workbook(path, data_only=True)
    return sum(1 for _row in book.worksheets[0].iter_rows(values_only=True)) - 1


def library_hygie(path: Path) -> int:
    library = read_library(path).library
    return len(library.frameworks[0].nodes) if library else 0


def library_c_loader(path: Path) -> int:
    with path.open("rb") as stream:
        tree = yaml.load(stream, Loader=yaml.CSafeLoader)
    return len(tree["objects"]["framework"]["requirement_nodes"])


def library_python_loader(path: Path) -> int:
    with path.open("rb") as stream:
        tree = yaml.load(stream, Loader=yaml.SafeLoader)
    return len(tree["objects"]["framework"]["requirement_nodes"])


GROUPS: dict[str, tuple[Callable[[Path], int], ...]] = {
    "finess.csv": (finess_hygie, finess_dict_reader, finess_whole_list),
    "ght.xlsx": (sheet_hygie, sheet_openpyxl_streamed, sheet_openpyxl_whole),
    "library.yaml": (library_hygie, library_c_loader, library_python_loader),
}
READERS = {reader.__name__: reader for group in GROUPS.values() for reader in group}


def measure(name: str, path: Path) -> None:
    """Run one reader in this process: rows, seconds, and peak memory in mebibytes."""
    started = time.process_time()
    rows = READERS[name](path)
    seconds = time.process_time() - started
    print(rows, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measured(reader: Callable[[Path], int], path: Path) -> tuple[int, float, float]:
    """Run one reader in fresh processes; keep the best time and its memory."""
    command = [sys.executable, "-m", "benchmarks.connectors", "--one", reader.__name__, str(path)]
    turns = []
    for _turn in range(TURNS):
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
        rows, seconds, peak = done.stdout.split()
        turns.append((float(seconds), int(rows), float(peak)))
    seconds_best, rows_best, peak_best = min(turns)
    return rows_best, seconds_best, peak_best


def idle_megabytes() -> float:
    """Memory of a process that has imported everything and read nothing."""
    code = (
        "import benchmarks.connectors as b, resource as r; print(r.getrusage(0).ru_maxrss / 1024)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def main(rows: int) -> None:
    """Generate the files, run every reader, print a table."""
    idle = idle_megabytes()
    print(f"memory before reading: {idle:.0f} MB; the peaks below are above it")
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder) / name for name in GROUPS}
        metadata = FinessMetadata("etalab", "111", dt.date(2026, 5, 12))
        write_finess(paths["finess.csv"], sites(rows), metadata=metadata)
        write_ght_xlsx(paths["ght.xlsx"], memberships(SHEET_ROWS))
        write_library(paths["library.yaml"])
        for name, readers in GROUPS.items():
            print(f"\n{name}, {paths[name].stat().st_size / 1e6:.1f} MB")
            ours = 0.0
            for reader in readers:
                count, seconds, peak = measured(reader, paths[name])
                ours = ours or seconds
                print(
                    f"  {reader.__name__:26} {count:>7} rows {seconds:7.2f} s "
                    f"{count / seconds:>9.0f} rows/s {peak - idle:6.0f} MB  x{seconds / ours:.2f}"
                )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else FINESS_ROWS)
