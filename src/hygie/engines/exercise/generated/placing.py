"""When is each row played: what fails in its order, what always comes, what keeps cells busy?"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from random import Random

from hygie.engines.estate.vocabulary import Effect
from hygie.engines.exercise.generated.hours import hour, span, start_of
from hygie.engines.exercise.generated.lanes import Lanes
from hygie.engines.exercise.generated.naming import listed, quoted, systems_of
from hygie.engines.exercise.generated.pace import Chapter, chapter_of
from hygie.engines.exercise.generated.rows import Rows
from hygie.engines.exercise.generated.story import Story, Wave, care_weight
from hygie.engines.exercise.generated.texts import care_words
from hygie.engines.exercise.generated.texts.again import AGAIN
from hygie.engines.exercise.generated.texts.between import BETWEEN
from hygie.engines.exercise.generated.texts.care import CARE_CALLS
from hygie.engines.exercise.generated.texts.failing import (
    DEGRADED,
    FAILING,
    NOBODY_CALLED,
    SEEN,
    STOPPED,
)
from hygie.engines.exercise.generated.texts.staff import BECAUSE, REAL_TIME
from hygie.engines.exercise.generated.topics import topic_of
from hygie.engines.exercise.generated.types import Asked, CareConsequence
from hygie.engines.exercise.generated.words import Decision, Draft, plain
from hygie.engines.exercise.types import Condition, InjectRecord
from hygie.engines.exercise.vocabulary import CellKind, On, Result

_REACTION_MIN = 6
_LATE_SHARE = 0.15
_SERVICE_MOST = 400


@dataclass(frozen=True, slots=True)
class Density:
    """How dense a level is, minutes of play.

    Attributes:
        spacing: least time between two rows of a cell. wait: longest time without any.
        chapters: most parts of time.
    """

    spacing: int
    wait: int
    chapters: int


@dataclass(frozen=True, slots=True)
class _Event:
    """Something of the map that players learn: a wave, an activity, or that an attack is seen."""

    minute: float
    weight: float
    draft: Draft
    names: Mapping[str, str]
    why: str
    extra: str = ""


class Placer:
    """Puts drafts where cells are free."""

    def __init__(
        self, asked: Asked, story: Story, rows: Rows, lanes: Lanes, density: Density
    ) -> None:
        self.asked, self.story, self.rows, self.lanes = asked, story, rows, lanes
        self.density = density
        self.topics = {topic_of(one.activity) for one in story.care}
        self.start = start_of(asked.start)
        self.opened: InjectRecord | None = None
        self.turns: Counter[str] = Counter()

    def is_played(self, draft: Draft) -> bool:
        """Whether a draft suits this level, this cause and this care."""
        return (
            self.asked.level in draft.levels
            and self.asked.what.origin in draft.origins
            and (draft.topic is None or draft.topic in self.topics)
        )

    # What always comes.

    def beat(self, draft: Draft, *, strict: bool = False) -> None:
        """Place something at about its moment; when strict, not at all rather than late."""
        wanted = draft.wanted(self.asked.duration_min)
        until = wanted + round(self.asked.duration_min * _LATE_SHARE) if strict else None
        minute = self.lanes.take(self.rows.cells(draft.cells), wanted, until)
        if minute is not None:
            self.rows.put(draft, minute)

    def opening(self, draft: Draft) -> None:
        """Place the call that should open the crisis cell."""
        minute = self.lanes.take(self.rows.cells(draft.cells), draft.minute)
        if minute is None:
            return
        self.opened = self.rows.put(draft, minute)

    def nobody_called(self) -> None:
        """Place what comes if the crisis cell is not opened."""
        if self.opened is None:
            return
        cells = self.rows.cells(NOBODY_CALLED.cells)
        wanted = self.opened.offset_s // 60 + 2 * _REACTION_MIN
        minute = self.lanes.take(cells, wanted, wanted + _REACTION_MIN * 4, is_sure=False)
        if minute is not None:
            missed = Condition(On.RESULT, self.opened.key, Result.MISSED)
            self.rows.put(NOBODY_CALLED, minute, conditions=(missed,), after_min=_REACTION_MIN)

    def decisions(self, decisions: Sequence[Decision]) -> None:
        """Place those of these decisions that suit the play."""
        for decision in decisions:
            if self.is_played(decision.asked):
                self.decision(decision)

    def decision(self, decision: Decision) -> None:
        """Place a decision with the consequence of each choice, or none of it.

        Consequences of one decision exclude each other: they share one minute.
        """
        asked = decision.asked
        cells = self.rows.cells(asked.cells)
        minute = self.lanes.take(cells, asked.wanted(self.asked.duration_min))
        if minute is None:
            return
        touched = tuple(
            dict.fromkeys(
                cell
                for choice in decision.choices
                for cell in self.rows.cells(choice.consequence.cells)
            )
        )
        later = self.lanes.take(touched, minute + _REACTION_MIN, is_sure=False)
        if later is None:
            self.lanes.give_back(cells, minute)
            return
        options = [self.rows.say(choice.option) for choice in decision.choices]
        row = self.rows.put(asked, minute, options=options)
        for choice, option in zip(decision.choices, row.options, strict=True):
            chosen = Condition(On.DECISION, row.key, option)
            self.rows.put(choice.consequence, later, conditions=(chosen,), after_min=2)

    # What fails.

    def failures(self) -> None:
        """Place what fails, in order; what finds no room stays in the rows of the staff."""
        events = sorted(self._chosen(), key=lambda event: event.minute)
        floor, reached, real = 0, 0, -1.0
        for place, event in enumerate(events):
            if event.minute > real:
                # Only what fails later is told later; what fails at once is told as it comes.
                floor, real = reached, event.minute
            earliest, wanted, until = self._window(events, place)
            alone = replace(event.draft, cells=event.draft.cells[:1])
            # At its best moment, else as soon as it has failed, else to its first cell alone.
            for draft, at in ((event.draft, wanted), (event.draft, earliest), (alone, earliest)):
                minute = self.lanes.take(self.rows.cells(draft.cells), max(at, floor), until)
                if minute is not None:
                    reached = max(reached, minute)
                    comment = self._truth(event)
                    self.rows.put(draft, minute, names=event.names, comment=comment)
                    break

    def _window(self, events: Sequence[_Event], place: int) -> tuple[int, int, int]:
        """When it fails, when it is best told, and when its part of time ends."""
        chapters = self.story.chapters
        event = events[place]
        chapter = chapter_of(chapters, event.minute)
        same = [one for one in events if chapter_of(chapters, one.minute) == chapter]
        spread = chapter.begins + chapter.room * same.index(event) / len(same)
        ends = int(chapter.begins + chapter.room)
        # A leap is announced before anything happens after it.
        fails = max(chapter.at(event.minute), chapter.begins + (chapter != chapters[0]))
        return ceil(fails), ceil(max(fails, spread)), max(ends, ceil(fails))

    def _chosen(self) -> list[_Event]:
        """The first event, the first of each part, and the weightiest as far as there is room."""
        room = round(0.8 * self.asked.duration_min / (2.2 * self.density.spacing))
        chosen: list[_Event] = []
        for events in (self._waves(), self._care()):
            ranked = sorted(events, key=lambda event: -event.weight)
            first: dict[Chapter, _Event] = {}
            for event in events:
                first.setdefault(chapter_of(self.story.chapters, event.minute), event)
            kept = [*first.values(), *(e for e in ranked if e not in first.values())]
            chosen += kept[: max(room, len(first))]
        return chosen

    def _waves(self) -> list[_Event]:
        events = [self._wave(wave) for wave in self.story.waves if wave.kind in FAILING]
        seen = self.asked.what.alerted_min
        # Once everything is down, an alert tells nobody anything.
        if seen is not None and seen <= self.story.waves[0].minute:
            events.insert(0, _Event(seen, float("inf"), SEEN, {}, ""))
        return events

    def _wave(self, wave: Wave) -> _Event:
        language = self.asked.language
        state = STOPPED if wave.effect is Effect.STOP else DEGRADED
        names = {
            "names": listed([one.name for one in wave.failures], language),
            "state": state.said(language),
        }
        draft = self._turn(FAILING[wave.kind])
        return _Event(wave.minute, wave.weight, draft, names, wave.failures[0].because_of)

    def _care(self) -> list[_Event]:
        return [self._call(one) for one in self.story.care]

    def _call(self, one: CareConsequence) -> _Event:
        language, stops = self.asked.language, one.effect is Effect.STOP
        effect = care_words.STOPS if stops else care_words.DEGRADES
        short = care_words.SHORT_STOP if stops else care_words.SHORT_DEGRADE
        planned = ""
        if one.minimal_service.strip():
            service = one.minimal_service.strip().rstrip(".")
            planned += self.rows.say(care_words.MINIMAL, minimal=plain(service, _SERVICE_MOST))
        if one.holds_min:
            planned += self.rows.say(care_words.HOLDS, hours=span(one.holds_min, language))
        count = one.patients_per_day
        extra = self.rows.say(care_words.PATIENTS, count=str(count)) if count else ""
        names = {
            "activity": quoted(one.activity, language),
            "ward": plain(one.activity),
            "effect": effect.said(language),
            "short": short.said(language),
            "minimal": planned,
        }
        draft = self._turn(CARE_CALLS[topic_of(one.activity)])
        return _Event(one.minute, care_weight(one), draft, names, one.because_of, extra)

    def _turn(self, drafts: Sequence[Draft]) -> Draft:
        """Each of several texts in turn; which comes first depends on the seed."""
        key = drafts[0].key
        self.turns[key] += 1
        return drafts[(self.asked.seed + self.turns[key]) % len(drafts)]

    def _truth(self, event: _Event) -> str:
        language = self.asked.language
        why = self.rows.say(BECAUSE, why=quoted(event.why, language)) if event.why else ""
        at = hour(event.minute, self.start, language)
        return self.rows.say(REAL_TIME, at=at, why=why) + event.extra

    # What keeps cells busy.

    def fill(self, random: Random) -> None:
        """Give something to each cell that would wait too long."""
        for cell in self.asked.cells:
            minutes = self._waits(cell)
            drafts = self._busy(cell, random)
            for minute in sorted(minutes):
                draft, number = next(drafts)
                names = {**self._topical(minute, number, random), "number": str(number)}
                self.rows.put(draft, minute, names=names)

    def _waits(self, cell: CellKind) -> list[int]:
        minutes: list[int] = []
        while True:
            wait, since = self.lanes.longest_wait(cell.value, self.asked.duration_min)
            if wait <= self.density.wait:
                return minutes
            minute = self.lanes.take_near((cell.value,), since + wait // 2)
            if minute is None:
                return minutes
            minutes.append(minute)

    def _busy(self, cell: CellKind, random: Random) -> Iterator[tuple[Draft, int]]:
        """Rows of a cell without end: each special one once, between those that come again."""
        special = [draft for draft in BETWEEN[cell] if self.is_played(draft)]
        random.shuffle(special)
        again = AGAIN[cell]
        number = 0
        while True:
            if special:
                yield special.pop(), number
            yield again[number % len(again)], number + 1
            number += 1

    def _topical(self, minute: int, number: int, random: Random) -> dict[str, str]:
        """An activity and a system that have failed by then, others each time."""
        language = self.asked.language
        touched = [one.activity for one in self.story.care if self.story.at(one.minute) <= minute]
        failed = systems_of(self.story)
        found: dict[str, str] = {}
        if touched:
            names = list(dict.fromkeys(touched))
            turn = (number + random.randrange(len(names))) % len(names)
            found |= {"activity": quoted(names[turn], language), "ward": plain(names[turn])}
        known = [name for name in failed if self._fails_by(name, minute)]
        if known:
            found["system"] = quoted(known[random.randrange(len(known))], language)
        return found

    def _fails_by(self, name: str, minute: int) -> bool:
        return any(
            self.story.at(wave.minute) <= minute
            for wave in self.story.waves
            for one in wave.failures[:3]
            if one.name == name
        )
