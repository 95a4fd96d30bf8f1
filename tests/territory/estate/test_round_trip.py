"""Does a map that leaves come back equal?"""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from hygie.connectors.inventories.estate_file import write_estate_file
from hygie.connectors.inventories.workbook import write_workbook
from hygie.engines.estate.invented.hospital import invented_estate
from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind, Effect, IdentifierKind, Status, Verb
from hygie.foundation.imports.models import Import
from hygie.territory.estate.bridge import estate_of
from hygie.territory.estate.models import Asset
from tests.territory.estate.files import codes_of, counts


def small_map() -> EstateMap:
    """A map with something of everything."""
    return EstateMap(
        [
            AssetRecord("SITE", AssetKind.SITE, "Nord", details={"address": "1 rue X"}),
            AssetRecord("Z", AssetKind.ZONE, "Zone", site="SITE", details={"vlan": 12}),
            AssetRecord("F", AssetKind.SUPPLIER, "Éditeur", details={"contract_end": "2027-01-31"}),
            AssetRecord(
                "URG", AssetKind.CARE, "Urgences", owner="Pôle A", criticality=4,
                max_downtime_min=60, max_data_loss_min=0, description="=1+1\nligne",
                details={"holds_min": 30},
            ),
            AssetRecord("DPI", AssetKind.APPLICATION, "DPI", supplier="F", site="SITE"),
            *(
                AssetRecord(
                    f"S{n}", AssetKind.SERVER, f"srv-{n}", zone="Z", status=Status.PLANNED,
                    identifiers=((IdentifierKind.SERIAL, f"SER{n}"),),
                    details={"has_edr": n == 1, "os": "Debian"},
                )
                for n in range(3)
            ),
        ],
        [
            LinkRecord("URG", Verb.USES, "DPI", "", 1, 30, Effect.DEGRADE, {"port": 443}),
            *(
                LinkRecord("DPI", Verb.RUNS_ON, f"S{n}", "grappe", 2, 5, Effect.STOP)
                for n in range(3)
            ),
            LinkRecord("S0", Verb.REACHES, "S1", details={"ports": "445/tcp"}),
        ],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("form", "size"), [("json", "small"), ("xlsx", "small"), ("json", "clinic")]
)
def test_what_is_exported_comes_back_equal_elsewhere(
    bring: Callable[..., Import], perimeters: SimpleNamespace, territory: SimpleNamespace,
    tmp_path: Path, form: str, size: str,
) -> None:  # fmt: skip
    estate = small_map() if size == "small" else invented_estate("clinic", 3)
    first, second = tmp_path / "first.json", tmp_path / f"second.{form}"
    write_estate_file(first, estate)
    bring("estate.map", first)
    mine = estate_of(perimeters.alice, territory.entities[0], has_identifiers=True).estate
    kind = "estate.map" if form == "json" else "estate.sheet"
    (write_estate_file if form == "json" else write_workbook)(second, mine)
    there = territory.far
    run = bring(kind, second, by=perimeters.charlie, at=there)
    assert run.state == "applied"
    assert run.counts["refused"] == 0
    third = tmp_path / "third.json"
    back = estate_of(perimeters.charlie, there, has_identifiers=True).estate
    write_estate_file(third, back)
    assert third.read_bytes() == first.read_bytes()
    assert counts(bring(kind, second, by=perimeters.charlie, at=there))[:2] == (0, 0)
    derived = Asset.objects.filter(organisation=there).order_by("code")
    ours = Asset.objects.filter(organisation=territory.entities[0]).order_by("code")
    columns = ("code", "inherited_criticality", "inherited_downtime_min", "completeness", "missing")
    assert list(derived.values_list(*columns)) == list(ours.values_list(*columns))


def test_a_group_brings_back_the_systems_that_its_members_share(
    bring: Callable[..., Import], perimeters: SimpleNamespace, territory: SimpleNamespace,
    tmp_path: Path,
) -> None:  # fmt: skip
    estate = EstateMap(
        [
            AssetRecord("590000001/URG", AssetKind.CARE, "Urgences", "590000001", criticality=4),
            AssetRecord("590000002/LAB", AssetKind.APPLICATION, "Labo", "590000002",
                        ("590000001",)),
            AssetRecord("130000001/X", AssetKind.APPLICATION, "Ailleurs", "130000001"),
        ],
        [
            LinkRecord("590000001/URG", Verb.USES, "590000002/LAB"),
            LinkRecord("590000001/URG", Verb.USES, "130000001/X"),
        ],
    )  # fmt: skip
    path = tmp_path / "map.json"
    write_estate_file(path, estate)
    run = bring("estate.map", path, by=perimeters.bob, at=territory.ght)
    assert "estate_stand_in" in codes_of(run)
    lab = Asset.objects.get(code="LAB")
    assert lab.organisation == territory.entities[1]
    assert lab.shares.get().organisation == territory.entities[0]
    assert lab.inherited_criticality == 4
    stand_in = Asset.objects.get(code="130000001-X")
    assert stand_in.organisation == territory.ght
    assert set(stand_in.shares.values_list("organisation__code", flat=True)) == {"590000001"}
    again = bring("estate.map", path, by=perimeters.bob, at=territory.ght)
    assert counts(again)[:2] == (0, 0)
