"""Which establishments and assets stand or fall together, whoever asks? For computations only."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from hygie.foundation.batches import batches
from hygie.territory.estate.models import Asset, AssetShare, Link

# Far below the number of parameters that a statement may have.
_BATCH = 5_000


def tied_organisations(organisation_ids: Collection[int]) -> frozenset[int]:
    """These organisations, and all those that a shared asset ties to them, from one to the next.

    A link or a reference between establishments always goes with a share (`services.shares`).

    Cost: one query over the shares of the whole instance.
    """
    neighbours: dict[int, set[int]] = {}
    pairs = AssetShare.objects.order_by().values_list("asset__organisation_id", "organisation_id")
    for one, other in pairs.distinct():
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    found = set(organisation_ids)
    waiting = list(found)
    while waiting:
        new = neighbours.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return frozenset(found)


def assets_of(organisation_ids: Collection[int]) -> QuerySet[Asset]:
    """Assets that these organisations answer for."""
    return Asset.objects.filter(organisation_id__in=organisation_ids)


def served_organisations(asset_ids: Iterable[int]) -> set[int]:
    """Organisations that answer for these assets, and those that they serve."""
    found: set[int] = set()
    for batch in batches(asset_ids, _BATCH):
        own = Asset.objects.filter(pk__in=batch).order_by()
        shared = AssetShare.objects.filter(asset_id__in=batch).order_by()
        found |= set(own.values_list("organisation_id", flat=True).distinct())
        found |= set(shared.values_list("organisation_id", flat=True).distinct())
    return found


def linked_with(asset_ids: Iterable[int]) -> set[int]:
    """These assets, and those at the other end of their links."""
    found: set[int] = set()
    for batch in batches(asset_ids, _BATCH):
        found |= set(batch)
        out = Link.objects.filter(source_id__in=batch).order_by()
        incoming = Link.objects.filter(target_id__in=batch).order_by()
        found |= set(out.values_list("target_id", flat=True))
        found |= set(incoming.values_list("source_id", flat=True))
    return found


def verbs_around(asset_ids: Collection[int]) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Verbs of the links out of and into each of these assets, but for those to a retired one."""
    out: dict[int, set[str]] = {}
    incoming: dict[int, set[str]] = {}
    links = Link.objects.filter(source_id__in=asset_ids).exclude(target__status="retired")
    for pk, verb in links.order_by().values_list("source_id", "verb"):
        out.setdefault(pk, set()).add(verb)
    links = Link.objects.filter(target_id__in=asset_ids).exclude(source__status="retired")
    for pk, verb in links.order_by().values_list("target_id", "verb"):
        incoming.setdefault(pk, set()).add(verb)
    return out, incoming
