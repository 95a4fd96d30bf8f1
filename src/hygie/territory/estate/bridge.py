"""How do rows of the map become the records that engines and files take?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

import msgspec
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind, Effect, IdentifierKind, Status, Verb
from hygie.foundation.collector import collector_paused
from hygie.territory.estate.models import Asset, AssetIdentifier, AssetShare, Link
from hygie.territory.estate.selectors.access import assets_at
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

ASSET_COLUMNS = (
    "pk", "organisation_id", "organisation__code", "kind", "code", "name", "description", "owner",
    "technical_owner", "criticality", "max_downtime_min", "max_data_loss_min", "status",
    "site_id", "zone_id", "supplier_id", "written",
)  # fmt: skip
_LINK_COLUMNS = (
    "pk", "source_id", "verb", "target_id", "group", "needed", "delay_min", "effect", "written",
)  # fmt: skip
# As text: parsing the same details thousands of times would cost more than reading them.
_WRITTEN = Cast("details", TextField())
# An owner of more assets than this is named, not its assets; and how many of the others at most.
_FEW, _MOST = 300, 5_000
_OBJECT = msgspec.json.Decoder(dict[str, Any])

_KINDS = {kind.value: kind for kind in AssetKind}
_VERBS = {verb.value: verb for verb in Verb}
_EFFECTS = {effect.value: effect for effect in Effect}
_STATUSES = {status.value: status for status in Status}
_IDENTIFIERS = {kind.value: kind for kind in IdentifierKind}


@dataclass(frozen=True)
class EstateRows:
    """A map as records, and the rows that they come from.

    Attributes:
        estate: the records; an asset of another organisation than the one asked for has the key
            "FINESS/code", its own ones have their code.
        asset_ids: (assets,) primary key of each record.
        link_ids: (links,) primary key of each link.
    """

    estate: EstateMap
    asset_ids: Sequence[int]
    link_ids: Sequence[int]

    @cached_property
    def positions(self) -> Mapping[int, int]:
        """Primary key of an asset → its place among the records."""
        return {pk: place for place, pk in enumerate(self.asset_ids)}

    @cached_property
    def ids_by_key(self) -> Mapping[str, int]:
        """Key of a record → primary key of its asset."""
        return {
            record.key: pk for record, pk in zip(self.estate.assets, self.asset_ids, strict=True)
        }


def estate_of(
    perimeter: Perimeter, organisation: Organisation, *, has_identifiers: bool = False
) -> EstateRows:
    """The map of an organisation, of those below it, and of what others share with them.

    Args:
        perimeter: who reads; what it may not read is left out, with its links.
        organisation: where.
        has_identifiers: also read serial numbers, addresses…, which engines do not need.

    Returns:
        Records in the order of their rows; links both ends of which are in it.

    Cost: three queries, four with identifiers, one where there is nothing; 0.15 s for 14,000 assets
        and 40,000 links.
    """
    return estate_from(
        assets_at(perimeter, organisation),
        organisation_id=organisation.pk,
        has_identifiers=has_identifiers,
    )


def estate_from(
    assets: QuerySet[Asset], *, organisation_id: int | None, has_identifiers: bool = False
) -> EstateRows:
    """As `estate_of`, for assets already chosen.

    Args:
        assets: which; their order does not matter.
        organisation_id: whose assets go by their code alone.
        has_identifiers: as in `estate_of`.
    """
    with collector_paused():
        return _read(assets, organisation_id, has_identifiers)


def _read(
    assets: QuerySet[Asset], organisation_id: int | None, has_identifiers: bool
) -> EstateRows:
    written = assets.annotate(written=_WRITTEN)
    rows = list(written.order_by("pk").values_list(*ASSET_COLUMNS))
    ids = [row[0] for row in rows]
    chosen = set(ids)
    keys = {row[0]: asset_key(row[4], row[2], is_own=row[1] == organisation_id) for row in rows}
    inside = _around(assets, rows)
    shares = _shares(inside)
    identifiers = _identifiers(inside) if has_identifiers else {}
    read = _Details()
    records = [_record(row, keys, organisation_id, shares, identifiers, read) for row in rows]
    links, link_ids = _links(inside, chosen, keys)
    return EstateRows(EstateMap(records, links), ids, link_ids)


def _around(assets: QuerySet[Asset], rows: Sequence[tuple[Any, ...]]) -> QuerySet[Asset, Any]:
    """Primary keys of at least the assets that were read, by a condition that is quick to judge.

    By their owner where they are many, one by one where they are few: who may read what has been
    judged once, and what is read beyond it is left out by whoever calls.
    """
    counted = Counter(row[1] for row in rows)
    few = [row[0] for row in rows if counted[row[1]] <= _FEW]
    if len(few) > _MOST:
        return assets.order_by().values("pk")
    many = [owner for owner, count in counted.items() if count > _FEW]
    found = Asset.objects.filter(Q(organisation_id__in=many) | Q(pk__in=few))
    return found.order_by().values("pk")


def asset_key(code: str, finess: str, *, is_own: bool) -> str:
    """How an asset is called within the map of an organisation."""
    return code if is_own else f"{finess}/{code}"


def record_alone(asset: Asset) -> AssetRecord:
    """One row as a record: references are primary keys, shares and identifiers are left out.

    Cost: no query.
    """
    return AssetRecord(
        str(asset.pk), _KINDS[asset.kind], asset.name, "", (), asset.description, asset.owner,
        asset.technical_owner, asset.criticality, asset.max_downtime_min, asset.max_data_loss_min,
        _STATUSES[asset.status], str(asset.site_id or ""), str(asset.zone_id or ""),
        str(asset.supplier_id or ""), (), asset.details,
    )  # fmt: skip


def _record(
    row: tuple[Any, ...],
    keys: Mapping[int, str],
    organisation_id: int | None,
    shares: Mapping[int, list[str]],
    identifiers: Mapping[int, list[tuple[IdentifierKind, str]]],
    read: "_Details",
) -> AssetRecord:
    (pk, owner_id, finess, kind, _code, name, description, owner, technical_owner, criticality,
     downtime, data_loss, status, site, zone, supplier, written) = row  # fmt: skip
    return AssetRecord(
        keys[pk], _KINDS[kind], name,
        "" if owner_id == organisation_id else finess,
        tuple(shares.get(pk, ())),
        description, owner, technical_owner, criticality, downtime, data_loss, _STATUSES[status],
        # What stands out of sight is unknown here.
        keys.get(site, ""), keys.get(zone, ""), keys.get(supplier, ""),
        tuple(identifiers.get(pk, ())),
        read[written],
    )  # fmt: skip


def _shares(inside: QuerySet[Asset, Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = AssetShare.objects.filter(asset__in=inside).order_by("organisation__code")
    for pk, finess in rows.values_list("asset_id", "organisation__code"):
        found.setdefault(pk, []).append(finess)
    return found


def _identifiers(inside: QuerySet[Asset, Any]) -> dict[int, list[tuple[IdentifierKind, str]]]:
    found: dict[int, list[tuple[IdentifierKind, str]]] = {}
    rows = AssetIdentifier.objects.filter(asset__in=inside).order_by("kind", "value")
    for pk, kind, value in rows.values_list("asset_id", "kind", "value"):
        found.setdefault(pk, []).append((_IDENTIFIERS[kind], value))
    return found


def _links(
    inside: QuerySet[Asset, Any], chosen: set[int], keys: Mapping[int, str]
) -> tuple[list[LinkRecord], list[int]]:
    found = Link.objects.filter(source__in=inside).annotate(written=_WRITTEN).order_by()
    rows = [
        row for row in found.values_list(*_LINK_COLUMNS) if row[1] in chosen and row[3] in chosen
    ]
    # Sorted here: a database that reads them by source would sort them on disk.
    rows.sort(key=itemgetter(0))
    read = _Details()
    links = [
        LinkRecord(
            keys[source], _VERBS[verb], keys[target], group, needed, delay_min, _EFFECTS[effect],
            read[written],
        )
        for _pk, source, verb, target, group, needed, delay_min, effect, written in rows
    ]  # fmt: skip
    return links, [row[0] for row in rows]


class _Details(dict[str, dict[str, Any]]):
    """Objects by their JSON text: workstations of one model, links without detail say the same.

    Records are not changed: those that say the same may share one object.
    """

    def __missing__(self, written: str) -> dict[str, Any]:
        found: dict[str, Any] = _OBJECT.decode(written)
        self[written] = found
        return found
