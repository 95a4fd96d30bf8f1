"""Do activity sheets write each structure's figures, and only where one may?"""

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from hygie.connectors.activity_sheet.types import ActivityRow
from hygie.foundation.errors import NotAllowed
from hygie.foundation.imports.services import import_run_now
from hygie.territory.organisations.models import ActivityFigure
from hygie.territory.perimeter import Perimeter
from tests.territory.organisations.files import activity_file, number

pytestmark = pytest.mark.django_db
KIND = "territory.activity"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "activite.csv"


@pytest.fixture(autouse=True)
def _real_numbers(territory: SimpleNamespace) -> None:
    for rank, one in enumerate([*territory.entities, territory.alone, territory.far], start=1):
        one.code = number("59", rank)
        one.save()


def row(finess: str, year: int, activity: str, headcount: str | None = None) -> ActivityRow:
    return ActivityRow(finess, year, Decimal(activity), Decimal(headcount) if headcount else None)


def test_figures_are_added_changed_and_kept(
    path: Path, operator: Perimeter, territory: SimpleNamespace
) -> None:
    one, two = territory.entities[:2]
    activity_file(path, [row(one.code, 2025, "41.5"), row(two.code, 2025, "30", "1500"),
                         row(two.code, 2024, "29.999", "12.5")])  # fmt: skip
    plan = import_run_now(perimeter=operator, kind=KIND, path=path, dry_run=True)
    assert {(c.verb.value, c.key): dict(c.detail) for c in plan.changes} == {
        ("change", f"{one.code} 2025"): {"combined_activity": ["40.00", "41.50"]},
        ("add", f"{two.code} 2024"): {
            "combined_activity": [None, "30.00"], "headcount": [None, "12.50"],
        },
    }  # fmt: skip
    assert plan.counts["keep"] == 1
    import_run_now(perimeter=operator, kind=KIND, path=path)
    assert ActivityFigure.objects.get(organisation=two, year=2024).headcount == Decimal("12.5")
    again = import_run_now(perimeter=operator, kind=KIND, path=path, dry_run=True)
    assert not list(again.changes) and again.counts["keep"] == 3
    assert ActivityFigure.objects.get(organisation=one, year=2025).headcount == 2000


def test_an_rssi_records_her_own_activity_and_learns_nothing_of_others(
    path: Path, perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    rows = [row(territory.entities[0].code, 2026, "50"), row(territory.far.code, 2026, "50")]
    run = import_run_now(perimeter=perimeters.alice, kind=KIND, path=activity_file(path, rows))
    assert run.counts["add"] == 1 and run.counts["refused"] == 1
    (said,) = run.messages.all()
    assert (said.code, said.row, said.field) == ("activity_unknown", 3, "finess")
    assert not ActivityFigure.objects.filter(organisation=territory.far, year=2026).exists()


def test_a_region_reader_sees_the_structure_and_may_not_write_it(
    path: Path, perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    activity_file(path, [row(territory.alone.code, 2026, "50")])
    with pytest.raises(NotAllowed):
        import_run_now(perimeter=perimeters.remi, kind=KIND, path=path, dry_run=True)


def test_a_number_too_large_for_an_activity_is_refused_with_its_row(
    path: Path, operator: Perimeter, territory: SimpleNamespace
) -> None:
    activity_file(path, [row(territory.alone.code, 2026, "1" + "0" * 14)])
    plan = import_run_now(perimeter=operator, kind=KIND, path=path, dry_run=True)
    assert [(said.code, said.row) for said in plan.messages] == [("activity_too_large", 2)]


def test_an_activity_makes_a_structure_followed_when_asked(
    path: Path, operator: Perimeter, territory: SimpleNamespace
) -> None:
    territory.alone.is_followed = False
    territory.alone.save()
    activity_file(
        path, [row(territory.alone.code, 2025, "5"), row(territory.alone.code, 2026, "5")]
    )
    run = import_run_now(perimeter=operator, kind=KIND, path=path, options={"follow": True})
    territory.alone.refresh_from_db()
    assert territory.alone.is_followed and run.counts["add"] == 2
