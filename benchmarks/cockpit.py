"""How long does a cockpit take over 3,000 organisations × 150 indicators × 24 months?

Builds such a database in a temporary folder (SQLite), or in the scratch database that DATABASE_URL
names (PostgreSQL; it must be empty and is left for inspection), then asks for the cockpit of the
nation, a region, a GHT and an entity through the whole stack, and prints the server time (median
and 95th percentile of warm requests), the processor time of our own process, which says the same
on a busy machine, and the number of queries.

    python -m benchmarks.cockpit
    DATABASE_URL=postgresql://postgres@127.0.0.1:5432/hygie_bench python -m benchmarks.cockpit
"""

import argparse
import datetime as dt
import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from random import Random
from typing import Any

REGIONS, GHTS, ENTITIES, INDICATORS, MONTHS = 18, 135, 3000, 150, 24
STATES = ("passed", "partial", "failed", "not_tested", "cannot_tell", "stale")
WEIGHTS = (30, 25, 20, 12, 5, 8)
TODAY = dt.date.today()  # noqa: DTZ011  # the machine's own day, as the pages use


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--months", type=int, default=MONTHS)
    parser.add_argument("--entities", type=int, default=ENTITIES)
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--reuse", action="store_true", help="measure what HYGIE_HOME holds")
    asked = parser.parse_args()
    _django_start()
    started = time.perf_counter()
    nodes = nodes_known() if asked.reuse else Builder(asked.entities, asked.months).build()
    print(f"built in {time.perf_counter() - started:.0f} s")
    _counts_print()
    measure(nodes, asked.requests)


def _django_start() -> None:
    os.environ.setdefault("HYGIE_HOME", tempfile.mkdtemp(prefix="hygie-bench-"))
    os.environ.setdefault("HYGIE_PROFILE", "test")
    os.environ["DJANGO_SETTINGS_MODULE"] = "hygie.shell.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    call_command("migrate", verbosity=0)


class Builder:
    """Lays the rows straight into the tables: the subject here is reading them."""

    def __init__(self, entities: int, months: int) -> None:
        self.rng = Random(7)  # noqa: S311  # figures, not secrets
        self.entities, self.months = entities, months

    def build(self) -> dict[str, int]:
        """Returns the id of one node of each level."""
        from django.db import connection, transaction

        from hygie.programme.services.referential import referential_load
        from hygie.territory.perimeter import operator_perimeter

        with transaction.atomic():
            referential_load(perimeter=operator_perimeter())
        with transaction.atomic():
            nodes, entity_ids, ght_ids = self._territory()
            self._measurements(self._indicators())
            self._states([*entity_ids, *ght_ids])
            self._months()
            self._requirement_states(entity_ids)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return nodes

    def _territory(self) -> tuple[dict[str, int], list[int], list[int]]:
        from hygie.territory.organisations.models import Organisation

        nation, _ = Organisation.objects.get_or_create(kind="nation", code="FR",
                                                       defaults={"name": "France"})  # fmt: skip
        regions = Organisation.objects.bulk_create(
            Organisation(kind="region", code=f"B{n:02d}", name=f"Région {n}", parent=nation)
            for n in range(REGIONS)
        )
        ghts = Organisation.objects.bulk_create(
            Organisation(kind="ght", code=f"X-{n:03d}", name=f"GHT {n}", is_followed=True,
                         parent=regions[n % REGIONS], region=regions[n % REGIONS])
            for n in range(GHTS)
        )  # fmt: skip
        rows = []
        for n in range(self.entities):
            ght = ghts[n % GHTS] if n % 8 else None
            region = ght.region if ght else regions[n % REGIONS]
            rows.append(
                Organisation(kind="ej", code=f"{n:09d}", name=f"CH {n}", is_followed=True,
                             category_code="355", parent=ght or region, region=region, ght=ght)
            )  # fmt: skip
        entities = Organisation.objects.bulk_create(rows, batch_size=500)
        nodes = {
            "nation": nation.pk,
            "region": regions[0].pk,
            "ght": ghts[0].pk,
            "ej": next(row.pk for row in entities if row.ght_id == ghts[0].pk),
        }
        return nodes, [row.pk for row in entities], [row.pk for row in ghts]

    def _indicators(self) -> list[int]:
        from hygie.programme.models import Indicator

        missing = INDICATORS - Indicator.objects.count()
        Indicator.objects.bulk_create(
            Indicator(code=f"bench.{n}", title_fr=f"Indicateur {n}", unit="percent",
                      direction="higher", freshness_days=365)
            for n in range(max(missing, 0))
        )  # fmt: skip
        return list(Indicator.objects.order_by("id").values_list("id", flat=True)[:INDICATORS])

    def _measurements(self, indicator_ids: Sequence[int]) -> None:
        """One value a month for each entity and indicator, made by the database itself."""
        days = [TODAY - dt.timedelta(days=30 * n) for n in reversed(range(self.months))]
        months = " UNION ALL ".join(
            f"SELECT {n} AS n, {as_date(day)} AS day" for n, day in enumerate(days)
        )
        chosen = ", ".join(map(str, indicator_ids))
        run(
            f"""
            INSERT INTO progress_measurement (indicator_id, organisation_id, value, known_as,
                effective_on, recorded_at, origin, note)
            SELECT i.id, o.id, ((o.id * 31 + i.id * 17 + m.n * 7) % 1000) / 10.0,
                1 + (o.id + i.id) % 4, m.day, CURRENT_TIMESTAMP, 'bench', ''
            FROM organisations_organisation o
            CROSS JOIN programme_indicator i CROSS JOIN ({months}) m
            WHERE o.kind = 'ej' AND i.id IN ({chosen})
            """
        )
        run(
            f"""
            INSERT INTO progress_currentmeasurement (organisation_id, indicator_id,
                measurement_id, value, known_as, effective_on, expires_on)
            SELECT organisation_id, indicator_id, id, value, known_as, effective_on,
                {as_date(TODAY + dt.timedelta(days=200))}
            FROM progress_measurement WHERE effective_on = {as_date(days[-1])}
            """
        )

    def _states(self, ids: Sequence[int]) -> None:
        from hygie.governance.assessment.models import ObjectiveState
        from hygie.programme.models import Objective

        now = dt.datetime.now(dt.UTC)
        objectives = list(Objective.objects.values_list("id", flat=True))
        picks = self.rng.choices(STATES, WEIGHTS, k=len(ids) * len(objectives))
        rows = (
            ObjectiveState(
                organisation_id=pk, objective_id=objective, state=state, elements=8, passed=4,
                measured=5, stale=1, missing=1, since_on=TODAY, computed_at=now,
                stale_on=TODAY + dt.timedelta(days=self.rng.randint(-20, 300))
                if state == "passed" else None,
            )
            for (pk, objective), state in zip(
                itertools.product(ids, objectives), picks, strict=True
            )
        )  # fmt: skip
        ObjectiveState.objects.bulk_create(rows, batch_size=2000)

    def _months(self) -> None:
        first, months = TODAY.replace(day=1), []
        for _ in range(self.months):
            first = (first - dt.timedelta(days=1)).replace(day=1)
            months.append(f"SELECT {as_date(first)} AS day")
        run(
            f"""
            INSERT INTO assessment_objectivemonth (node_id, objective_id, month, passed, partial,
                failed, not_tested, cannot_tell, stale, not_applicable)
            SELECT n.id, o.id, m.day, (n.id + o.id) % 7, (n.id * o.id) % 5, 2, 3, 1, 1, 0
            FROM organisations_organisation n CROSS JOIN programme_objective o
            CROSS JOIN ({" UNION ALL ".join(months)}) m
            """
        )

    def _requirement_states(self, entity_ids: Sequence[int]) -> None:
        from hygie.governance.assessment.models import RequirementState
        from hygie.programme.models import Requirement

        now = dt.datetime.now(dt.UTC)
        requirements = list(
            Requirement.objects.filter(is_assessable=True).values_list("id", flat=True)
        )
        picks = itertools.cycle(self.rng.choices(STATES, WEIGHTS, k=9973))
        rows = (
            RequirementState(
                organisation_id=entity, requirement_id=requirement, state=next(picks),
                basis="rule", since_on=TODAY, computed_at=now, lines=[], missing=[],
            )
            for entity, requirement in itertools.product(entity_ids, requirements)
        )  # fmt: skip
        RequirementState.objects.bulk_create(rows, batch_size=2000)


def nodes_known() -> dict[str, int]:
    """The nodes of a database built before."""
    from hygie.territory.organisations.models import Organisation

    ght = Organisation.objects.filter(kind="ght").order_by("id")[0]
    rows = Organisation.objects.order_by("id")
    return {
        "nation": rows.filter(kind="nation")[0].pk,
        "region": rows.filter(kind="region", name="Région 0")[0].pk,
        "ght": ght.pk,
        "ej": rows.filter(kind="ej", ght=ght)[0].pk,
    }


def run(sql: str) -> None:
    """One statement."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)


def as_date(day: dt.date) -> str:
    """A day as both databases read it."""
    from django.db import connection

    text = f"'{day.isoformat()}'"
    return f"{text}::date" if connection.vendor == "postgresql" else text


def _counts_print() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("progress_measurement", "progress_currentmeasurement",
                      "assessment_objectivestate", "assessment_requirementstate",
                      "assessment_objectivemonth"):  # fmt: skip
            cursor.execute(f"SELECT count(*) FROM {table}")  # our own names
            print(f"  {table:<32} {cursor.fetchone()[0]:>12,}")
    print(f"  {connection.vendor}")


def measure(nodes: dict[str, int], requests: int) -> None:
    """Ask for each cockpit as someone who may, warm, and print what it cost."""
    from django.db import connection
    from django.test import Client

    from hygie.territory.people.models import RoleAssignment, User

    readers = {"nation": ("national", "nation"), "region": ("ars", "region"),
               "ght": ("rssi", "ght"), "ej": ("rssi", "ej")}  # fmt: skip
    print(f"{'cockpit':<10} {'queries':>8} {'median ms':>10} {'p95 ms':>8} {'cpu ms':>7} {'kB':>7}")
    for level, (role, at) in readers.items():
        user, _ = User.objects.get_or_create(email=f"{level}@bench.example")
        RoleAssignment.objects.get_or_create(
            user=user, organisation_id=nodes[at], role=role, since=dt.date(2020, 1, 1)
        )
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        url = f"/cockpit/{nodes[level]}/"
        answer = client.get(url)
        if answer.status_code != 200:
            sys.exit(f"{url}: {answer.status_code}")
        seen: list[str] = []

        def count(execute: Any, sql: str, *rest: Any, seen: list[str] = seen) -> Any:
            seen.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            client.get(url)
        times, spent = [], []
        for _ in range(requests):
            started, worked = time.perf_counter(), time.process_time()
            client.get(url)
            times.append(1000 * (time.perf_counter() - started))
            spent.append(1000 * (time.process_time() - worked))
        times.sort()
        print(
            f"{level:<10} {len(seen):>8} {statistics.median(times):>10.0f} "
            f"{times[int(0.95 * (len(times) - 1))]:>8.0f} {statistics.median(spent):>7.0f} "
            f"{len(answer.content) / 1000:>7.0f}"
        )


if __name__ == "__main__":
    main()
