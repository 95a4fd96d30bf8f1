"""Does a membership sheet become groups, once, and are its contradictions told?"""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest

from hygie.connectors.ght_sheet.types import GhtMembershipRow
from hygie.foundation.imports.models import Import, ImportState
from hygie.foundation.imports.services import import_run_now
from hygie.foundation.imports.types import Plan
from hygie.territory.organisations.models import GhtMembership, Organisation
from hygie.territory.people.selectors import perimeter_of
from hygie.territory.perimeter import Perimeter
from tests.territory.organisations.files import ght_file, member, number

pytestmark = pytest.mark.django_db
KIND = "territory.ght"
NEW = number("59", 900_001)
GHT = "HF-01"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ght.csv"


def full(territory: SimpleNamespace) -> list[GhtMembershipRow]:
    """The four members of the first group, as they are."""
    return [
        member(GHT, one.code, "support" if rank == 0 else "partie", group=territory.ght.name)
        for rank, one in enumerate(territory.entities)
    ]


@pytest.fixture(autouse=True)
def _real_numbers(territory: SimpleNamespace) -> None:
    """Numbers of the characters' territory get a valid key."""
    for rank, one in enumerate([*territory.entities, *territory.sites, territory.alone], start=1):
        one.code = number("59", rank)
        one.save()


def bring(path: Path, perimeter: Perimeter, **options: object) -> Import:
    return import_run_now(perimeter=perimeter, kind=KIND, path=path, options=options)


def preview(path: Path, perimeter: Perimeter, **options: object) -> Plan:
    return import_run_now(perimeter=perimeter, kind=KIND, path=path, options=options, dry_run=True)


def codes(plan: Plan) -> dict[str, int | None]:
    return {said.code: said.row for said in plan.messages}


def current(code: str) -> dict[str, str]:
    found = GhtMembership.objects.filter(ght__code=code, until__isnull=True)
    return dict(found.values_list("member__code", "role"))


def test_a_new_group_stands_under_its_region_with_its_members_and_their_sites(
    path: Path, operator: Perimeter, territory: SimpleNamespace
) -> None:
    alone, site = territory.alone, territory.sites[0]
    Organisation.objects.filter(pk=site.pk).update(
        legal_entity=alone, parent=alone, ght=None, department_code="59"
    )
    Organisation.objects.filter(pk=alone.pk).update(is_followed=False)
    run = bring(ght_file(path, [member("HF-09", alone.code, "support")]), operator, follow=True)
    assert run.state == ImportState.APPLIED
    group = Organisation.objects.get(kind="ght", code="HF-09")
    assert group.parent == group.region == territory.north and group.is_followed
    alone.refresh_from_db()
    site.refresh_from_db()
    assert (alone.parent, alone.ght, alone.region) == (group, group, territory.north)
    assert alone.is_followed
    assert (site.ght, site.region, site.parent) == (group, territory.north, alone)


def test_the_same_sheet_twice_changes_nothing(
    path: Path, operator: Perimeter, territory: SimpleNamespace
) -> None:
    ght_file(path, [*full(territory), member("HF-09", NEW, name="CH NEUF")])
    bring(path, operator, follow=True)
    plan = preview(path, operator, follow=True, complete=True)
    assert not list(plan.changes) and plan.counts["keep"] == 5


def test_a_member_absent_from_the_sheet_leaves_only_when_the_list_is_complete(
    path: Path, operator: Perimeter, territory: SimpleNamespace
) -> None:
    ght_file(path, full(territory)[:3])
    bring(path, operator)
    assert len(current(GHT)) == 4
    run = bring(path, operator, complete=True)
    assert run.counts["close"] == 1
    last, last_site = territory.entities[3], territory.sites[3]
    last.refresh_from_db()
    last_site.refresh_from_db()
    assert len(current(GHT)) == 3 and last.ght is None
    assert last.parent == last.region == territory.north
    assert last_site.ght is None and last_site.region == territory.north


def test_an_unknown_number_makes_a_provisional_entity_and_says_so(
    path: Path, operator: Perimeter, territory: SimpleNamespace
) -> None:
    ght_file(path, [*full(territory), member(GHT, NEW, group=territory.ght.name)])
    assert codes(preview(path, operator))["ght_member_unknown"] == 6
    bring(path, operator)
    found = Organisation.objects.get(code=NEW)
    assert found.name == f"EJ {NEW}" and found.is_name_provisional
    assert found.ght == territory.ght and found.region == territory.north
    rows = [*full(territory), member(GHT, NEW, name="CH NOMMÉ", group=territory.ght.name)]
    bring(ght_file(path, rows), operator)
    found.refresh_from_db()
    assert found.name == "CH NOMMÉ" and not found.is_name_provisional


def test_an_establishment_given_for_its_legal_entity_is_understood(
    path: Path, operator: Perimeter, territory: SimpleNamespace
) -> None:
    site = member(GHT, territory.sites[3].code, "partie", group=territory.ght.name)
    rows = [*full(territory)[:3], site]
    plan = preview(ght_file(path, rows), operator, complete=True)
    assert not list(plan.changes)
    assert codes(plan)["ght_site_for_entity"] == 5


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        (("PA-01", "partie", "Provence-Alpes-Côte d'Azur"), "ght_counted_twice"),
        ((GHT, "support", "Hauts-de-France"), "ght_two_supports"),
    ],
)
def test_a_contradiction_within_the_sheet_refuses_the_later_row(
    path: Path,
    operator: Perimeter,
    territory: SimpleNamespace,
    extra: tuple[str, str, str],
    code: str,
) -> None:
    ght, role, region = extra
    target = territory.alone if code == "ght_two_supports" else territory.entities[1]
    rows = [*full(territory), member(ght, target.code, role, region=region)]
    plan = preview(ght_file(path, rows), operator)
    assert codes(plan)[code] == 6 and plan.counts["refused"] == 1
    bring(path, operator)
    assert len(current(GHT)) == 4


def test_a_support_that_the_sheet_does_not_speak_of_keeps_its_place(
    path: Path, operator: Perimeter, territory: SimpleNamespace
) -> None:
    rows = [member(GHT, territory.entities[1].code, "support", group=territory.ght.name)]
    plan = preview(ght_file(path, rows), operator)
    assert "ght_has_support" in codes(plan) and not list(plan.changes)


def test_the_support_may_be_handed_over_in_one_sheet(
    path: Path, operator: Perimeter, territory: SimpleNamespace
) -> None:
    first, second, *_ = territory.entities
    rows = [
        member(GHT, first.code, "partie", group=territory.ght.name),
        member(GHT, second.code, "support", group=territory.ght.name),
    ]
    bring(ght_file(path, rows), operator)
    assert current(GHT)[second.code] == "support" and current(GHT)[first.code] == "partie"


def test_a_member_counted_elsewhere_moves_with_its_sites(
    path: Path, operator: Perimeter, territory: SimpleNamespace
) -> None:
    moving, site = territory.entities[3], territory.sites[3]
    rows = [member("HF-02", moving.code, "support")]
    plan = preview(ght_file(path, rows), operator)
    assert codes(plan)["ght_member_moves"] == 2
    assert {change.verb.value for change in plan.changes} == {"add", "close"}
    bring(path, operator)
    moving.refresh_from_db()
    site.refresh_from_db()
    assert moving.code not in current(GHT)
    assert moving.ght is not None and moving.ght.code == "HF-02" and site.ght == moving.ght


def test_an_associate_keeps_its_own_place(
    path: Path, operator: Perimeter, territory: SimpleNamespace
) -> None:
    rows = [*full(territory), member(GHT, territory.alone.code, "associe", group="x")]
    plan = preview(ght_file(path, rows), operator)
    assert codes(plan)["ght_two_names"] == 6
    bring(path, operator)
    territory.alone.refresh_from_db()
    assert current(GHT)[territory.alone.code] == "associe"
    assert territory.alone.ght is None and territory.alone.parent == territory.north


def test_a_past_end_closes_and_a_future_one_does_not(
    path: Path, operator: Perimeter, territory: SimpleNamespace
) -> None:
    rows = full(territory)
    ended = member(GHT, rows[3].finess, group=territory.ght.name, until=dt.date(2020, 1, 1))
    later = member(GHT, rows[2].finess, group=territory.ght.name, until=dt.date(2199, 1, 1))
    ght_file(path, [*rows[:2], later, ended])
    assert "ght_future_end" in codes(preview(path, operator))
    run = bring(path, operator)
    assert (run.counts["close"], run.counts["change"]) == (1, 0)
    assert rows[3].finess not in current(GHT) and rows[2].finess in current(GHT)
    assert not list(preview(path, operator).changes)


@pytest.mark.parametrize(
    ("region", "ght", "expected"),
    [
        ("PROVENCE ALPES COTE D'AZUR", "XX-01", "93"),
        ("", "HF-77", "32"),
        ("inconnue", "ZZ-01", "32"),
    ],
)
def test_the_region_of_a_group_is_found_by_name_then_prefix_then_members(
    path: Path, operator: Perimeter, region: str, ght: str, expected: str
) -> None:
    bring(ght_file(path, [member(ght, NEW, "support", region=region)]), operator)
    found = Organisation.objects.select_related("region").get(kind="ght", code=ght)
    assert found.region is not None and found.region.code == expected


def test_a_group_that_nothing_places_is_refused_with_its_row(
    path: Path, operator: Perimeter
) -> None:
    overseas = number("97", 900_001)
    plan = preview(ght_file(path, [member("ZZ-01", overseas, region="ailleurs")]), operator)
    assert codes(plan)["ght_region_unknown"] == 2 and not list(plan.changes)


def test_a_regional_administrator_touches_the_groups_of_her_region_only(
    path: Path, person: object, territory: SimpleNamespace
) -> None:
    regional = perimeter_of(person("r@x.fr", "administrator", territory.south))  # type: ignore[operator]
    plan = preview(ght_file(path, full(territory)), regional)
    assert set(codes(plan)) == {"ght_outside"} and not list(plan.changes)
    assert plan.counts["refused"] == 4


def test_reading_a_large_sheet_asks_as_many_questions_as_a_small_one(
    path: Path,
    operator: Perimeter,
    django_assert_max_num_queries: object,
) -> None:
    def asked(count: int) -> None:
        rows = [member(f"HF-{n // 10:03d}", number("59", 1000 + n)) for n in range(count)]
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            preview(ght_file(path, rows), operator)

    asked(20)
    asked(2000)
