"""A map written straight into rows, for tests of what reads it: no service, no journal."""

from collections.abc import Mapping

from hygie.engines.estate.completeness import Completeness, completeness
from hygie.engines.estate.inheritance import Inherited, inherited
from hygie.engines.estate.types import AssetRecord, EstateMap
from hygie.engines.estate.vocabulary import AssetKind
from hygie.territory.estate.models import (
    Asset,
    AssetIdentifier,
    AssetShare,
    EstateRevision,
    Link,
)
from hygie.territory.estate.services.values import search_key_of
from hygie.territory.organisations.models import Organisation

_PLACES = {AssetKind.SITE, AssetKind.ZONE, AssetKind.SUPPLIER}


def map_write(
    estate: EstateMap, place: Organisation, others: Mapping[str, Organisation] | None = None
) -> dict[str, Asset]:
    """Write a map; `others` holds the establishments that records name by FINESS number."""
    known = {"": place, place.code: place, **(others or {})}
    told, handed = completeness(estate), inherited(estate)
    found: dict[str, Asset] = {}
    # What the others refer to is written first.
    for is_place in (True, False):
        rows = [
            _row(one, known[one.organisation], judged, rank, found)
            for one, judged, rank in zip(estate.assets, told, handed, strict=True)
            if (one.kind in _PLACES) is is_place
        ]
        Asset.objects.bulk_create(rows, batch_size=500)
        found |= {row.code: row for row in rows}
    Link.objects.bulk_create(
        (
            Link(
                source=found[one.source], verb=one.verb.value, target=found[one.target],
                group=one.group, needed=one.needed, delay_min=one.delay_min,
                effect=one.effect.value, details=dict(one.details),
            )
            for one in estate.links
        ),
        batch_size=1000,
    )  # fmt: skip
    AssetIdentifier.objects.bulk_create(
        (
            AssetIdentifier(asset=found[one.key], kind=kind.value, value=value)
            for one in estate.assets
            for kind, value in one.identifiers
        ),
        batch_size=2000,
    )
    AssetShare.objects.bulk_create(
        AssetShare(asset=found[one.key], organisation=known[code])
        for one in estate.assets
        for code in one.shared_with
    )
    for organisation in {one.pk: one for one in known.values()}.values():
        EstateRevision.objects.update_or_create(organisation=organisation, defaults={"number": 1})
    return found


def _row(
    one: AssetRecord,
    place: Organisation,
    judged: Completeness,
    rank: Inherited,
    found: Mapping[str, Asset],
) -> Asset:
    return Asset(
        organisation=place, kind=one.kind.value, code=one.key, name=one.name,
        description=one.description, owner=one.owner, technical_owner=one.technical_owner,
        criticality=one.criticality, max_downtime_min=one.max_downtime_min,
        max_data_loss_min=one.max_data_loss_min, status=one.status.value,
        site=found.get(one.site), zone=found.get(one.zone), supplier=found.get(one.supplier),
        details=dict(one.details), source="demo", completeness=judged.percent or 0,
        missing=list(judged.missing), inherited_criticality=rank.rank,
        inherited_downtime_min=rank.downtime_min,
        search_key=search_key_of(one.key, one.name, [value for _kind, value in one.identifiers]),
    )  # fmt: skip
