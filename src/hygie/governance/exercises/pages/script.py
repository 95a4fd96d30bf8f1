"""What does the page of the timeline say: rows, totals by cell, what is to mend?"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.engines.exercise.checks import Finding, Severity, findings_of
from hygie.engines.exercise.types import ScenarioRecord
from hygie.governance.exercises.bridge import (
    cell_record,
    inject_record,
    objective_record,
    scenario_head,
)
from hygie.governance.exercises.choices import Channel, ExerciseKind, ExerciseState, Nature
from hygie.governance.exercises.models import Cell, Exercise, Inject
from hygie.governance.exercises.pages.tabs import tabs_of
from hygie.governance.exercises.selectors.exercises import injects_of
from hygie.governance.exercises.services.script import script_is_open
from hygie.governance.exercises.times import moment_written
from hygie.governance.exercises.words import finding_sentence


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the table shows it."""

    inject: Inject
    moment: str
    clock: str
    recipients: tuple[str, ...]
    to_mend: tuple[str, ...]

    @property
    def is_for_staff(self) -> bool:
        """Whether players never see it."""
        return self.inject.nature == Nature.FACILITATION


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words, with the row that it is about."""

    sentence: str
    is_blocking: bool
    inject_pk: int | None


@dataclass(frozen=True, slots=True)
class Total:
    """What one cell receives."""

    cell: Cell
    rows: int
    points: int
    share: int  # percent of the busiest


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the table: texts, "" for nothing."""

    q: str = ""
    cell: str = ""
    channel: str = ""
    nature: str = ""
    objective: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether some rows may be hidden."""
        return any((self.q, self.cell, self.channel, self.nature, self.objective))

    def keeps(self, row: Inject) -> bool:
        """Whether the row is shown."""
        cells = [str(cell.pk) for cell in row.cells.all()]
        words = " ".join((row.title, row.sender, row.body, row.expected, row.comment)).casefold()
        everyone = not cells and row.nature != Nature.FACILITATION
        return (
            self.q.casefold().strip() in words
            and (not self.cell or self.cell in cells or everyone)
            and self.channel in ("", row.channel)
            and self.nature in ("", row.nature)
            and self.objective in ("", str(row.objective_id or 0))
        )


def asked_of(query: Mapping[str, str]) -> Asked:
    """What the address asks, unknown values dropped."""
    channel, nature = query.get("channel", ""), query.get("nature", "")
    return Asked(
        q=query.get("q", "")[:100].replace("\x00", ""),
        cell=query.get("cell", ""),
        channel=channel if channel in Channel.values else "",
        nature=nature if nature in Nature.values else "",
        objective=query.get("objective", ""),
    )


def script_context(exercise: Exercise, asked: Asked) -> dict[str, Any]:
    """All that the page of the timeline shows; five queries.

    Args:
        exercise: its script is read by the caller inside the perimeter.
        asked: what narrows the table.
    """
    injects = list(injects_of(exercise))
    cells, objectives = list(exercise.cells.all()), list(exercise.objectives.all())
    scenario = scenario_head(
        exercise,
        [cell_record(one) for one in cells],
        [objective_record(one) for one in objectives],
        [inject_record(one) for one in injects],
    )
    findings = findings_of(scenario)
    told = _told(findings, scenario, injects)
    by_row: dict[int, list[str]] = {}
    for one in told:
        if one.inject_pk is not None:
            by_row.setdefault(one.inject_pk, []).append(one.sentence)
    blocking = sum(one.is_blocking for one in told)
    return {
        "exercise": exercise,
        "place": exercise.organisation,
        "tabs": tabs_of(exercise, "exercises:exercise_prepare"),
        "rows": [_row(one, exercise, by_row) for one in injects if asked.keeps(one)],
        "count": len(injects),
        "asked": asked,
        "cells": cells,
        "objectives": objectives,
        "channels": Channel.choices,
        "natures": Nature.choices,
        "totals": _totals(cells, injects),
        "told": told,
        "blocking": blocking,
        "answer": answer_of(exercise, len(injects), blocking, len(told) - blocking),
        "is_open": script_is_open(exercise),
        "duration": moment_written(exercise.duration_s),
    }


def answer_of(exercise: Exercise, rows: int, blocking: int, warnings: int) -> str:
    """In one sentence: may it be played, and if not, why not?"""
    if exercise.kind == ExerciseKind.RUN and exercise.state not in (
        ExerciseState.DRAFT, ExerciseState.READY,
    ):  # fmt: skip
        return _("Cet exercice est %(state)s.") % {"state": exercise.get_state_display()}
    if not rows:
        return _("Le chronogramme est vide : ajoutez une ligne, ou importez le vôtre.")
    if blocking:
        return ngettext(
            "%(count)d point empêche encore de jouer.",
            "%(count)d points empêchent encore de jouer.",
            blocking,
        ) % {"count": blocking}
    said = ngettext("Jouable : %(count)d ligne.", "Jouable : %(count)d lignes.", rows)
    if warnings:
        said += " " + ngettext(
            "%(warnings)d remarque à lire.", "%(warnings)d remarques à lire.", warnings
        )
    return said % {"count": rows, "warnings": warnings}


def simulated_clock(exercise: Exercise, second: int) -> str:
    """The hour that players imagine at a second of the scenario; "" when it is the real one."""
    if exercise.simulated_start_at is None:
        return ""
    at = timezone.localtime(exercise.simulated_start_at + dt.timedelta(seconds=second))
    return f"{at:%H:%M}"


def _row(inject: Inject, exercise: Exercise, by_row: Mapping[int, Sequence[str]]) -> Row:
    return Row(
        inject=inject,
        moment=moment_written(inject.offset_s),
        clock=simulated_clock(exercise, inject.offset_s),
        recipients=tuple(cell.name for cell in inject.cells.all()),
        to_mend=tuple(by_row.get(inject.pk, ())),
    )


def _told(
    findings: Sequence[Finding], scenario: ScenarioRecord, injects: Sequence[Inject]
) -> list[Told]:
    pks = {one.key: one.pk for one in injects}
    return [
        Told(
            finding_sentence(finding, scenario),
            finding.severity is Severity.BLOCKING,
            pks.get(finding.inject),
        )
        for finding in findings
    ]


def _totals(cells: Sequence[Cell], injects: Sequence[Inject]) -> list[Total]:
    rows: dict[int, int] = dict.fromkeys((cell.pk for cell in cells), 0)
    points = dict(rows)
    for inject in injects:
        if inject.nature == Nature.FACILITATION:
            continue
        for pk in [cell.pk for cell in inject.cells.all()] or list(rows):
            rows[pk] += 1
            points[pk] += inject.score
    busiest = max(rows.values(), default=0) or 1
    return [
        Total(cell, rows[cell.pk], points[cell.pk], 100 * rows[cell.pk] // busiest)
        for cell in cells
    ]
