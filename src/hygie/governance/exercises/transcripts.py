"""In which words is an exercise told that was played elsewhere, on paper or with another tool?"""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from hygie.governance.exercises.choices import EntryKind, LessonKind, Result, Role
from hygie.governance.exercises.errors import TranscriptRefused

Name = Annotated[str, Field(min_length=1, max_length=120)]
Words = Annotated[str, Field(max_length=4000)]
Mark = Annotated[int, Field(ge=0, le=3)]
_MOST = 20_000


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Do(StrEnum):
    """What happened at a moment."""

    PLAY = "play"
    SKIP = "skip"
    ANSWER = "answer"
    DECIDE = "decide"
    OBSERVE = "observe"
    LOG = "log"


class Person(_Strict):
    """Someone who took part; a player has a cell."""

    name: Name
    role: Role
    cell: str = ""
    function: str = Field("", max_length=120)


class Moment(_Strict):
    """Something that happened, at a second of the scenario."""

    second: int
    do: Do
    inject: str = ""
    by: str = ""
    cell: str = ""
    text: Words = ""
    option: str = ""
    result: Result | None = None
    kind: EntryKind = EntryKind.FACT


class GivenMark(_Strict):
    """A mark: official, or of a cell."""

    objective: str
    value: Mark
    cell: str = ""


class Promise(_Strict):
    """What closes a gap."""

    title: Name
    owner: Name
    due_on: dt.date
    priority: Literal[1, 2, 3] = 2


class ToldLesson(_Strict):
    """A strength or a gap."""

    kind: LessonKind
    text: Words
    cell: str = ""
    objective: str = ""
    shared: bool = False
    action: Promise | None = None


class Sheet(_Strict):
    """The questionnaire of one player."""

    by: str
    answers: dict[str, int | str] = {}
    marks: dict[str, Mark] = {}


class Transcript(_Strict):
    """An exercise as it was played: people, moments, what was learnt.

    Attributes:
        model: code of a model offered at the place. language: of the model.
        started_at, ended_at: instants. from_s: scenario second at the start.
        moments: in any order; keys of rows, cells and objectives are the model's.
        close: whether the review is over.
    """

    schema_version: Literal[1] = Field(alias="schema")
    model: str
    language: Literal["fr", "en"] = "fr"
    title: str = Field("", max_length=200)
    variables: dict[str, str] = {}
    started_at: AwareDatetime
    ended_at: AwareDatetime
    from_s: int = Field(0, le=0)
    people: Annotated[list[Person], Field(max_length=500)] = []
    moments: Annotated[list[Moment], Field(max_length=_MOST)] = []
    maturity_before: dict[str, int | None] = {}
    maturity_after: dict[str, int | None] = {}
    surveys: list[Sheet] = []
    marks: list[GivenMark] = []
    lessons: list[ToldLesson] = []
    close: bool = False


def transcript_read(content: bytes) -> Transcript:
    """A transcript from its JSON.

    Raises:
        TranscriptRefused: not one, and where it goes wrong first.
    """
    try:
        return Transcript.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "–"
        raise TranscriptRefused(where=where, reason=first["msg"]) from error
