"""What does the staff read: how to begin, what really fails, where time leaps, how to end?"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from hygie.engines.estate.vocabulary import Effect
from hygie.engines.exercise.generated.hours import hour, span, start_of
from hygie.engines.exercise.generated.naming import listed, quoted
from hygie.engines.exercise.generated.pace import Chapter, chapter_of
from hygie.engines.exercise.generated.rows import Rows
from hygie.engines.exercise.generated.story import Story, Wave, care_weight
from hygie.engines.exercise.generated.texts import staff as texts
from hygie.engines.exercise.generated.texts.care_words import SHORT_DEGRADE, SHORT_STOP
from hygie.engines.exercise.generated.texts.failing import DEGRADED, STOPPED
from hygie.engines.exercise.generated.types import Asked, CareConsequence, Origin
from hygie.engines.exercise.generated.words import Words

_LINES = 12
"""Lines of what fails in one row, the weightiest: the rest is counted."""


_One = TypeVar("_One")


class Staffing:
    """Writes the rows of the staff and the milestones of time."""

    def __init__(self, asked: Asked, story: Story, rows: Rows) -> None:
        self.asked, self.story, self.rows = asked, story, rows
        self.start = start_of(asked.start)

    def write(self) -> None:
        """All of them."""
        self.rows.note(texts.BRIEFING, -30)
        self.rows.tell("pace", texts.PACE_TITLE, self._pace(), -20)
        self.rows.note(texts.SAFETY, -5)
        at = hour(0, self.start, self.asked.language)
        told = self.rows.say(texts.HOUR, at=at) if self.start else self.rows.say(texts.NOW)
        body = self.rows.say(texts.START, hour=told)
        self.rows.milestone("start", self.rows.say(texts.START_TITLE), body, 0)
        for place, chapter in enumerate(self.story.chapters):
            self._chapter(place, chapter)
        for note in texts.NOTES:
            if self.asked.level in note.levels:
                self.rows.note(note, round(note.share * self.asked.duration_min))
        self.rows.note(texts.HOT_DEBRIEF, self.asked.duration_min)

    def _pace(self) -> str:
        language, chapters = self.asked.language, self.story.chapters
        real = chapters[-1].last - chapters[0].first
        told = [self._part(place, one) for place, one in enumerate(chapters)]
        if len(chapters) == 1 and chapters[0].pace == 1:
            told = [self.rows.say(texts.PACE_REAL)]
        elif self.start:
            told.append(self.rows.say(texts.PACE_CLOCK))
        return self.rows.say(
            texts.PACE_WHOLE,
            real=self.rows.say(texts.PACE_WITHIN, real=span(real, language))
            if real
            else self.rows.say(texts.PACE_ONCE),
            played=span(self.asked.duration_min, language),
            chapters=" ".join(told),
        )

    def _part(self, place: int, chapter: Chapter) -> str:
        language = self.asked.language
        pace = self.rows.say(texts.PACE_SAME)
        if chapter.pace > 1.05:
            # Under ten times, a half matters.
            times = f"{chapter.pace:.1f}" if chapter.pace < 10 else f"{chapter.pace:.0f}"
            times = times.replace(".", ",") if language == "fr" else times
            pace = self.rows.say(texts.PACE_FASTER, times=times)
        return self.rows.say(
            texts.PACE_CHAPTER,
            number=str(place + 1),
            at=span(chapter.begins, language),
            when=self._when(chapter),
            pace=pace,
        )

    def _when(self, chapter: Chapter) -> str:
        first, last = (
            hour(minute, self.start, self.asked.language)
            for minute in (chapter.first, chapter.last)
        )
        words = texts.AT_HOUR if first == last else texts.BETWEEN_HOURS
        return self.rows.say(words, first=first, last=last)

    def _chapter(self, place: int, chapter: Chapter) -> None:
        language, minute = self.asked.language, int(chapter.begins)
        first = hour(chapter.first, self.start, language)
        if place:
            gap = span(chapter.first - self.story.chapters[place - 1].last, language)
            body = self.rows.say(texts.LEAP, gap=gap, at=first)
            self.rows.milestone("leap", self.rows.say(texts.LEAP_TITLE), body, minute)
        body = self.rows.say(
            texts.TRUTH,
            cause=self._cause(),
            when=self._when(chapter),
            failures=self._failures(chapter),
            care=self._care(chapter),
        )
        number = str(place + 1)
        self.rows.tell("truth", texts.TRUTH_TITLE, body + self._attack(chapter), minute,
                       number=number)  # fmt: skip

    def _cause(self) -> str:
        what = self.asked.what
        if what.cause:
            return quoted(what.cause, self.asked.language)
        return self.rows.say(texts.ATTACKED if what.origin is Origin.ATTACK else texts.NO_CAUSE)

    def _failures(self, chapter: Chapter) -> str:
        waves = [
            wave
            for wave in self.story.waves
            if chapter_of(self.story.chapters, wave.minute) == chapter
        ]
        lines = [self._wave_line(wave) for wave in _weightiest(waves, lambda wave: wave.weight)]
        return self._joined(lines, len(waves))

    def _wave_line(self, wave: Wave) -> str:
        names = listed([one.name for one in wave.failures], self.asked.language)
        state = STOPPED if wave.effect is Effect.STOP else DEGRADED
        return self._line(names, state, wave.minute, wave.failures[0].because_of)

    def _care(self, chapter: Chapter) -> str:
        care = [
            one for one in self.story.care if chapter_of(self.story.chapters, one.minute) == chapter
        ]
        lines = [self._care_line(one) for one in _weightiest(care, care_weight)]
        return self._joined(lines, len(care))

    def _care_line(self, one: CareConsequence) -> str:
        state = SHORT_STOP if one.effect is Effect.STOP else SHORT_DEGRADE
        name = quoted(one.activity, self.asked.language)
        return self._line(name, state, one.minute, one.because_of)

    def _line(self, names: str, state: Words, minute: float, why: str) -> str:
        language = self.asked.language
        said = {"names": names, "state": self.rows.say(state)}
        said["at"] = hour(minute, self.start, language)
        if why:
            return self.rows.say(texts.TRUTH_WHY, **said, why=quoted(why, language))
        return self.rows.say(texts.TRUTH_LINE, **said)

    def _joined(self, lines: Sequence[str], count: int) -> str:
        if not lines:
            return self.rows.say(texts.NOTHING)
        told = "".join(f"\n– {line}" for line in lines)
        if count > len(lines):
            told += "\n– " + self.rows.say(texts.LESS, count=str(count - len(lines)))
        return told

    def _attack(self, chapter: Chapter) -> str:
        what, told = self.asked.what, ""
        for minute, words in (
            (what.alerted_min, texts.SEEN),
            (what.contained_min, texts.CONTAINED),
        ):
            if minute is not None and chapter_of(self.story.chapters, minute) == chapter:
                told += " " + self.rows.say(words, at=hour(minute, self.start, self.asked.language))
        return told.strip()


def _weightiest(found: Sequence[_One], weight: Callable[[_One], float]) -> list[_One]:
    """As many as there are lines, in the order in which they came."""
    kept = sorted(range(len(found)), key=lambda place: -weight(found[place]))[:_LINES]
    return [found[place] for place in sorted(kept)]
