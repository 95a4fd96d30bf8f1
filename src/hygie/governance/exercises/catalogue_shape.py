"""Which shape must the files of scenarios that come with the platform have?"""

from typing import Annotated, Self

from pydantic import Field, model_validator

from hygie.engines.exercise.vocabulary import (
    CellKind,
    Channel,
    Level,
    Match,
    Nature,
    On,
    Play,
    Result,
)
from hygie.governance.exercises.catalogue_words import Kind
from hygie.programme.referential.schema import RequirementId, Strict, Text

# Rows of the database hold no more: see models/script.py.
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Clock = Annotated[str, Field(pattern=r"^-?[0-9]{1,2}:[0-5][0-9]$")]
Short = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Line = Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S")]
CellName = Annotated[str, Field(min_length=1, max_length=120, pattern=r"\S")]
# Code of a kind of document of the referential.
PlanCode = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Kinds = Annotated[tuple[Kind, ...], Field(min_length=1)]


class ShortText(Strict):
    """A sender, a choice, a competence."""

    fr: Short
    en: Short


class LineText(Strict):
    """A title, a deliverable."""

    fr: Line
    en: Line


class CellText(Strict):
    """What players call their cell."""

    fr: CellName
    en: CellName


class CellRow(Strict):
    """A cell; in some kinds of establishment its work is done by another one."""

    key: Key
    kind: CellKind
    name: CellText
    names: dict[Kind, CellText] = {}
    joins: dict[Kind, Key] = {}


class ObjectiveRow(Strict):
    """What the exercise must prove."""

    key: Key
    title: LineText
    requirement: RequirementId | None = None
    competence: ShortText | None = None
    plan: PlanCode | None = None


class OptionRow(ShortText):
    """A choice, with the key by which conditions name it in every language."""

    key: Key


class ConditionRow(Strict):
    """Something that must have happened: one of three, and the value looked for."""

    played: Key | None = None
    decision: Key | None = None
    result: Key | None = None
    value: str = Field(default="", alias="is")

    @model_validator(mode="after")
    def _one(self) -> Self:
        named = [word for word in (self.played, self.decision, self.result) if word is not None]
        if len(named) != 1:
            raise ValueError("a condition names one of played, decision or result")
        if (self.played is None) != bool(self.value):
            raise ValueError("a decision or a result has a value, a played row none")
        if self.result is not None and self.value not in set(Result):
            raise ValueError("unknown result")
        return self

    @property
    def on(self) -> On:
        """What is looked at."""
        if self.decision is not None:
            return On.DECISION
        return On.RESULT if self.result is not None else On.PLAYED

    @property
    def row(self) -> str:
        """Key of the row that it is about."""
        return self.played or self.decision or self.result or ""


class TimelineRow(Strict):
    """One row of the timeline, in both languages."""

    key: Key
    at: Clock
    title: LineText
    only: Kinds = tuple(Kind)
    nature: Nature = Nature.INJECT
    channel: Channel = Channel.MAIL
    sender: ShortText | None = Field(default=None, alias="from")
    to: tuple[Key, ...] = ()
    body: Text
    expected: Text | None = None
    objective: Key | None = None
    score: Annotated[int, Field(ge=0, le=10)] = 0
    deadline: Annotated[int, Field(ge=1, le=240)] | None = None
    options: tuple[OptionRow, ...] = ()
    comment: Text | None = None
    deliverable: LineText | None = None
    when: tuple[ConditionRow, ...] = ()
    match: Match = Match.ALL
    after: Annotated[int, Field(ge=0, le=240)] = 0


class SimulatedStart(Strict):
    """Day of the week (1 = Monday) and hour that the start stands for."""

    weekday: Annotated[int, Field(ge=1, le=7)]
    at: Annotated[str, Field(pattern=r"^[0-2][0-9]:[0-5][0-9]$")]


class ScenarioFile(Strict):
    """A whole scenario, in both languages and for each kind of establishment."""

    code: Key
    title: ShortText
    summary: Text
    level: Level
    play: Play
    duration: Clock
    starts: SimulatedStart
    cells: Annotated[tuple[CellRow, ...], Field(min_length=2)]
    objectives: Annotated[tuple[ObjectiveRow, ...], Field(min_length=2)]
    rows: Annotated[tuple[TimelineRow, ...], Field(min_length=1)]


class KindRow(Strict):
    """A kind of establishment, and the FINESS categories that are of it."""

    code: Kind
    title: ShortText
    categories: tuple[Annotated[str, Field(pattern=r"^[0-9]{3}$")], ...]


class VariableRow(Strict):
    """A word of the scripts that each establishment replaces by its own."""

    name: Name
    label: ShortText
    every: ShortText | None = None
    ch: ShortText | None = None
    clinic: ShortText | None = None
    ehpad: ShortText | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        own = [self.ch, self.clinic, self.ehpad]
        if any(own) if self.every else not all(own):
            raise ValueError("a value for every kind, or one for each of the three")
        return self

    def value(self, kind: Kind) -> ShortText | None:
        """What it stands for in a kind of establishment."""
        found: ShortText | None = self.every or getattr(self, kind.value)
        return found


class VariablesFile(Strict):
    """Kinds of establishment, and what the words of the scripts stand for in each."""

    kinds: Annotated[tuple[KindRow, ...], Field(min_length=1)]
    variables: tuple[VariableRow, ...]
