"""Which exercise does this timeline hold: Excel, OpenDocument or CSV, whatever its titles?"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from hygie.connectors.exercise_formats.chronogram_rows import RowReader, Words
from hygie.connectors.exercise_formats.chronogram_sheet import (
    Looked,
    fits,
    sheets_of_timeline,
    table_of_timeline,
    titled_columns,
)
from hygie.connectors.exercise_formats.columns import CONTENT, applied
from hygie.connectors.exercise_formats.groups import Groups, free_key, mentioned_in
from hygie.connectors.exercise_formats.habits import Seen, habits_of
from hygie.connectors.exercise_formats.script_sheets import Script, script_of
from hygie.connectors.exercise_formats.times import Habits
from hygie.connectors.exercise_formats.types import (
    EXERCISE_LIMITS,
    LONGEST,
    ExerciseFormat,
    ExerciseLimits,
    ScenarioFile,
)
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal
from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.reader import Book, open_book
from hygie.connectors.tables.types import Column, Row, Sheet, Table
from hygie.engines.exercise.types import InjectRecord, ScenarioRecord
from hygie.engines.exercise.vocabulary import Nature

_NO_TITLES: Mapping[str, str] = {}
_NO_WORDS: Words = {}
_ENGLISH = frozenset({"the", "and", "of", "to", "is", "for", "with", "in", "are", "on"})
_FRENCH = frozenset({"le", "la", "les", "de", "des", "et", "un", "une", "du", "est", "pour", "au"})
_ENGLISH_TITLES = frozenset({"time", "event", "expected", "recipient", "delivery", "subject"})
_FRENCH_TITLES = frozenset({"heure", "horaire", "destinataire", "destinataires", "attendue"})


def _never() -> bool:
    return False


def read_chronogram(
    path: Path,
    *,
    start: dt.datetime | None = None,
    columns: Mapping[str, str] = _NO_TITLES,
    words: Words = _NO_WORDS,
    sheet: str = "",
    file_name: str = "",
    limits: ExerciseLimits = EXERCISE_LIMITS,
    cancelled: Callable[[], bool] = _never,
) -> ScenarioFile:
    """Read a timeline of injects.

    Args:
        path: CSV, TSV, XLSX or ODS.
        start: local instant of the start, for rows that give clock times; a zone is dropped. A
            file of ours tells its own, which yields to this one.
        columns: our column → title of the sheet, "" = this column of ours is not in the sheet; the
            others are recognised.
        words: "nature" or "channel" → {word of the sheet: our code}.
        sheet: name of the sheet of the timeline; "" = that whose titles fit best.
        file_name: name shown to the user.
        limits: bounds on the file.
        cancelled: asked every thousand rows.

    Returns:
        The scenario and what was said. A row in error is not in it: its row and title are told.
        Rows that name nobody known make cells; rows with one filled cell are kept as notes of the
        staff. A file that we wrote is read to the letter.

    Raises:
        FileRefused: unreadable, dangerous, too long, or without a column of times or of contents.
        ReadingCancelled: asked to.

    Cost: O(cells).
    """
    expected = applied(columns)
    book = open_book(path, expected=expected, limits=limits.files, file_name=file_name)
    script = script_of(book)
    candidates = sheets_of_timeline(book, script, sheet)
    table, expected = table_of_timeline(book, candidates, expected, cancelled)
    if not any(table.has(name) for name in CONTENT):
        missing = ", ".join(one.title for one in expected if one.name in CONTENT)
        raise refusal(
            MessageCode.HEADER_NOT_FOUND,
            file=book.file, row=table.header_row, missing=missing, rows=table.header_row,
        )  # fmt: skip
    groups = Groups()
    groups.declare(script.cells, script.objectives)
    told = start.replace(tzinfo=None) if start else _told_start(script)
    titled = titled_columns(table, expected)
    looked = Looked(book, table)
    seen = Seen(Habits())
    if not script.is_own:
        seen = habits_of(
            looked.cells("time"), looked.cells("day"), title=titled["time"].title, start=told
        )
        groups.mentioned = mentioned_in(text_of(cell) for cell in looked.cells("cells"))
    reader = RowReader(
        titled, groups, book.report, script.is_own, told, words, limits.most_named, seen.habits
    )
    reading = _Reading(reader, limits)
    for row in table.rows():
        reading.take(row)
    reading.finish()
    _tell_habits(book.report, seen, titled["time"].title)
    _tell(looked, reading, groups, candidates, expected)
    return ScenarioFile(
        ExerciseFormat.CHRONOGRAM,
        _scenario(book, script, reading, groups, start, _language_of_titles(table)),
        book.report,
        rows=reading.rows,
        statuses=reading.statuses,
        is_start_needed=reader.is_start_needed,
    )


@dataclass(slots=True)
class _Reading:
    """Injects read so far; a heading waits for the time of the row that follows it."""

    reader: RowReader
    limits: ExerciseLimits
    drafts: list[tuple[int, InjectRecord, str]] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    injects: list[InjectRecord] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """Read one row."""
        report = self.reader.report
        if len(self.drafts) >= self.limits.most_rows:
            raise refusal(
                MessageCode.EXERCISE_TOO_LARGE, file=report.file, limit=self.limits.most_rows
            )
        heading = self.reader.heading(row)
        if heading:
            self.headings.append((row.number, heading))
            report.info(MessageCode.EXERCISE_HEADING, row=row.number, title=heading)
            return
        inject = self.reader.inject(row)
        if inject is not None:
            self._place_headings(inject.offset_s)
            self.drafts.append((row.number, inject, text_of(row.values["status"])))

    def finish(self) -> None:
        """Give each row its key: those that are written first, then the missing ones."""
        self._place_headings(self.drafts[-1][1].offset_s if self.drafts else 0)
        keys: dict[int, str] = {}
        taken: set[str] = set()
        for at, (row, inject, _status) in enumerate(self.drafts):
            if inject.key:
                keys[at] = self._key(inject.key, taken, row)
        for at, (row, _inject, _status) in enumerate(self.drafts):
            if at not in keys:
                keys[at] = free_key(f"L{row}", taken, LONGEST["key"], "row")
                taken.add(keys[at])
        for at, (row, inject, status) in enumerate(self.drafts):
            if keys[at]:
                self.injects.append(replace(inject, key=keys[at]))
                self.rows[keys[at]] = row
                if status:
                    self.statuses[keys[at]] = status
        self._check_conditions()

    def _key(self, key: str, taken: set[str], row: int) -> str:
        """The key of a row, another one when it is taken; "" for a row of ours, refused."""
        report, title = self.reader.report, self.reader.columns["key"].title
        if key not in taken:
            taken.add(key)
            return key
        if self.reader.is_own:
            report.error(MessageCode.EXERCISE_KEY_TWICE, row=row, field=title, key=key)
            return ""
        given = free_key(key, {one.casefold() for one in taken}, LONGEST["key"], "row")
        taken.add(given)
        report.warning(MessageCode.EXERCISE_KEY_RENAMED, row=row, field=title, key=key, given=given)
        return given

    def _place_headings(self, offset_s: int) -> None:
        for row, text in self.headings:
            title = text.splitlines()[0][: LONGEST["title"]]
            body = "" if title == text else text
            note = InjectRecord("", title, offset_s, Nature.FACILITATION, body=body)
            self.drafts.append((row, note, ""))
        self.headings.clear()

    def _check_conditions(self) -> None:
        if self.reader.is_own:
            return
        for inject in self.injects:
            for condition in inject.conditions:
                if condition.inject not in self.rows:
                    self.reader.report.warning(
                        MessageCode.EXERCISE_CONDITION_UNKNOWN,
                        row=self.rows[inject.key],
                        field=self.reader.columns["conditions"].title,
                        key=condition.inject,
                    )


def _tell_habits(report: Report, seen: Seen, title: str) -> None:
    """Say what was understood of the times as a whole."""
    habits = seen.habits
    if seen.counts_days:
        report.info(MessageCode.EXERCISE_DAYS_COUNTED, first=habits.first_day)
    if habits.month_first:
        report.info(MessageCode.EXERCISE_MONTH_FIRST)
    if seen.guesses_elapsed:
        report.warning(MessageCode.EXERCISE_ELAPSED, field=title)
    if seen.long_hours:
        report.warning(MessageCode.EXERCISE_LONG_HOURS, field=title, value=seen.long_hours)


def _told_start(script: Script) -> dt.datetime | None:
    if not script.simulated_start:
        return None
    return dt.datetime.fromisoformat(script.simulated_start).replace(tzinfo=None)


def _tell(
    looked: Looked,
    reading: _Reading,
    groups: Groups,
    candidates: Iterable[Sheet],
    expected: tuple[Column, ...],
) -> None:
    """Say what was passed over, guessed and created."""
    book, table = looked.book, looked.table
    report, reader = book.report, reading.reader
    if reader.is_own:
        return
    others = [one.name for one in candidates if one.name != table.sheet]
    alike = [one.name for one in candidates if one.name in others and fits(one, expected, book)]
    if alike:
        report.warning(
            MessageCode.EXERCISE_OTHER_SHEETS, sheet=table.sheet, others=", ".join(alike)[:300]
        )
    if looked.blanks:
        report.info(MessageCode.EXERCISE_BLANK_ROWS, count=looked.blanks)
    simulated = sum(bool(text_of(cell)) for cell in looked.cells("simulated_time"))
    if simulated:
        what = reader.columns["simulated_time"].title
        report.info(MessageCode.EXERCISE_NOT_KEPT, what=what, count=simulated)
    for channel, count in reader.guessed.items():
        report.info(MessageCode.EXERCISE_CHANNEL_GUESSED, channel=channel.value, count=count)
    kinds = {cell.name: cell.kind.value for cell in groups.cells}
    for name, count in groups.created.items():
        report.info(MessageCode.EXERCISE_CELL_CREATED, name=name, kind=kinds[name], count=count)
    for title in groups.created_objectives:
        report.info(MessageCode.EXERCISE_OBJECTIVE_CREATED, title=title)
    statuses = Counter(status[:40] for status in reading.statuses.values())
    if statuses:
        said = ", ".join(f"{word} ({count})" for word, count in statuses.most_common(20))
        report.info(MessageCode.EXERCISE_STATUSES, statuses=said)


def _scenario(
    book: Book,
    script: Script,
    reading: _Reading,
    groups: Groups,
    start: dt.datetime | None,
    titles_language: str,
) -> ScenarioRecord:
    last = max((inject.offset_s for inject in reading.injects), default=0)
    simulated = script.simulated_start
    if start is not None and not simulated:
        simulated = start.replace(tzinfo=None).isoformat(timespec="minutes")
    return ScenarioRecord(
        title=script.title or ("" if script.is_own else Path(book.file).stem[:200]),
        summary=script.summary,
        language=script.language or language_of(reading.injects, otherwise=titles_language),
        level=script.level,
        play=script.play,
        duration_s=max(last, 0) if script.duration_s is None else script.duration_s,
        simulated_start=simulated,
        cells=tuple(groups.cells),
        objectives=tuple(groups.objectives),
        injects=tuple(reading.injects),
        variables=dict(script.variables),
    )


def _language_of_titles(table: Table) -> str:
    words = {word for title in table.titles for word in title.casefold().split()}
    return "en" if words & _ENGLISH_TITLES and not words & _FRENCH_TITLES else "fr"


def language_of(injects: Iterable[InjectRecord], *, otherwise: str = "fr") -> str:
    """ "en" or "fr", by the small words of the texts; `otherwise` when they do not tell."""
    words = Counter(
        word
        for inject in injects
        for text in (inject.title, inject.body[:2_000], inject.expected[:2_000])
        for word in text.casefold().split()
    )
    english = sum(words[word] for word in _ENGLISH)
    french = sum(words[word] for word in _FRENCH)
    if english == french:
        return otherwise
    return "en" if english > french else "fr"
