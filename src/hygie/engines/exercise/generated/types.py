"""From what is a scenario generated: what fails, when and why, which care stops, for whom?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from hygie.engines.estate.vocabulary import AssetKind, Effect
from hygie.engines.exercise.vocabulary import CellKind, Level, Play

SHORTEST_MIN, LONGEST_MIN = 45, 480
ALL_CELLS = (
    CellKind.DECISION, CellKind.IT, CellKind.CARE, CellKind.COMMUNICATION, CellKind.LOGISTICS,
)  # fmt: skip


class Origin(StrEnum):
    """What began it; values are stored."""

    OUTAGE = "outage"
    ATTACK = "attack"
    SUPPLIER = "supplier"
    SITE = "site"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Failure:
    """An asset that fails.

    Attributes:
        minute: when, real minutes after the first loss, 0 or more.
        kind, name: what it is, as people say it.
        effect: whether it stops, or is only degraded.
        because_of: name of what brought it down; "" = lost itself.
    """

    minute: float
    kind: AssetKind
    name: str
    effect: Effect = Effect.STOP
    because_of: str = ""


@dataclass(frozen=True, slots=True)
class CareConsequence:
    """A care activity that can no longer be given as usual.

    Attributes:
        minute: when, real minutes after the first loss; paper has run out then if it stops.
        activity: as people say it.
        effect: whether it stops, or is only degraded.
        because_of: name of what brought it down; "" = unknown.
        holds_min: how long it holds on paper; None = nobody said.
        minimal_service: what must go on whatever happens; "" = nobody said.
        patients_per_day: None = nobody said.
        criticality: 1 (comfort) … 4 (vital); None = nobody said.
    """

    minute: float
    activity: str
    effect: Effect = Effect.STOP
    because_of: str = ""
    holds_min: int | None = None
    minimal_service: str = ""
    patients_per_day: int | None = None
    criticality: int | None = None


@dataclass(frozen=True, slots=True)
class WhatFails:
    """A loss, or an attack, told to its end.

    Attributes:
        origin: what began it.
        cause: name of what was lost first; "" = nothing in particular.
        failures, care: in any order.
        alerted_min, contained_min: when an attack is seen, and contained; None = never, or no
            attack.
    """

    origin: Origin
    failures: Sequence[Failure]
    care: Sequence[CareConsequence] = ()
    cause: str = ""
    alerted_min: float | None = None
    contained_min: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A scenario to generate.

    Attributes:
        what: what fails.
        seed: of the choices among texts: the same one gives the same scenario.
        language: "fr" or "en".
        level: changes how dense, how noisy, how helped the play is.
        play: form.
        duration_min: length of play, minutes, `SHORTEST_MIN` … `LONGEST_MIN`.
        until_min: what fails later is left out, real minutes; None = all of it is played.
        start: ISO 8601 local instant of the first loss; "" = the hour of the day is not told.
        title: "" = made from what is lost.
        cells: who plays; decision, IT and care always do. Care plays for logistics, decision for
            communication, where these are left out.
        words: values of the words that texts leave to the establishment (`etablissement`, `plan`,
            `personnes`…), see `usual.USUAL`.
        requirements: key of an objective → URN of the requirement that it proves.
        plans: key of an objective → code of the kind of plan that it puts to the test.
    """

    what: WhatFails
    seed: int = 1
    language: str = "fr"
    level: Level = Level.BEGINNER
    play: Play = Play.TABLE_TOP
    duration_min: int = 120
    until_min: float | None = None
    start: str = ""
    title: str = ""
    cells: tuple[CellKind, ...] = ALL_CELLS
    words: Mapping[str, str] = field(default_factory=dict)
    requirements: Mapping[str, str] = field(default_factory=dict)
    plans: Mapping[str, str] = field(default_factory=dict)
