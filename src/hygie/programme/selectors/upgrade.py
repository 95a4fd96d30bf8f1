"""What becomes of each requirement when a framework changes version?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from hygie.programme.choices import MappingRelation
from hygie.programme.models import (
    Framework,
    Requirement,
    RequirementMapping,
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A requirement found again under another urn, and what makes us think so."""

    old: Requirement
    new: Requirement
    reason: str  # mapping, reference, text


@dataclass(frozen=True, slots=True)
class UpgradeDiff:
    """What becomes of each assessable requirement from one version to the next."""

    kept: tuple[tuple[Requirement, Requirement], ...]
    moved: tuple[Moved, ...]
    lost: tuple[Requirement, ...]
    added: tuple[Requirement, ...]


def framework_upgrade_diff(old: Framework, new: Framework) -> UpgradeDiff:
    """Compare two versions, requirement by requirement; three queries.

    Same urn: kept. Otherwise found again by an `equal` mapping, then by a reference or a text that
    only one requirement bears on each side: moved. Otherwise lost.
    """
    before = {row.urn: row for row in old.requirements.filter(is_assessable=True)}
    after = {row.urn: row for row in new.requirements.filter(is_assessable=True)}
    kept = tuple((row, after[urn]) for urn, row in before.items() if urn in after)
    gone = {urn: row for urn, row in before.items() if urn not in after}
    fresh = {urn: row for urn, row in after.items() if urn not in before}
    moved = list(_moved_by_mapping(gone, fresh))
    for key, reason in (("ref_id", "reference"), ("description", "text")):
        moved += _moved_by_field(gone, fresh, moved, key, reason)
    taken_old = {one.old.urn for one in moved}
    taken_new = {one.new.urn for one in moved}
    return UpgradeDiff(
        kept,
        tuple(moved),
        tuple(row for urn, row in gone.items() if urn not in taken_old),
        tuple(row for urn, row in fresh.items() if urn not in taken_new),
    )


def _moved_by_mapping(
    gone: dict[str, Requirement], fresh: dict[str, Requirement]
) -> Iterable[Moved]:
    rows = RequirementMapping.objects.filter(relation=MappingRelation.EQUAL).filter(
        Q(source_urn__in=gone, target_urn__in=fresh) | Q(source_urn__in=fresh, target_urn__in=gone)
    )
    seen: set[str] = set()
    for row in rows:
        old, new = (
            (row.source_urn, row.target_urn)
            if row.source_urn in gone
            else (row.target_urn, row.source_urn)
        )
        if old not in seen and new not in seen:
            seen |= {old, new}
            yield Moved(gone[old], fresh[new], "mapping")


def _moved_by_field(
    gone: dict[str, Requirement],
    fresh: dict[str, Requirement],
    known: list[Moved],
    field: str,
    reason: str,
) -> list[Moved]:
    taken = {one.old.urn for one in known} | {one.new.urn for one in known}
    olds = _alone(gone, taken, field)
    news = _alone(fresh, taken, field)
    return [Moved(olds[key], news[key], reason) for key in olds if key in news]


def _alone(rows: dict[str, Requirement], taken: set[str], field: str) -> dict[str, Requirement]:
    """Rows whose value of a field no other bears, by that value."""
    found: dict[str, list[Requirement]] = defaultdict(list)
    for urn, row in rows.items():
        key = str(getattr(row, field)).strip().casefold()
        if urn not in taken and key:
            found[key].append(row)
    return {key: group[0] for key, group in found.items() if len(group) == 1}
