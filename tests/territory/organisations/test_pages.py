"""Do the pages of the territory show each person their own part of it, and no more?"""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hygie.foundation.imports.services import import_run_now
from hygie.foundation.journal.models import JournalLine
from hygie.territory.organisations.models import (
    ActivityFigure,
    GhtMembership,
    Organisation,
)
from hygie.territory.organisations.services.follow import organisation_follow
from hygie.territory.people.models import User
from hygie.territory.people.place import PLACE_KEY
from hygie.territory.perimeter import Perimeter
from tests.territory.organisations.files import finess_file, ght_file, member, number, site

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
LIST = "organisations:organisation_list"


def read(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.parametrize(
    ("who", "sees", "never"),
    [
        ("alice", "CH n° 1", "CH n° 2"),
        ("bob", "CH n° 2", "CH du Soleil"),
        ("charlie", "CH du Soleil", "CH n° 1"),
        ("remi", "Clinique Seule", "CH du Soleil"),
        ("diane", "CH du Soleil", "introuvable"),
    ],
)
def test_a_list_holds_what_its_reader_sees(
    signed_in: SignedIn, characters: SimpleNamespace, who: str, sees: str, never: str
) -> None:
    shown = read(signed_in(getattr(characters, who)), LIST)
    assert sees in shown and never not in shown


def test_the_csv_of_a_list_holds_the_same_rows(
    signed_in: SignedIn, characters: SimpleNamespace
) -> None:
    answer = signed_in(characters.alice).get(reverse(LIST), {"format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    assert "CH n° 1" in text and "CH n° 2" not in text


def test_a_structure_elsewhere_does_not_exist(
    signed_in: SignedIn, characters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    charlie = signed_in(characters.charlie)
    for node in (territory.entities[0], territory.sites[0], territory.ght, territory.north):
        address = reverse("organisations:organisation_detail", args=[node.pk])
        assert charlie.get(address).status_code == 404
    absent = charlie.get(reverse("organisations:organisation_detail", args=[10**9]))
    assert absent.status_code == 404


def test_filters_and_search_narrow_the_list_without_accents(
    signed_in: SignedIn, characters: SimpleNamespace, territory: SimpleNamespace,
    operator: Perimeter, tmp_path: Path,
) -> None:  # fmt: skip
    path = finess_file(
        tmp_path / "f.csv",
        [site(1, number("59", 900_001), name="HÔPITAL DE L'ÉCLUSE", routing="59100 ROUBAIX")],
    )
    import_run_now(perimeter=operator, kind="territory.finess", path=path, options={"follow": True})
    diane = signed_in(characters.diane)
    for text in ("hopital ecluse", "ROUBAIX", number("59", 1), "l'écluse hôpital"):
        found = read(diane, LIST, q=text)
        assert "HÔPITAL DE L&#x27;ÉCLUSE" in found and "CH n° 1" not in found
    assert "Site n° 1" not in read(diane, LIST, kind="ej")
    assert "CH du Soleil" not in read(diane, LIST, region=str(territory.north.pk))
    assert "Clinique Seule" not in read(diane, LIST, ght=str(territory.ght.pk))


def test_what_the_programme_does_not_follow_is_shown_on_demand_only(
    signed_in: SignedIn, characters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    Organisation.objects.filter(pk=territory.alone.pk).update(is_followed=False)
    remi = signed_in(characters.remi)
    assert "Clinique Seule" not in read(remi, LIST)
    assert "Clinique Seule" in read(remi, LIST, present="all")
    assert "Clinique Seule" in read(remi, LIST, present="no")
    Organisation.objects.filter(pk=territory.alone.pk).update(closed_on="2026-01-01")
    assert "Clinique Seule" not in read(remi, LIST, present="all")
    assert "Clinique Seule" in read(remi, LIST, present="closed")


def test_a_group_shows_its_members_their_role_and_their_share(
    signed_in: SignedIn, characters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    shown = read(signed_in(characters.bob), "organisations:organisation_detail", territory.ght.pk)
    assert "4 membres" in shown and "Établissement support" in shown
    for share in ("40", "30", "20", "10"):
        assert f"{share}\u202f%" in shown
    ActivityFigure.objects.filter(organisation=territory.entities[3]).delete()
    again = read(signed_in(characters.bob), "organisations:organisation_detail", territory.ght.pk)
    assert "1 structure sans activité connue" in again


def test_an_associate_weighs_nothing_in_the_share_of_the_counted(
    territory: SimpleNamespace, operator: Perimeter
) -> None:
    from hygie.territory.organisations.selectors.groups import members_of

    GhtMembership.objects.create(ght=territory.ght, member=territory.alone, role="associe")
    ActivityFigure.objects.create(
        organisation=territory.alone, year=2025, combined_activity=Decimal(500)
    )
    weights = members_of(operator, territory.ght)
    assert [row.share for row in weights.rows] == [
        Decimal("0.4"), Decimal("0.3"), Decimal("0.2"), Decimal("0.1"), None
    ]  # fmt: skip
    assert weights.rows[-1].activity == 500


def test_a_region_reader_sees_identity_and_no_name_of_staff_nor_journal(
    signed_in: SignedIn, characters: SimpleNamespace, territory: SimpleNamespace,
    perimeters: SimpleNamespace,
) -> None:  # fmt: skip
    node = territory.entities[0]
    organisation_follow(perimeter=perimeters.alice, organisation_ids=[node.pk], is_followed=False)
    mine = read(signed_in(characters.alice), "organisations:organisation_detail", node.pk)
    assert "Journal" in mine and "alice" in mine
    for who in (characters.remi, characters.diane):
        shown = read(signed_in(who), "organisations:organisation_detail", node.pk)
        assert "CH n° 1" in shown and "alice" not in shown
        assert "organisation.unfollowed" not in shown


def test_a_place_is_found_as_one_types_and_kept_for_the_session(
    signed_in: SignedIn, characters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    bob = signed_in(characters.bob)
    address = reverse("organisations:place_choose")
    fragment = bob.get(address, {"q": "site n° 3"}, headers={"hx-request": "true"})
    text = fragment.content.decode()
    assert "Site n° 3" in text and "Site n° 1" not in text and "<html" not in text
    assert (
        "CH du Soleil" not in bob.get(address, {"q": "soleil"}).content.decode().split("<main")[1]
    )
    answer = bob.post(address, {"organisation": territory.sites[2].pk, "next": "/territoire/"})
    assert answer.status_code == 302 and answer["Location"] == "/territoire/"
    assert bob.session[PLACE_KEY] == territory.sites[2].pk
    home = bob.get("/")
    assert str(territory.sites[2].pk) in home["Location"]
    assert bob.post(address, {"organisation": territory.far.pk}).status_code == 404
    assert bob.post(address, {"organisation": "x"}).status_code == 404
    assert bob.session[PLACE_KEY] == territory.sites[2].pk


def test_the_way_back_never_leaves_this_site(
    signed_in: SignedIn, characters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    answer = signed_in(characters.bob).post(
        reverse("organisations:place_choose"),
        {"organisation": territory.ght.pk, "next": "https://ailleurs.example/"},
    )
    assert answer["Location"] == "/"


def test_following_is_for_whoever_plans_there_and_is_written_down(
    signed_in: SignedIn, characters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    address = reverse("organisations:organisation_unfollow")
    chosen = {"selected": [territory.entities[0].pk, territory.entities[1].pk]}
    assert signed_in(characters.bob).post(address, chosen).status_code == 302
    assert not Organisation.objects.get(pk=territory.entities[1].pk).is_followed
    line = JournalLine.objects.get(action="organisation.unfollowed")
    assert line.detail["count"] == 2 and line.actor_label == "bob@hygie.test"
    # Alice sees only her own: the other is left aside as if it did not exist.
    alice = signed_in(characters.alice)
    follow = reverse("organisations:organisation_follow")
    assert alice.post(follow, chosen).status_code == 302
    assert Organisation.objects.get(pk=territory.entities[0].pk).is_followed
    assert not Organisation.objects.get(pk=territory.entities[1].pk).is_followed
    assert alice.post(follow, {"selected": [territory.far.pk]}).status_code == 400
    assert alice.post(follow, {}).status_code == 400


def test_an_empty_territory_says_what_to_import_and_to_whom(
    db: None, person: Callable[..., User], signed_in: SignedIn
) -> None:
    from hygie.territory.organisations.services.lay import territory_lay

    territory_lay()
    nation = Organisation.objects.get(kind="nation")
    Organisation.objects.filter(kind="region").update(is_followed=False)
    Organisation.objects.filter(kind="nation").update(is_followed=False)
    ada, diane = person("a@x.fr", "administrator", nation), person("d@x.fr", "national", nation)
    assert reverse("imports:new", args=["territory.finess"]) in read(signed_in(ada), LIST)
    shown = read(signed_in(diane), LIST)
    assert "Le territoire est vide" in shown and "imports/nouveau" not in shown


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("finess", "csv"), ("ght", "csv"), ("ght", "xlsx"), ("activity", "csv"), ("activity", "xlsx")],
)
def test_an_export_imported_again_changes_nothing(
    signed_in: SignedIn, characters: SimpleNamespace, territory: SimpleNamespace,
    operator: Perimeter, tmp_path: Path, kind: str, suffix: str,
) -> None:  # fmt: skip
    for rank, one in enumerate([*territory.entities, *territory.sites, territory.alone,
                                territory.far, territory.far_site], start=1):  # fmt: skip
        one.code = number("59" if one not in (territory.far, territory.far_site) else "13", rank)
        one.department_code = "59" if one not in (territory.far, territory.far_site) else "13"
        one.town, one.postcode, one.address = "SAINT-OMER", "62500", '1 RUE "DU BAC"; BÂT A'
        one.save()
    answer = signed_in(characters.diane).get(
        reverse("organisations:territory_file", args=[kind, suffix])
    )
    assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment")
    path = tmp_path / f"export.{suffix}"
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[arg-type]
    plan = import_run_now(
        perimeter=operator, kind=f"territory.{kind}", path=path, dry_run=True,
        options={"complete": True, "follow": True},
    )  # fmt: skip
    assert not list(plan.changes) and not plan.is_refused
    assert plan.counts["keep"] == {"finess": 11, "ght": 5, "activity": 4}[kind]
    assert plan.counts["refused"] == 0


def test_an_export_holds_the_perimeter_of_whoever_asks(
    signed_in: SignedIn, characters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    address = reverse("organisations:territory_file", args=["ght", "csv"])
    answer = signed_in(characters.charlie).get(address)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    assert "130000001" in text and "590000001" not in text
    bad = reverse("organisations:territory_file", args=["finess", "xlsx"])
    assert signed_in(characters.charlie).get(bad).status_code == 400
    assert Client().get(address).status_code == 302


def test_pages_cost_the_same_whatever_the_size_of_the_territory(
    signed_in: SignedIn, characters: SimpleNamespace, territory: SimpleNamespace,
    operator: Perimeter, tmp_path: Path,
) -> None:  # fmt: skip
    bob = signed_in(characters.bob)
    addresses = (
        reverse(LIST),
        reverse("organisations:organisation_detail", args=[territory.ght.pk]),
        reverse("organisations:organisation_detail", args=[territory.entities[0].pk]),
        reverse("organisations:place_choose"),
    )

    def grow(members: int, sites: int) -> None:
        rows = [member("HF-01", number("59", 7000 + rank)) for rank in range(members)]
        sheet = ght_file(tmp_path / "g.csv", rows)
        options = {"follow": True}
        import_run_now(perimeter=operator, kind="territory.ght", path=sheet, options=options)
        records = [site(rank, number("59", 7000 + rank // 10)) for rank in range(sites)]
        extract = finess_file(tmp_path / "f.csv", records)
        import_run_now(perimeter=operator, kind="territory.finess", path=extract, options=options)

    def counts() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert bob.get(address).status_code == 200
            found.append(len(queries))
        return found

    grow(30, 40)
    counts()
    before = counts()
    grow(100, 400)
    assert counts() == before == [9, 12, 12, 5]


class TestCommands:
    """The command line does what the pages do, with its exit codes."""

    @pytest.fixture(autouse=True)
    def _run(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def run(self, *words: str) -> tuple[int, str]:
        from hygie.shell.cli import _run

        code = _run(list(words))
        return code, self.capsys.readouterr().out

    def test_the_real_extract_is_recognised_and_imported(self, real_data: Path) -> None:
        (path,) = (real_data / "finess").glob("*.csv")
        code, out = self.run("territory", "import", str(path), "--dry-run", "--json")
        assert code == 0 and json.loads(out)["counts"]["add"] > 11
        assert not Organisation.objects.filter(kind="et").exists()
        code, out = self.run("territory", "import", str(path), "--json")
        answer = json.loads(out)
        assert code == 0 and answer["kind"] == "territory.finess" and not answer["refused"]
        code, out = self.run("territory", "show", "010000024", "--json")
        shown = json.loads(out)
        assert code == 0 and shown["legal_entity"] == "010780054" and shown["region"] == "84"

    def test_each_kind_is_recognised_by_its_content(
        self, tmp_path: Path, territory: SimpleNamespace
    ) -> None:
        path = ght_file(tmp_path / "liste.csv", [member("HF-07", number("59", 800), "support")])
        code, out = self.run("territory", "import", str(path), "--json")
        assert code == 0 and json.loads(out)["kind"] == "territory.ght"
        assert Organisation.objects.get(kind="ght", code="HF-07").is_followed

    def test_a_refused_file_exits_3_with_row_and_reason(self, tmp_path: Path) -> None:
        path = tmp_path / "autre.csv"
        path.write_text("bonjour;tout\n1;2\n", encoding="utf-8")
        code, out = self.run("territory", "import", str(path), "--json")
        assert code == 3 and json.loads(out)["error"] == "territory_file_unknown"
        code, out = self.run("territory", "import", str(path), "--kind", "finess", "--json")
        answer = json.loads(out)
        assert code == 3 and answer["messages"][0]["code"] == "finess_not_finess"
        code, out = self.run("territory", "import", str(tmp_path / "absent.csv"), "--json")
        assert code == 3 and json.loads(out)["error"] == "file_missing"

    def test_an_unknown_code_exits_4(self, territory: SimpleNamespace) -> None:
        assert self.run("territory", "show", "999999999")[0] == 4

    def test_people_read_the_same_in_words(
        self, territory: SimpleNamespace, tmp_path: Path
    ) -> None:
        code, out = self.run("territory", "show", "HF-01")
        assert code == 0 and "GHT des Trois Rivières" in out and "40.0 %" in out
        target = tmp_path / "ght.xlsx"
        code, _out = self.run("territory", "export", "--kind", "ght", "--output", str(target))
        assert code == 0 and target.read_bytes()[:2] == b"PK"
