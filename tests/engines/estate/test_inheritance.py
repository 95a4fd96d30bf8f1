"""What care hands down to what it needs."""

from hypothesis import given, settings

from hygie.engines.estate.inheritance import Inherited, inherited
from hygie.engines.estate.reference import reference_inherited
from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind, Effect, Status, Verb
from tests.engines.estate.strategies import estates

URGENT = AssetRecord("urgent", AssetKind.CARE, "Urgences", criticality=4, max_downtime_min=30)
PAYROLL = AssetRecord("payroll", AssetKind.CARE, "Paie", criticality=2, max_downtime_min=10_000)
UNKNOWN = AssetRecord("unknown", AssetKind.CARE, "Inconnue")


def server(key: str, **fields: object) -> AssetRecord:
    return AssetRecord(key, AssetKind.SERVER, key, **fields)  # type: ignore[arg-type]


def handed(assets: list[AssetRecord], links: list[LinkRecord]) -> dict[str, Inherited]:
    found = inherited(EstateMap(assets, links))
    return {asset.key: one for asset, one in zip(assets, found, strict=True)}


@settings(max_examples=250, deadline=None)
@given(estates())
def test_inheritance_is_that_of_the_slow_twin_on_any_map(estate: EstateMap) -> None:
    assert inherited(estate) == reference_inherited(estate)


def test_an_asset_takes_the_highest_rank_and_the_tightest_downtime_of_the_care_it_holds() -> None:
    found = handed(
        [PAYROLL, URGENT, server("s")],
        [LinkRecord("payroll", Verb.USES, "s"), LinkRecord("urgent", Verb.USES, "s")],
    )
    assert found["s"] == Inherited(4, 30, "urgent", "urgent")


def test_what_only_degrades_care_takes_one_rank_less_and_no_downtime() -> None:
    found = handed(
        [URGENT, server("s"), server("below")],
        [
            LinkRecord("urgent", Verb.USES, "s", effect=Effect.DEGRADE),
            LinkRecord("s", Verb.RUNS_ON, "below"),
        ],
    )
    assert found["s"] == found["below"] == Inherited(3, None, "urgent", "")


def test_every_member_of_a_redundant_group_inherits() -> None:
    links = [LinkRecord("urgent", Verb.USES, key, "pair", needed=1) for key in ("a", "b")]
    found = handed([URGENT, server("a"), server("b")], links)
    assert found["a"] == found["b"] == Inherited(4, 30, "urgent", "urgent")


def test_a_circle_of_needs_inherits_as_a_whole() -> None:
    found = handed(
        [server("dns"), server("ad"), URGENT],
        [
            LinkRecord("dns", Verb.USES, "ad"),
            LinkRecord("ad", Verb.USES, "dns"),
            LinkRecord("urgent", Verb.USES, "dns"),
        ],
    )
    assert found["dns"] == found["ad"] == Inherited(4, 30, "urgent", "urgent")


def test_what_is_retired_or_planned_neither_inherits_nor_hands_down() -> None:
    for status in (Status.RETIRED, Status.PLANNED):
        found = handed(
            [URGENT, server("old", status=status), server("below")],
            [LinkRecord("urgent", Verb.USES, "old"), LinkRecord("old", Verb.USES, "below")],
        )
        assert found["old"] == found["below"] == Inherited()


def test_care_of_unknown_criticality_makes_nothing_critical() -> None:
    found = handed([UNKNOWN, server("s")], [LinkRecord("unknown", Verb.USES, "s")])
    assert found["s"] == Inherited()


def test_places_and_suppliers_inherit_from_what_stands_there() -> None:
    place = AssetRecord("site", AssetKind.SITE, "Site")
    zone = AssetRecord("zone", AssetKind.ZONE, "Zone", site="site")
    firm = AssetRecord("firm", AssetKind.SUPPLIER, "Éditeur")
    cloud = AssetRecord("cloud", AssetKind.SUPPLIER, "Hébergeur")
    line = AssetRecord("line", AssetKind.LINE, "Accès", details={"is_internet": True})
    saas = AssetRecord(
        "saas", AssetKind.APPLICATION, "Portail", supplier="cloud", details={"hosting": "saas"}
    )
    found = handed(
        [URGENT, place, zone, firm, cloud, line, saas, server("s", zone="zone", supplier="firm")],
        [LinkRecord("urgent", Verb.USES, "s"), LinkRecord("urgent", Verb.USES, "saas")],
    )
    full = Inherited(4, 30, "urgent", "urgent")
    assert [found[key] for key in ("zone", "site", "cloud", "line")] == [full] * 4
    assert found["firm"] == Inherited(3, None, "urgent", "")
