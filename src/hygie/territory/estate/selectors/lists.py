"""What does the map of a place hold, in lists and in counts?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet

from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.foundation.errors import NotFound
from hygie.territory.estate.choices import AssetStatus, PairState
from hygie.territory.estate.models import Asset, LookAlike
from hygie.territory.estate.selectors.access import assets_at
from hygie.territory.estate.selectors.ground import KINDS
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import below, perimeter_filter
from hygie.territory.organisations.words import plain
from hygie.territory.perimeter import Depth, Perimeter

_MOST_WORDS = 8
_FOUND = 20
_GAPS = 8
# What is missing on care hides more than what is missing on a workstation.
_WEIGHTS: dict[str, int] = {
    Kind.CARE: 100, Kind.APPLICATION: 20, Kind.IDENTITY: 20, Kind.BACKUP: 20, Kind.ACCESS: 10,
    Kind.INTERFACE: 5, Kind.STORE: 5, Kind.SERVER: 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class KindCount:
    """One kind on the map: how many, how well known."""

    kind: str
    count: int
    completeness: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing often: of which kind, what, on how many of how many."""

    kind: str
    entry: str
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class MapSummary:
    """What the front page of a map tells.

    Attributes:
        kinds: those present, in the order of the layers.
        gaps: what is missing, what hides most first.
        applications, unowned, untimed: how many, how many without owner, without DMIA.
        care, unmapped_care: activities, how many whose tools are not told.
        pairs: look-alikes that wait for a decision.
    """

    kinds: Sequence[KindCount]
    gaps: Sequence[Gap]
    applications: int
    unowned: int
    untimed: int
    care: int
    unmapped_care: int
    pairs: int

    @property
    def count(self) -> int:
        """Assets in all."""
        return sum(one.count for one in self.kinds)

    @property
    def completeness(self) -> float:
        """Mean share of what should be known, percent."""
        return sum(one.count * one.completeness for one in self.kinds) / max(self.count, 1)


def assets_matching(rows: QuerySet[Asset], text: str) -> QuerySet[Asset]:
    """Rows of which code, name or identifiers hold every word, accents and capitals aside."""
    for word in plain(text.replace("\x00", "")).split()[:_MOST_WORDS]:
        rows = rows.filter(
            Q(search_key__contains=word) | Q(name__icontains=word) | Q(code__iexact=word)
        )
    return rows


def assets_listed(perimeter: Perimeter, place: Organisation) -> QuerySet[Asset]:
    """Assets of a place with what a list shows of them."""
    return assets_at(perimeter, place).select_related("organisation", "site", "zone", "supplier")


def assets_found(
    perimeter: Perimeter, place: Organisation, text: str, kinds: Sequence[str] = ()
) -> list[Asset]:
    """The first assets that answer a search box, what matters most first; none without a word."""
    if not plain(text):
        return []
    rows = assets_at(perimeter, place).exclude(status=AssetStatus.RETIRED)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    found = assets_matching(rows, text).select_related("organisation")
    rank = F("inherited_criticality").desc(nulls_last=True)
    return list(found.order_by(rank, "name", "pk")[:_FOUND])


def reference_choices(
    perimeter: Perimeter, place: Organisation
) -> dict[str, list[tuple[str, str]]]:
    """Sites, zones and suppliers of a place, to choose among: key and name. 1 query."""
    found: dict[str, list[tuple[str, str]]] = {Kind.SITE: [], Kind.ZONE: [], Kind.SUPPLIER: []}
    rows = assets_at(perimeter, place).filter(kind__in=list(found)).order_by("name", "pk")
    for pk, kind, name in rows.values_list("pk", "kind", "name"):
        found[kind].append((str(pk), name))
    return found


def source_choices(perimeter: Perimeter, place: Organisation) -> list[str]:
    """Where the assets of a place come from. 1 query."""
    found = assets_at(perimeter, place).exclude(source="").order_by("source")
    return list(found.values_list("source", flat=True).distinct())


def pairs_at(perimeter: Perimeter, place: Organisation) -> QuerySet[LookAlike]:
    """Pairs that look alike, at a place and below."""
    return LookAlike.objects.filter(
        perimeter_filter(perimeter, depth=Depth.DETAIL, prefix="organisation__"),
        below(place, "organisation__"),
    )


def pairs_listed(perimeter: Perimeter, place: Organisation, state: str) -> QuerySet[LookAlike]:
    """Pairs in one state with both assets: the surest first, decided ones by the latest."""
    order = ("-score", "pk") if state == PairState.WAITING else ("-decided_at", "-pk")
    ends = [f"{end}__{name}" for end in ("kept", "other") for name in ("site", "zone", "supplier")]
    return (
        pairs_at(perimeter, place)
        .filter(state=state)
        .select_related("organisation", "decided_by", "kept", "other", *ends)
        .order_by(*order)
    )


def pairs_waiting(perimeter: Perimeter, place: Organisation) -> int:
    """How many pairs wait for a decision. 1 query."""
    return pairs_at(perimeter, place).filter(state=PairState.WAITING).count()


def pair_get_in(perimeter: Perimeter, pk: int) -> LookAlike:
    """One pair.

    Raises:
        NotFound: absent or forbidden.
    """
    there = perimeter_filter(perimeter, depth=Depth.DETAIL, prefix="organisation__")
    found = (
        LookAlike.objects.filter(there, pk=pk)
        .select_related("organisation", "kept__organisation", "other__organisation")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def map_summary(perimeter: Perimeter, place: Organisation) -> MapSummary:
    """Counts of a map. 3 queries; reads one column of what is not complete."""
    rows = assets_at(perimeter, place).exclude(status=AssetStatus.RETIRED)
    said = rows.order_by().values("kind").annotate(
        count=Count("pk"), mean=Avg("completeness"),
        unowned=Count("pk", filter=Q(owner="")),
        untimed=Count("pk", filter=Q(max_downtime_min__isnull=True)),
    ).values_list("kind", "count", "mean", "unowned", "untimed")  # fmt: skip
    by_kind: dict[str, tuple[Any, ...]] = {one[0]: one[1:] for one in said}
    gaps: Counter[tuple[str, str]] = Counter()
    incomplete = rows.filter(completeness__lt=100).order_by()
    for kind, missing in incomplete.values_list("kind", "missing").iterator(chunk_size=5000):
        gaps.update((kind, entry) for entry in missing)
    applications, _mean, unowned, untimed = by_kind.get(Kind.APPLICATION, (0, 0, 0, 0))
    return MapSummary(
        kinds=[
            KindCount(kind, by_kind[kind][0], by_kind[kind][1] or 0)
            for kind in KINDS
            if kind in by_kind
        ],
        gaps=[
            Gap(kind, entry, count, by_kind[kind][0])
            for (kind, entry), count in sorted(
                gaps.items(), key=lambda one: -one[1] * _WEIGHTS.get(one[0][0], 1)
            )[:_GAPS]
        ],
        applications=applications,
        unowned=unowned,
        untimed=untimed,
        care=by_kind.get(Kind.CARE, (0,))[0],
        unmapped_care=gaps[Kind.CARE, "link:uses"],
        pairs=pairs_waiting(perimeter, place),
    )
