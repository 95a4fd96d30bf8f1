"""Which assets are wholly known."""

from hypothesis import given, settings
from msgspec.structs import replace

from hygie.engines.estate.completeness import (
    Completeness,
    completeness,
    completeness_of,
    field_value,
    missing_link,
)
from hygie.engines.estate.fields import EXPECTED, FIELDS, REQUIRED
from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind, Status, Verb
from tests.engines.estate.strategies import estates

KNOWN = AssetRecord(
    "app", AssetKind.APPLICATION, "Dossier patient", owner="DIM", technical_owner="DSI",
    max_downtime_min=240, max_data_loss_min=0, supplier="firm",
    details={"hosting": "internal", "version": "7"},
)  # fmt: skip
OUT, INCOMING = (Verb.STORES_ON, Verb.BACKED_UP_BY), (Verb.USES,)


def test_an_asset_with_all_its_fields_and_ties_is_complete() -> None:
    assert completeness_of(KNOWN, OUT, INCOMING) == (100, [])


def test_what_is_missing_is_named_fields_first_then_ties() -> None:
    found = completeness_of(replace(KNOWN, owner="  ", max_downtime_min=None), (), ())
    assert found == Completeness(
        50,
        [
            "owner",
            "max_downtime_min",
            "link:runs_on|stores_on",
            "link:backed_up_by",
            "link:in:uses",
        ],
    )


def test_no_and_zero_are_answers() -> None:
    access = AssetRecord(
        "a", AssetKind.ACCESS, "a", owner="x", supplier="y",
        details={"method": "vpn", "has_mfa": False, "cut_procedure": "fiche 3"},
    )  # fmt: skip
    assert completeness_of(access, [Verb.REACHES], []) == (100, [])


def test_a_service_bought_outside_needs_no_server_of_ours() -> None:
    saas = replace(KNOWN, details={"hosting": "saas", "version": "7"})
    assert completeness_of(saas, (), INCOMING) == (100, [])


def test_a_retired_asset_is_not_judged() -> None:
    assert completeness_of(replace(KNOWN, status=Status.RETIRED), (), ()) == (None, [])


def test_a_link_to_what_is_retired_or_absent_does_not_count() -> None:
    old = AssetRecord("old", AssetKind.SERVER, "old", status=Status.RETIRED)
    links = [LinkRecord("app", Verb.RUNS_ON, "old"), LinkRecord("app", Verb.STORES_ON, "nowhere")]
    judged = completeness(EstateMap([KNOWN, old], links))[0]
    assert "link:runs_on|stores_on" in judged.missing


@settings(max_examples=60, deadline=None)
@given(estates())
def test_a_whole_map_is_judged_as_its_assets_one_by_one(estate: EstateMap) -> None:
    alive = {one.key for one in estate.assets if one.status != Status.RETIRED}
    links = [link for link in estate.links if {link.source, link.target} <= alive]
    assert completeness(estate) == [
        completeness_of(
            asset,
            [link.verb for link in links if link.source == asset.key],
            [link.verb for link in links if link.target == asset.key],
        )
        for asset in estate.assets
    ]


def test_entries_of_ties_are_read_back() -> None:
    assert missing_link("link:runs_on|stores_on") == ((Verb.RUNS_ON, Verb.STORES_ON), False)
    assert missing_link("link:in:uses") == ((Verb.USES,), True)
    assert missing_link("owner") is None


def test_what_is_required_exists_for_its_kind() -> None:
    assert set(REQUIRED) == set(FIELDS) == set(AssetKind)
    assert set(EXPECTED) <= set(AssetKind)
    for kind, names in REQUIRED.items():
        told = {one.name for one in FIELDS[kind]} | set(AssetRecord.__slots__)
        assert told.issuperset(names)
    assert field_value(KNOWN, "hosting") == "internal"
    assert field_value(KNOWN, "criticality") is None
