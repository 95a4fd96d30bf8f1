"""A bill of materials gives one application and all of its components, once each."""

import json
from pathlib import Path

import pytest

from hygie.connectors.inventories.cyclonedx import read_cyclonedx
from hygie.connectors.message_codes import MessageCode as Code
from hygie.connectors.messages import FileRefused
from hygie.engines.estate.vocabulary import AssetKind, IdentifierKind

XML = """<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/{version}">
<metadata><timestamp>2026-01-02T03:04:05Z</timestamp>
<tools><tool><name>outil</name></tool></tools>
<component type="application"><supplier><name>Éditeur X</name></supplier><name>Dossier</name>
<version>5.2</version><purl>pkg:generic/dossier@5.2</purl></component></metadata>
<components><component type="library"><group>org.a</group><name>b</name><version>1</version>
<purl>pkg:maven/org.a/b@1</purl><pedigree><ancestors><component type="library"><name>vieux</name>
</component></ancestors></pedigree>
<components><component type="library"><name>dedans</name><version>2</version></component>
</components>
</component></components><vulnerabilities><vulnerability/><vulnerability/></vulnerabilities></bom>"""


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "components", "vulnerabilities"),
    [
        ("log4j.json", 1, 8), ("nested-component-log4j.json", 2, 8),
        ("valid-vulnerability-1.4.json", 1, 1),
    ],
)  # fmt: skip
def test_real_bills_are_read(
    real_data: Path, name: str, components: int, vulnerabilities: int
) -> None:
    inventory = read_cyclonedx(real_data / "cyclonedx" / name)
    (one,) = inventory.observations
    assert len(one.components) == components
    said = [one.params["count"] for one in inventory.report.of(Code.INVENTORY_VULNERABILITIES)]
    assert said == [vulnerabilities]


@pytest.mark.parametrize("version", ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"])
def test_json_and_xml_say_the_same(tmp_path: Path, version: str) -> None:
    xml = tmp_path / "a.xml"
    xml.write_text(XML.format(version=version), encoding="utf-8")
    bill = {
        "components": [
            {"type": "library", "group": "org.a", "name": "b", "version": "1",
             "purl": "pkg:maven/org.a/b@1", "pedigree": {"ancestors": [{"name": "vieux"}]},
             "components": [{"type": "library", "name": "dedans", "version": "2"}]},
            {"type": "library", "name": "dedans", "version": "2"},
        ],
        "vulnerabilities": [{}, {}],
        "metadata": {
            "timestamp": "2026-01-02T03:04:05Z", "tools": [{"name": "outil"}],
            "component": {"type": "application", "name": "Dossier", "version": "5.2",
                          "purl": "pkg:generic/dossier@5.2", "supplier": {"name": "Éditeur X"}},
        },
        "specVersion": version, "bomFormat": "CycloneDX",
    }  # fmt: skip
    plain = tmp_path / "a.json"
    plain.write_text(json.dumps(bill), encoding="utf-8")
    for path in (xml, plain):
        inventory = read_cyclonedx(path)
        (one,) = inventory.observations
        assert (one.asset.kind, one.asset.name) == (AssetKind.APPLICATION, "Dossier")
        assert dict(one.asset.details) == {"vendor": "Éditeur X", "version": "5.2"}
        assert one.asset.identifiers == ((IdentifierKind.PURL, "pkg:generic/dossier@5.2"),)
        assert [part.name for part in one.components] == ["dedans", "org.a:b"]
        assert (inventory.version, inventory.tool) == (version, "outil")
        assert inventory.seen_on is not None
        assert inventory.report.counts[Code.INVENTORY_VULNERABILITIES] == 1


def test_what_nothing_names_bears_the_name_of_its_file_unless_somebody_says(
    tmp_path: Path,
) -> None:
    path = tmp_path / "imagerie.json"
    path.write_text('{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"name":"a"}, 3]}')
    inventory = read_cyclonedx(path)
    assert inventory.observations[0].asset.name == "imagerie"
    assert [one.row for one in inventory.report.of(Code.INVENTORY_RECORD_DAMAGED)] == [2]
    assert inventory.report.counts[Code.INVENTORY_NAMED_AFTER_FILE] == 1
    assert read_cyclonedx(path, application="PACS").observations[0].asset.name == "PACS"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("/home/ci/dossier-patient", "dossier-patient"), ("./api", "api"),
        ("C:\\src\\pacs\\", "pacs"),
        (".", "bom-7"), ("..", "bom-7"), ("/", "bom-7"), ("./", "bom-7"),
        (".NET runtime", ".NET runtime"), ("registre/pacs:3", "registre/pacs:3"),
    ],
)  # fmt: skip
def test_a_folder_that_was_analysed_is_no_name(tmp_path: Path, told: str, name: str) -> None:
    path = tmp_path / "bom-7.json"
    component = {"type": "file", "name": told}
    bill = {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": component}}
    path.write_text(json.dumps(bill | {"components": [{"name": "a"}]}), encoding="utf-8")
    inventory = read_cyclonedx(path)
    assert inventory.observations[0].asset.name == name
    assert inventory.report.counts[Code.INVENTORY_NAMED_AFTER_FILE] == (name == "bom-7")


def test_who_supplies_the_whole_bill_makes_the_application_and_services_are_counted(
    tmp_path: Path,
) -> None:
    bill = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "services": [{"name": "a"}, {"name": "b"}],
        "metadata": {"component": {"name": "Portail"}, "supplier": {"name": "Éditeur Y"}},
    }  # fmt: skip
    plain, xml = tmp_path / "a.json", tmp_path / "a.xml"
    plain.write_text(json.dumps(bill), encoding="utf-8")
    xml.write_text(
        '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><metadata><component><name>Portail</name>'
        "</component><supplier><name>Éditeur Y</name></supplier></metadata><services>"
        "<service><name>a</name><services><service><name>c</name></service></services></service>"
        "<service><name>b</name></service></services></bom>",
        encoding="utf-8",
    )
    for path in (plain, xml):
        inventory = read_cyclonedx(path)
        assert dict(inventory.observations[0].asset.details) == {"vendor": "Éditeur Y"}
        (said,) = inventory.report.of(Code.INVENTORY_TYPE_IGNORED)
        assert said.params == {"kind": "services", "count": 2}


def test_a_list_of_vulnerabilities_alone_observes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "vex.json"
    path.write_text('{"bomFormat":"CycloneDX","specVersion":"1.5","vulnerabilities":[{}]}')
    inventory = read_cyclonedx(path)
    assert inventory.observations == [] and inventory.report.counts[Code.INVENTORY_EMPTY] == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"bomFormat":"CycloneDX","specVersion":"2.0"}', Code.INVENTORY_NOT_KNOWN),
        ('{"spdxVersion":"SPDX-2.3"}', Code.INVENTORY_NOT_KNOWN),
        ('{"bomFormat":"CycloneDX","components":[{"name":', Code.JSON_TRUNCATED),
        ('{"components":' + "[" * 100 + "]" * 100 + "}", Code.JSON_TOO_DEEP),
        ('<!DOCTYPE bom [<!ENTITY a "b">]><bom>&a;</bom>', Code.FILE_DOCTYPE),
        ('<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><components>', Code.FILE_DAMAGED),
    ],
)
def test_another_file_or_a_hostile_one_is_refused(tmp_path: Path, text: str, code: Code) -> None:
    path = tmp_path / "a"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused) as caught:
        read_cyclonedx(path)
    assert caught.value.message.code is code
