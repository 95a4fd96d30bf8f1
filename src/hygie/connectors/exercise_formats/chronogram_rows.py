"""Which inject is this row of a timeline?"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from hygie.connectors.exercise_formats.conditions import conditions_of
from hygie.connectors.exercise_formats.durations import FARTHEST, MINUTE, seconds_of, unit_of_title
from hygie.connectors.exercise_formats.folded import Folded, folded
from hygie.connectors.exercise_formats.groups import Groups, Recipients
from hygie.connectors.exercise_formats.listed import lines_of, names_of
from hygie.connectors.exercise_formats.loose_times import moment_meant, moment_shown
from hygie.connectors.exercise_formats.script_sheets import exact_text
from hygie.connectors.exercise_formats.times import (
    Habits,
    Moment,
    day_moment,
    joined,
    moment_of,
    offset_at,
)
from hygie.connectors.exercise_formats.types import LONGEST, MOST_POINTS
from hygie.connectors.exercise_formats.words import (
    CHANNEL_WORDS,
    MATCH_WORDS,
    NATURE_WORDS,
    channel_in,
    channel_of,
    is_mark_of_play,
    nature_of,
    value_of,
)
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.connectors.tables.cells import RowCheck, text_of
from hygie.connectors.tables.types import Column, Row
from hygie.engines.exercise.types import Condition, InjectRecord
from hygie.engines.exercise.vocabulary import Channel, Match, Nature

Words = Mapping[str, Mapping[str, str]]

_LONGEST_LIST = 10_000


@dataclass(slots=True)
class RowReader:
    """Reads rows one after the other: a clock time may lean on that of the row before.

    Attributes:
        columns: our column → the title under which it stands in this file.
        is_own: the file was written by us: texts are taken to the letter, nothing is guessed.
        start: local instant of the start, None when nobody told it.
        words: our column → {word of the sheet: our code}.
        habits: how the timeline writes its times.
        guessed: rows whose channel was guessed, by channel.
    """

    columns: Mapping[str, Column]
    groups: Groups
    report: Report
    is_own: bool
    start: dt.datetime | None
    words: Words
    most_named: int
    habits: Habits = field(default_factory=Habits)
    guessed: Counter[Channel] = field(default_factory=Counter)
    is_start_needed: bool = False
    _before: dt.datetime | None = None

    def inject(self, row: Row) -> InjectRecord | None:
        """The inject of a row, its key empty when the file gives none.

        Args:
            row: not blank.

        Returns:
            The inject; None when something of the row is refused, which is said.
        """
        check = RowCheck(row, self.columns, self.report)
        conditions, odd = self._conditions(check)
        offset = self._offset(check, is_optional=bool(conditions))
        nature, channel, unknown = self._kind(check)
        said = self._texts(check)
        texts = said.texts
        if not self.is_own and not any(texts[name] for name in ("title", "body")):
            self.report.error(MessageCode.EXERCISE_EMPTY_ROW, row=row.number)
            return None
        recipients = self._recipients(check)
        score = check.integer("score", low=0, high=MOST_POINTS, needed=False)
        deadline, after = self._duration(check, "deadline"), self._duration(check, "after")
        options = self._list(check, "options", LONGEST["option"])
        attachments = (*self._list(check, "attachments", LONGEST["attachment"]), *said.pictures)
        if check.is_refused or offset is None:
            return None
        if recipients.is_for_staff and nature is not Nature.MILESTONE:
            nature = Nature.FACILITATION
        if not self.is_own and nature is Nature.INJECT and is_mark_of_play(texts["title"]):
            nature = Nature.MILESTONE
        comment = "\n".join(one for one in (texts["comment"], odd) if one)
        return InjectRecord(
            key=self._text(check, "key"),
            title=texts["title"],
            offset_s=offset,
            nature=nature,
            channel=self._channel(channel, texts, is_told=unknown),
            sender=texts["sender"],
            cells=recipients.cells,
            body=texts["body"],
            expected=texts["expected"],
            objective=self._objective(check, said.objective),
            options=options,
            score=score or 0,
            deadline_s=deadline if said.countdown_min is None else said.countdown_min * MINUTE,
            comment=comment,
            deliverable=texts["deliverable"],
            attachments=attachments,
            conditions=conditions,
            match=value_of(text_of(row.values["match"]), MATCH_WORDS) or Match.ALL,
            after_s=after or 0,
        )

    def heading(self, row: Row) -> str:
        """The text of a row that has nothing else; "" when it is an ordinary row."""
        if self.is_own:
            return ""
        filled = [name for name, cell in row.values.items() if text_of(cell)]
        if len(filled) != 1 or filled[0] in {"status", "score", "deadline"}:
            return ""
        name = filled[0]
        cell = row.values[name]
        unit = unit_of_title(self.columns[name].title)
        # Titles of sections often stand in the first column, whatever it is for.
        is_time = moment_of(cell, unit=unit, habits=self.habits) or (
            name == "day" and day_moment(cell, habits=self.habits)
        )
        return "" if name in {"time", "day"} and is_time else text_of(cell)

    def _text(self, check: RowCheck, name: str, longest: int = 0) -> str:
        """The text of a column, without its blanks unless we wrote it."""
        cell = check.row.values.get(name, "")
        text = exact_text(cell) if self.is_own else text_of(cell)
        limit = longest or LONGEST.get(name, 0)
        if limit and len(text) > limit:
            check.refuse(name, MessageCode.CELL_TOO_LONG, length=len(text), limit=limit)
        return text

    def _texts(self, check: RowCheck) -> Folded:
        """Texts of a row; the columns of others are folded into ours."""
        names = ("title", "body", "expected", "comment", "sender", "deliverable")
        texts = {name: self._text(check, name) for name in names}
        if self.is_own:
            return Folded({**texts, "action": ""}, (), self._text(check, "objective"), None)
        return folded(check.row, texts, self.columns)

    def _offset(self, check: RowCheck, *, is_optional: bool) -> int | None:
        row = check.row
        shown = text_of(row.values["time"])
        moment = self._moment(check, is_optional=is_optional)
        if moment is None:
            return 0 if is_optional and not shown else None
        if not moment.needs_start:
            return moment.offset_s
        if self.start is None:
            self.is_start_needed = True
            check.refuse("time", MessageCode.EXERCISE_NO_START, value=shown)
            return None
        offset = offset_at(moment, self.start, self._before)
        if abs(offset) > FARTHEST:
            check.refuse("time", MessageCode.EXERCISE_TIME, value=shown)
            return None
        at = self.start + dt.timedelta(seconds=offset)
        reference = self._before or self.start
        is_bare = moment.day is None and not moment.offset_s and not moment.has_day
        if is_bare and at.date() > reference.date():
            self.report.info(
                MessageCode.EXERCISE_NEXT_DAY,
                row=row.number, field=self.columns["time"].title, value=shown,
            )  # fmt: skip
        self._before = at
        return offset

    def _moment(self, check: RowCheck, *, is_optional: bool) -> Moment | None:
        """When a row comes, its day included; a row may give its day alone."""
        cell = check.row.values["time"]
        day = self._day(check)
        if not text_of(cell):
            if day is not None and not is_optional:
                self._taken(check, "day", day)
                return day
            if not is_optional:
                check.refuse("time", MessageCode.CELL_EMPTY)
            return None
        unit = unit_of_title(self.columns["time"].title)
        if self.is_own:
            moment, is_loose = moment_of(cell, unit=unit), False
        else:
            moment, is_loose = moment_meant(cell, unit=unit, habits=self.habits)
        if moment is None:
            check.refuse("time", MessageCode.EXERCISE_TIME, value=text_of(cell))
            return None
        if is_loose:
            self._taken(check, "time", moment)
        return moment if day is None or moment.day is not None else joined(day, moment)

    def _taken(self, check: RowCheck, name: str, moment: Moment) -> None:
        self.report.info(
            MessageCode.EXERCISE_TIME_TAKEN,
            row=check.row.number,
            field=self.columns[name].title,
            value=text_of(check.row.values[name]),
            taken=moment_shown(moment),
        )

    def _day(self, check: RowCheck) -> Moment | None:
        cell = check.row.values["day"]
        if not text_of(cell):
            return None
        day = day_moment(cell, habits=self.habits)
        if day is None:
            check.warn("day", MessageCode.EXERCISE_VALUE_IGNORED, value=text_of(cell))
        return day

    def _kind(self, check: RowCheck) -> tuple[Nature, Channel | None, bool]:
        """Nature and channel; people write either in either column."""
        nature: Nature | None = None
        channel: Channel | None = None
        is_unknown = False
        for name in ("nature", "channel"):
            said = text_of(check.row.values[name])
            word = self.words.get(name, {}).get(said, said)
            if not word:
                continue
            natures, channels = nature_of(word), channel_of(word)
            if natures is None and channels is None:
                is_unknown = True
                self._unknown(check, name, said)
                continue
            if name == "nature" and natures is not None:
                nature = natures
            elif channels is not None:
                channel = channels
            else:
                nature = nature or natures
        return nature or Nature.INJECT, channel, is_unknown

    def _unknown(self, check: RowCheck, name: str, said: str) -> None:
        if self.is_own:
            words: tuple[tuple[str, ...], ...] = tuple(
                NATURE_WORDS.values() if name == "nature" else CHANNEL_WORDS.values()
            )
            choices = ", ".join(one[0] for one in words)
            check.refuse(name, MessageCode.CELL_NOT_CHOICE, value=said, choices=choices)
            return
        taken = Nature.INJECT if name == "nature" else Channel.MAIL
        check.warn(name, MessageCode.EXERCISE_TYPE_UNKNOWN, value=said, taken=taken.value)

    def _channel(
        self, channel: Channel | None, texts: Mapping[str, str], *, is_told: bool
    ) -> Channel:
        if channel is None and not is_told and not self.is_own:
            channel = channel_in(texts["action"])
            if channel is not None:
                self.guessed[channel] += 1
        return channel or Channel.MAIL

    def _recipients(self, check: RowCheck) -> Recipients:
        text = self._text(check, "cells", _LONGEST_LIST)
        if check.is_refused or not text.strip():
            return Recipients()
        names = [text] if not self.is_own and self.groups.is_whole(text) else names_of(text)
        if len(names) > self.most_named:
            check.refuse(
                "cells", MessageCode.CELL_TOO_LONG, length=len(names), limit=self.most_named
            )
            return Recipients()
        if self.is_own:
            return Recipients(tuple(names))
        found = self.groups.recipients(names)
        if found.staff:
            self.report.info(
                MessageCode.EXERCISE_STAFF_ROW,
                row=check.row.number,
                field=self.columns["cells"].title,
                names=", ".join(found.staff),
            )
        return found

    def _objective(self, check: RowCheck, name: str) -> str:
        if self.is_own or not name:
            self._text(check, "objective")
            return name
        return self.groups.objective(name)

    def _duration(self, check: RowCheck, name: str) -> int | None:
        cell = check.row.values[name]
        if not text_of(cell):
            return None
        seconds = seconds_of(cell, unit=unit_of_title(self.columns[name].title) or MINUTE)
        if seconds is None:
            check.refuse(name, MessageCode.EXERCISE_DURATION, value=text_of(cell))
        return seconds

    def _list(self, check: RowCheck, name: str, longest: int) -> tuple[str, ...]:
        found = lines_of(self._text(check, name, _LONGEST_LIST), bars=not self.is_own)
        for one in found:
            if len(one) > longest:
                check.refuse(name, MessageCode.CELL_TOO_LONG, length=len(one), limit=longest)
        return tuple(found)

    def _conditions(self, check: RowCheck) -> tuple[tuple[Condition, ...], str]:
        """Conditions, and the text that could not be read as such."""
        text = self._text(check, "conditions", _LONGEST_LIST)
        found = conditions_of(text)
        if found is not None:
            return found, ""
        check.warn("conditions", MessageCode.EXERCISE_CONDITION, value=text)
        return (), f"{self.columns['conditions'].title} : {text}"
