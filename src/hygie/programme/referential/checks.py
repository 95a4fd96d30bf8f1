"""Do the rows hold together: no loop, no idle indicator, no impossible bound or date?"""

from collections.abc import Callable, Iterator, Mapping

from hygie.programme.referential.checks_codes import check_codes
from hygie.programme.referential.checks_rules import check_rules
from hygie.programme.referential.faults import Fault, FaultCode
from hygie.programme.referential.gathered import Rows
from hygie.programme.referential.parameters import references_of
from hygie.programme.referential.vocabulary import UNIT_BOUNDS, Direction, Effect


def check(rows: Rows) -> list[Fault]:
    """Every fault that shows only when the rows are read together."""
    checks: tuple[Callable[[Rows], Iterator[Fault]], ...] = (
        check_codes,
        _cycles,
        _targets,
        _parameters,
        _directions,
        _idle_indicators,
        _call_dates,
    )
    faults = [fault for one in checks for fault in one(rows)]
    codes = {row.row.code: row.row for row in rows.indicators}
    kinds = {row.row.code for row in rows.documents}
    return [*faults, *check_rules(rows.frameworks, codes, kinds)]


def _cycles(rows: Rows) -> Iterator[Fault]:
    needs = {found.row.code: found.row.prerequisites for found in rows.measures}
    for found in rows.measures:
        chain = _loop_through(found.row.code, needs)
        if chain:
            yield found.fault(FaultCode.CYCLE, "prerequisites", chain=" → ".join(chain))
    parents = {
        found.row.id: (found.row.parent,) if found.row.parent else ()
        for found in rows.requirements()
    }
    for requirement in rows.requirements():
        chain = _loop_through(requirement.row.id, parents)
        if chain:
            yield requirement.fault(FaultCode.CYCLE, "parent", chain=" → ".join(chain))


def _loop_through(start: str, edges: Mapping[str, tuple[str, ...]]) -> list[str]:
    # Shortest way back to the start, so that the message shows the loop and nothing else.
    came_from: dict[str, str] = {}
    waiting = [start]
    for node in waiting:
        for following in edges.get(node, ()):
            if following == start:
                chain = [start, node]
                while chain[-1] != start:
                    chain.append(came_from[chain[-1]])
                return chain[::-1]
            if following not in came_from:
                came_from[following] = node
                waiting.append(following)
    return []


def _targets(rows: Rows) -> Iterator[Fault]:
    for found in rows.indicators:
        low, high = UNIT_BOUNDS[found.row.unit]
        for index, target in enumerate(found.row.targets):
            if target.bound < low or (high is not None and target.bound > high):
                yield found.fault(
                    FaultCode.BOUND_OUTSIDE_UNIT,
                    "targets",
                    index,
                    value=target.bound,
                    unit=found.row.unit.value,
                )


def _parameters(rows: Rows) -> Iterator[Fault]:
    for found in rows.parameters():
        row = found.row
        low, high = UNIT_BOUNDS[row.unit]
        low = low if row.minimum is None else row.minimum
        high = high if row.maximum is None else row.maximum
        if row.value is not None and (row.value < low or (high is not None and row.value > high)):
            yield found.fault(
                FaultCode.BOUND_OUTSIDE_UNIT, "value", value=row.value, unit=row.unit.value
            )


def _directions(rows: Rows) -> Iterator[Fault]:
    good = {Direction.HIGHER: Effect.RAISE, Direction.LOWER: Effect.LOWER}
    direction = {found.row.code: found.row.direction for found in rows.indicators}
    for found in rows.measures:
        for index, move in enumerate(found.row.indicators):
            known = direction.get(move.code)
            if known is not None and move.effect is not good[known]:
                yield found.fault(
                    FaultCode.WRONG_DIRECTION,
                    "indicators",
                    index,
                    value=move.code,
                    direction=good[known].value,
                )


def _idle_indicators(rows: Rows) -> Iterator[Fault]:
    used = {code for found in rows.objectives for code in found.row.indicators}
    used |= {move.code for found in rows.measures for move in found.row.indicators}
    used |= {
        reference.name
        for found in rows.requirements()
        for reference in references_of(found.row.rule)
        if reference.kind == "indicator"
    }
    for found in rows.indicators:
        if found.row.code not in used and found.row.justification is None:
            yield found.fault(FaultCode.UNUSED_INDICATOR, "code", value=found.row.code)


def _call_dates(rows: Rows) -> Iterator[Fault]:
    pairs = (("applications_from", "applications_until"), ("attainment_from", "attainment_until"))
    for found in rows.domains:
        for index, call in enumerate(found.row.calls):
            for first, second in pairs:
                begins, ends = getattr(call.dates, first).on, getattr(call.dates, second).on
                if begins and ends and begins > ends:
                    where = ("calls", index, "dates", second)
                    yield found.fault(FaultCode.DATES_REVERSED, *where, first=first, second=second)
