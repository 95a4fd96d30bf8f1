"""Which scenarios come with the platform, as rows ready to be played somewhere?"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hygie.engines.exercise.types import (
    CellRecord,
    Condition,
    InjectRecord,
    ObjectiveRecord,
    ScenarioRecord,
)
from hygie.engines.exercise.variables import names_used
from hygie.governance.exercises.catalogue_read import FOLDER, packaged
from hygie.governance.exercises.catalogue_shape import (
    CellRow,
    ConditionRow,
    ObjectiveRow,
    ScenarioFile,
    TimelineRow,
    VariablesFile,
)
from hygie.governance.exercises.catalogue_words import Kind
from hygie.programme.referential.schema_frameworks import requirement_urn

__all__ = [
    "LANGUAGES", "Kind", "Published", "kind_suited", "kind_titles", "scenario_codes",
    "scenario_file", "scenario_record", "scenario_record_of", "scenarios_published",
    "usual_words", "variable_labels",
]  # fmt: skip

LANGUAGES = ("fr", "en")
_VARIABLES = "catalogue_variables.yaml"
# A model has a day of the week, not a day: this Monday stands for it until a run has its own.
_ANY_MONDAY = dt.date(2027, 1, 4)


@dataclass(frozen=True, slots=True)
class Published:
    """A scenario of the platform for one kind of establishment, in one language.

    Attributes:
        code: names the scenario and the kind; the same in both languages.
        scenario: names the scenario alone.
        kind: for whom it is.
        record: what is played.
    """

    code: str
    scenario: str
    kind: Kind
    record: ScenarioRecord


def scenario_codes() -> tuple[str, ...]:
    """Codes of the scenarios that come with the platform, in alphabetical order."""
    return tuple(sorted(path.stem for path in (FOLDER / "scenarios").glob("*.yaml")))


def scenarios_published(language: str) -> tuple[Published, ...]:
    """All the scenarios, for each kind of establishment, in one language.

    Args:
        language: "fr" or "en".

    Cost: the files are read once in a process, about 0.2 s.
    """
    return tuple(
        Published(f"{code}-{kind}", code, kind, scenario_record(code, kind=kind, language=language))
        for code in scenario_codes()
        for kind in Kind
    )


def scenario_record(
    code: str, *, kind: Kind, language: str, on: dt.date | None = None
) -> ScenarioRecord:
    """One scenario, as a kind of establishment plays it.

    Args:
        code: one of `scenario_codes`.
        kind: rows of other kinds are left out, words of this kind are its variables.
        language: "fr" or "en".
        on: simulated day, or the day before it: the script begins on a given day of the week.

    Returns:
        The script; its variables hold the words that it uses, with their usual value.

    Raises:
        KeyError: no such scenario.
    """
    return scenario_record_of(scenario_file(code), kind=kind, language=language, on=on)


def scenario_file(code: str) -> ScenarioFile:
    """One scenario as it was written, in both languages.

    Raises:
        KeyError: no such scenario.
    """
    if code not in scenario_codes():
        raise KeyError(code)
    found: ScenarioFile = packaged(f"scenarios/{code}.yaml", ScenarioFile)
    return found


def scenario_record_of(
    written: ScenarioFile, *, kind: Kind, language: str, on: dt.date | None = None
) -> ScenarioRecord:
    """Any scenario written in the shape of those of the platform; arguments as above."""
    cells = {cell.key: cell for cell in written.cells}
    options = {
        (row.key, option.key): getattr(option, language)
        for row in written.rows
        for option in row.options
    }
    say = _Saying(language, kind, cells, options)
    injects = [say.inject(row) for row in written.rows if kind in row.only]
    record = ScenarioRecord(
        title=getattr(written.title, language),
        summary=getattr(written.summary, language),
        language=language,
        level=written.level,
        play=written.play,
        duration_s=_seconds(written.duration),
        simulated_start=_start(written, on or _ANY_MONDAY),
        cells=tuple(say.cell(cell) for cell in written.cells if kind not in cell.joins),
        objectives=tuple(say.objective(row) for row in written.objectives),
        injects=tuple(injects),
    )
    return replace(record, variables=_variables(injects, kind, language))


def usual_words(kind: Kind, language: str) -> dict[str, str]:
    """What each word of the scripts usually stands for in a kind of establishment."""
    return {
        row.name: getattr(value, language)
        for row in packaged(_VARIABLES, VariablesFile).variables
        if (value := row.value(kind)) is not None
    }


def variable_labels(language: str) -> dict[str, str]:
    """What each word of the scripts stands for, to ask it from those who prepare an exercise."""
    rows = packaged(_VARIABLES, VariablesFile).variables
    return {row.name: getattr(row.label, language) for row in rows}


def kind_titles(language: str) -> dict[Kind, str]:
    """Names of the kinds of establishment."""
    rows = packaged(_VARIABLES, VariablesFile).kinds
    return {row.code: getattr(row.title, language) for row in rows}


def kind_suited(category: str) -> Kind | None:
    """Kind of an establishment by its FINESS category; None when it is none of the three."""
    rows = packaged(_VARIABLES, VariablesFile).kinds
    return next((row.code for row in rows if category in row.categories), None)


@dataclass(frozen=True, slots=True)
class _Saying:
    """Rows said in one language, for one kind of establishment."""

    language: str
    kind: Kind
    cells: Mapping[str, CellRow]
    options: Mapping[tuple[str, str], str]

    def words(self, text: object) -> str:
        return str(getattr(text, self.language)).strip() if text is not None else ""

    def cell(self, row: CellRow) -> CellRecord:
        return CellRecord(row.key, row.kind, self.words(row.names.get(self.kind, row.name)))

    def objective(self, row: ObjectiveRow) -> ObjectiveRecord:
        return ObjectiveRecord(
            key=row.key,
            title=self.words(row.title),
            requirement=requirement_urn(row.requirement) if row.requirement else "",
            competence=self.words(row.competence),
            plan=row.plan or "",
        )

    def inject(self, row: TimelineRow) -> InjectRecord:
        return InjectRecord(
            key=row.key,
            title=self.words(row.title),
            offset_s=_seconds(row.at),
            nature=row.nature,
            channel=row.channel,
            sender=self.words(row.sender),
            cells=self._recipients(row.to),
            body=self.words(row.body),
            expected=self.words(row.expected),
            objective=row.objective or "",
            options=tuple(self.words(option) for option in row.options),
            score=row.score,
            deadline_s=row.deadline * 60 if row.deadline else None,
            comment=self.words(row.comment),
            deliverable=self.words(row.deliverable),
            conditions=tuple(self._condition(condition) for condition in row.when),
            match=row.match,
            after_s=row.after * 60,
        )

    def _recipients(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Cells that receive a row: those whose work another one does are replaced by it."""
        joined = (
            self.cells[key].joins.get(self.kind, key) if key in self.cells else key for key in keys
        )
        return tuple(dict.fromkeys(joined))

    def _condition(self, row: ConditionRow) -> Condition:
        # Conditions compare the words of a choice, hence take those of their language.
        value = self.options.get((row.row, row.value), row.value)
        return Condition(row.on, row.row, value)


def _variables(injects: Sequence[InjectRecord], kind: Kind, language: str) -> dict[str, str]:
    used = names_used(injects)
    return {
        row.name: getattr(row.value(kind), language)
        for row in packaged(_VARIABLES, VariablesFile).variables
        if row.name in used
    }


def _seconds(clock: str) -> int:
    hours, minutes = clock.lstrip("-").split(":")
    seconds = int(hours) * 3600 + int(minutes) * 60
    return -seconds if clock.startswith("-") else seconds


def _start(written: ScenarioFile, on: dt.date) -> str:
    """The first instant of the wanted day of the week and hour, that day or after."""
    wait = (written.starts.weekday - on.isoweekday()) % 7
    day = on + dt.timedelta(days=wait)
    return f"{day.isoformat()}T{written.starts.at}"
