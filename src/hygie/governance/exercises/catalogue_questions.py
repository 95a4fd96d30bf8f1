"""Which questions does the platform ask around an exercise: before, right after, and to choose?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from hygie.engines.exercise.vocabulary import Level
from hygie.governance.exercises.catalogue_read import packaged
from hygie.governance.exercises.catalogue_shape import Clock, Key, LineText, ShortText
from hygie.programme.referential.schema import Strict, Text

SCALE = (1, 5)
"""Lowest and highest answer to a question on a scale."""
BEST = 3
"""Highest answer to an item of the self-assessment, from 0."""

# Shares of the points from which a level suits; a first time is a first time whatever the rest.
_FROM = ((0.7, Level.CONFIRMED), (0.4, Level.INTERMEDIATE), (0.0, Level.BEGINNER))
_FIRST_TIME = "last"


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    OPEN = "open"


class QuestionRow(Strict):
    """A question to the players; a scale says what its two ends mean."""

    key: Key
    kind: QuestionKind
    text: LineText
    low: ShortText | None = None
    high: ShortText | None = None

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if (self.kind is QuestionKind.SCALE) != bool(self.low and self.high):
            raise ValueError("a scale has two ends, an open question none")
        return self


class SurveyFile(Strict):
    """The players' questionnaire."""

    questions: Annotated[tuple[QuestionRow, ...], Field(min_length=1)]


class ItemRow(Strict):
    """An item of the self-assessment, and what its answers 0 to 3 mean."""

    key: Key
    text: LineText
    answers: Annotated[tuple[ShortText, ...], Field(min_length=BEST + 1, max_length=BEST + 1)]


class PartRow(Strict):
    """Items about the same thing."""

    key: Key
    title: ShortText
    items: Annotated[tuple[ItemRow, ...], Field(min_length=1)]


class MaturityFile(Strict):
    """The self-assessment of crisis maturity."""

    parts: Annotated[tuple[PartRow, ...], Field(min_length=1)]


class LevelRow(Strict):
    """A level: whom it suits, and what it takes."""

    level: Level
    title: ShortText
    suits: Text
    players: tuple[int, int]
    staff: int
    preparation_days: int
    lasts: tuple[Clock, Clock]


class CriterionRow(Strict):
    """What tells which level suits; each answer is worth its rank, from 0."""

    key: Key
    text: LineText
    answers: Annotated[tuple[ShortText, ...], Field(min_length=2)]


class GridFile(Strict):
    """Which level suits whom."""

    levels: Annotated[tuple[LevelRow, ...], Field(min_length=3, max_length=3)]
    criteria: Annotated[tuple[CriterionRow, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Question:
    """A question in one language; `low` and `high` say what the ends of the scale mean."""

    key: str
    kind: QuestionKind
    text: str
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item in one language; `answers` are what 0, 1, 2… mean."""

    key: str
    part: str
    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the self-assessment in one language."""

    key: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class LevelCard:
    """A level in one language.

    Attributes:
        level, title, suits: which, its name, whom it suits.
        players: fewest and most.
        staff: facilitators and observers at least.
        preparation_days: working days of one person.
        lasts: shortest and longest play, as `h:mm`.
    """

    level: Level
    title: str
    suits: str
    players: tuple[int, int]
    staff: int
    preparation_days: int
    lasts: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Advice:
    """Which level suits an establishment.

    Attributes:
        level: the advice; None when nothing was answered.
        points, most: obtained, and what the answered criteria could give.
        unknown: keys of the criteria without an answer.
    """

    level: Level | None
    points: int
    most: int
    unknown: tuple[str, ...]


def survey_questions(language: str) -> tuple[Question, ...]:
    """The players' questionnaire, in order."""
    return tuple(
        Question(
            row.key,
            row.kind,
            getattr(row.text, language),
            getattr(row.low, language, ""),
            getattr(row.high, language, ""),
        )
        for row in packaged("catalogue_survey.yaml", SurveyFile).questions
    )


def maturity_parts(language: str) -> tuple[Part, ...]:
    """The self-assessment of crisis maturity, part by part."""
    return tuple(
        Part(
            part.key,
            getattr(part.title, language),
            tuple(
                Item(
                    row.key,
                    part.key,
                    getattr(row.text, language),
                    tuple(getattr(answer, language) for answer in row.answers),
                )
                for row in part.items
            ),
        )
        for part in packaged("catalogue_maturity.yaml", MaturityFile).parts
    )


def level_cards(language: str) -> tuple[LevelCard, ...]:
    """The three levels, the easiest first."""
    return tuple(
        LevelCard(
            row.level,
            getattr(row.title, language),
            getattr(row.suits, language).strip(),
            row.players,
            row.staff,
            row.preparation_days,
            row.lasts,
        )
        for row in packaged("catalogue_grid.yaml", GridFile).levels
    )


def level_criteria(language: str) -> tuple[Item, ...]:
    """The questions of the grid that tells which level suits."""
    return tuple(
        Item(
            row.key,
            "level",
            getattr(row.text, language),
            tuple(getattr(answer, language) for answer in row.answers),
        )
        for row in packaged("catalogue_grid.yaml", GridFile).criteria
    )


def level_suited(answers: Mapping[str, int | None]) -> Advice:
    """Which level suits, by the answers to the grid.

    A criterion without an answer earns nothing and is named: not knowing is no proof of being
    ready. Whoever has not played for three years begins at the first level.

    Args:
        answers: key of a criterion → rank of the answer, or None; other keys are refused.

    Returns:
        The advice, and what it rests on.

    Raises:
        ValueError: an unknown criterion, or an answer out of range.
    """
    rows = {row.key: row for row in packaged("catalogue_grid.yaml", GridFile).criteria}
    for key, rank in answers.items():
        if key not in rows or (rank is not None and not 0 <= rank < len(rows[key].answers)):
            raise ValueError(f"{key}: no answer {rank!r}")
    known = {key: rank for key in rows if (rank := answers.get(key)) is not None}
    unknown = tuple(key for key in rows if key not in known)
    points = sum(known.values())
    most = sum(len(rows[key].answers) - 1 for key in known)
    if not known:
        return Advice(None, points, most, unknown)
    if not known.get(_FIRST_TIME):
        return Advice(Level.BEGINNER, points, most, unknown)
    whole = sum(len(row.answers) - 1 for row in rows.values())
    level = next(level for share, level in _FROM if points >= share * whole)
    return Advice(level, points, most, unknown)
