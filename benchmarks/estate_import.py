"""How long does the map of a university hospital take to come in, and each change of it afterwards?

Run it on each database, with nothing else on the machine:

    .venv/bin/python -m benchmarks.estate_import
    DATABASE_URL=postgresql://… .venv/bin/python -m benchmarks.estate_import

It invents a map, brings it into an empty temporary instance twice (the second changes nothing),
ties two assets, computes again what care hands down, and takes the map out. Its peer is the least
that any importer does: decode the JSON, then one `executemany` of as many rows.
"""

import argparse
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def timed(label: str, work: Callable[[], object]) -> float:
    """Run, and print wall and processor time."""
    wall, cpu = time.perf_counter(), time.process_time()
    outcome = work()
    spent, used = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{label:<44} {spent:7.2f} s wall {used:7.2f} s cpu  {outcome}")
    return spent


def peer(path: Path) -> str:
    """json.load and one executemany of whole records as text, into fresh SQLite tables."""
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(Path(folder) / "peer.sqlite3")
        database.execute("CREATE TABLE peer (kind, content)")
        found = json.loads(path.read_bytes())
        rows = [
            (name, json.dumps(one, sort_keys=True))
            for name in ("assets", "links")
            for one in found[name]
        ]
        database.executemany("INSERT INTO peer VALUES (?, ?)", rows)
        database.commit()
        database.close()
        return f"{len(rows)} rows"


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="chu", choices=("clinic", "hospital", "chu"))
    size = parser.parse_args().size
    path = Path(os.environ["HYGIE_HOME"]) / "map.json"
    estate = invented_estate(size, 1)
    write_estate_file(path, estate)
    place = Organisation.objects.create(kind="ej", code="590000001", name="CHU", is_followed=True)
    who = operator_perimeter()

    def bring(*, dry_run: bool = False) -> str:
        options = {"organisation": place.code}
        if dry_run:
            return str(
                import_run_now(
                    perimeter=who, kind="estate.map", path=path, options=options, dry_run=True
                ).counts
            )
        return str(
            import_run_now(perimeter=who, kind="estate.map", path=path, options=options).counts
        )

    print(f"{connection.vendor}, {len(estate.assets)} assets, {len(estate.links)} links")
    timed("preview, empty map", lambda: bring(dry_run=True))
    import_s = timed("import (read + apply)", bring)
    timed("import, same file", bring)
    timed("rows → records", lambda: len(estate_of(who, place).estate.links))
    timed("completeness and inheritance, all", lambda: derived_refresh([place.pk]))
    assets = Asset.objects.select_related("organisation").order_by("pk")
    source, target = assets.filter(kind="application")[0], assets.filter(kind="server").last()
    assert target is not None
    timed("one link", lambda: link_add(perimeter=who, source=source, verb="uses", target=target))

    def take(suffix: str) -> Callable[[], object]:
        return lambda: estate_export(perimeter=who, organisation=place, suffix=suffix).close()

    timed("export, json", take("json"))
    timed("export, xlsx", take("xlsx"))
    peer_s = timed("peer: json.loads + executemany, no check", lambda: peer(path))
    print(f"import / peer: {import_s / peer_s:.1f}")


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

        from hygie.connectors.inventories.estate_file import write_estate_file
        from hygie.engines.estate.invented.hospital import invented_estate
        from hygie.foundation.imports.services import import_run_now
        from hygie.territory.estate.bridge import estate_of
        from hygie.territory.estate.exports import estate_export
        from hygie.territory.estate.models import Asset
        from hygie.territory.estate.services.derived import derived_refresh
        from hygie.territory.estate.services.links import link_add
        from hygie.territory.organisations.models import Organisation
        from hygie.territory.perimeter import operator_perimeter

        settings.DEBUG = False
        old = setup_databases(verbosity=0, interactive=False)
        try:
            main()
        finally:
            teardown_databases(old, verbosity=0)
