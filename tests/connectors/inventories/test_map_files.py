"""A map that leaves as a file or a workbook comes back equal."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hygie.connectors.inventories.estate_file import (
    estate_inventory,
    read_estate_file,
    write_estate_file,
)
from hygie.connectors.inventories.types import Inventory
from hygie.connectors.inventories.workbook import read_workbook, write_workbook
from hygie.connectors.message_codes import MessageCode as Code
from hygie.connectors.messages import FileRefused
from hygie.engines.estate.fields import FIELDS, FieldType
from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord, Value
from hygie.engines.estate.vocabulary import AssetKind, Effect, IdentifierKind, Status, Verb

# Words are kept whole: what a sheet calls unknown ("?", "NC") is none of them.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cn", "Co")),
    min_size=1, max_size=12,
).map(lambda one: f"{one}=é")  # fmt: skip


def values(kind: FieldType, choices: tuple[str, ...]) -> st.SearchStrategy[Value]:
    found: dict[FieldType, st.SearchStrategy[Any]] = {
        FieldType.TEXT: TEXT,
        FieldType.INTEGER: st.integers(0, 10_000),
        FieldType.BOOLEAN: st.booleans(),
        FieldType.DATE: st.dates().map(lambda one: one.replace(year=2026).isoformat()),
        FieldType.CHOICE: st.sampled_from(choices or ("",)),
    }
    return found[kind]


@st.composite
def assets(draw: st.DrawFn, key: str) -> AssetRecord:
    kind = draw(st.sampled_from(list(AssetKind)))
    details = {
        one.name: draw(values(one.type, one.choices)) for one in FIELDS[kind] if draw(st.booleans())
    }
    if draw(st.booleans()):
        details["hors modèle"] = draw(TEXT | st.integers() | st.booleans())
    return AssetRecord(
        key=key,
        kind=kind,
        name=draw(TEXT),
        organisation=draw(st.sampled_from(["", "590000001"])),
        shared_with=draw(st.sampled_from([(), ("590000002", "590000003")])),
        description=draw(TEXT),
        owner=draw(TEXT),
        criticality=draw(st.none() | st.integers(1, 4)),
        max_downtime_min=draw(st.none() | st.integers(0, 10_000)),
        max_data_loss_min=draw(st.none() | st.integers(0, 10_000)),
        status=draw(st.sampled_from(list(Status))),
        site=draw(st.sampled_from(["", "=SITE"])),
        identifiers=draw(
            st.sampled_from(
                [(), ((IdentifierKind.MAC, "381c1ab57320"), (IdentifierKind.HOSTNAME, "a.b"))]
            )
        ),
        details=details,
    )


@st.composite
def maps(draw: st.DrawFn) -> EstateMap:
    keys = ["-1", "+A", "007", "=cmd()", "clé"]
    records = [draw(assets(key)) for key in keys]
    links = []
    for source, target in (("-1", "+A"), ("=cmd()", "007"), ("=cmd()", "clé")):
        group = draw(st.sampled_from(["", "grp"])) if source == "=cmd()" else ""
        links.append(
            LinkRecord(
                source,
                Verb.RUNS_ON if group else draw(st.sampled_from(list(Verb))),
                target,
                f"{group} {target}".strip() if group else "",
                1,
                draw(st.integers(0, 5_000)),
                draw(st.sampled_from(list(Effect))),
                draw(st.sampled_from([{}, {"port": "12", "est": True, "n": 3}])),
            )
        )
    return EstateMap(records, links)


def map_of(inventory: Inventory) -> tuple[list[AssetRecord], list[LinkRecord]]:
    return (
        [one.asset for one in inventory.observations],
        [
            LinkRecord(
                one.source.text, one.verb, one.target.text, one.group, one.needed, one.delay_min,
                one.effect, one.details,
            )
            for one in inventory.links
        ],
    )  # fmt: skip


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(estate=maps())
def test_a_map_comes_back_equal_from_its_file_to_the_byte(
    estate: EstateMap, tmp_path: Path
) -> None:
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    assert write_estate_file(first, estate) == len(estate.assets) + len(estate.links)
    back, report = read_estate_file(first)
    assert not report.messages
    write_estate_file(second, EstateMap(list(reversed(back.assets)), list(reversed(back.links))))
    assert first.read_bytes() == second.read_bytes()
    assert sorted(back.assets, key=lambda one: one.key) == [
        replace(one, identifiers=tuple(sorted(one.identifiers)))
        for one in sorted(estate.assets, key=lambda one: one.key)
    ]
    assert {(one.source, one.target): one for one in back.links} == {
        (one.source, one.target): one for one in estate.links
    }


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(estate=maps())
def test_a_map_comes_back_equal_from_its_workbook(estate: EstateMap, tmp_path: Path) -> None:
    path = tmp_path / "carte.xlsx"
    write_workbook(path, estate)
    inventory = read_workbook(path)
    assert not inventory.report.has_errors
    found, links = map_of(inventory)
    assert {one.key: one for one in found} == {one.key: one for one in estate.assets}
    assert links == list(estate.links)


def test_what_the_kinds_know_is_written_in_their_sheet(tmp_path: Path) -> None:
    estate = EstateMap([AssetRecord("A", AssetKind.SITE, "Site Nord")])
    target = io.BytesIO()
    write_workbook(target, estate)
    path = tmp_path / "a.xlsx"
    path.write_bytes(target.getvalue())
    inventory = read_workbook(path)
    (said,) = inventory.report.of(Code.INVENTORY_SHEET_READ)
    assert said.params == {"sheet": "Sites", "subject": "Sites", "count": 1}


def test_the_observations_of_a_file_tell_all_they_say(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    estate = EstateMap(
        [AssetRecord("A", AssetKind.SITE, "x"), AssetRecord("B", AssetKind.ZONE, "y")],
        [LinkRecord("B", Verb.USES, "A")],
    )
    write_estate_file(path, estate)
    inventory = estate_inventory(path)
    (link,) = inventory.links
    assert (link.source.ref, link.target.ref) == ("key B", "key A")
    assert {one.ref for one in inventory.observations} == {"key A", "key B"}
    assert inventory.observations[0].told == {"status"}


HEAD = '{"format":"hygie-estate","version":1,'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"format":"hygie-estate","version":2,"assets":[]}', Code.ESTATE_VERSION),
        ('{"format":"autre","version":1,"assets":[]}', Code.INVENTORY_NOT_KNOWN),
        ('{"assets":[]}', Code.INVENTORY_NOT_KNOWN),
        ("[]", Code.INVENTORY_NOT_KNOWN),
        (HEAD + '"assets":[{"key"', Code.JSON_TRUNCATED),
        (HEAD + '"assets":[' + "[" * 99 + "]" * 99 + "]}", Code.JSON_TOO_DEEP),
        (HEAD + '"assets":[]} suite', Code.JSON_DAMAGED),
    ],
)
def test_another_file_is_refused(tmp_path: Path, text: str, code: Code) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused) as caught:
        read_estate_file(path)
    assert caught.value.message.code is code


def test_a_record_that_contradicts_is_left_out_with_its_rank(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        HEAD + '"links":[{"source":"A","verb":"uses","target":"Z"},'
        '{"source":"A","verb":"uses","target":"A"},'
        '{"source":"A","verb":"mange","target":"B"},'
        '{"source":"A","verb":"uses","target":"B","needed":0}],'
        '"assets":[{"key":"A","kind":"site","name":"a"},{"key":"A","kind":"site","name":"b"},'
        '{"key":"B","kind":"site","name":""},{"key":"C","kind":"site","name":"c","age":3},'
        '{"key":"D","kind":"site","name":"d","details":{"x":[1]}}]}',
        encoding="utf-8",
    )
    estate, report = read_estate_file(path)
    assert [one.key for one in estate.assets] == ["A"] and estate.links == ()
    rows = {code: [one.row for one in report.of(code)] for code in report.counts}
    assert rows == {
        Code.ESTATE_KEY_REPEATED: [2], Code.INVENTORY_NAMELESS: [3], Code.ESTATE_KEY_UNKNOWN: [1],
        Code.LINK_TO_ITSELF: [2], Code.INVENTORY_RECORD_DAMAGED: [3, 4, 4, 5],
    }  # fmt: skip


def test_values_out_of_bounds_never_reach_a_row(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        HEAD + '"assets":[{"key":"' + "k" * 81 + '","kind":"site","name":"a"},'
        '{"key":"B","kind":"site","name":"b\\u0000"},'
        '{"key":"C","kind":"care","name":"c","criticality":9},'
        '{"key":"D","kind":"care","name":"d","max_downtime_min":-1},'
        '{"key":"E","kind":"server","name":"e","details":{"os":"x","vlan":"?"},'
        '"identifiers":[["mac","02:42:ac:11:00:02"],["hostname","e"]]}],'
        '"links":[{"source":"E","verb":"uses","target":"C","needed":99999}]}',
        encoding="utf-8",
    )
    estate, report = read_estate_file(path)
    (one,) = estate.assets
    assert dict(one.details) == {"os": "x", "vlan": "?"}
    assert one.identifiers == ((IdentifierKind.HOSTNAME, "e"),)
    damaged = [(found.row, found.field) for found in report.of(Code.INVENTORY_RECORD_DAMAGED)]
    assert damaged == [
        (1, "key"), (2, "name"), (3, "criticality"), (4, "max_downtime_min"), (1, "needed"),
    ]  # fmt: skip
    assert [found.field for found in report.of(Code.INVENTORY_VALUE_IGNORED)] == ["mac"]
