"""What must be mended before this script can be played?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from hygie.engines.exercise.branches import conditions_check
from hygie.engines.exercise.types import Condition, ExerciseError, InjectRecord, ScenarioRecord
from hygie.engines.exercise.variables import names_used
from hygie.engines.exercise.vocabulary import Channel, Nature, On, Result


class Severity(StrEnum):
    """Whether a finding forbids to play."""

    BLOCKING = "blocking"
    WARNING = "warning"


class Code(StrEnum):
    """What is wrong; each has its sentence where it is shown."""

    NO_INJECT = "no_inject"
    NO_CELL = "no_cell"
    NO_OBJECTIVE = "no_objective"
    KEY_TWICE = "key_twice"
    CELL_UNKNOWN = "cell_unknown"
    OBJECTIVE_UNKNOWN = "objective_unknown"
    CONDITION_UNKNOWN = "condition_unknown"
    CONDITION_CIRCLE = "condition_circle"
    OPTION_UNKNOWN = "option_unknown"
    RESULT_UNKNOWN = "result_unknown"
    STAFF_ROW_HAS_CELLS = "staff_row_has_cells"
    BODY_MISSING = "body_missing"
    SENDER_MISSING = "sender_missing"
    EXPECTED_MISSING = "expected_missing"
    OBJECTIVE_MISSING = "objective_missing"
    AFTER_THE_END = "after_the_end"
    VARIABLE_EMPTY = "variable_empty"
    VARIABLE_UNUSED = "variable_unused"
    CELL_IDLE = "cell_idle"
    CELL_WITHOUT_INJECT = "cell_without_inject"
    CROWDED = "crowded"


_WARNINGS = {
    Code.NO_OBJECTIVE, Code.SENDER_MISSING, Code.EXPECTED_MISSING, Code.OBJECTIVE_MISSING,
    Code.AFTER_THE_END, Code.VARIABLE_UNUSED, Code.CELL_IDLE, Code.CELL_WITHOUT_INJECT,
    Code.CROWDED,
}  # fmt: skip
IDLE_S = 25 * 60
"""A cell that waits longer than that with nothing to do leaves the play."""
CROWDED_S, CROWDED_MOST = 5 * 60, 5
"""More injects than that within so many seconds overwhelm one cell."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend, or to know.

    Attributes:
        code: what is wrong.
        inject, cell: keys of what it is about; "" = the whole.
        value: the word, the number of minutes, the name concerned.
    """

    code: Code
    inject: str = ""
    cell: str = ""
    value: str = ""

    @property
    def severity(self) -> Severity:
        """Whether it forbids to play."""
        return Severity.WARNING if self.code in _WARNINGS else Severity.BLOCKING


@dataclass(frozen=True, slots=True)
class _Script:
    """A scenario with its names at hand."""

    scenario: ScenarioRecord
    cells: frozenset[str] = field(init=False)
    objectives: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", frozenset(cell.key for cell in self.scenario.cells))
        keys = frozenset(objective.key for objective in self.scenario.objectives)
        object.__setattr__(self, "objectives", keys)


def findings_of(scenario: ScenarioRecord) -> list[Finding]:
    """All that is to mend before this scenario is played, the blocking ones first.

    Args:
        scenario: as it would be played.

    Returns:
        Findings in the order of the timeline; empty when it may be played as it is.

    Cost: O(n log n).
    """
    script = _Script(scenario)
    found = [
        *_whole(scenario),
        *(one for inject in scenario.injects for one in _row(script, inject)),
        *_conditions(scenario.injects),
        *_variables(scenario),
        *_pace(scenario),
    ]
    return sorted(found, key=lambda finding: finding.severity is Severity.WARNING)


def is_playable(findings: Sequence[Finding]) -> bool:
    """Whether nothing of this forbids to play."""
    return all(finding.severity is Severity.WARNING for finding in findings)


def _whole(scenario: ScenarioRecord) -> Iterator[Finding]:
    if not scenario.injects:
        yield Finding(Code.NO_INJECT)
    if not scenario.cells:
        yield Finding(Code.NO_CELL)
    if not scenario.objectives:
        yield Finding(Code.NO_OBJECTIVE)
    for group in (scenario.injects, scenario.cells, scenario.objectives):
        counts = Counter(one.key for one in group)
        for key, count in counts.items():
            if count > 1:
                yield Finding(Code.KEY_TWICE, value=key)


def _row(script: _Script, inject: InjectRecord) -> Iterator[Finding]:
    for cell in inject.cells:
        if cell not in script.cells:
            yield Finding(Code.CELL_UNKNOWN, inject.key, value=cell)
    if inject.objective and inject.objective not in script.objectives:
        yield Finding(Code.OBJECTIVE_UNKNOWN, inject.key, value=inject.objective)
    duration = script.scenario.duration_s
    if duration and inject.offset_s > duration:
        yield Finding(Code.AFTER_THE_END, inject.key)
    if inject.is_for_staff:
        if inject.cells:
            yield Finding(Code.STAFF_ROW_HAS_CELLS, inject.key)
        return
    if not inject.body.strip() and not inject.attachments:
        yield Finding(Code.BODY_MISSING, inject.key)
    if inject.nature is Nature.INJECT:
        yield from _expectation(inject)


def _expectation(inject: InjectRecord) -> Iterator[Finding]:
    if not inject.sender and inject.channel is not Channel.ALARM:
        yield Finding(Code.SENDER_MISSING, inject.key)
    if not inject.expected.strip():
        yield Finding(Code.EXPECTED_MISSING, inject.key)
    elif not inject.objective:
        yield Finding(Code.OBJECTIVE_MISSING, inject.key)


def _conditions(injects: Sequence[InjectRecord]) -> Iterator[Finding]:
    by_key = {inject.key: inject for inject in injects}
    known = True
    for inject in injects:
        for condition in inject.conditions:
            looked_at = by_key.get(condition.inject)
            if looked_at is None:
                known = False
                yield Finding(Code.CONDITION_UNKNOWN, inject.key, value=condition.inject)
            else:
                yield from _condition(inject, condition, looked_at)
    if known:
        try:
            conditions_check(injects)
        except ExerciseError as error:
            yield Finding(Code.CONDITION_CIRCLE, inject=str(error).partition(":")[0])


def _condition(
    inject: InjectRecord, condition: Condition, looked_at: InjectRecord
) -> Iterator[Finding]:
    if condition.on is On.DECISION and condition.value not in looked_at.options:
        yield Finding(Code.OPTION_UNKNOWN, inject.key, value=condition.value)
    if condition.on is On.RESULT and condition.value not in set(Result):
        yield Finding(Code.RESULT_UNKNOWN, inject.key, value=condition.value)


def _variables(scenario: ScenarioRecord) -> Iterator[Finding]:
    used = names_used(scenario.injects)
    for name in sorted(used):
        if not scenario.variables.get(name):
            yield Finding(Code.VARIABLE_EMPTY, value=name)
    for name in sorted(set(scenario.variables) - used):
        yield Finding(Code.VARIABLE_UNUSED, value=name)


def _pace(scenario: ScenarioRecord) -> Iterator[Finding]:
    """Cells that wait too long, or get too much at once; rows with conditions may never come."""
    sure = [
        inject
        for inject in scenario.injects
        if not inject.is_for_staff and not inject.conditions and inject.offset_s >= 0
    ]
    for cell in scenario.cells:
        times = sorted(
            inject.offset_s for inject in sure if not inject.cells or cell.key in inject.cells
        )
        if not times:
            yield Finding(Code.CELL_WITHOUT_INJECT, cell=cell.key)
            continue
        bounds = [0, *times, max(scenario.duration_s, times[-1])]
        longest = max(after - before for before, after in pairwise(bounds))
        if longest > IDLE_S:
            yield Finding(Code.CELL_IDLE, cell=cell.key, value=str(longest // 60))
        for first, last in zip(times, times[CROWDED_MOST:], strict=False):
            if last - first <= CROWDED_S:
                yield Finding(Code.CROWDED, cell=cell.key, value=str(first // 60))
                break
