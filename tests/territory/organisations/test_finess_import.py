"""Does a FINESS extract become the territory, once, and only what it says?"""

import datetime as dt
from pathlib import Path

import pytest

from hygie.foundation.errors import NotAllowed
from hygie.foundation.imports.models import Import, ImportState
from hygie.foundation.imports.services import import_run_now
from hygie.foundation.imports.types import Plan
from hygie.foundation.journal.models import JournalLine
from hygie.territory.organisations.models import GhtMembership, Organisation
from hygie.territory.organisations.services.lay import territory_lay
from hygie.territory.perimeter import Perimeter
from tests.territory.organisations.files import DAY, entity, finess_file, number, site

pytestmark = pytest.mark.django_db
KIND = "territory.finess"
EJ = number("59", 900_001)
OTHER = number("59", 900_002)


def bring(path: Path, operator: Perimeter, **options: object) -> Import:
    run = import_run_now(perimeter=operator, kind=KIND, path=path, options=options)
    return run


def preview(path: Path, operator: Perimeter, **options: object) -> Plan:
    return import_run_now(perimeter=operator, kind=KIND, path=path, options=options, dry_run=True)


def test_the_nation_and_its_regions_are_laid_once() -> None:
    assert territory_lay() == 25
    assert territory_lay() == 0
    assert Organisation.objects.filter(kind="region", parent__kind="nation").count() == 24


def test_an_establishment_brings_its_legal_entity_under_its_region(
    tmp_path: Path, operator: Perimeter
) -> None:
    run = bring(finess_file(tmp_path / "f.csv", [site(1, EJ), site(2, EJ)]), operator)
    assert run.state == ImportState.APPLIED
    assert run.counts == {
        "add": 3, "change": 0, "close": 0, "keep": 0, "refused": 0, "warnings": 0
    }  # fmt: skip
    one = Organisation.objects.select_related("legal_entity", "region").get(
        kind="et", name="SITE 1"
    )
    assert one.parent == one.legal_entity and one.legal_entity is not None
    assert one.legal_entity.code == EJ and one.legal_entity.name == f"EJ {EJ}"
    assert one.legal_entity.is_name_provisional
    assert one.region is not None and one.region.name == "Hauts-de-France"
    assert one.legal_entity.parent == one.legal_entity.region == one.region
    assert (one.address, one.postcode, one.town) == ("1 R DES LILAS", "59000", "VILLE")
    assert one.opened_on == dt.date(1979, 2, 13) and one.seen_on == DAY


def test_a_second_import_of_the_same_file_changes_nothing(
    tmp_path: Path, operator: Perimeter
) -> None:
    path = finess_file(tmp_path / "f.csv", [site(1, EJ), entity(EJ, "CH INVENTE")])
    bring(path, operator)
    stamps = list(Organisation.objects.values_list("pk", "updated_at"))
    plan = preview(path, operator)
    assert plan.counts["keep"] == 2 and not list(plan.changes)
    bring(path, operator)
    assert list(Organisation.objects.values_list("pk", "updated_at")) == stamps


def test_a_second_import_first_shows_what_it_adds_changes_and_closes(
    tmp_path: Path, operator: Perimeter
) -> None:
    first = [site(rank, EJ) for rank in range(1, 11)]
    bring(finess_file(tmp_path / "a.csv", first), operator)
    second = [
        *(site(rank, EJ) for rank in range(2, 10)),
        site(10, OTHER, name="SITE DIX"),
        site(11, OTHER),
    ]
    path = finess_file(tmp_path / "b.csv", second, day=dt.date(2026, 7, 1))
    plan = preview(path, operator, complete=True)
    assert not plan.is_refused
    said = {(change.verb.value, change.key): dict(change.detail) for change in plan.changes}
    assert said["change", number("59", 10)] == {
        "name": ["SITE 10", "SITE DIX"], "legal_entity": [EJ, OTHER]
    }  # fmt: skip
    assert said["close", number("59", 1)] == {"closed_on": [None, "2026-07-01"]}
    assert ("add", number("59", 11)) in said and ("add", OTHER) in said
    assert Organisation.objects.get(kind="et", code=number("59", 1)).closed_on is None
    run = bring(path, operator, complete=True)
    assert (run.counts["add"], run.counts["change"], run.counts["close"]) == (2, 1, 1)
    assert Organisation.objects.get(kind="et", code=number("59", 1)).closed_on is not None
    moved = Organisation.objects.select_related("legal_entity").get(kind="et", name="SITE DIX")
    assert moved.legal_entity is not None and moved.legal_entity.code == OTHER


def test_an_extract_never_closes_by_omission_unless_asked(
    tmp_path: Path, operator: Perimeter
) -> None:
    bring(finess_file(tmp_path / "a.csv", [site(1, EJ), site(2, EJ)]), operator)
    bring(finess_file(tmp_path / "b.csv", [site(1, EJ)], day=dt.date(2026, 8, 1)), operator)
    assert not Organisation.objects.filter(closed_on__isnull=False).exists()


def test_a_short_list_cannot_pass_for_a_complete_one(tmp_path: Path, operator: Perimeter) -> None:
    bring(finess_file(tmp_path / "a.csv", [site(rank, EJ) for rank in range(10)]), operator)
    path = finess_file(tmp_path / "b.csv", [site(1, EJ)], day=dt.date(2026, 8, 1))
    run = bring(path, operator, complete=True)
    assert run.state == ImportState.REFUSED
    assert "finess_not_complete" in {said.code for said in run.messages.all()}
    assert not Organisation.objects.filter(closed_on__isnull=False).exists()


def test_a_closed_establishment_reopens_when_a_newer_extract_lists_it(
    tmp_path: Path, operator: Perimeter
) -> None:
    bring(finess_file(tmp_path / "a.csv", [site(1, EJ)]), operator)
    Organisation.objects.filter(kind="et").update(closed_on=DAY)
    path = finess_file(tmp_path / "b.csv", [site(1, EJ)], day=dt.date(2026, 8, 1))
    (change,) = preview(path, operator).changes
    assert dict(change.detail) == {"closed_on": ["2026-05-12", None]}
    bring(path, operator)
    assert Organisation.objects.get(kind="et").closed_on is None


def test_an_older_extract_says_nothing_new(tmp_path: Path, operator: Perimeter) -> None:
    bring(finess_file(tmp_path / "a.csv", [site(1, EJ, name="NOUVEAU NOM")]), operator)
    old = finess_file(tmp_path / "b.csv", [site(1, EJ)], day=dt.date(2024, 1, 1))
    plan = preview(old, operator)
    assert plan.counts["change"] == 0 and plan.counts["keep"] == 1
    assert "finess_outdated" in {said.code for said in plan.messages}


def test_a_better_name_is_never_lost_to_a_provisional_one(
    tmp_path: Path, operator: Perimeter
) -> None:
    bring(finess_file(tmp_path / "a.csv", [entity(EJ, "CH DES LILAS")]), operator)
    bring(finess_file(tmp_path / "b.csv", [site(1, EJ)], day=dt.date(2026, 8, 1)), operator)
    known = Organisation.objects.get(kind="ej")
    assert known.name == "CH DES LILAS" and not known.is_name_provisional


def test_the_extract_of_legal_entities_replaces_provisional_names(
    tmp_path: Path, operator: Perimeter
) -> None:
    bring(finess_file(tmp_path / "a.csv", [site(1, EJ)]), operator)
    path = finess_file(tmp_path / "b.csv", [entity(EJ, "CH DES LILAS", siren="200000000")])
    (change,) = preview(path, operator).changes
    assert change.detail["name"] == [f"EJ {EJ}", "CH DES LILAS"]
    bring(path, operator)
    known = Organisation.objects.get(kind="ej")
    assert (known.name, known.siret, known.is_name_provisional) == (
        "CH DES LILAS", "200000000", False
    )  # fmt: skip


def test_one_file_may_hold_establishments_before_their_legal_entity(
    tmp_path: Path, operator: Perimeter
) -> None:
    path = finess_file(tmp_path / "a.csv", [site(1, EJ), entity(EJ, "CH DES LILAS")])
    bring(path, operator)
    assert Organisation.objects.get(kind="ej").name == "CH DES LILAS"
    assert not list(preview(path, operator).changes)


def test_an_establishment_stands_where_it_is_and_its_entity_where_it_sits(
    tmp_path: Path, operator: Perimeter
) -> None:
    paris = number("75", 900_001)
    bring(finess_file(tmp_path / "a.csv", [site(1, paris, department="29")]), operator)
    found = Organisation.objects.select_related("region", "legal_entity__region").get(kind="et")
    assert found.region is not None and found.region.name == "Bretagne"
    assert found.legal_entity is not None and found.legal_entity.region is not None
    assert found.legal_entity.region.name == "Île-de-France"


def test_an_establishment_of_a_ght_member_stands_in_the_ght(
    tmp_path: Path, operator: Perimeter
) -> None:
    bring(finess_file(tmp_path / "a.csv", [entity(EJ, "CH")]), operator)
    known = Organisation.objects.get(kind="ej")
    ght = Organisation.objects.create(kind="ght", code="HF-01", name="G", region=known.region)
    GhtMembership.objects.create(ght=ght, member=known, role="support")
    Organisation.objects.filter(pk=known.pk).update(ght=ght, parent=ght)
    bring(finess_file(tmp_path / "b.csv", [site(1, EJ), entity(EJ, "CH")]), operator)
    found = Organisation.objects.get(kind="et")
    assert found.ght == ght and found.region == known.region
    known.refresh_from_db()
    assert known.parent == ght


def test_refused_rows_are_listed_with_their_number_and_field_and_the_rest_is_read(
    tmp_path: Path, operator: Perimeter
) -> None:
    path = finess_file(tmp_path / "a.csv", [site(1, EJ), site(2, EJ), site(3, EJ), site(3, EJ)])
    text = path.read_text(encoding="utf-8")
    bad = number("59", 2)
    wrong_key = number("59", 1)[:8] + str((int(number("59", 1)[8]) + 1) % 10)
    text = text.replace(bad, bad[:7]).replace(number("59", 1), wrong_key)
    path.write_text(text, encoding="utf-8")
    run = bring(path, operator)
    said = {(one.severity, one.code, one.row) for one in run.messages.all()}
    assert ("error", "finess_number", 3) in said
    assert ("warning", "finess_key_wrong", 2) in said
    assert ("error", "row_duplicate", 5) in said
    assert run.messages.get(code="finess_number").field == "nofinesset"
    assert run.counts["refused"] == 2
    assert Organisation.objects.filter(kind="et").count() == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\x00\x01\x02binaire\xff" * 50, "file_type_refused"),
        (b"nofinesset;nofinessej;rs\n010000024;010780054;CH\n", "finess_has_header"),
        (b"REGION;CODE GHT\nBretagne;BR-01\n", "finess_has_header"),
        (b"bonjour;tout;le;monde\n1;2;3;4\n", "finess_not_finess"),
        (b"finess;etalab;111;2026-05-12\nautrechose;1;2\n", "finess_no_known_row"),
        (b"%PDF-1.4\n", "file_type_refused"),
        (b"PK\x03\x04zip", "file_type_refused"),
    ],
)
def test_another_file_is_refused_with_its_reason_and_nothing_is_written(
    tmp_path: Path, operator: Perimeter, content: bytes, code: str
) -> None:
    path = tmp_path / "extrait.csv"
    path.write_bytes(content)
    plan = preview(path, operator)
    assert plan.is_refused and [said.code for said in plan.messages] == [code]
    assert not Organisation.objects.filter(kind__in=("ej", "et")).exists()


def test_two_administrators_who_apply_the_same_plan_do_it_once(
    tmp_path: Path, operator: Perimeter
) -> None:
    from hygie.foundation.imports.errors import PlanOutdated
    from hygie.foundation.imports.services import (
        import_applying,
        import_create,
        import_plan,
        import_plan_keep,
        import_receive,
        import_write,
    )
    from hygie.foundation.jobs.watch import SilentWatch

    path = finess_file(tmp_path / "a.csv", [site(1, EJ)])
    runs = []
    for _ in range(2):
        with path.open("rb") as stream:
            document = import_receive(
                perimeter=operator, kind=KIND, stream=stream, name="extrait.csv"
            )
        run = import_create(perimeter=operator, kind=KIND, document=document, options={})
        plan = import_plan(run, perimeter=operator, watch=SilentWatch())
        import_plan_keep(run=run, plan=plan, actor=operator.actor)
        runs.append(import_applying(run=run))
    import_write(run=runs[0], perimeter=operator, watch=SilentWatch())
    with pytest.raises(PlanOutdated):
        import_write(run=runs[1], perimeter=operator, watch=SilentWatch())
    assert Organisation.objects.filter(kind="et").count() == 1
    actions = list(JournalLine.objects.values_list("action", flat=True))
    assert actions.count("import.applied") == 1 and actions.count("import.read") == 2


def test_only_who_manages_the_territory_may_bring_an_extract(
    tmp_path: Path, perimeters: object
) -> None:
    path = finess_file(tmp_path / "a.csv", [site(1, EJ)])
    for name in ("alice", "bob", "charlie", "diane", "remi"):
        with pytest.raises(NotAllowed):
            preview(path, getattr(perimeters, name))
    assert preview(path, perimeters.ada).counts["add"] == 2  # type: ignore[attr-defined]


def test_a_regional_administrator_changes_her_region_only(
    tmp_path: Path, operator: Perimeter, person: object, territory: object
) -> None:
    from hygie.territory.people.selectors import perimeter_of

    regional = perimeter_of(person("r@x.fr", "administrator", territory.south))  # type: ignore[operator, attr-defined]
    records = [site(1, EJ), site(2, number("13", 900_002), department="13")]
    plan = preview(finess_file(tmp_path / "a.csv", records), regional)
    assert plan.counts["add"] == 2
    assert {change.key for change in plan.changes} == {
        number("13", 2), number("13", 900_002)
    }  # fmt: skip
    assert [(said.code, said.params) for said in plan.messages] == [
        ("finess_outside", {"count": 1})
    ]


def test_the_real_extract_is_read_from_latin_overseas_to_the_last_row(
    real_data: Path, operator: Perimeter
) -> None:
    (path,) = (real_data / "finess").glob("*.csv")
    run = bring(path, operator)
    assert run.state == ImportState.APPLIED
    assert Organisation.objects.filter(kind="et").count() == run.understood["rows"] == 11
    regions = set(Organisation.objects.filter(kind="et").values_list("region__name", flat=True))
    assert {"Auvergne-Rhône-Alpes", "Guadeloupe", "Martinique", "Guyane", "La Réunion"} <= regions
    assert not list(preview(path, operator).changes)
