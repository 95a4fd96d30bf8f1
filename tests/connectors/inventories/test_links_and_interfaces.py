"""Links and interfaces are read with their groups, delays and direction."""

from pathlib import Path

from hygie.connectors.inventories.channels import read_channels
from hygie.connectors.inventories.interfaces_sheet import read_interfaces
from hygie.connectors.inventories.links_sheet import read_links
from hygie.connectors.message_codes import MessageCode as Code
from hygie.engines.estate.vocabulary import AssetKind, Effect, Verb

LINKS = """Source;Relation;Cible;Groupe;Nécessaires;Délai;Effet
DPI;fonctionne sur;SRV1;grp;1;2 h;bloquant
DPI;fonctionne sur;SRV2;grp;1;2 h;bloquant
DPI;fonctionne sur;SRV3;grp;2;2 h;bloquant
Urgences;utilise;DPI;;;;dégradé
DPI;est utilisé par;Bloc;;;30 min;
DPI;mange;Bloc;;;;
X;utilise;X;;;;
DPI;utilise;LIS;;0;;
DPI;utilise;RIS;;;bientôt;
SAN;range ses données dans;Baie;paire;3;;
"""


def written(tmp_path: Path, text: str, name: str = "a.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_links_carry_their_group_their_delay_and_their_effect(tmp_path: Path) -> None:
    inventory = read_links(written(tmp_path, LINKS))
    first, second, third, fourth, fifth = inventory.links
    assert (first.group, first.needed, first.delay_min, first.effect) == (
        "grp", 1, 120, Effect.STOP,
    )  # fmt: skip
    assert first.told == {"group", "needed", "delay_min", "effect"}
    assert second.target.text == "SRV2"
    assert third.effect is Effect.DEGRADE and third.told == {"effect"}
    assert (fourth.source.text, fourth.verb, fourth.target.text) == ("Bloc", Verb.USES, "DPI")
    assert fifth.needed == 3


def test_a_link_that_contradicts_is_refused_with_its_row(tmp_path: Path) -> None:
    report = read_links(written(tmp_path, LINKS)).report
    assert {code: [one.row for one in report.of(code)] for code in (
        Code.LINK_GROUP_DIFFERS, Code.CELL_NOT_CHOICE, Code.LINK_TO_ITSELF,
        Code.CELL_OUT_OF_RANGE, Code.CELL_NOT_NUMBER, Code.LINK_NEEDS_TOO_MANY,
    )} == {
        Code.LINK_GROUP_DIFFERS: [4], Code.CELL_NOT_CHOICE: [7], Code.LINK_TO_ITSELF: [8],
        Code.CELL_OUT_OF_RANGE: [9], Code.CELL_NOT_NUMBER: [10], Code.LINK_NEEDS_TOO_MANY: [11],
    }  # fmt: skip


def test_a_flow_feeds_its_receivers_and_needs_its_source_and_its_engine(tmp_path: Path) -> None:
    text = (
        "Flux;Application source;Destinataires;Protocole;Port;EAI;Actif;Types de messages\n"
        "ADT-01;GAM;DPI, LIS;HL7 MLLP;6661;Mirth;oui;ADT^A01\n"
        ";LIS;DPI;fichier;;aucun;non;ORU\n"
        ";;DPI;;;;;\n"
    )
    inventory = read_interfaces(written(tmp_path, text))
    first, second = (one.asset for one in inventory.observations)
    assert first.kind is AssetKind.INTERFACE and second.name == "LIS → DPI (ORU)"
    assert dict(first.details) == {
        "protocol": "hl7", "engine": "Mirth", "messages": "ADT^A01", "port": 6661,
        "is_enabled": True,
    }  # fmt: skip
    ties = [
        (one.source.text or one.source.ref, one.verb, one.target.text or one.target.ref, one.effect)
        for one in inventory.links
    ]
    assert ties == [
        ("row 2", Verb.USES, "GAM", Effect.STOP),
        ("row 2", Verb.USES, "Mirth", Effect.STOP),
        ("DPI", Verb.EXCHANGES_THROUGH, "row 2", Effect.DEGRADE),
        ("LIS", Verb.EXCHANGES_THROUGH, "row 2", Effect.DEGRADE),
        ("row 3", Verb.USES, "LIS", Effect.STOP),
        ("DPI", Verb.EXCHANGES_THROUGH, "row 3", Effect.DEGRADE),
    ]
    assert inventory.report.rows_in_error == {4}


def test_a_flow_goes_the_way_that_its_direction_says(tmp_path: Path) -> None:
    text = (
        "Source;Destination;Flux;Sens\nGAM;PACS;ADT;->\nPACS;DPI;ORU;<-\nLIS;DPI;ORM;<=>\n"
        "RIS;PACS;MWL;entrant\n"
    )
    inventory = read_interfaces(written(tmp_path, text))
    told = {
        (one.source.text or one.source.ref, one.verb.value, one.target.text or one.target.ref)
        for one in inventory.links
    }
    assert told == {
        ("row 2", "uses", "GAM"), ("PACS", "exchanges_through", "row 2"),
        ("row 3", "uses", "DPI"), ("PACS", "exchanges_through", "row 3"),
        ("row 4", "uses", "LIS"), ("row 4", "uses", "DPI"),
        ("LIS", "exchanges_through", "row 4"), ("DPI", "exchanges_through", "row 4"),
        ("row 5", "uses", "RIS"), ("PACS", "exchanges_through", "row 5"),
    }  # fmt: skip
    (said,) = inventory.report.of(Code.INVENTORY_VALUE_IGNORED)
    assert (said.row, said.params) == (5, {"value": "entrant"})


def test_flows_of_one_name_from_two_applications_are_two(tmp_path: Path) -> None:
    text = (
        "Émetteur;Récepteur;Flux;Type message\nGAM;DPI;ADT;\nGAM;PACS;ADT;\nLIS;DPI;ADT;\n"
        "DPI;LIS;;ORM\nDPI;LIS;;ORU\n"
    )
    inventory = read_interfaces(written(tmp_path, text))
    assert [one.asset.name for one in inventory.observations] == [
        "ADT", "ADT", "ADT (LIS)", "DPI → LIS (ORM)", "DPI → LIS (ORU)",
    ]  # fmt: skip


CHANNELS = """<list><channel version="4.5.0"><id>c1</id><name>ADT entrants</name>
<sourceConnector><name>sourceConnector</name><transportName>TCP Listener</transportName>
<properties><listenerConnectorProperties><host>0.0.0.0</host><port>6661</port>
</listenerConnectorProperties></properties>
<transformer><inboundDataType>HL7V2</inboundDataType></transformer></sourceConnector>
<destinationConnectors><connector><name>Vers DPI</name><transportName>Channel Writer</transportName>
<properties><channelId>c2</channelId></properties></connector><connector><name>Vers LIS</name>
<properties><remoteAddress>10.1.2.3</remoteAddress></properties></connector>
</destinationConnectors>
<exportData><metadata><enabled>true</enabled></metadata></exportData></channel>
<channel version="4.5.0"><id>c2</id><name>Sortie DPI</name>
<description>vers le dossier</description>
<sourceConnector><transportName>Channel Reader</transportName></sourceConnector></channel></list>"""


def test_channels_of_an_engine_are_interfaces_that_feed_one_another(tmp_path: Path) -> None:
    inventory = read_channels(written(tmp_path, CHANNELS, "a.xml"))
    first, second = (one.asset for one in inventory.observations)
    assert dict(first.details) == {
        "protocol": "hl7", "engine": "Mirth Connect", "messages": "HL7V2", "port": 6661,
        "is_enabled": True,
    }  # fmt: skip
    assert first.description == "→ Vers DPI, → Vers LIS (10.1.2.3)"
    assert second.description == "vers le dossier"
    (link,) = inventory.links
    assert (link.source.ref, link.verb, link.target.ref) == ("channel c2", Verb.USES, "channel c1")
    assert inventory.version == "4.5.0"
