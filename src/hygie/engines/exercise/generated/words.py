"""How is a row written once and said in French or in English?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Template

from hygie.engines.exercise.generated.types import Origin
from hygie.engines.exercise.vocabulary import CellKind, Channel, Level

LANGUAGES = ("fr", "en")
_NAME_MOST = 80
_CLOSING = re.compile(r" (?=[;:!?»%€])")
_OPENING = re.compile(r"« ")
_UNIT = re.compile(r"(?<=\d) (?=(?:h|min|\d{3})\b)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w|«| «)")
_INNER = re.compile(r"(?<=\w)'(?=\w)")
_OURS = re.compile(r"[{}$«»“”\s]+")
_QUOTES = {"fr": ("«", "»", "“", "”"), "en": ("“", "”", "‘", "’")}


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages: `$name` is filled when a scenario is generated, `{{name}}`
    stays for the establishment to fill."""

    fr: str
    en: str

    def said(self, language: str, names: Mapping[str, str] | None = None) -> str:
        """The text in one language.

        Args:
            language: "fr" or "en".
            names: value of each `$name`.

        Raises:
            KeyError: a `$name` without value.
        """
        text = Template(self.en if language == "en" else self.fr).substitute(names or {})
        said = _INNER.sub("’", text) if language == "en" else typed(text)
        return nested(said, language)


def typed(text: str) -> str:
    """French as it is typed: spaces that never break a line, and its own apostrophe."""
    text = _OPENING.sub("«\u00a0", _CLOSING.sub("\u00a0", text))
    return _APOSTROPHE.sub("’", _UNIT.sub("\u00a0", text))


def nested(text: str, language: str) -> str:
    """Quotes within quotes as a language writes them."""
    opening, closing, inner, outer = _QUOTES[language]
    depth, said = 0, []
    for at, sign in enumerate(text):
        if sign == opening:
            said.append(sign if not depth else inner)
            depth += 1
        elif sign == closing and depth:
            depth -= 1
            said.append(sign if not depth else outer)
        elif depth > 1 and sign == "\u00a0" and _touches(text, at, opening + closing):
            # Inner quotes stand close to what they hold.
            continue
        else:
            said.append(sign)
    return "".join(said)


def _touches(text: str, at: int, signs: str) -> bool:
    return text[at - 1] == signs[0] or text[at + 1 : at + 2] == signs[1]


def plain(name: str, most: int = _NAME_MOST) -> str:
    """A name of the map as a text may hold it: one line, no sign of ours, not too long."""
    flat = _OURS.sub(" ", name).strip()
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


class Topic(StrEnum):
    """Kinds of care whose people do not call about the same things."""

    DISPATCH = "dispatch"
    EMERGENCY = "emergency"
    INTENSIVE = "intensive"
    THEATRE = "theatre"
    MATERNITY = "maternity"
    LABORATORY = "laboratory"
    IMAGING = "imaging"
    PHARMACY = "pharmacy"
    DIALYSIS = "dialysis"
    ONCOLOGY = "oncology"
    RESIDENTS = "residents"
    ADMISSIONS = "admissions"
    KITCHEN = "kitchen"
    SUPPORT = "support"
    WARD = "ward"  # all the others


EVERY_LEVEL = frozenset(Level)
EVERY_ORIGIN = frozenset(Origin)
TRAINED = frozenset({Level.INTERMEDIATE, Level.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Draft:
    """A row before it has a time.

    Attributes:
        key: names it among all drafts.
        cells: who receives it. channel: by what.
        objective: which one it tests.
        title, sender, body, expected: what is written.
        score, deadline_min: points, and minutes to react at the intermediate level.
        minute, share: earliest minute of play, or share of the play, at which it is wanted.
        deliverable: what is to be handed over.
        hint: what the staff may say to those who are stuck; beginners only.
        levels, origins: where it is played. topic: only if such care is touched.
    """

    key: str
    cells: tuple[CellKind, ...]
    channel: Channel
    objective: str
    title: Words
    sender: Words
    body: Words
    expected: Words
    score: int = 2
    deadline_min: int = 10
    minute: int = 0
    share: float = 0.0
    deliverable: Words | None = None
    hint: Words | None = None
    levels: frozenset[Level] = EVERY_LEVEL
    origins: frozenset[Origin] = EVERY_ORIGIN
    topic: Topic | None = None

    def wanted(self, duration_min: int) -> int:
        """Earliest minute of play."""
        return max(self.minute, round(self.share * duration_min))


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a decision, and what comes of it."""

    option: Words
    consequence: Draft


@dataclass(frozen=True, slots=True)
class Decision:
    """A question with answers that each lead elsewhere."""

    asked: Draft
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class StaffNote:
    """A row for the staff alone; `share` < 0 stands for minutes before the start."""

    key: str
    title: Words
    body: Words
    share: float = 0.0
    levels: frozenset[Level] = EVERY_LEVEL
