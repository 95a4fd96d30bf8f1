"""How is a scenario written as a workbook that people edit and that reads back equal?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from hygie.connectors.exercise_formats.columns import OWN_COLUMNS, title_of
from hygie.connectors.exercise_formats.conditions import written_conditions
from hygie.connectors.exercise_formats.durations import written_duration, written_offset
from hygie.connectors.exercise_formats.listed import written_lines, written_names
from hygie.connectors.exercise_formats.script_sheets import (
    CELL_COLUMNS,
    FORMAT,
    MARK,
    OBJECTIVE_COLUMNS,
    SETTING_COLUMNS,
    SETTINGS,
    SHEET_NAMES,
    VARIABLE_COLUMNS,
    VERSION,
)
from hygie.connectors.exercise_formats.words import (
    CELL_KIND_WORDS,
    CHANNEL_WORDS,
    LEVEL_WORDS,
    MATCH_WORDS,
    NATURE_WORDS,
    PLAY_WORDS,
    word_of,
)
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import refusal
from hygie.connectors.tables.types import Column
from hygie.connectors.tables.writer import Written, write_xlsx
from hygie.engines.exercise.types import InjectRecord, ScenarioRecord
from hygie.engines.exercise.variables import inject_filled
from hygie.engines.exercise.vocabulary import Match

_LONGEST_CELL = 32_767
# What players may read of a row; its title, what is expected and why are the staff's.
_FOR_PLAYERS = (
    "key", "time", "channel", "sender", "cells", "body", "options", "deadline", "deliverable",
    "attachments",
)  # fmt: skip

Rows = Iterator[Sequence[Written]]


def write_chronogram(
    target: Path | BinaryIO, scenario: ScenarioRecord, *, for_players: bool = False, cell: str = ""
) -> int:
    """Write a scenario: one sheet of injects, then cells, objectives, settings, variables.

    Args:
        target: file to write, or an open binary stream.
        scenario: to write, titles and words being in its language.
        for_players: leave out the rows of the staff, and what only the staff may read: titles,
            expected reactions, objectives, points, notes, branches, variables (texts are filled).
        cell: with `for_players`, key of the only cell whose rows are written; "" = all.

    Returns:
        Number of injects written.

    Raises:
        FileRefused: a text does not fit in a cell of a spreadsheet.

    Cost: O(cells). `read_chronogram` gives the same scenario back, unless it is for players.
    """
    if for_players:
        scenario = players_view(scenario, cell)
    language = "en" if scenario.language == "en" else "fr"
    names = _FOR_PLAYERS if for_players else OWN_COLUMNS
    sheets = {
        _name("injects", language): (
            [title_of(name, language) for name in names],
            _injects(scenario.injects, names, language),
        ),
        _name("cells", language): (_titles(CELL_COLUMNS, language), _cells(scenario, language)),
        _name("settings", language): (
            _titles(SETTING_COLUMNS, language), _settings(scenario, language, for_players),
        ),
    }  # fmt: skip
    if not for_players:
        sheets[_name("objectives", language)] = (
            _titles(OBJECTIVE_COLUMNS, language), _objectives(scenario),
        )  # fmt: skip
        sheets[_name("variables", language)] = (
            _titles(VARIABLE_COLUMNS, language), _variables(scenario),
        )  # fmt: skip
    write_xlsx(target, sheets)
    return len(scenario.injects)


def players_view(scenario: ScenarioRecord, cell: str = "") -> ScenarioRecord:
    """The scenario as its players may read it once it has been played.

    Args:
        scenario: whole.
        cell: key of the only cell whose rows are kept; "" = all.

    Returns:
        No row of the staff; the others without what only the staff may read, texts filled.
    """
    injects = [
        replace(
            inject_filled(inject, scenario.variables),
            title="", expected="", objective="", score=0, comment="", conditions=(),
            match=Match.ALL, after_s=0,
        )
        for inject in scenario.injects
        if not inject.is_for_staff and (not cell or not inject.cells or cell in inject.cells)
    ]  # fmt: skip
    cells = [one for one in scenario.cells if not cell or one.key == cell]
    return replace(scenario, summary="", injects=injects, cells=cells, objectives=(), variables={})


def _name(what: str, language: str) -> str:
    return f"{MARK[language]} {SHEET_NAMES[what][language == 'en']}"


def _titles(columns: Sequence[Column], language: str) -> list[str]:
    return [column.titles[language == "en"] for column in columns]


def _injects(injects: Sequence[InjectRecord], names: Sequence[str], language: str) -> Rows:
    for row, inject in enumerate(injects, start=2):
        values = _values(inject, language)
        for name in names:
            value = values[name]
            if isinstance(value, str) and len(value) > _LONGEST_CELL:
                raise refusal(
                    MessageCode.CELL_TOO_LONG,
                    row=row,
                    field=title_of(name, language),
                    length=len(value),
                    limit=_LONGEST_CELL,
                )
        yield [values[name] for name in names]


def _values(inject: InjectRecord, language: str) -> dict[str, Written]:
    deadline = inject.deadline_s
    has_branch = bool(inject.conditions)
    return {
        "key": inject.key,
        "time": written_offset(inject.offset_s),
        "nature": word_of(inject.nature, NATURE_WORDS, language),
        "channel": word_of(inject.channel, CHANNEL_WORDS, language),
        "sender": inject.sender,
        "cells": written_names(inject.cells),
        "title": inject.title,
        "body": inject.body,
        "expected": inject.expected,
        "objective": inject.objective,
        "options": written_lines(inject.options),
        "score": inject.score or None,
        "deadline": None if deadline is None else written_duration(deadline),
        "deliverable": inject.deliverable,
        "attachments": written_lines(inject.attachments),
        "comment": inject.comment,
        "conditions": written_conditions(inject.conditions, language),
        "match": word_of(inject.match, MATCH_WORDS, language)
        if has_branch or inject.match is not Match.ALL
        else None,
        "after": written_duration(inject.after_s) if inject.after_s else None,
    }


def _cells(scenario: ScenarioRecord, language: str) -> Rows:
    for cell in scenario.cells:
        yield [cell.key, word_of(cell.kind, CELL_KIND_WORDS, language), cell.name]


def _objectives(scenario: ScenarioRecord) -> Rows:
    for objective in scenario.objectives:
        yield [
            objective.key, objective.title, objective.requirement, objective.competence,
            objective.plan,
        ]  # fmt: skip


def _variables(scenario: ScenarioRecord) -> Rows:
    for name, value in scenario.variables.items():
        yield [name, value]


def _settings(scenario: ScenarioRecord, language: str, for_players: bool) -> Rows:
    values: dict[str, Written] = {
        "format": f"{FORMAT}-players" if for_players else FORMAT,
        "version": str(VERSION),
        "title": scenario.title,
        "summary": scenario.summary,
        "language": scenario.language,
        "level": word_of(scenario.level, LEVEL_WORDS, language),
        "play": word_of(scenario.play, PLAY_WORDS, language),
        "duration": written_duration(scenario.duration_s),
        "simulated_start": scenario.simulated_start,
    }
    for code, value in values.items():
        yield [code, SETTINGS[code][language == "en"], value]
