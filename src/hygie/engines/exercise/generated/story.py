"""Of all that fails, what is told to the players, in which order?

Thousands of assets may fail at once: what is of one kind and fails together is one event. All of
it stays in the rows of the staff.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hygie.engines.estate.vocabulary import AssetKind, Effect
from hygie.engines.exercise.generated.pace import Chapter, chapter_of, chapters_of
from hygie.engines.exercise.generated.texts.failing import FAILING
from hygie.engines.exercise.generated.types import CareConsequence, Failure, WhatFails
from hygie.engines.exercise.types import ExerciseError

_TOGETHER_MIN = 10.0
# Kinds that people name one by one: each of the most important ones is an event of its own.
_NAMED = {AssetKind.APPLICATION: 3, AssetKind.IDENTITY: 2, AssetKind.SITE: 2}
_ORDER = {kind: place for place, kind in enumerate(FAILING)}


@dataclass(frozen=True, slots=True)
class Wave:
    """What of one kind fails together.

    Attributes:
        minute: real minute of its first failure.
        kind, effect: the same for all.
        failures: the most important first; at least one.
        weight: what it takes down with it.
    """

    minute: float
    kind: AssetKind
    effect: Effect
    failures: Sequence[Failure]
    weight: float


@dataclass(frozen=True, slots=True)
class Story:
    """What happens, ready to be told.

    Attributes:
        chapters: how real time is played.
        waves: in the order in which they fail.
        care: in the order in which it is touched.
    """

    chapters: Sequence[Chapter]
    waves: Sequence[Wave]
    care: Sequence[CareConsequence]

    def at(self, minute: float) -> float:
        """Minute of play of a real minute."""
        return chapter_of(self.chapters, minute).at(minute)

    @property
    def gravest(self) -> Sequence[CareConsequence]:
        """Activities, each once, the one that matters most first."""
        ranked = sorted(self.care, key=lambda one: (-care_weight(one), one.minute, one.activity))
        return list({one.activity: one for one in reversed(ranked)}.values())[::-1]


def story_of(what: WhatFails, begins: float, ends: float, most_chapters: int) -> Story:
    """Put what fails in order and cut it into chapters.

    Args:
        what: what fails.
        begins, ends: minutes of play within which it is told.
        most_chapters: how many leaps in time are bearable, plus one.

    Raises:
        ExerciseError: nothing fails, or at no minute.

    Cost: O(n log n).
    """
    if not what.failures:
        raise ExerciseError("nothing fails: there is no scenario to tell")
    minutes = [one.minute for one in what.failures] + [one.minute for one in what.care]
    if not all(0 <= minute < float("inf") for minute in minutes):
        raise ExerciseError("a failure has no minute: leave out what never fails")
    waves = _waves(what)
    care = sorted(what.care, key=lambda one: (one.minute, -care_weight(one), one.activity))
    told = [wave.minute for wave in waves] + [one.minute for one in care]
    if what.alerted_min is not None and what.alerted_min <= waves[0].minute:
        told.append(what.alerted_min)
    return Story(chapters_of(told, begins, ends, most_chapters), waves, care)


def care_weight(one: CareConsequence) -> float:
    """What an activity is worth to the play: rank, patients, whether it stops; unknown is not 0."""
    rank = 3 if one.criticality is None else one.criticality
    patients = 10 if one.patients_per_day is None else max(one.patients_per_day, 0)
    stops = 2.0 if one.effect is Effect.STOP else 1.0
    return stops * rank * float((1 + patients) ** 0.5)


def _waves(what: WhatFails) -> list[Wave]:
    taken = Counter(one.because_of for one in what.failures)
    # Care counts more than machines: it is what the play is about.
    for touched in what.care:
        taken[touched.because_of] += 1 + round(3 * care_weight(touched))
    groups: dict[tuple[int, AssetKind, Effect], list[Failure]] = {}
    for one in sorted(what.failures, key=lambda one: one.minute):
        key = (int(one.minute // _TOGETHER_MIN), one.kind, one.effect)
        groups.setdefault(key, []).append(one)
    waves = []
    for (_, kind, effect), members in groups.items():
        ranked = sorted(members, key=lambda one: (-taken[one.name], one.minute, one.name))
        alone = _NAMED.get(kind, 1) - 1
        for group in ([one] for one in ranked[:alone]):
            waves.append(_wave(kind, effect, group, taken))
        if ranked[alone:]:
            waves.append(_wave(kind, effect, ranked[alone:], taken))
    return sorted(waves, key=_place)


def _wave(kind: AssetKind, effect: Effect, members: Sequence[Failure], taken: Counter[str]) -> Wave:
    own = {AssetKind.IDENTITY: 30.0, AssetKind.BACKUP: 20.0, AssetKind.SITE: 40.0}.get(kind, 1.0)
    stops = 2.0 if effect is Effect.STOP else 1.0
    weight = own + stops * (sum(taken[one.name] for one in members) + float(len(members) ** 0.5))
    return Wave(min(one.minute for one in members), kind, effect, members, weight)


def _place(wave: Wave) -> tuple[float, int, float, str]:
    """What is below is told before what stands on it, when both fail at once."""
    return wave.minute, _ORDER.get(wave.kind, len(_ORDER)), -wave.weight, wave.failures[0].name
