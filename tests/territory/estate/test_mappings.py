"""Is what people said of their sheets kept, shared in their group, and carried in a file?"""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.journal.models import JournalLine
from hygie.territory.estate.rooms import ESTATE_SHEETS
from hygie.territory.estate.services.sheets import sheet_look
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter
from hygie.territory.sheets.errors import MappingNameTaken, MappingRefused
from hygie.territory.sheets.models import ColumnMapping
from hygie.territory.sheets.selectors import (
    mapping_get_at,
    mapping_get_in,
    mapping_named,
    mappings_at,
)
from hygie.territory.sheets.services import (
    MappingFile,
    mapping_as_json,
    mapping_from_json,
    mapping_remove,
    mapping_save,
    mapping_share,
)


def kept(
    perimeter: Perimeter, organisation: Organisation, columns: dict[str, str], **said: Any
) -> ColumnMapping:
    mapping = said.pop("mapping", None)
    told = MappingFile("Serveurs", "server", columns, said.pop("values", {}))
    return mapping_save(
        perimeter=perimeter, room=ESTATE_SHEETS, organisation=organisation, told=told,
        mapping=mapping,
    )  # fmt: skip


@pytest.fixture
def mine(perimeters: SimpleNamespace, territory: SimpleNamespace) -> ColumnMapping:
    """Alice's mapping of her list of servers."""
    return kept(
        perimeters.alice, territory.entities[0], {"name": "Machine", "os": "Système"},
        values={"os": {"W": "Windows"}},
    )  # fmt: skip


def test_a_shared_mapping_serves_its_group_and_region_and_no_other(
    mine: ColumnMapping, perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    second, far = territory.entities[1], territory.far
    assert mapping_named(perimeters.alice, ESTATE_SHEETS, territory.entities[0], "serveurs") == mine
    assert not mappings_at(perimeters.bob, ESTATE_SHEETS, second).exists()
    mapping_share(perimeter=perimeters.alice, room=ESTATE_SHEETS, mapping=mine, is_shared=True)
    assert mappings_at(perimeters.bob, ESTATE_SHEETS, second).get() == mine
    assert mapping_get_at(perimeters.operator, ESTATE_SHEETS, territory.alone, mine.pk) == mine
    assert not mappings_at(perimeters.charlie, ESTATE_SHEETS, far).exists()
    with pytest.raises(NotFound):
        mapping_get_at(perimeters.charlie, ESTATE_SHEETS, far, mine.pk)
    for who in (perimeters.charlie, perimeters.diane, perimeters.remi, perimeters.ada):
        with pytest.raises(NotFound):
            mapping_get_in(who, ESTATE_SHEETS, mine.pk)
        with pytest.raises(NotFound):
            mappings_at(who, ESTATE_SHEETS, territory.entities[0])
        with pytest.raises(NotAllowed):
            mapping_share(perimeter=who, room=ESTATE_SHEETS, mapping=mine, is_shared=False)
        with pytest.raises(NotAllowed):
            mapping_remove(perimeter=who, room=ESTATE_SHEETS, mapping=mine)


def test_a_mapping_travels_as_a_file_and_says_nothing_of_anyone(mine: ColumnMapping) -> None:
    content = mapping_as_json(mine)
    told = mapping_from_json(ESTATE_SHEETS, content)
    assert (told.name, told.subject) == ("Serveurs", "server")
    assert (told.columns, told.values) == (mine.columns, mine.values)
    assert b"alice" not in content
    assert b"590000001" not in content


@pytest.mark.parametrize(
    "change",
    [
        {"format": "autre"}, {"version": 2}, {"name": " "}, {"name": "x" * 81},
        {"subject": "printer"}, {"columns": {}}, {"columns": []}, {"columns": {"beds": "Lits"}},
        {"columns": {"name": 3}}, {"columns": {"name": ""}}, {"columns": {"name": "a\x00"}},
        {"values": {"os": ["W"]}}, {"values": {"os": {"W": {}}}}, {"values": {"os": {"W": 3}}},
        {"values": 3}, {"values": {"os": {str(n): "x" for n in range(501)}}},
    ],
)  # fmt: skip
def test_a_file_that_is_no_mapping_is_refused(mine: ColumnMapping, change: dict[str, Any]) -> None:
    found = json.loads(mapping_as_json(mine)) | change
    with pytest.raises(MappingRefused):
        mapping_from_json(ESTATE_SHEETS, json.dumps(found).encode())


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[" * 100_000, b"[]", b"x" * 1_000_001])
def test_hostile_bytes_are_refused_as_well(content: bytes) -> None:
    with pytest.raises(MappingRefused):
        mapping_from_json(ESTATE_SHEETS, content)


def test_a_name_is_unique_and_a_mapping_is_changed_in_place(
    mine: ColumnMapping, perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    here = territory.entities[0]
    with pytest.raises(MappingNameTaken):
        kept(perimeters.alice, here, {"name": "Nom"})
    kept(perimeters.alice, here, {"name": "Nom"}, mapping=mine)
    assert ColumnMapping.objects.get().columns == {"name": "Nom"}
    with pytest.raises(NotAllowed):
        kept(perimeters.bob, territory.entities[1], {"name": "Nom"}, mapping=mine)
    mapping_remove(perimeter=perimeters.alice, room=ESTATE_SHEETS, mapping=mine)
    assert not ColumnMapping.objects.exists()
    actions = JournalLine.objects.order_by("sequence").values_list("action", flat=True)
    assert list(actions) == [
        "column_mapping.saved", "column_mapping.saved", "column_mapping.removed",
    ]  # fmt: skip


def test_a_sheet_is_looked_at_before_it_is_brought(tmp_path: Any) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nom du serveur;OS;Truc\nsrv-1;Debian;x\n", encoding="utf-8")
    found = sheet_look(path, subject="server")
    assert found.preview.rows[0] == ("srv-1", "Debian", "x")
    guesses = {guess.title: guess.column for guess in found.guesses}
    assert (guesses["OS"], guesses["Truc"]) == ("os", "")
