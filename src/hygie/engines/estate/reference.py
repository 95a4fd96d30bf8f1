"""What do the engines of the map answer, computed in the slow and obvious way?

Oracles of the tests: never called by the product.
"""

from collections.abc import Collection, Iterator

from hygie.engines.estate.inheritance import Inherited
from hygie.engines.estate.types import EstateMap
from hygie.engines.estate.vocabulary import NEEDS, AssetKind, Effect, Status, Verb


def reference_inherited(estate: EstateMap) -> list[Inherited]:
    """Try every care activity for every asset, in the order of the map."""
    pairs = list(_pairs(estate))
    stopping = {(source, target) for source, target, stops in pairs if stops}
    needing = {(source, target) for source, target, _ in pairs}
    care = [one for one in estate.of_kind(AssetKind.CARE) if one.status == Status.IN_USE]
    stopped = {one.key: _below(one.key, stopping) for one in care}
    touched = {one.key: _below(one.key, needing) for one in care}
    answer = []
    for asset in estate.assets:
        ranks = [
            (one.criticality, True, one.criticality, one.key)
            for one in care
            if asset.key in stopped[one.key] and one.criticality is not None
        ] + [
            (max(1, one.criticality - 1), False, one.criticality, one.key)
            for one in care
            if asset.key in touched[one.key] and one.criticality is not None
        ]
        times = [
            (one.max_downtime_min, one.key)
            for one in care
            if asset.key in stopped[one.key] and one.max_downtime_min is not None
        ]
        rank = max(ranks, key=lambda told: told[:3], default=(None, False, None, ""))
        time = min(times, key=lambda pair: pair[0], default=(None, ""))
        answer.append(Inherited(rank[0], time[0], rank[3], time[1]))
    return answer


def _below(key: str, pairs: Collection[tuple[str, str]]) -> set[str]:
    found = {key}
    while more := {target for source, target in pairs if source in found} - found:
        found |= more
    return found


def _pairs(estate: EstateMap) -> Iterator[tuple[str, str, bool]]:
    """(Source, target, whether the source stops) among what is in use."""
    used = {asset.key: asset for asset in estate.assets if asset.status == Status.IN_USE}
    for link in estate.links:
        if link.source in used and link.target in used and link.verb in NEEDS:
            is_left_open = link.verb == Verb.MAINTAINED_BY and not link.delay_min
            yield link.source, link.target, link.effect == Effect.STOP and not is_left_open
    for key, asset in used.items():
        hosting = None
        if asset.kind == AssetKind.APPLICATION:
            hosting = asset.details.get("hosting")
        yield from ((key, place, True) for place in (asset.site, asset.zone) if place in used)
        if asset.supplier in used:
            yield key, asset.supplier, hosting == "saas"
        is_by_network = asset.kind == AssetKind.ACCESS and asset.details.get("method") != "modem"
        if is_by_network or hosting in {"saas", "external"}:
            lines = [
                line
                for line in used.values()
                if line.kind == AssetKind.LINE and line.details.get("is_internet")
            ]
            own = [line for line in lines if line.organisation == asset.organisation]
            yield from ((key, line.key, True) for line in own or lines)
