"""With which words is a crisis exercise written?

Values are stored and exported: they are append-only.
"""

from enum import StrEnum


class Level(StrEnum):
    """How much the players are expected to know."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    CONFIRMED = "confirmed"


class Play(StrEnum):
    """How it is played."""

    TABLE_TOP = "table_top"
    FULL = "full"  # each cell in its room, with its own means


class CellKind(StrEnum):
    """Which part of the crisis organisation a cell stands for."""

    DECISION = "decision"
    IT = "it"
    CARE = "care"
    COMMUNICATION = "communication"
    LOGISTICS = "logistics"
    OTHER = "other"


class Channel(StrEnum):
    """By what an inject reaches the players."""

    MAIL = "mail"
    PHONE = "phone"  # a script that a facilitator reads out
    SMS = "sms"
    PAPER = "paper"
    PRESS = "press"
    SOCIAL = "social"
    ALARM = "alarm"  # a screen that lights up


class Nature(StrEnum):
    """What a row of the timeline is."""

    INJECT = "inject"
    INFORMATION = "information"  # tells, expects nothing
    MILESTONE = "milestone"  # a countdown, a phase that begins
    FACILITATION = "facilitation"  # for the staff alone, whatever else it says


class On(StrEnum):
    """What a branch looks at."""

    PLAYED = "played"  # the other inject has been sent
    DECISION = "decision"  # the players chose this option of the other inject
    RESULT = "result"  # the expected reaction was given: reached, partial or missed


class Match(StrEnum):
    """How several conditions combine."""

    ALL = "all"
    ANY = "any"


class Result(StrEnum):
    """How the players met an expectation; nothing marked is a result of its own."""

    REACHED = "reached"
    PARTIAL = "partial"
    MISSED = "missed"
    NOT_OBSERVED = "not_observed"


class ClockVerb(StrEnum):
    """What a facilitator does to time."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    PACE = "pace"  # value: scenario seconds that pass in one second
    JUMP = "jump"  # value: scenario second to go to, forwards
    STOP = "stop"
