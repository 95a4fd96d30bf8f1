"""Between two audits, what is new, what is fixed, and what stays?"""

from collections.abc import Mapping
from dataclasses import dataclass

from hygie.engines.directory.audit import AuditResult
from hygie.engines.directory.exposure import exposed_accounts
from hygie.engines.directory.verdicts import PointState, PointVerdict


@dataclass(frozen=True, slots=True)
class Difference:
    """Identifiers in sorted order: only in the later audit, only in the earlier one, in both."""

    new: tuple[str, ...]
    fixed: tuple[str, ...]
    persistent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointDifference:
    """One point in two audits; None = it was not in that catalogue.

    `objects` tells nothing when either side could not decide: what is not seen is not fixed.
    """

    point: str
    before: PointState | None
    after: PointState | None
    objects: Difference | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two audits, the earlier one first.

    Attributes:
        points: failing points (partly failing ones count): new, fixed, persistent.
        undecided: points decided before that no longer are; they are not fixed.
        by_point: each point of either audit, in the later catalogue's order.
        tier_zero: members of tier 0.
        exposed: enabled users and computers with a path.
        level: at best, before and after.
    """

    points: Difference
    undecided: tuple[str, ...]
    by_point: tuple[PointDifference, ...]
    tier_zero: Difference
    exposed: Difference
    level: tuple[int, int]


_FAILING = (PointState.FAILED, PointState.PARTIAL)
_DECIDED = (PointState.PASSED, PointState.NOT_APPLICABLE, *_FAILING)


def compared(earlier: AuditResult, later: AuditResult) -> Comparison:
    """Compare two audits by identifier: indices mean nothing from one to the other.

    Cost: O(objects concerned).
    """
    before = {verdict.point: verdict for verdict in earlier.verdicts}
    after = {verdict.point: verdict for verdict in later.verdicts}
    names = [*after, *(point for point in before if point not in after)]
    return Comparison(
        points=_points(before, after),
        undecided=tuple(
            point
            for point, verdict in after.items()
            if verdict.state == PointState.CANNOT_TELL
            and point in before
            and before[point].state != PointState.CANNOT_TELL
        ),
        by_point=tuple(
            _by_point(earlier, later, point, before.get(point), after.get(point)) for point in names
        ),
        tier_zero=difference(_tier_zero(earlier), _tier_zero(later)),
        exposed=difference(_exposed(earlier), _exposed(later)),
        level=(earlier.level.at_best, later.level.at_best),
    )


def difference(earlier: set[str], later: set[str]) -> Difference:
    """Sort two sets out."""
    return Difference(
        tuple(sorted(later - earlier)),
        tuple(sorted(earlier - later)),
        tuple(sorted(earlier & later)),
    )


def _points(before: Mapping[str, PointVerdict], after: Mapping[str, PointVerdict]) -> Difference:
    """A point is fixed once it is decided and fails no more."""
    failed = {point for point, verdict in before.items() if verdict.state in _FAILING}
    fails = {point for point, verdict in after.items() if verdict.state in _FAILING}
    decided = {point for point, verdict in after.items() if verdict.state in _DECIDED}
    return Difference(
        tuple(point for point in after if point in fails - failed),
        tuple(point for point in after if point in (failed & decided) - fails),
        tuple(point for point in after if point in failed & fails),
    )


def _by_point(
    earlier: AuditResult,
    later: AuditResult,
    point: str,
    before: PointVerdict | None,
    after: PointVerdict | None,
) -> PointDifference:
    objects = None
    if before and after and before.state in _DECIDED and after.state in _DECIDED:
        objects = difference(_objects(earlier, before), _objects(later, after))
    return PointDifference(
        point, before.state if before else None, after.state if after else None, objects
    )


def _objects(result: AuditResult, verdict: PointVerdict) -> set[str]:
    return {result.facts.identifiers[index] for index in verdict.objects.tolist()}


def _tier_zero(result: AuditResult) -> set[str]:
    inside = result.tier_zero.inside[: result.objects].nonzero()[0]
    return {result.facts.identifiers[index] for index in inside.tolist()}


def _exposed(result: AuditResult) -> set[str]:
    counted = exposed_accounts(result.exposure, result.facts).nonzero()[0]
    return {result.facts.identifiers[index] for index in counted.tolist()}
