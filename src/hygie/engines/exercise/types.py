"""In which records does an exercise travel: from a file to rows, from rows to an engine?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hygie.engines.exercise.vocabulary import (
    CellKind,
    Channel,
    ClockVerb,
    Level,
    Match,
    Nature,
    On,
    Play,
)


class ExerciseError(ValueError):
    """A timeline or a question that cannot be answered: what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class CellRecord:
    """A group of players.

    Attributes:
        key: names it within the exercise.
        kind: what it stands for.
        name: as players say it.
    """

    key: str
    kind: CellKind
    name: str


@dataclass(frozen=True, slots=True)
class ObjectiveRecord:
    """What the exercise must prove.

    Attributes:
        key: names it within the exercise.
        title: what the players should be able to do.
        requirement: URN of the requirement that it proves; "" = none.
        competence: what it trains, in words; "" = none.
        plan: code of the kind of plan that it puts to the test, as `pcra`; "" = none.
    """

    key: str
    title: str
    requirement: str = ""
    competence: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must have happened.

    Attributes:
        on: what is looked at.
        inject: key of the inject that it is about.
        value: option chosen, or result; "" for `PLAYED`.
    """

    on: On
    inject: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class InjectRecord:
    """One row of the timeline.

    Attributes:
        key: names it within the exercise.
        title: for the staff.
        offset_s: scenario second at which it is due; negative before the start.
        nature, channel: what it is, by what it comes.
        sender: who it seems to come from.
        cells: keys of the cells that receive it; empty = all of them.
        body: what the players read or hear.
        expected: what they should do.
        objective: key of the objective that it tests; "" = none.
        options: what they may choose, when a decision is asked.
        score: points of a reached expectation, 0 or more.
        deadline_s: how long they have, seconds; None = no limit.
        comment: for the staff.
        deliverable: what they should hand over.
        attachments: names of the files that come with it.
        conditions, match: what must have happened for it to be played; empty = nothing.
        after_s: once the conditions hold, it waits that long (and at least until `offset_s`).
    """

    key: str
    title: str
    offset_s: int
    nature: Nature = Nature.INJECT
    channel: Channel = Channel.MAIL
    sender: str = ""
    cells: tuple[str, ...] = ()
    body: str = ""
    expected: str = ""
    objective: str = ""
    options: tuple[str, ...] = ()
    score: int = 0
    deadline_s: int | None = None
    comment: str = ""
    deliverable: str = ""
    attachments: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    match: Match = Match.ALL
    after_s: int = 0

    @property
    def is_for_staff(self) -> bool:
        """Whether players must never see it."""
        return self.nature is Nature.FACILITATION


@dataclass(frozen=True, slots=True)
class ScenarioRecord:
    """A whole scenario.

    Attributes:
        title, summary: for the staff and the library.
        language: "fr" or "en".
        level, play: for whom, how.
        duration_s: planned length, scenario seconds.
        simulated_start: ISO 8601 local instant that second 0 stands for; "" = the real one.
        variables: name → value; `{{name}}` in texts stands for the value.
    """

    title: str
    summary: str = ""
    language: str = "fr"
    level: Level = Level.BEGINNER
    play: Play = Play.TABLE_TOP
    duration_s: int = 0
    simulated_start: str = ""
    cells: Sequence[CellRecord] = ()
    objectives: Sequence[ObjectiveRecord] = ()
    injects: Sequence[InjectRecord] = ()
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """Something done to time.

    Attributes:
        verb: what.
        at_s: when, seconds since the epoch (real time).
        value: of a pace or a jump; 0 otherwise.
    """

    verb: ClockVerb
    at_s: float
    value: float = 0.0
