"""A sheet of assets is read under the titles and words of people; nothing is dropped silently."""

from pathlib import Path

import pytest

from hygie.connectors.inventories.columns import columns_of
from hygie.connectors.inventories.sheets import Mapped, read_sheet
from hygie.connectors.inventories.types import Inventory
from hygie.connectors.message_codes import MessageCode as Code
from hygie.connectors.messages import FileRefused, Message, Severity
from hygie.connectors.tables.titles import match_titles, normalised
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import IdentifierKind, Status, Verb
from tests.connectors.archives import make_ods, make_xlsx, text_cell

APPLICATIONS = """Liste des applications;;;
;;;
Code;Nom de l'application;Éditeur;DMIA (h);RPO;Criticité;Hébergement;Couleur;Responsable;Statut
A1;Dossier patient;Éditeur X;4;30 min;Vitale;interne;bleu;DIM;oui
A2;Imagerie;Y;2 j;1j 4h;3;cloud;vert;?;non
A2;Doublon;;;;;;;;
;;;;;;;;;
A3;;;abc;;9;nulle part;;;peut-être
;;;1;;;;;;
"""


def sheet(tmp_path: Path, text: str, kind: Kind | None, **options: object) -> Inventory:
    path = tmp_path / "liste.csv"
    path.write_text(text, encoding="utf-8")
    return read_sheet(path, kind, **options)  # type: ignore[arg-type]


def said(inventory: Inventory, code: Code) -> list[Message]:
    return list(inventory.report.of(code))


def test_a_sheet_of_applications_is_read_under_the_titles_of_the_field(tmp_path: Path) -> None:
    inventory = sheet(tmp_path, APPLICATIONS, Kind.APPLICATION)
    patient, imaging, third = (one.asset for one in inventory.observations)
    assert (patient.key, patient.name, patient.owner) == ("A1", "Dossier patient", "DIM")
    assert (patient.criticality, patient.max_downtime_min, patient.max_data_loss_min) == (
        4,
        240,
        30,
    )
    assert dict(patient.details) == {"vendor": "Éditeur X", "hosting": "internal"}
    assert (imaging.criticality, imaging.max_downtime_min, imaging.max_data_loss_min) == (
        3, 2880, 1680,
    )  # fmt: skip
    assert (imaging.status, imaging.owner) == (Status.RETIRED, "")
    assert (third.name, third.criticality, third.max_downtime_min) == ("A3", None, None)
    assert [one.told for one in inventory.observations] == [{"status"}, {"status"}, frozenset()]


def test_what_is_not_understood_is_said_with_its_row_and_its_title(tmp_path: Path) -> None:
    inventory = sheet(tmp_path, APPLICATIONS, Kind.APPLICATION)
    assert [one.params["title"] for one in said(inventory, Code.HEADER_UNKNOWN)] == ["Couleur"]
    (duplicate,) = said(inventory, Code.ROW_DUPLICATE)
    assert (duplicate.row, duplicate.params["first"]) == (6, 5)
    assert [(one.row, one.field) for one in said(inventory, Code.CELL_NOT_CHOICE)] == [
        (8, "Statut"), (8, "Criticité"), (8, "Hébergement"),
    ]  # fmt: skip
    assert [one.row for one in said(inventory, Code.INVENTORY_NAMELESS)] == [9]
    assert {one.severity for one in said(inventory, Code.CELL_NOT_CHOICE)} == {Severity.WARNING}


def test_identifiers_are_canonical_and_placeholders_are_said(tmp_path: Path) -> None:
    text = (
        "Nom du serveur,S/N,Adresses MAC,Adresse IP,Nom DNS,Virtuel,EDR,Correctif\n"
        'srv1,To be filled by O.E.M.,"38:1C:1A:B5:73:20 381c.1ab5.7321","10.0.0.1; fe80::1",'
        "SRV1.local.,x,non,2026-05-01\n"
    )
    inventory = sheet(tmp_path, text.replace("Correctif", "Dernier correctif"), Kind.SERVER)
    (one,) = inventory.observations
    assert one.asset.identifiers == (
        (IdentifierKind.MAC, "381c1ab57320"),
        (IdentifierKind.MAC, "381c1ab57321"),
        (IdentifierKind.HOSTNAME, "srv1.local"),
        (IdentifierKind.ADDRESS, "10.0.0.1"),
    )
    assert dict(one.asset.details) == {
        "patched_on": "2026-05-01", "has_edr": False, "is_virtual": True,
    }  # fmt: skip
    ignored = [one.params["value"] for one in said(inventory, Code.INVENTORY_VALUE_IGNORED)]
    assert ignored == ["To be filled by O.E.M.", "fe80::1"]


def test_columns_that_name_others_give_links_both_ways(tmp_path: Path) -> None:
    text = (
        "Nom;Serveurs;Bases de données;Utilisée par;Authentification;Mainteneur\n"
        "DPI;SRV1, SRV2;SQL01;Urgences / Bloc;AD;aucun\n"
    )
    inventory = sheet(tmp_path, text, Kind.APPLICATION)
    links = [(one.source.text or "·", one.verb, one.target.text or "·") for one in inventory.links]
    assert links == [
        ("·", Verb.RUNS_ON, "SRV1"),
        ("·", Verb.RUNS_ON, "SRV2"),
        ("·", Verb.STORES_ON, "SQL01"),
        ("·", Verb.AUTHENTICATES_WITH, "AD"),
        ("Urgences", Verb.USES, "·"),
        ("Bloc", Verb.USES, "·"),
    ]
    assert inventory.links[0].target.kinds == (Kind.SERVER, Kind.CLUSTER)
    assert inventory.links[4].source.kinds[0] is Kind.CARE
    assert inventory.links[0].source.ref == inventory.observations[0].ref


def test_what_a_person_says_of_titles_and_words_stands_over_what_is_recognised(
    tmp_path: Path,
) -> None:
    text = "Nom;Libellé long;Importance;Responsable\nx1;Dossier patient;P1;Éditions Z\n"
    mapped = Mapped(
        {"name": "Libellé long", "key": "Nom", "supplier": "Responsable", "owner": ""},
        {"criticality": {"p1": "4"}},
    )
    inventory = sheet(tmp_path, text, Kind.APPLICATION, mapped=mapped)
    (one,) = inventory.observations
    assert (one.asset.key, one.asset.name, one.asset.criticality) == ("x1", "Dossier patient", 4)
    assert (one.asset.supplier, one.asset.owner) == ("Éditions Z", "")


def test_rows_of_a_mixed_sheet_tell_their_own_kind(tmp_path: Path) -> None:
    text = "Nature;Nom;VLAN;OS\nServeur;srv1;20;Debian 12\nzone réseau;Z20;20;\n?;x;;\n"
    inventory = sheet(tmp_path, text, None)
    assert [(one.asset.kind, one.asset.name) for one in inventory.observations] == [
        (Kind.SERVER, "srv1"), (Kind.ZONE, "Z20"),
    ]  # fmt: skip
    assert inventory.observations[1].asset.details["vlan"] == 20
    assert inventory.report.rows_in_error == {4}


@pytest.mark.parametrize("kind", list(Kind))
def test_no_title_belongs_to_two_columns_of_a_kind(kind: Kind) -> None:
    columns = columns_of(kind).columns
    owners: dict[str, str] = {}
    for column in columns:
        for title in column.titles:
            assert owners.setdefault(normalised(title), column.name) == column.name
    # The title that is written is the one that is found again.
    for column in columns:
        assert match_titles([column.title], columns).positions == {column.name: 0}


def test_units_of_amounts_and_frequencies_are_those_of_the_field(tmp_path: Path) -> None:
    titles = "Sauvegarde;Fréquence;Rétention;Hors ligne\n"
    text = f"{titles}B1;quotidienne;3 semaines;oui\nB2;6;20 ans;NSP\n"
    first, second = (one.asset for one in sheet(tmp_path, text, Kind.BACKUP).observations)
    assert dict(first.details) == {"frequency_h": 24, "retention_days": 21, "is_offline": True}
    assert dict(second.details) == {"frequency_h": 6, "retention_days": 7300}
    text = "Nom;Capacité\nNAS;2 To\n"
    (one,) = sheet(tmp_path, text, Kind.STORE).observations
    assert one.asset.details["capacity_gb"] == 2000


def test_the_same_rows_in_excel_and_in_opendocument(tmp_path: Path) -> None:
    cells = (("Nom", "RTO"), ("DPI", "4 h"))
    rows = "".join(
        f'<row r="{at}">' + "".join(text_cell(f"{column}{at}", text)
        for column, text in zip("AB", row, strict=True)) + "</row>"
        for at, row in enumerate(cells, start=1)
    )  # fmt: skip
    excel = make_xlsx(tmp_path / "a.xlsx", rows)
    ods_rows = "".join(
        "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
            "</table:table-cell>" for text in row) + "</table:table-row>"
        for row in cells
    )  # fmt: skip
    ods = make_ods(tmp_path / "a.ods", f'<table:table table:name="F">{ods_rows}</table:table>')
    for path in (excel, ods):
        (one,) = read_sheet(path, Kind.APPLICATION).observations
        assert (one.asset.name, one.asset.max_downtime_min) == ("DPI", 240)


def test_a_sheet_without_any_name_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        sheet(tmp_path, "Éditeur;DMIA\nX;4\n", Kind.APPLICATION)
    assert caught.value.message.code is Code.HEADER_NOT_FOUND


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_the_encoding_does_not_matter(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nom;Criticité;État\nRéa;élevée;prévu\n", encoding=encoding)
    (one,) = read_sheet(path, Kind.CARE).observations
    assert (one.asset.name, one.asset.criticality, one.asset.status) == ("Réa", 3, Status.PLANNED)


def test_a_formula_is_a_text_and_an_overlong_text_is_cut_or_refused(tmp_path: Path) -> None:
    text = f"Nom;Responsable\n'=cmd|x;{'y' * 300}\n{'n' * 500};z\n"
    inventory = sheet(tmp_path, text, Kind.APPLICATION)
    (one,) = inventory.observations
    assert (one.asset.name, one.asset.owner) == ("=cmd|x", "y" * 120)
    assert [one.row for one in said(inventory, Code.INVENTORY_VALUE_CUT)] == [2]
    assert [one.row for one in said(inventory, Code.CELL_TOO_LONG)] == [3]


def test_a_long_sheet_is_read_whole(tmp_path: Path) -> None:
    text = "Nom;Adresse IP\n" + "".join(f"pc{at};10.0.{at % 250}.1\n" for at in range(5_000))
    inventory = sheet(tmp_path, text, Kind.WORKSTATION)
    assert inventory.counts[Kind.WORKSTATION] == 5_000


def test_a_rank_written_with_its_word_is_the_word_and_a_total_is_no_asset(tmp_path: Path) -> None:
    text = (
        "Application;Criticité\nA;4 - critique\nB;1 – Vitale\nC;2 (utile)\nD;5 - autre\nTOTAL;4\n"
    )
    inventory = sheet(tmp_path, text, Kind.APPLICATION)
    told = [(one.asset.name, one.asset.criticality) for one in inventory.observations]
    assert told == [("A", 4), ("B", 4), ("C", 2), ("D", None)]
    assert [one.row for one in said(inventory, Code.INVENTORY_NAMELESS)] == [6]
