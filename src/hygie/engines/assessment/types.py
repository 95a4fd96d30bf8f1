"""What does an assessment receive, and in which words does it answer?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import NamedTuple, TypeAlias

from hygie.engines.assessment.lines import LineCode

# Beyond these a weight is a typing error, and sums could not be kept exact.
_WEIGHT_LIMIT = Decimal(10) ** 18
_WEIGHT_DECIMALS = 12

ParamValue: TypeAlias = str | int | float | Decimal | date | tuple[str, ...]


class State(StrEnum):
    """The seven results of the platform; only `PASSED` ever counts as reached."""

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    NOT_TESTED = "not_tested"
    CANNOT_TELL = "cannot_tell"
    STALE = "stale"
    NOT_APPLICABLE = "not_applicable"


class Knowledge(IntEnum):
    """How a figure is known, from the weakest to the strongest."""

    DECLARED = 1
    DOCUMENTED = 2
    MEASURED = 3
    VERIFIED = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated thing known about one organisation.

    Attributes:
        code: an indicator code, or `proof:<document kind>`.
        unit: organisation id the fact is about.
        value: in the unit of the indicator, 1.0 for an accepted proof, 0.0 for a rejected one;
            None = looked at, and nothing could be concluded.
        effective_on: the day the fact was true, not the day it was typed.
        expires_on: first day on which it no longer counts; None = never.
        ref: opaque reference handed back in the lines.
    """

    code: str
    unit: int
    value: float | None
    known_as: Knowledge
    effective_on: date
    expires_on: date | None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """One organisation that counts in a coverage; weight = its combined activity, None unknown."""

    id: int
    label: str
    weight: Decimal | None

    def __post_init__(self) -> None:
        weight = self.weight
        if weight is None:
            return
        if not weight.is_finite() or not 0 <= weight < _WEIGHT_LIMIT:
            raise ValueError(f"weight of unit {self.id}: {weight} is not in [0, 1e18)")
        exponent = weight.as_tuple().exponent
        if isinstance(exponent, int) and exponent < -_WEIGHT_DECIMALS:
            raise ValueError(f"weight of unit {self.id}: more than {_WEIGHT_DECIMALS} decimals")


@dataclass(frozen=True, slots=True)
class AnswerSummary:
    """The submitted answers of the candidate to the questions of one requirement, counted.

    Attributes:
        total: questions asked, not-applicable ones included.
        passed, partial, failed, cannot_tell, not_applicable: questions by result; the rest is
            unanswered.
        effective_on: the day the answers were submitted.
        expires_on: first day on which they no longer count; None = never.
    """

    total: int
    passed: int
    partial: int
    failed: int
    cannot_tell: int
    not_applicable: int
    effective_on: date
    expires_on: date | None = None
    known_as: Knowledge = Knowledge.DECLARED
    ref: str = ""

    def __post_init__(self) -> None:
        counts = (self.passed, self.partial, self.failed, self.cannot_tell, self.not_applicable)
        if min(counts) < 0 or sum(counts) > self.total:
            raise ValueError(f"answers do not add up: {counts} of {self.total}")

    @property
    def answered(self) -> int:
        """Questions with any answer, "not applicable" and "cannot tell" included."""
        return self.passed + self.partial + self.failed + self.cannot_tell + self.not_applicable


@dataclass(frozen=True, slots=True)
class Dates:
    """The day of the assessment and the days windows refer to; None = not filed or not known."""

    as_of: date
    phase_start: date | None = None
    application: date | None = None
    attainment: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One candidate to assess: its units, what is known of all of them, and the dates."""

    candidate: int
    units: tuple[Unit, ...]
    facts: tuple[Fact, ...]
    answers: AnswerSummary | None
    dates: Dates

    def __post_init__(self) -> None:
        if len({unit.id for unit in self.units}) != len(self.units):
            raise ValueError(f"case of {self.candidate}: a unit is listed twice")


class Line(NamedTuple):
    """One line of explanation, translated by the caller.

    A named tuple, unlike its neighbours: several come with each verdict, and it is far quicker to
    make than a frozen dataclass.

    Attributes:
        params: exactly the keys of `LINE_PARAMS[code]`.
        unit: id of the unit the line is about; None = the candidate.
        refs: references of the facts the line rests on.
        depth: 0 for the requirement itself, 1 for what it is made of, and so on.
    """

    code: LineCode
    params: Mapping[str, ParamValue]
    state: State
    unit: int | None
    refs: tuple[str, ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of one requirement for one candidate, and why.

    Attributes:
        stale_on: first day a passed or partial state is lost if nothing new is recorded.
        changes_on: first day the state changes, whatever it is, if nothing new is recorded.
        coverage: counted weight over total weight, 0..1, rounded down; None without coverage rule
            or without weights.
        known_as: weakest knowledge among what the verdict rests on; None = no fact.
        missing: codes of facts that nobody recorded and that could change the state.
    """

    state: State
    stale_on: date | None
    changes_on: date | None
    coverage: Decimal | None
    threshold: Decimal | None
    known_as: Knowledge | None
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
