"""Are look-alikes decided and sheets mapped by those who may, and by no one else?"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hygie.foundation.imports.models import Import
from hygie.territory.estate.models import (
    Asset,
    LookAlike,
)
from hygie.territory.people.models import User
from hygie.territory.sheets.models import ColumnMapping
from tests.territory.estate.reading import at, text_of

SignedIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def test_a_pair_is_shown_side_by_side(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    LookAlike.objects.create(
        organisation=territory.entities[0], kept=written["S1"], other=written["S2"],
        other_name="srv-2", reasons=[["hostname", "srv-1"]], doubts=[["serial", "AB12", "CD34"]],
        score=70,
    )  # fmt: skip
    page = text_of(alice.get(at("look_alike_list", territory.entities[0].pk)))
    assert "1 paire d&#x27;éléments se ressemble" in page
    assert "AB12 ≠ CD34" in page and "En commun" in page
    assert "sont peut-être le même élément" in text_of(
        alice.get(at("asset_detail", written["S1"].pk))
    )


def test_a_pair_is_merged_kept_apart_and_taken_back(
    alice: Client, written: dict[str, Asset], territory: SimpleNamespace
) -> None:
    place = territory.entities[0]
    pair = LookAlike.objects.create(
        organisation=place, kept=written["S1"], other=written["S2"], other_name="srv-2"
    )
    queue, decide = at("look_alike_list", place.pk), at("look_alike_decide", pair.pk)
    assert "C'est le même : garder « srv-1 »" in text_of(alice.get(queue))
    alice.post(decide, {"act": "merge_other"})
    assert not Asset.objects.filter(name="srv-1").exists()
    page = text_of(alice.get(queue, {"state": "merged"}))
    assert "srv-2" in page and "Annuler la décision" in page
    again = alice.post(decide, {"act": "apart"}, follow=True)
    assert "déjà été tranché" in text_of(again)
    alice.post(decide, {"act": "undo"})
    assert Asset.objects.filter(name="srv-1").exists()
    alice.post(decide, {"act": "apart"})
    pair.refresh_from_db()
    assert pair.state == "apart"
    assert alice.post(decide, {"act": "burn"}).status_code == 400


@pytest.mark.parametrize("who", ["charlie", "diane", "remi", "ada"])
def test_nobody_else_decides_about_a_pair_or_a_mapping(
    written: dict[str, Asset],
    characters: SimpleNamespace,
    territory: SimpleNamespace,
    signed_in: SignedIn,
    who: str,
) -> None:
    place = territory.entities[0]
    pair = LookAlike.objects.create(
        organisation=place, kept=written["S1"], other=written["S2"], other_name="srv-2"
    )
    mapping = ColumnMapping.objects.create(
        organisation=place, name="DSI", subject="server", columns={"name": "Machine"}
    )
    client = signed_in(getattr(characters, who))
    assert client.post(at("look_alike_decide", pair.pk), {"act": "merge"}).status_code == 404
    assert client.post(at("mapping_act", mapping.pk), {"act": "remove"}).status_code == 404
    assert client.get(at("mapping_file", mapping.pk)).status_code == 404
    for name in ("mapping_list", "sheet_prepare"):
        assert client.get(at(name, place.pk)).status_code == 404


SHEET = "Mon logiciel;Qui répond ?;Arrêt supportable;Remarque\nDPI;DIM;4 h;x\nLabo;Biologie;2 j;\n"


def test_a_sheet_of_one_s_own_is_mapped_then_read_then_given_away(
    alice: Client, territory: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    place = territory.entities[0]
    with django_capture_on_commit_callbacks(execute=True):
        answer = alice.post(
            at("sheet_prepare", place.pk),
            {"file": SimpleUploadedFile("dsi.csv", SHEET.encode(), "text/csv")},
        )
    first = Import.objects.get()
    assert answer["Location"] == at("sheet_map", place.pk, first.pk)
    asked = text_of(alice.get(answer["Location"], {"subject": "application"}))
    assert "Qui répond ?" in asked and "Biologie" in asked
    said = {"subject": "application", "title-0": "name", "title-1": "owner",
            "title-2": "max_downtime_min", "title-3": "", "name": "Tableur DSI",
            "is_shared": "on", "save": "1"}  # fmt: skip
    wrong = alice.post(answer["Location"], said | {"values": "n'importe quoi"})
    assert "ne se lit pas" in text_of(wrong, 422)
    with django_capture_on_commit_callbacks(execute=True):
        done = alice.post(answer["Location"], said)
    mapping = ColumnMapping.objects.get()
    assert mapping.is_shared and mapping.columns["owner"] == "Qui répond ?"
    run = Import.objects.exclude(pk=first.pk).get()
    assert done["Location"] == reverse("imports:import_detail", args=[run.pk])
    assert (run.state, run.counts.get("add")) == ("ready", 2), run.counts
    listed = text_of(alice.get(at("mapping_list", place.pk)))
    assert "Tableur DSI" in listed and "partagée" in listed
    file = alice.get(at("mapping_file", mapping.pk)).content
    assert b"CH n" not in file
    alice.post(at("mapping_act", mapping.pk), {"act": "remove"})
    brought = SimpleUploadedFile("dsi.json", file, "application/json")
    alice.post(at("mapping_list", place.pk), {"file": brought})
    assert ColumnMapping.objects.get().columns == mapping.columns
    bad = SimpleUploadedFile("x.json", b"[]", "application/json")
    assert "pas une correspondance" in text_of(
        alice.post(at("mapping_list", place.pk), {"file": bad}), 422
    )


def test_a_file_that_is_no_sheet_sends_back_with_the_reason(
    alice: Client, territory: SimpleNamespace
) -> None:
    address = at("sheet_prepare", territory.entities[0].pk)
    answer = alice.post(address, {"file": SimpleUploadedFile("x.xlsx", b"MZ\x90", "x")})
    assert answer.status_code == 422 and "file-refused" in answer.content.decode()
