"""How long does a national FINESS stock of 103,000 establishments take, and how much memory?

Run it on each database, with nothing else on the machine:

    .venv/bin/python -m benchmarks.territory_import
    DATABASE_URL=postgresql://… .venv/bin/python -m benchmarks.territory_import

It makes a stock, imports it into an empty temporary instance, previews it again, then imports a
second stock in which one establishment in twenty has changed. Its peer is the least that any
importer does: `csv.DictReader`, then one `executemany` of the same number of rows.
"""

import argparse
import csv
import datetime as dt
import os
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path


def stock(count: int, *, year: int) -> Iterator["FinessSite"]:
    """Establishments in metropolitan departments, three to a legal entity; a fictitious country."""
    departments = [f"{code:02d}" for code in range(1, 96) if code != 20]
    for rank in range(count):
        entity = rank // 3
        department = departments[entity % len(departments)]
        has_changed = year > 2025 and rank % 20 == 0
        yield FinessSite(
            number=complete_finess(f"{department}{rank % 1_000_000:06d}"),
            legal_entity=complete_finess(f"{department}{500_000 + entity:06d}"),
            name=f"ETABLISSEMENT INVENTE {rank}{' BIS' if has_changed else ''}",
            long_name=f"ETABLISSEMENT INVENTE POUR LA MESURE NUMERO {rank}",
            street_number=str(rank % 200),
            street_kind="R",
            street="DES LILAS BLANCS",
            commune="123",
            departement=department,
            departement_name="DEPARTEMENT",
            routing=f"{department}000 VILLE INVENTEE CEDEX",
            telephone="0100000000",
            category="355",
            category_name="Centre Hospitalier (C.H.)",
            category_group="1102",
            category_group_name="Centres Hospitaliers",
            siret="20000000000000",
            funding="03",
            funding_name="ARS établissements Publics de santé dotation globale",
            public_service="1",
            public_service_name="Etablissement public de santé",
            opened_on=dt.date(1979, 2, 13),
            authorised_on=dt.date(1979, 2, 13),
            updated_on=dt.date(2020, 2, 4),
        )


def write(path: Path, count: int, year: int) -> None:
    """One stock on disk."""
    metadata = FinessMetadata("etalab", "111", dt.date(year, 5, 12))
    write_finess(path, stock(count, year=year), metadata=metadata)


def timed(label: str, work: Callable[[], object]) -> float:
    """Run, and print wall time, processor time and the peak memory of the process so far."""
    wall, cpu = time.perf_counter(), time.process_time()
    outcome = work()
    spent, used = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{label:<44} {spent:7.1f} s wall {used:7.1f} s cpu  peak {peak:6.0f} MB  {outcome}")
    return spent


def peer(path: Path) -> str:
    """csv.DictReader and one executemany of every column as text, into a fresh SQLite table."""
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(Path(folder) / "peer.sqlite3")
        names = [f"c{rank}" for rank in range(32)]
        database.execute(f"CREATE TABLE peer ({', '.join(names)})")
        with path.open(encoding="utf-8", newline="") as stream:
            next(stream)
            rows = csv.DictReader(stream, names, delimiter=";")
            marks = ", ".join(f":{name}" for name in names)
            database.executemany(f"INSERT INTO peer VALUES ({marks})", rows)
        database.commit()
        (count,) = database.execute("SELECT count(*) FROM peer").fetchone()
        database.close()
        return f"{count} rows"


def bring(path: Path) -> str:
    """Import as the command line does."""
    run = import_run_now(perimeter=operator_perimeter(), kind="territory.finess", path=path)
    return str(run.counts)


def preview(path: Path) -> str:
    """Dry run."""
    plan = import_run_now(
        perimeter=operator_perimeter(), kind="territory.finess", path=path, dry_run=True
    )
    return str(dict(plan.counts))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=103_000)
    count = parser.parse_args().rows
    folder = Path(os.environ["HYGIE_HOME"])
    first, second = folder / "first.csv", folder / "second.csv"
    write(first, count, 2025)
    write(second, count, 2026)
    print(f"{connection.vendor}, {count} establishments, {first.stat().st_size / 1e6:.0f} MB")
    preview_s = timed("preview, empty territory", lambda: preview(first))
    timed("import (read + apply)", lambda: bring(first))
    timed("preview, same file", lambda: preview(first))
    timed("import, one in twenty changed", lambda: bring(second))
    peer_s = timed("peer: DictReader + executemany, no check", lambda: peer(first))
    print(f"preview / peer: {preview_s / peer_s:.1f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="hygie-bench-") as home:
        os.environ.setdefault("HYGIE_HOME", home)
        os.environ.setdefault("HYGIE_PROFILE", "development")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hygie.shell.settings")
        import django

        django.setup()
        from django.conf import settings
        from django.db import connection
        from django.test.utils import setup_databases, teardown_databases

        from hygie.connectors.finess.numbers import complete_finess
        from hygie.connectors.finess.types import FinessMetadata, FinessSite
        from hygie.connectors.finess.writer import write_finess
        from hygie.foundation.imports.services import import_run_now
        from hygie.territory.perimeter import operator_perimeter

        settings.DEBUG = False
        old = setup_databases(verbosity=0, interactive=False)
        try:
            main()
        finally:
            teardown_databases(old, verbosity=0)
