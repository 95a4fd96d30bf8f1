"""Slow and obvious twins: who is privileged, and which level does a set of verdicts give?

Written from the words of docs/engines/directory.md, with sets and loops, sharing nothing with the
fast code but the facts: the oracle of tests.
"""

from collections.abc import Iterable

from hygie.engines.directory.catalogue import CatalogueDay, Nature
from hygie.engines.directory.facts import DirectoryFacts
from hygie.engines.directory.verdicts import PointVerdict
from hygie.engines.directory.vocabulary import EdgeKind, Number, ObjectKind

_DOMAIN_RIDS = ("512", "516", "518", "519", "526", "527")
_BUILTIN_RIDS = ("544", "548", "549", "550", "551", "552")


def privileged_members(facts: DirectoryFacts, domain_sids: Iterable[str]) -> set[int]:
    """Privileged groups of these domains and everything in them, at any depth.

    Cost: O(depth · memberships) set operations.
    """
    sids = set(domain_sids)
    found = {
        place
        for place, identifier in enumerate(facts.identifiers)
        if facts.kind[place] in (ObjectKind.GROUP, ObjectKind.OTHER)
        and _is_privileged_group(identifier, sids)
    }
    pairs = _direct_members(facts)
    while True:
        inside = {member for member, group in pairs if group in found}
        if _holds_everyone(facts, found | inside):
            inside |= {
                place
                for place in range(len(facts))
                if facts.kind[place]
                in (ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT)
            }
        if inside <= found:
            return found
        found |= inside


def _is_privileged_group(identifier: str, domain_sids: set[str]) -> bool:
    head, _, rid = identifier.rpartition("-")
    if head in domain_sids:
        return rid in _DOMAIN_RIDS
    return head.endswith("-S-1-5-32") and rid in _BUILTIN_RIDS


def _direct_members(facts: DirectoryFacts) -> list[tuple[int, int]]:
    pairs = [
        (int(source), int(target))
        for source, target, kind in zip(
            facts.edges.source, facts.edges.target, facts.edges.kind, strict=True
        )
        if kind in (EdgeKind.MEMBER_OF, EdgeKind.PRIMARY_GROUP)
    ]
    places = {identifier: place for place, identifier in enumerate(facts.identifiers)}
    rids = facts.number(Number.PRIMARY_GROUP_RID)
    for place in range(len(facts)):
        if rids[place] >= 0 and facts.domain[place] >= 0:
            sid = facts.identifiers[facts.domain[place]]
            group = places.get(f"{sid}-{rids[place]}")
            if group is not None and facts.kind[group] in (ObjectKind.GROUP, ObjectKind.OTHER):
                pairs.append((place, group))
    return pairs


def _holds_everyone(facts: DirectoryFacts, places: set[int]) -> bool:
    return any(facts.identifiers[place].endswith(("-S-1-5-11", "-S-1-1-0")) for place in places)


def level_bounds(
    verdicts: Iterable[PointVerdict], catalogue: CatalogueDay
) -> tuple[int, int, set[str]]:
    """The level at best and at worst, and the points that hold it there: climb rung by rung."""
    by_point = {verdict.point: verdict for verdict in verdicts}
    best, worst = 5, 5
    for level in (4, 3, 2, 1):
        for point in catalogue.points:
            for row in point.rows:
                if row.level != level or row.nature is not Nature.CONTROL:
                    continue
                verdict = by_point.get(point.id)
                if verdict is not None and level in verdict.failed_levels:
                    best = worst = level
                elif verdict is None or level in verdict.undecided_levels:
                    worst = level
    holding = {
        point
        for point, verdict in by_point.items()
        if best in verdict.failed_levels and _counts(catalogue, point, best)
    }
    return best, worst, holding


def _counts(catalogue: CatalogueDay, point: str, level: int) -> bool:
    return any(
        found.id == point and row.level == level and row.nature is Nature.CONTROL
        for found in catalogue.points
        for row in found.rows
    )
