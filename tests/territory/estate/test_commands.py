"""Do the command line and the API tell of the map what the pages tell, to the same people?"""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hygie.foundation.errors import NotAllowed
from hygie.foundation.journal.models import JournalLine
from hygie.shell.cli import _run
from hygie.territory.estate.exports import estate_export
from hygie.territory.estate.models import Asset, AssetIdentifier, AssetShare, Link, LookAlike
from hygie.territory.estate.rooms import ESTATE_SHEETS
from hygie.territory.sheets.services import MappingFile, mapping_save

SHEET = "Code;Nom;Responsable;DMIA\nDPI;Dossier patient;DIM;4 h\nLAB;Labo;Bio;2 h\n"


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], territory: SimpleNamespace
) -> Callable[..., tuple[int, Any]]:
    """run("estate", …): exit code, and the answer as data when --json is asked."""

    def make(*words: str) -> tuple[int, Any]:
        code = _run(list(words))
        out = capsys.readouterr().out
        return code, json.loads(out) if "--json" in words else out

    return make


def test_a_sheet_is_recognised_shown_then_applied(
    run: Callable[..., tuple[int, Any]], tmp_path: Path
) -> None:
    path = tmp_path / "applications.csv"
    path.write_text(SHEET, encoding="utf-8")
    at = ("--organisation", "590000001")
    words = ("estate", "import", str(path), *at, "--subject", "application")
    code, plan = run(*words, "--dry-run", "--json")
    assert (code, plan["dry_run"], plan["counts"]["add"]) == (0, True, 2)
    assert not Asset.objects.exists()
    code, answer = run(*words, "--json")
    assert (code, answer["kind"], answer["counts"]["add"]) == (0, "estate.sheet", 2)
    code, out = run("estate", "show", "dossier patient", *at)
    assert code == 0
    assert "590000001/DPI" in out
    code, shown = run("estate", "show", "590000001/LAB", "--json")
    assert (shown["owner"], shown["max_downtime_min"]) == ("Bio", 120)
    assert run("estate", "show", "Rien", *at)[0] == 4


@pytest.mark.real_data
def test_real_inventories_are_recognised_by_their_content(
    run: Callable[..., tuple[int, Any]], real_data: Path
) -> None:
    for name, kind in (
        ("glpi/computer_1.json", "estate.glpi"),
        ("nmap/nmap_multiple_port.xml", "estate.nmap"),
        ("cyclonedx/log4j.json", "estate.cyclonedx"),
    ):
        code, answer = run(
            "estate", "import", str(real_data / name), "--organisation", "590000001", "--json"
        )
        assert (code, answer["kind"]) == (0, kind)


def test_an_unknown_file_exits_3_with_the_reason(
    run: Callable[..., tuple[int, Any]], tmp_path: Path
) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"rien": 1}')
    at = ("--organisation", "590000001", "--json")
    code, answer = run("estate", "import", str(path), *at)
    assert (code, answer["error"]) == (3, "estate_file_unknown")
    code, answer = run("estate", "import", str(tmp_path / "absent"), *at)
    assert (code, answer["error"]) == (3, "file_missing")
    code, answer = run("estate", "import", str(path), "--kind", "map", *at)
    assert (code, answer["refused"]) == (3, True)
    assert run("estate", "import", str(path), "--organisation", "999999999")[0] == 4


def test_a_mapping_gives_titles_and_words_their_meaning(
    run: Callable[..., tuple[int, Any]], tmp_path: Path, operator: Any,
    territory: SimpleNamespace,
) -> None:  # fmt: skip
    told = MappingFile(
        "Notre tableau", "application", {"name": "Truc", "owner": "Chef", "hosting": "Où"},
        {"hosting": {"chez nous": "internal"}},
    )  # fmt: skip
    mapping_save(
        perimeter=operator, room=ESTATE_SHEETS, organisation=territory.entities[0], told=told
    )
    path = tmp_path / "a.csv"
    path.write_text("Truc;Chef;Où\nDPI;DIM;chez nous\n", encoding="utf-8")
    at = ("--organisation", "590000001", "--json")
    code, _answer = run("estate", "import", str(path), "--mapping", "notre tableau", *at)
    assert code == 0
    dpi = Asset.objects.get()
    assert (dpi.name, dpi.owner, dpi.details) == ("DPI", "DIM", {"hosting": "internal"})
    code, answer = run("estate", "import", str(path), "--mapping", "autre", *at)
    assert (code, answer["error"]) == (4, "mapping_unknown")


def test_a_map_leaves_and_comes_back_equal(
    run: Callable[..., tuple[int, Any]], territory: SimpleNamespace, tmp_path: Path
) -> None:
    place = territory.entities[0]
    care = Asset.objects.create(organisation=place, kind="care", code="URG", name="Urgences")
    app = Asset.objects.create(
        organisation=place, kind="application", code="DPI", name="=DPI", criticality=3,
        details={"users": 3},
    )  # fmt: skip
    Link.objects.create(source=care, verb="uses", target=app, delay_min=30, effect="degrade")
    for suffix in ("json", "xlsx"):
        target = tmp_path / f"carte.{suffix}"
        code, answer = run("estate", "export", "--organisation", "590000001", "-o", str(target),
                           "--json")  # fmt: skip
        assert (code, answer["format"]) == (0, suffix)
        code, answer = run("estate", "import", str(target), "--organisation", "590000001", "--json")
        assert (code, answer["counts"]["add"], answer["counts"]["change"]) == (0, 0, 0)
    code, out = run("estate", "export", "--organisation", "590000001")
    assert json.loads(out)["format"] == "hygie-estate"
    assert JournalLine.objects.filter(action="estate.exported").count() == 3


def test_pairs_to_settle_exit_1(
    run: Callable[..., tuple[int, Any]], territory: SimpleNamespace
) -> None:
    place = territory.entities[0]
    rows = [
        Asset.objects.create(organisation=place, kind="server", code=name, name=name)
        for name in ("a", "b")
    ]
    at = ("estate", "look-alikes", "--organisation", "590000001")
    assert run(*at)[0] == 0
    LookAlike.objects.create(
        organisation=place, kept=rows[0], other=rows[1], other_name="b", score=40,
        reasons=[["mac", "001b44113ab7"]],
    )  # fmt: skip
    code, pairs = run(*at, "--json")
    assert (code, pairs[0]["kept"], pairs[0]["score"]) == (1, "a", 40)
    assert "001b44113ab7" in run(*at)[1]


def test_only_those_who_may_take_a_map_out_do(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    place = territory.entities[0]
    for who in (perimeters.charlie, perimeters.diane, perimeters.remi, perimeters.ada):
        with pytest.raises(NotAllowed):
            estate_export(perimeter=who, organisation=place, suffix="json")
    with estate_export(perimeter=perimeters.alice, organisation=place, suffix="json") as stream:
        assert b"hygie-estate" in stream.read()


@pytest.fixture
def mapped(territory: SimpleNamespace) -> SimpleNamespace:
    """A ward, the laboratory system of another member that serves it, and that one's server."""
    first, second = territory.entities[:2]
    ward = Asset.objects.create(organisation=first, kind="care", code="URG", name="Urgences")
    lab = Asset.objects.create(organisation=second, kind="application", code="LAB", name="Labo")
    server = Asset.objects.create(organisation=second, kind="server", code="SRV", name="srv")
    AssetShare.objects.create(asset=lab, organisation=first)
    AssetIdentifier.objects.create(asset=lab, kind="purl", value="pkg:x/y")
    Link.objects.create(source=ward, verb="uses", target=lab)
    Link.objects.create(source=lab, verb="runs_on", target=server)
    return SimpleNamespace(first=first, ward=ward, lab=lab, server=server)


def test_the_api_tells_each_their_map_and_nothing_of_others(
    mapped: SimpleNamespace, characters: SimpleNamespace, signed_in: Callable[..., Any]
) -> None:
    alice = signed_in(characters.alice)
    at = [mapped.first.pk]
    assert [one["code"] for one in alice.get(reverse("api:assets", args=at)).json()] == [
        "URG", "LAB",
    ]  # fmt: skip
    kinds = alice.get(reverse("api:assets", args=at), {"kind": "care"}).json()
    assert [one["code"] for one in kinds] == ["URG"]
    lab = alice.get(reverse("api:asset", args=[*at, mapped.lab.pk])).json()
    assert lab["identifiers"] == [{"kind": "purl", "value": "pkg:x/y"}]
    assert [one["source"] for one in lab["needed_by"]] == ["URG"]
    # The server of the other establishment is not hers to see.
    assert lab["needs"] == []
    links = alice.get(reverse("api:asset_links", args=at)).json()
    assert [(one["source"], one["target"]) for one in links] == [("URG", "LAB")]
    assert alice.get(reverse("api:asset", args=[*at, mapped.server.pk])).status_code == 404
    for name in ("charlie", "diane", "remi", "ada"):
        other = signed_in(getattr(characters, name))
        for url in (
            reverse("api:assets", args=at),
            reverse("api:asset", args=[*at, mapped.lab.pk]),
            reverse("api:asset_links", args=at),
        ):
            assert other.get(url).status_code == 404


def test_the_api_asks_the_same_number_of_questions_whatever_the_size(
    mapped: SimpleNamespace, characters: SimpleNamespace, signed_in: Callable[..., Any]
) -> None:
    alice = signed_in(characters.alice)
    url = reverse("api:assets", args=[mapped.first.pk])

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            alice.get(url)
        return len(queries)

    before = asked()
    Asset.objects.bulk_create(
        Asset(organisation=mapped.first, kind="server", code=f"S{n}", name="s") for n in range(50)
    )
    assert asked() == before
