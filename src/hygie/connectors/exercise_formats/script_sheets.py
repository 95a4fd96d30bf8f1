"""What do the sheets beside the timeline say: cells, objectives, settings, variables?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from hygie.connectors.exercise_formats.durations import seconds_of
from hygie.connectors.exercise_formats.groups import free_key
from hygie.connectors.exercise_formats.types import LONGEST
from hygie.connectors.exercise_formats.words import (
    CELL_KIND_WORDS,
    LEVEL_WORDS,
    PLAY_WORDS,
    kind_of_cell,
    value_of,
)
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal
from hygie.connectors.tables.cells import text_of
from hygie.connectors.tables.reader import Book, table_in
from hygie.connectors.tables.titles import normalised
from hygie.connectors.tables.types import Cell, Column, Row, Sheet
from hygie.engines.exercise.types import CellRecord, ObjectiveRecord
from hygie.engines.exercise.vocabulary import Level, Play

FORMAT, VERSION = "hygie-exercise", 1
# Every sheet says that it is an exercise; a name is found with or without it.
MARK = {"fr": "EXERCICE", "en": "EXERCISE"}
SHEET_NAMES: dict[str, tuple[str, str]] = {
    "injects": ("Chronogramme", "Timeline"),
    "cells": ("Cellules", "Cells"),
    "objectives": ("Objectifs", "Objectives"),
    "settings": ("Réglages", "Settings"),
    "variables": ("Variables", "Variables"),
}

CELL_COLUMNS = (
    Column("key", ("Code", "Key", "Identifiant"), required=False),
    Column("kind", ("Nature", "Kind", "Type"), required=False),
    Column("name", ("Nom", "Name", "Cellule", "Cell", "Équipe", "Team")),
)
OBJECTIVE_COLUMNS = (
    Column("key", ("Code", "Key", "Identifiant"), required=False),
    Column("title", ("Objectif", "Objective", "Titre", "Title", "Intitulé")),
    Column("requirement", ("Exigence", "Requirement"), required=False),
    Column("competence", ("Compétence", "Competence", "Skill"), required=False),
    Column("plan", ("Plan", "Plan éprouvé", "Plan tested"), required=False),
)
SETTING_COLUMNS = (
    Column("code", ("Code", "Key")),
    Column("label", ("Réglage", "Setting"), required=False),
    Column("value", ("Valeur", "Value")),
)
VARIABLE_COLUMNS = (
    Column("name", ("Nom", "Name", "Variable", "Clé", "Key")),
    Column("value", ("Valeur", "Value")),
)
SETTINGS: dict[str, tuple[str, str]] = {
    "format": ("Format", "Format"),
    "version": ("Version du format", "Version of the format"),
    "title": ("Titre", "Title"),
    "summary": ("Résumé", "Summary"),
    "language": ("Langue", "Language"),
    "level": ("Niveau", "Level"),
    "play": ("Forme", "Form of play"),
    "duration": ("Durée", "Duration"),
    "simulated_start": ("Heure simulée du début", "Simulated start"),
}


@dataclass(slots=True)
class Script:
    """What the other sheets of a workbook declare.

    Attributes:
        is_own: the file was written by us: texts are taken to the letter, nothing is guessed.
    """

    is_own: bool = False
    title: str = ""
    summary: str = ""
    language: str = ""
    level: Level = Level.BEGINNER
    play: Play = Play.TABLE_TOP
    duration_s: int | None = None
    simulated_start: str = ""
    cells: list[CellRecord] = field(default_factory=list)
    objectives: list[ObjectiveRecord] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)


def script_of(book: Book) -> Script:
    """Read the sheets beside the timeline, found by their names.

    Args:
        book: an open workbook; its report gets the messages.

    Returns:
        What they declare; nothing for a text file.

    Raises:
        FileRefused: written by a later version of our format.
    """
    script = Script()
    _settings(book, script)
    for row in _rows(book, "cells", CELL_COLUMNS, script):
        _cell(row, script, book.report)
    for row in _rows(book, "objectives", OBJECTIVE_COLUMNS, script):
        _objective(row, script, book.report)
    for row in _rows(book, "variables", VARIABLE_COLUMNS, script):
        name = exact_text(row.values["name"])
        if name:
            script.variables[name] = exact_text(row.values["value"])
    return script


def exact_text(cell: Cell) -> str:
    """A text to the letter, blanks around it included; anything else as a person reads it."""
    return cell if isinstance(cell, str) else text_of(cell)


def sheet_called(book: Book, what: str) -> Sheet | None:
    """The visible sheet that bears this name of ours, in either language; None when none does."""
    wanted = {normalised(name) for name in SHEET_NAMES[what]}
    marked = {normalised(f"{mark} {name}") for name in wanted for mark in MARK.values()}
    for sheet in book.sheets:
        if not sheet.is_hidden and normalised(sheet.name) in wanted | marked:
            return sheet
    return None


def _rows(book: Book, what: str, columns: Sequence[Column], script: Script) -> list[Row]:
    sheet = sheet_called(book, what)
    if sheet is None:
        return []
    beginning = [row.cells for row in islice(sheet.rows(Report(book.file)), 50)]
    titles = {normalised(text_of(cell)) for cells in beginning for cell in cells}
    needed = (column for column in columns if column.required)
    if not all(titles & {normalised(one) for one in column.titles} for column in needed):
        return []
    script.read.add(sheet.name)
    own = Report(book.file)
    aside = Book(book.file, book.kind, book.sheets, book.limits, own)
    rows = list(table_in(aside, [sheet], expected=columns).rows())
    for message in own.messages:
        if message.code is not MessageCode.NO_ROWS:
            book.report.append(message)
    return rows


def _settings(book: Book, script: Script) -> None:
    found = {
        text_of(row.values["code"]): (row.number, row.values["value"])
        for row in _rows(book, "settings", SETTING_COLUMNS, script)
    }
    told = {code: exact_text(value) for code, (_row, value) in found.items()}
    script.is_own = told.get("format") == FORMAT
    version = told.get("version", str(VERSION))
    if script.is_own and (not version.isdigit() or int(version) > VERSION):
        raise refusal(
            MessageCode.EXERCISE_VERSION, file=book.file, found=version[:20], known=VERSION
        )
    script.title = told.get("title", "")
    script.summary = told.get("summary", "")
    language = told.get("language", "").strip().lower()
    script.language = language if language in MARK else ""
    if len(script.title) > LONGEST["scenario_title"]:
        _ignored(book.report, found["title"][0], "title", script.title)
        script.title = script.title[: LONGEST["scenario_title"]]
    _set_choices(script, told, found, book.report)


def _set_choices(
    script: Script, told: dict[str, str], found: dict[str, tuple[int, Cell]], report: Report
) -> None:
    level, play = (
        value_of(told.get("level", ""), LEVEL_WORDS),
        value_of(told.get("play", ""), PLAY_WORDS),
    )
    script.level, script.play = level or script.level, play or script.play
    duration = seconds_of(found["duration"][1]) if told.get("duration") else None
    script.duration_s = duration
    start = _instant(found["simulated_start"][1]) if told.get("simulated_start") else None
    script.simulated_start = start or ""
    read = {"level": level, "play": play, "duration": duration, "simulated_start": start}
    for code, value in read.items():
        if told.get(code) and value is None:
            _ignored(report, found[code][0], code, told[code])


def _instant(cell: Cell) -> str | None:
    """A local instant, as written when it is one."""
    if isinstance(cell, dt.datetime):
        return cell.isoformat(timespec="minutes" if not cell.second else "seconds")
    text = exact_text(cell)
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return text


def _cell(row: Row, script: Script, report: Report) -> None:
    name, key = exact_text(row.values["name"]), exact_text(row.values["key"])
    taken = {cell.key for cell in script.cells}
    if not _fits(row, report, ("name", name, "cell_name"), ("key", key, "cell_key")):
        return
    if key in taken:
        report.error(MessageCode.EXERCISE_KEY_TWICE, row=row.number, field="key", key=key)
        return
    said = text_of(row.values["kind"])
    kind = value_of(said, CELL_KIND_WORDS)
    if said and kind is None:
        _ignored(report, row.number, "kind", said)
    key = key or free_key(name, taken, LONGEST["cell_key"], "cell")
    script.cells.append(CellRecord(key, kind or kind_of_cell(name), name))


def _objective(row: Row, script: Script, report: Report) -> None:
    values = {name: exact_text(row.values[name]) for name in row.values}
    title, key = values["title"], values["key"]
    taken = {objective.key for objective in script.objectives}
    if not _fits(
        row, report, ("title", title, "objective_title"), ("key", key, "objective_key"),
        ("requirement", values["requirement"], "requirement"),
        ("competence", values["competence"], "competence"), ("plan", values["plan"], "plan"),
    ):  # fmt: skip
        return
    if key in taken:
        report.error(MessageCode.EXERCISE_KEY_TWICE, row=row.number, field="key", key=key)
        return
    key = key or free_key(title, taken, LONGEST["objective_key"], "objective")
    script.objectives.append(
        ObjectiveRecord(key, title, values["requirement"], values["competence"], values["plan"])
    )


def _fits(row: Row, report: Report, *texts: tuple[str, str, str]) -> bool:
    """Whether no text is longer than what an exercise keeps."""
    too_long = [
        (name, text, LONGEST[what]) for name, text, what in texts if len(text) > LONGEST[what]
    ]
    for name, text, limit in too_long:
        report.error(
            MessageCode.CELL_TOO_LONG, row=row.number, field=name, length=len(text), limit=limit
        )
    return not too_long


def _ignored(report: Report, row: int, name: str, value: str) -> None:
    report.warning(MessageCode.EXERCISE_VALUE_IGNORED, row=row, field=name, value=value)
