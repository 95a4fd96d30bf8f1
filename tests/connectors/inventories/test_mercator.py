"""Lists of Mercator become assets and links; a number is followed within one file."""

import json
from pathlib import Path

import pytest

from hygie.connectors.inventories.mercator import read_mercator
from hygie.connectors.inventories.mercator_rows import list_named, list_of_columns
from hygie.connectors.inventories.types import Inventory
from hygie.connectors.message_codes import MessageCode as Code
from hygie.connectors.tables.writer import write_xlsx
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Effect, IdentifierKind, Status, Verb

APPLICATIONS = (
    ("id", "name", "description", "functional_referent", "responsible", "editor", "external",
     "security_need_a", "rto", "rpo", "version", "logical_servers", "databases", "activities"),
    (1, "DPI", "<p>Dossier</p>", "DIM", "DSI", "X", "Internal", 4, 240, 60, "5", "1, 2", "7", "3"),
    (2, "Messagerie", "", "", "", "Y", "SaaS", 0, 0, None, "", "", "", ""),
)  # fmt: skip
SERVERS = (
    ("id", "name", "operating_system", "address_ip", "environment", "active", "update_date",
     "physical_servers"),
    (1, "SRV1", "Debian 12", "10.0.0.1, 10.0.0.2", "PROD", 1, "2026-05-01 00:00:00", "HOTE1"),
    (2, "SRV2", "", "", "PROD", 0, "", ""),
)  # fmt: skip
ACTIVITIES = (
    ("id", "name", "recovery_time_objective", "maximum_tolerable_downtime",
     "maximum_tolerable_data_loss"),
    (3, "Urgences", 120, 240, 15),
)  # fmt: skip


def workbook(tmp_path: Path, **lists: tuple[tuple[object, ...], ...]) -> Inventory:
    path = tmp_path / "export.xlsx"
    write_xlsx(path, {name: (rows[0], rows[1:]) for name, rows in lists.items()})  # type: ignore[misc]
    return read_mercator(path)


def test_a_workbook_of_lists_is_one_map(tmp_path: Path) -> None:
    inventory = workbook(
        tmp_path, applications=APPLICATIONS, logical_servers=SERVERS, activities=ACTIVITIES
    )
    found = {one.asset.key: one.asset for one in inventory.observations}
    patient, care = found["applications-1"], found["activities-3"]
    assert (patient.name, patient.description, patient.owner, patient.technical_owner) == (
        "DPI", "Dossier", "DIM", "DSI",
    )  # fmt: skip
    assert (patient.criticality, patient.max_downtime_min, patient.max_data_loss_min) == (
        4,
        240,
        60,
    )
    assert dict(patient.details) == {"vendor": "X", "version": "5", "hosting": "internal"}
    mail = found["applications-2"]
    # 0 is what it tells where nobody said.
    assert (mail.criticality, mail.max_downtime_min, mail.details["hosting"]) == (
        None,
        None,
        "saas",
    )
    assert (care.kind, care.max_downtime_min, care.max_data_loss_min) == (Kind.CARE, 240, 15)
    server = found["logical_servers-1"]
    assert server.details["patched_on"] == "2026-05-01"
    assert (IdentifierKind.ADDRESS, "10.0.0.2") in server.identifiers
    assert found["logical_servers-2"].status is Status.RETIRED


def test_numbers_give_links_within_a_file_and_are_counted_beyond(tmp_path: Path) -> None:
    inventory = workbook(
        tmp_path, applications=APPLICATIONS, logical_servers=SERVERS, activities=ACTIVITIES
    )
    links = {(one.source.ref or one.source.text, one.verb, one.target.ref or one.target.text)
             for one in inventory.links}  # fmt: skip
    assert links == {
        ("applications 1", Verb.RUNS_ON, "logical_servers 1"),
        ("applications 1", Verb.RUNS_ON, "logical_servers 2"),
        ("activities 3", Verb.USES, "applications 1"),
        ("logical_servers 1", Verb.RUNS_ON, "HOTE1"),
    }
    (unknown,) = inventory.report.of(Code.INVENTORY_REFERENCE_UNKNOWN)
    assert unknown.params == {"kind": "databases", "count": 1}


def test_an_answer_of_the_api_is_read(tmp_path: Path) -> None:
    flows = [
        {"id": 9, "name": "ADT", "application_source_id": 1, "application_dest_id": 2,
         "crypted": True, "bidirectional": False},
    ]  # fmt: skip
    applications = [{"id": 1, "name": "GAM"}, {"id": 2, "name": "DPI", "editor": None}]
    path = tmp_path / "api.json"
    path.write_text(json.dumps({"applications": applications, "fluxes": flows, "tasks": [
        {"id": 1, "name": "t"}]}), encoding="utf-8")  # fmt: skip
    inventory = read_mercator(path)
    assert inventory.counts == {Kind.APPLICATION: 2, Kind.INTERFACE: 1}
    assert [(one.source.ref, one.verb, one.target.ref, one.effect) for one in inventory.links] == [
        ("fluxes 9", Verb.USES, "applications 1", Effect.STOP),
        ("applications 2", Verb.EXCHANGES_THROUGH, "fluxes 9", Effect.DEGRADE),
    ]
    assert [one.params["kind"] for one in inventory.report.of(Code.INVENTORY_TYPE_IGNORED)] == [
        "tasks"
    ]


def test_a_flow_that_goes_both_ways_feeds_both(tmp_path: Path) -> None:
    flow = {"id": 9, "name": "ADT", "application_source_id": 1, "application_dest_id": 2}
    path = tmp_path / "base.json"
    applications = [{"id": 1, "name": "GAM"}, {"id": 2, "name": "DPI"}]
    tables = {"applications": applications, "fluxes": [flow | {"bidirectional": True}]}
    path.write_text(json.dumps(tables), encoding="utf-8")
    links = {(one.source.ref, one.verb, one.target.ref) for one in read_mercator(path).links}
    assert links == {
        ("fluxes 9", Verb.USES, "applications 1"), ("fluxes 9", Verb.USES, "applications 2"),
        ("applications 1", Verb.EXCHANGES_THROUGH, "fluxes 9"),
        ("applications 2", Verb.EXCHANGES_THROUGH, "fluxes 9"),
    }  # fmt: skip


def test_what_was_deleted_is_left_out_and_lists_without_a_noun_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "base.json"
    tables = {
        "applications": [
            {"id": 1, "name": "DPI", "description": "<p>Dossier &amp; soins</p>",
             "deleted_at": None, "logical_servers": [1, {"id": 2, "name": "SRV-2"}, 7]},
            {"id": 2, "name": "Ancien", "deleted_at": "2020-06-22 06:12:06"},
        ],
        "logical_servers": [{"id": 1, "name": "SRV-1"}, {"id": 2, "name": "SRV-2"}],
        "graphs": [{"id": 1, "name": "g"}], "permissions": [{"id": 1, "title": "p"}],
    }  # fmt: skip
    path.write_text(json.dumps(tables), encoding="utf-8")
    inventory = read_mercator(path)
    assert [one.asset.name for one in inventory.observations] == ["DPI", "SRV-1", "SRV-2"]
    assert inventory.observations[0].asset.description == "Dossier & soins"
    assert [one.target.ref or one.target.text for one in inventory.links] == [
        "logical_servers 1", "SRV-2",
    ]  # fmt: skip
    told = [one.params["kind"] for one in inventory.report.of(Code.INVENTORY_TYPE_IGNORED)]
    assert told == ["graphs", "permissions"]
    (deleted,) = inventory.report.of(Code.INVENTORY_DELETED)
    assert deleted.params == {"kind": "applications", "count": 1}
    assert not inventory.report.has_errors


def test_a_list_alone_is_told_by_its_columns_or_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "workstations.json"
    path.write_text('[{"id": 1, "name": "PC1", "user_id": 4, "serial_number": "AB123"}]')
    inventory = read_mercator(path)
    (one,) = inventory.observations
    assert (one.asset.kind, one.asset.key) == (Kind.WORKSTATION, "workstations-1")
    assert (IdentifierKind.SERIAL, "AB123") in one.asset.identifiers
    assert list_named("Logical-Servers_2025") == "logical_servers"
    assert list_of_columns(("id", "name", "rto", "rpo")) == "applications"
    assert list_of_columns(("id", "name", "description")) == ""


def test_departments_are_no_suppliers(tmp_path: Path) -> None:
    entities = (
        ("id", "name", "is_external", "entity_type", "contact_point"),
        (1, "Société Z", 1, "", "support@z.example"),
        (2, "Urgences", 0, "Service", ""),
    )
    inventory = workbook(tmp_path, entities=entities)
    assert [one.asset.name for one in inventory.observations] == ["Société Z"]
    assert inventory.observations[0].asset.details["contact"] == "support@z.example"


@pytest.mark.parametrize("text", ["[]", '{"applications": []}'])
def test_empty_lists_observe_nothing_and_this_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    inventory = read_mercator(path)
    assert inventory.observations == [] and inventory.report.counts[Code.INVENTORY_EMPTY] == 1
