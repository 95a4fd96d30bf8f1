"""How do the rows of an exercise become a script for the engine, and a script become rows?"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils import timezone

from hygie.engines.exercise.types import (
    CellRecord,
    Condition,
    InjectRecord,
    ObjectiveRecord,
    ScenarioRecord,
)
from hygie.engines.exercise.vocabulary import CellKind, Channel, Level, Match, Nature, On, Play
from hygie.governance.exercises.models import (
    Cell,
    Exercise,
    ExerciseObjective,
    Inject,
    InjectAttachment,
)
from hygie.governance.exercises.selectors.exercises import injects_of


def scenario_of(exercise: Exercise, *, with_improvised: bool = True) -> ScenarioRecord:
    """The script of an exercise that the caller may read.

    Args:
        exercise: model or run.
        with_improvised: whether rows made up while playing are part of it, at the second at which
            they were played.

    Cost: five queries.
    """
    injects = [row for row in injects_of(exercise) if with_improvised or not row.is_improvised]
    return scenario_head(
        exercise,
        [cell_record(row) for row in exercise.cells.all()],
        [objective_record(row) for row in exercise.objectives.all()],
        [inject_record(row) for row in injects],
    )


def scenario_head(
    exercise: Exercise,
    cells: Sequence[CellRecord],
    objectives: Sequence[ObjectiveRecord],
    injects: Sequence[InjectRecord],
) -> ScenarioRecord:
    """What an exercise says of itself, around parts that were read already."""
    return ScenarioRecord(
        title=exercise.title,
        summary=exercise.summary,
        language=exercise.language,
        level=Level(exercise.level),
        play=Play(exercise.play),
        duration_s=exercise.duration_s,
        simulated_start=start_written(exercise.simulated_start_at),
        cells=tuple(cells),
        objectives=tuple(objectives),
        injects=tuple(injects),
        variables=dict(exercise.variables),
    )


def cell_record(row: Cell) -> CellRecord:
    """A cell for the engine."""
    return CellRecord(row.key, CellKind(row.kind), row.name)


def objective_record(row: ExerciseObjective) -> ObjectiveRecord:
    """An objective for the engine."""
    return ObjectiveRecord(row.key, row.title, row.requirement, row.competence, row.plan)


def inject_record(row: Inject) -> InjectRecord:
    """A row of the timeline for the engine; reads `cells`, `objective` and `attachments`."""
    return InjectRecord(
        key=row.key,
        title=row.title,
        offset_s=row.offset_s,
        nature=Nature(row.nature),
        channel=Channel(row.channel),
        sender=row.sender,
        cells=tuple(cell.key for cell in row.cells.all()),
        body=row.body,
        expected=row.expected,
        objective=row.objective.key if row.objective else "",
        options=tuple(row.options),
        score=row.score,
        deadline_s=row.deadline_s,
        comment=row.comment,
        deliverable=row.deliverable,
        attachments=tuple(one.name for one in row.attachments.all()),
        conditions=conditions_read(row.conditions),
        match=Match(row.match),
        after_s=row.after_s,
    )


def conditions_read(kept: Iterable[Sequence[str]]) -> tuple[Condition, ...]:
    """Conditions as the engine takes them."""
    return tuple(Condition(On(on), inject, value) for on, inject, value in kept)


def conditions_kept(conditions: Iterable[Condition]) -> list[list[str]]:
    """Conditions as a row keeps them."""
    return [[one.on.value, one.inject, one.value] for one in conditions]


def start_written(at: dt.datetime | None) -> str:
    """A simulated start as a script writes it: local, without its zone; "" for none."""
    return timezone.localtime(at).replace(tzinfo=None).isoformat() if at else ""


def start_read(written: str) -> dt.datetime | None:
    """The instant that a script's simulated start stands for here; None when it has none."""
    if not written:
        return None
    found = dt.datetime.fromisoformat(written)
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def rows_write(exercise: Exercise, scenario: ScenarioRecord) -> None:
    """Cells, objectives and timeline of a script, for an exercise that has none.

    Names of attached files are kept without their content: see `attachments_follow`.

    Args:
        exercise: saved.
        scenario: its keys are unique; cells and objectives that rows name exist.

    Cost: five writes, whatever the length.
    """
    cells = Cell.objects.bulk_create(
        [
            Cell(exercise=exercise, key=one.key, kind=one.kind, name=one.name, position=place)
            for place, one in enumerate(scenario.cells)
        ],
    )
    objectives = ExerciseObjective.objects.bulk_create(
        [
            ExerciseObjective(
                exercise=exercise, key=one.key, title=one.title, requirement=one.requirement,
                competence=one.competence, plan=one.plan, position=place,
            )
            for place, one in enumerate(scenario.objectives)
        ],
    )  # fmt: skip
    by_key = {row.key: row for row in objectives}
    injects = Inject.objects.bulk_create(
        [inject_row(exercise, one, by_key.get(one.objective)) for one in scenario.injects]
    )
    _tie(injects, scenario.injects, {row.key: row for row in cells})


def inject_row(
    exercise: Exercise, one: InjectRecord, objective: ExerciseObjective | None
) -> Inject:
    """A row of the timeline, not saved, without its cells and files."""
    return Inject(
        exercise=exercise,
        key=one.key,
        title=one.title,
        offset_s=one.offset_s,
        nature=one.nature,
        channel=one.channel,
        sender=one.sender,
        body=one.body,
        expected=one.expected,
        objective=objective,
        options=list(one.options),
        score=one.score,
        deadline_s=one.deadline_s,
        comment=one.comment,
        deliverable=one.deliverable,
        conditions=conditions_kept(one.conditions),
        match=one.match,
        after_s=one.after_s,
    )


def _tie(rows: Sequence[Inject], records: Sequence[InjectRecord], cells: dict[str, Cell]) -> None:
    ties = Inject.cells.through
    ties.objects.bulk_create(
        [
            ties(inject_id=row.pk, cell_id=cells[key].pk)
            for row, one in zip(rows, records, strict=True)
            for key in dict.fromkeys(one.cells)
        ]
    )
    InjectAttachment.objects.bulk_create(
        [
            InjectAttachment(inject=row, name=name)
            for row, one in zip(rows, records, strict=True)
            for name in one.attachments
        ]
    )


def attachments_follow(source: Exercise, target: Exercise) -> None:
    """Give the files of a script to its copy: rows of the same key, files of the same name."""
    known = {
        (one.inject.key, one.name): one.document_id
        for one in InjectAttachment.objects.filter(
            inject__exercise=source, document__isnull=False
        ).select_related("inject")
    }
    if not known:
        return
    mine = InjectAttachment.objects.filter(inject__exercise=target).select_related("inject")
    changed = []
    for one in mine:
        one.document_id = known.get((one.inject.key, one.name))
        changed.append(one)
    InjectAttachment.objects.bulk_update(changed, ["document"])
