"""What is tied to one asset: what it needs, who needs it, which care it endangers?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from hygie.engines.estate.vocabulary import NEEDS, AssetKind
from hygie.territory.estate.choices import PairState
from hygie.territory.estate.models import Asset, AssetIdentifier, Link, LookAlike
from hygie.territory.estate.policies import may_read
from hygie.territory.estate.selectors.access import assets_in
from hygie.territory.estate.selectors.ground import (
    KINDS,
    REFERENCES,
    EstateGround,
    ground_at,
)
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

_SHOWN = 25
_RELIES = frozenset(verb.value for verb in NEEDS) | frozenset(REFERENCES)
# What stands for a site, a zone, a supplier in the assets that belong to it.
_PLACES = {AssetKind.SITE: "site", AssetKind.ZONE: "zone", AssetKind.SUPPLIER: "supplier"}


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link seen from one of its ends; `other` is None when it may not be read."""

    link: Link
    other: Asset | None


@dataclass(frozen=True, slots=True)
class Need:
    """What an asset needs at once: one thing, or some of a group.

    Attributes:
        first: the link that tells verb, delay, effect and group for all.
        lines: the links.
    """

    first: Link
    lines: Sequence[LinkLine]

    @property
    def is_group(self) -> bool:
        """Whether several stand for one another."""
        return bool(self.first.group)


@dataclass(frozen=True, slots=True)
class Users:
    """Who needs an asset: the first of them, and how many in all."""

    lines: Sequence[LinkLine]
    count: int


def needs_of(perimeter: Perimeter, asset: Asset) -> list[Need]:
    """What an asset is tied to, groups first. 2 queries."""
    links = list(
        Link.objects.filter(source=asset)
        .select_related("target__organisation")
        .order_by("verb", "group", "target__name", "pk")
    )
    readable = _readable(perimeter, [link.target_id for link in links])
    gathered: dict[tuple[str, str], list[LinkLine]] = {}
    for link in links:
        line = LinkLine(link, link.target if link.target_id in readable else None)
        gathered.setdefault((link.verb, link.group or f"#{link.pk}"), []).append(line)
    found = [Need(lines[0].link, lines) for lines in gathered.values()]
    return sorted(found, key=lambda need: not need.is_group)


def users_of(perimeter: Perimeter, asset: Asset) -> Users:
    """Who is tied to an asset, what matters most first. 3 queries."""
    links = Link.objects.filter(target=asset).select_related("source__organisation")
    rank = F("source__inherited_criticality").desc(nulls_last=True)
    shown = list(links.order_by(rank, "source__name", "pk")[:_SHOWN])
    readable = _readable(perimeter, [link.source_id for link in shown])
    lines = [LinkLine(one, one.source if one.source_id in readable else None) for one in shown]
    return Users(lines, len(lines) if len(lines) < _SHOWN else links.count())


def _readable(perimeter: Perimeter, pks: Sequence[int]) -> set[int]:
    return set(assets_in(perimeter).filter(pk__in=pks).values_list("pk", flat=True))


def dwellers_of(perimeter: Perimeter, asset: Asset) -> list[tuple[str, int]]:
    """How many assets of each kind stand on a site, in a zone, or come from a supplier. 1 query."""
    name = _PLACES.get(AssetKind(asset.kind))
    if name is None:
        return []
    counts = assets_in(perimeter).filter(**{name: asset}).order_by().values_list("kind")
    by_kind = dict(counts.annotate(count=Count("pk")))
    return [(kind, by_kind[kind]) for kind in KINDS if kind in by_kind]


def ground_around(
    perimeter: Perimeter, places: Sequence[Organisation | None], asset: Asset
) -> tuple[Organisation, EstateGround] | None:
    """The map on which an asset is looked at: that of the first of these places that holds it.

    Args:
        perimeter: who reads.
        places: where the reader works, then the asset's own organisation.
        asset: one that the perimeter reads.

    Returns:
        None when the asset is on none of them: it is retired, or read through a share alone.
    """
    for place in places:
        if not place or not may_read(perimeter, place):
            continue
        ground = ground_at(perimeter, place)
        if ground.node(asset.pk) is not None:
            return place, ground
    return None


def care_endangered(ground: EstateGround, node: int) -> list[int]:
    """Keys of the care activities that rely on a node, however far, what matters most first.

    Redundancy is not judged here: an activity that could do without is listed too.

    Cost: O(n + m).
    """
    rows = ground.ground(_RELIES).up
    care = KINDS.index(AssetKind.CARE)
    seen, waiting, found = {node}, [node], []
    while waiting:
        here = waiting.pop()
        for near in rows.indices[rows.indptr[here] : rows.indptr[here + 1]].tolist():
            if near not in seen:
                seen.add(near)
                waiting.append(near)
                if int(ground.kind[near]) == care:
                    found.append(near)
    found.sort(key=lambda one: (-int(ground.rank[one]), one))
    return [int(ground.ids[one]) for one in found]


def assets_by_id(pks: Sequence[int]) -> dict[int, Asset]:
    """Assets of a map that the reader was given, by key: what drawings and lists show. 1 query."""
    rows = Asset.objects.filter(pk__in=pks).select_related(
        "organisation", "site", "zone", "supplier"
    )
    return {asset.pk: asset for asset in rows}


def pairs_of(asset: Asset) -> QuerySet[LookAlike]:
    """Pairs that wait for a decision and in which an asset stands."""
    return LookAlike.objects.filter(
        Q(kept=asset) | Q(other=asset), state=PairState.WAITING
    ).select_related("kept", "other")


def groups_of(asset: Asset) -> list[str]:
    """Names of the groups of an asset's links. 1 query."""
    named = Link.objects.filter(source=asset).exclude(group="").order_by("group")
    return list(named.values_list("group", flat=True).distinct())


def identifiers_of(asset_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """(kind, value) pairs of each of these assets. 1 query."""
    found: dict[int, list[tuple[str, str]]] = {}
    rows = AssetIdentifier.objects.filter(asset_id__in=asset_ids).order_by("kind", "value")
    for pk, kind, value in rows.values_list("asset_id", "kind", "value"):
        found.setdefault(pk, []).append((kind, value))
    return found
