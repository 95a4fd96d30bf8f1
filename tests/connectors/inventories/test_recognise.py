"""A file is recognised by its content, and never by its name."""

import json
from pathlib import Path

import pytest

from hygie.connectors.inventories.opening import read_inventory
from hygie.connectors.inventories.recognise import Recognised, recognise
from hygie.connectors.inventories.types import InventoryKind as Inventory
from hygie.connectors.inventories.workbook import write_workbook
from hygie.connectors.message_codes import MessageCode as Code
from hygie.connectors.messages import FileRefused, ReadingCancelled
from hygie.engines.estate.types import AssetRecord, EstateMap
from hygie.engines.estate.vocabulary import AssetKind as Kind
from tests.connectors.archives import make_zip

FILES = [
    ('{"deviceid":"a","content":{"hardware":{"name":"PC"}}}', Recognised(Inventory.GLPI)),
    ('[{"content":{"hardware":{"name":"PC"}}}]', Recognised(Inventory.GLPI)),
    ('{"content":{"hardware":{"name":"A"}}}\n{"content":{"hardware":{"name":"B"}}}\n',
     Recognised(Inventory.GLPI)),
    ('{"components":[],"bomFormat":"CycloneDX","specVersion":"1.4"}',
     Recognised(Inventory.CYCLONEDX)),
    ('{"format":"hygie-estate","version":1,"assets":[]}', Recognised(Inventory.MAP)),
    ('[{"id":1,"name":"DPI","rto":4,"rpo":1}]', Recognised(Inventory.MERCATOR)),
    ('{"applications":[{"id":1,"name":"DPI"}]}', Recognised(Inventory.MERCATOR)),
    ('<?xml version="1.0"?><!DOCTYPE nmaprun><nmaprun><host><script id="x"/></host></nmaprun>',
     Recognised(Inventory.NMAP)),
    ('<bom xmlns="http://cyclonedx.org/schema/bom/1.5"></bom>', Recognised(Inventory.CYCLONEDX)),
    ('<channel version="4.4"><id>1</id></channel>',
     Recognised(Inventory.INTERFACES, is_channels=True)),
    ("Source;Relation;Cible\na;utilise;b\n", Recognised(Inventory.LINKS)),
    ("Application source;Destinataires\na;b\n", Recognised(Inventory.INTERFACES)),
    ("Nom de l'application;Éditeur\na;b\n", Recognised(Inventory.SHEET, Kind.APPLICATION)),
    ("Nom du poste;Système d'exploitation\na;b\n", Recognised(Inventory.SHEET, Kind.WORKSTATION)),
    ("Nature;Nom\nserveur;b\n", Recognised(Inventory.WORKBOOK)),
    ("id,name,rto,rpo\n1,DPI,4,1\n", Recognised(Inventory.MERCATOR)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), FILES)
def test_a_file_is_recognised_whatever_its_name(
    tmp_path: Path, text: str, told: Recognised
) -> None:
    path = tmp_path / "fichier.bin"
    path.write_text(text, encoding="utf-8")
    assert recognise(path) == told
    read_inventory(path)


@pytest.mark.real_data
@pytest.mark.parametrize("folder", ["glpi", "nmap", "cyclonedx"])
def test_real_files_are_recognised_and_read_the_same_twice(real_data: Path, folder: str) -> None:
    for path in sorted((real_data / folder).iterdir()):
        assert recognise(path).kind == folder
        first, second = read_inventory(path), read_inventory(path)
        assert first.observations == second.observations and first.links == second.links
        # A scan of the loopback names no machine, and says so.
        assert first.observations or first.report.has_errors


def test_a_workbook_and_an_archive_are_recognised(tmp_path: Path) -> None:
    estate = EstateMap(
        [AssetRecord("A", Kind.SITE, "a"), AssetRecord("B", Kind.SERVER, "b")],
    )
    path = tmp_path / "a.dat"
    write_workbook(path, estate)
    assert recognise(path).kind is Inventory.WORKBOOK
    assert read_inventory(path).counts == {Kind.SITE: 1, Kind.SERVER: 1}
    archive = make_zip(tmp_path / "b.dat", {"a.json": '{"content":{"hardware":{"name":"x"}}}'})
    assert read_inventory(archive).kind is Inventory.GLPI


@pytest.mark.parametrize(
    "text", ["bonjour", "<svg/>", '{"a":[1]}', "[1]", "[]", "Alpha;Bravo\n1;2\n", "{", "<x"]
)
def test_what_is_nothing_known_is_refused_with_what_is_accepted(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused) as caught:
        recognise(path)
    assert caught.value.message.code in {Code.INVENTORY_NOT_KNOWN, Code.JSON_TRUNCATED}


def test_macros_and_old_office_files_are_refused_in_their_own_words(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsm"
    for content, code in (
        (make_zip(path, {"[Content_Types].xml": "", "xl/workbook.xml": "", "xl/vbaProject.bin": ""})
         .read_bytes(), Code.FILE_HAS_MACROS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Code.FILE_OLD_OFFICE),
        (b"\x1f\x8b\x08" + bytes(60), Code.FILE_TYPE_REFUSED),
        (b"%PDF-1.7 liste", Code.FILE_TYPE_REFUSED),
    ):  # fmt: skip
        path.write_bytes(content)
        with pytest.raises(FileRefused) as caught:
            recognise(path)
        assert caught.value.message.code is code


def test_a_deep_text_never_exhausts_the_stack(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for text in ("[" * 200_000, '{"content":' * 100_000, '[{"id":' + "[" * 90 + "]" * 90 + "}]"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(FileRefused):
            read_inventory(path)


def test_whoever_asks_to_stop_is_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"content": {"hardware": {"name": "x"}}}] * 3), encoding="utf-8")
    with pytest.raises(ReadingCancelled):
        read_inventory(path, cancelled=lambda: True)
