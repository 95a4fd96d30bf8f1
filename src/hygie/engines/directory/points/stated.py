"""What do the verdicts of other tools add to what facts decide?"""

from dataclasses import replace

from hygie.engines.directory.catalogue import PointDay
from hygie.engines.directory.facts import StatedVerdict
from hygie.engines.directory.merge import Merged
from hygie.engines.directory.verdicts import PointState, PointVerdict

_FAILING = (PointState.FAILED, PointState.PARTIAL)


def with_statements(verdict: PointVerdict, merged: Merged, point: PointDay) -> PointVerdict:
    """Complete a verdict with what the exports state of the point.

    Facts come first: a statement fills the levels that they leave open, never the others. Of
    several statements the most recent one that tells is taken; those that differ from the result
    are named.

    Args:
        verdict: what the facts decide. point: its rows of the day.

    Returns:
        The verdict with `stated_by` and `contradicted_by`.
    """
    told = [
        (export.collected_on, place, export.verdicts[point.id])
        for place, export in enumerate(merged.exports)
        if point.id in export.verdicts and export.verdicts[point.id].is_failed is not None
    ]
    if not told:
        return verdict
    told.sort(key=lambda statement: statement[:2])
    _, place, latest = told[-1]
    if verdict.undecided_levels:
        verdict = _filled(verdict, point, latest, place)
    is_failing = verdict.state in _FAILING
    if verdict.state is PointState.CANNOT_TELL:
        return verdict
    return replace(
        verdict,
        contradicted_by=tuple(
            sorted(place for _, place, stated in told if stated.is_failed != is_failing)
        ),
    )


def _filled(
    verdict: PointVerdict, point: PointDay, stated: StatedVerdict, place: int
) -> PointVerdict:
    """Close open levels with a statement.

    That it holds closes them all. That it fails closes those it names; when it names none of the
    point's levels, the strictest open one: whatever it saw fails at least there.
    """
    opened = verdict.undecided_levels
    if not stated.is_failed:
        if verdict.failed_levels:
            return verdict  # known to fail: a statement that it holds does not weigh
        return _closed(verdict, point, verdict.failed_levels, (), place)
    named = tuple(level for level in stated.levels if level in opened)
    if not named:
        if verdict.failed_levels:
            return verdict
        named = opened[-1:]
    failed = tuple(sorted((*verdict.failed_levels, *named)))
    left = tuple(level for level in opened if level not in named)
    return _closed(verdict, point, failed, left, place)


def _closed(
    verdict: PointVerdict,
    point: PointDay,
    failed: tuple[int, ...],
    undecided: tuple[int, ...],
    place: int,
) -> PointVerdict:
    lowest = point.levels[0]
    if not failed:
        state = PointState.CANNOT_TELL if undecided else PointState.PASSED
    elif lowest in failed or lowest in undecided:
        state = PointState.FAILED
    else:
        state = PointState.PARTIAL
    return replace(
        verdict,
        state=state,
        failed_levels=failed,
        undecided_levels=undecided,
        missing=verdict.missing if undecided else (),
        stated_by=(place,),
    )
