"""How long does it take to compute every state of a nation, and those of one establishment?

Run: `python benchmarks/assessment_states.py [--groups 100]`; builds its own database in a temporary
folder (SQLite), or uses DATABASE_URL's test database name with `_bench` on PostgreSQL.
"""

import argparse
import datetime as dt
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--groups", type=int, default=100, help="GHT of nine EJ of two ET each")
parser.add_argument("--months", type=int, default=1, help="values per indicator")
options = parser.parse_args()
home = tempfile.mkdtemp(prefix="hygie-bench-")
(Path(home) / "incoming").mkdir()
os.environ["HYGIE_HOME"] = home
os.environ["HYGIE_PROFILE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, get_runner  # noqa: E402

from hygie.governance.assessment.models import RequirementState  # noqa: E402
from hygie.governance.assessment.selectors.candidates import candidate_ids_all  # noqa: E402
from hygie.governance.assessment.services.months import month_close  # noqa: E402
from hygie.governance.assessment.services.states import states_recompute  # noqa: E402
from hygie.programme.models import DocumentKind, Indicator  # noqa: E402
from hygie.programme.services.referential import referential_load  # noqa: E402
from hygie.progress.models import Evidence  # noqa: E402
from hygie.progress.services.measurements import NewMeasurement, measurements_record  # noqa: E402
from hygie.territory.organisations.models import (  # noqa: E402
    ActivityFigure,
    GhtMembership,
    Organisation,
)
from hygie.territory.perimeter import operator_perimeter  # noqa: E402

TODAY = dt.date(2026, 11, 23)
DAY = dt.date(2026, 10, 1)


def territory_make(groups: int) -> None:
    """A nation of groups, entities and sites with activity and memberships."""
    nation = Organisation.objects.create(kind="nation", code="FR", name="France")
    region = Organisation.objects.create(kind="region", code="32", name="Région", parent=nation)
    common = {"is_followed": True, "region": region}
    ghts = Organisation.objects.bulk_create(
        Organisation(kind="ght", code=f"G{n}", name=f"GHT {n}", parent=region, **common)
        for n in range(groups)
    )
    entities = Organisation.objects.bulk_create(
        Organisation(
            kind="ej", code=f"E{n}", name=f"CH {n}", parent=ghts[n // 9], ght=ghts[n // 9],
            category_code="355", **common,
        )
        for n in range(groups * 9)
    )  # fmt: skip
    Organisation.objects.bulk_create(
        Organisation(
            kind="et", code=f"S{n}", name=f"Site {n}", parent=entities[n // 2],
            ght=entities[n // 2].ght, legal_entity=entities[n // 2], category_code="355", **common,
        )
        for n in range(groups * 18)
    )  # fmt: skip
    GhtMembership.objects.bulk_create(
        GhtMembership(ght=one.ght, member=one, role="support" if n % 9 == 0 else "partie")
        for n, one in enumerate(entities)
    )
    ActivityFigure.objects.bulk_create(
        ActivityFigure(organisation=one, year=2025, combined_activity=1000 + n, headcount=300)
        for n, one in enumerate(entities)
    )


def facts_make(months: int) -> int:
    """Values of every indicator and six proofs for each entity."""
    draw = random.Random(7)  # noqa: S311
    entities = list(Organisation.objects.filter(kind="ej"))
    indicators = [i for i in Indicator.objects.all() if i.held_at in {"any", "ej"}]
    rows = (
        NewMeasurement(
            indicator, one,
            float(draw.randint(0, 1)) if indicator.unit in {"boolean", "level"}
            else float(draw.randint(0, 100)),
            draw.randint(1, 4), DAY - dt.timedelta(days=30 * month),
        )
        for month in range(months) for one in entities for indicator in indicators
    )  # fmt: skip
    count = measurements_record(perimeter=operator_perimeter(), rows=rows, origin="bench")
    kinds = list(DocumentKind.objects.all()[:6])
    Evidence.objects.bulk_create(
        Evidence(organisation=one, kind=kind, title=kind.code, effective_on=DAY)
        for one in entities for kind in kinds
    )  # fmt: skip
    return count


def timed(words: str, act: Callable[[], object]) -> None:
    """Run once, print seconds and statements."""
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        found = act()
        spent = time.perf_counter() - began
    print(f"{words:48} {spent:8.2f} s {len(queries):6} statements  {found or ''}")


def main() -> None:
    runner = get_runner(settings)(verbosity=0, interactive=False)
    old = runner.setup_databases()
    # What is measured is asked for here, not by the facts that are made.
    settings.FOLLOW_UPS = {event: [] for event in settings.FOLLOW_UPS}
    try:
        referential_load(perimeter=operator_perimeter())
        territory_make(options.groups)
        count = facts_make(options.months)
        ids = candidate_ids_all()
        print(f"{connection.vendor}: {len(ids)} organisations, {count} values")
        timed("every state, first time", lambda: states_written(ids))
        timed("every state again, nothing changed", lambda: states_written(ids))
        entity = Organisation.objects.filter(kind="ej").values_list("id", flat=True)[0]
        timed("one entity, its group and its members", lambda: states_written([entity]))
        timed("a month closed", lambda: month_close(month=TODAY.replace(day=1), on=TODAY))
        print(f"{RequirementState.objects.count()} requirement states")
    finally:
        runner.teardown_databases(old)


def states_written(ids: list[int]) -> str:
    """Compute, and say how many rows were written."""
    return f"{states_recompute(organisation_ids=ids, today=TODAY).states_written} written"


if __name__ == "__main__":
    main()
