"""What somebody said of the titles of a timeline serves again, here and in the group."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hygie.foundation.imports.models import Import, ImportState
from hygie.foundation.imports.services import import_run_now
from hygie.governance.exercises.models import Inject
from hygie.governance.exercises.rooms import TIMELINE, TIMELINES
from hygie.territory.people.models import User
from hygie.territory.sheets.models import ColumnMapping
from hygie.territory.sheets.services import MappingFile, mapping_save, mapping_share

SignedIn = Callable[[User], Client]
SHEET = "Ça tombe;Ça dit;Ça vise\nT+5;Le serveur fume;DSI\n"
CHOSEN = {"title-0": "time", "title-1": "body", "title-2": "cells", "save": "1"}


@pytest.fixture
def alice(signed_in: SignedIn, characters: SimpleNamespace) -> Client:
    return signed_in(characters.alice)


def dropped(client: Client, place: int) -> str:
    """The address of the page that maps a sheet just dropped."""
    response = client.post(
        reverse("exercises:chronogram_prepare", args=[place]),
        {"file": SimpleUploadedFile("à nous.csv", SHEET.encode()), "kind": "run"},
    )
    assert response.status_code == 302
    return str(response["Location"])


def page_of(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return str(response.content, "utf-8")


def test_columns_kept_once_are_proposed_for_the_next_sheet_of_the_same_titles(
    alice: Client, territory: SimpleNamespace
) -> None:
    place = territory.entities[0].pk
    address = dropped(alice, place)
    assert "Colonnes gardées d'une autre fois" not in page_of(alice, address).replace("&#x27;", "'")
    read = alice.post(address, {**CHOSEN, "name": "Chrono du CH", "is_shared": "on"})
    assert read.status_code == 302
    mapping = ColumnMapping.objects.get()
    assert (mapping.subject, mapping.is_shared) == (TIMELINE, True)
    assert mapping.columns == {"time": "Ça tombe", "body": "Ça dit", "cells": "Ça vise"}
    again = page_of(alice, dropped(alice, place))
    assert "Chrono du CH" in again
    assert '<option value="cells" selected>' in again and "deviné" not in again
    without = page_of(alice, dropped(alice, place), mapping="")
    assert '<option value="cells" selected>' not in without


def test_the_mapping_in_use_is_changed_under_its_own_name_and_no_other_is(
    alice: Client, territory: SimpleNamespace
) -> None:
    place = territory.entities[0].pk
    alice.post(dropped(alice, place), {**CHOSEN, "name": "Chrono"})
    mapping = ColumnMapping.objects.get()
    changed = {**CHOSEN, "title-2": "comment", "name": "Chrono", "mapping": str(mapping.pk)}
    assert alice.post(dropped(alice, place), changed).status_code == 302
    assert ColumnMapping.objects.get().columns["comment"] == "Ça vise"
    refused = alice.post(dropped(alice, place), {**CHOSEN, "name": "Chrono", "mapping": ""})
    assert refused.status_code == 422
    assert "Chrono" in str(refused.content, "utf-8")
    assert ColumnMapping.objects.get().columns["comment"] == "Ça vise"


def test_columns_without_a_name_serve_once(alice: Client, territory: SimpleNamespace) -> None:
    alice.post(dropped(alice, territory.entities[0].pk), {**CHOSEN, "name": ""})
    assert not ColumnMapping.objects.exists()
    assert json.loads(json.dumps(Import.objects.latest("pk").options["columns"]))["time"]


def test_a_shared_mapping_reads_the_sheets_of_another_of_the_group(
    perimeters: SimpleNamespace, territory: SimpleNamespace, tmp_path: Path
) -> None:
    told = MappingFile(
        "Chrono", TIMELINE, {"time": "Ça tombe", "body": "Ça dit", "channel": "Ça vise"},
        {"channel": {"DSI": "phone"}},
    )  # fmt: skip
    mapping = mapping_save(
        perimeter=perimeters.alice, room=TIMELINES, organisation=territory.entities[0], told=told
    )
    mapping_share(perimeter=perimeters.alice, room=TIMELINES, mapping=mapping, is_shared=True)
    sheet = tmp_path / "a.csv"
    sheet.write_text(SHEET, "utf-8")
    run = import_run_now(
        perimeter=perimeters.bob, kind="exercises.chronogram", path=sheet,
        options={"organisation": territory.entities[1].code, "mapping": mapping.pk},
    )  # fmt: skip
    assert run.state == ImportState.APPLIED
    inject = Inject.objects.get(exercise_id=run.outcome["exercise"])
    assert (inject.body, inject.channel) == ("Le serveur fume", "phone")


@pytest.mark.parametrize("who", ["charlie", "diane", "ada"])
def test_readers_from_elsewhere_reach_no_mapping_of_timelines(
    alice: Client, signed_in: SignedIn, characters: SimpleNamespace, territory: SimpleNamespace,
    who: str,
) -> None:  # fmt: skip
    place = territory.entities[0].pk
    alice.post(dropped(alice, place), {**CHOSEN, "name": "Chrono", "is_shared": "on"})
    mapping = ColumnMapping.objects.get()
    client = signed_in(getattr(characters, who))
    pages = [("mapping_list", place), ("mapping_file", mapping.pk)]
    assert [
        client.get(reverse(f"exercises:{name}", args=[pk])).status_code for name, pk in pages
    ] == [404, 404]
    act = reverse("exercises:mapping_act", args=[mapping.pk])
    assert client.post(act, {"act": "remove"}).status_code == 404
    assert ColumnMapping.objects.get().is_shared


def test_a_mapping_is_given_away_as_a_file_and_taken_back(
    alice: Client, territory: SimpleNamespace
) -> None:
    place = territory.entities[0].pk
    alice.post(dropped(alice, place), {**CHOSEN, "name": "Chrono", "is_shared": "on"})
    mapping = ColumnMapping.objects.get()
    file = alice.get(reverse("exercises:mapping_file", args=[mapping.pk])).content
    act = reverse("exercises:mapping_act", args=[mapping.pk])
    assert alice.post(act, {"act": "burn"}).status_code == 400
    alice.post(act, {"act": "unshare"})
    assert not ColumnMapping.objects.get().is_shared
    alice.post(act, {"act": "remove"})
    listed = reverse("exercises:mapping_list", args=[place])
    alice.post(listed, {"file": SimpleUploadedFile("a.json", file)})
    assert ColumnMapping.objects.get().columns == mapping.columns
    assert "Chrono" in page_of(alice, listed)
    other = file.replace(b"chronogram", b"server")
    response = alice.post(listed, {"file": SimpleUploadedFile("a.json", other)})
    assert response.status_code == 422
