"""How do the scenarios of the platform become models that everyone may take up?"""

from dataclasses import dataclass, replace

from django.db import transaction

from hygie.engines.exercise.types import ScenarioRecord
from hygie.foundation.errors import NotAllowed
from hygie.foundation.journal.services import journal_write
from hygie.governance.exercises.bridge import (
    rows_write,
    scenario_of,
    start_read,
    start_written,
)
from hygie.governance.exercises.catalogue import LANGUAGES, Published, scenarios_published
from hygie.governance.exercises.choices import ExerciseKind
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.policies import may_load
from hygie.territory.perimeter import Perimeter


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many models were added, renewed, kept as they were, withdrawn."""

    added: int
    renewed: int
    kept: int
    withdrawn: int

    @property
    def changed(self) -> int:
        """Models that are no longer what they were."""
        return self.added + self.renewed + self.withdrawn


@transaction.atomic
def library_load(*, perimeter: Perimeter) -> Loaded:
    """Bring the models of the platform up to its scenarios; twice changes nothing.

    Exercises made from a model keep their own script. A scenario that no longer exists leaves the
    library; the exercises made from it stay.

    Raises:
        NotAllowed: the perimeter does not manage the programme.

    Cost: about six queries a model.
    """
    if not may_load(perimeter):
        raise NotAllowed
    known = {
        (row.code, row.language): row
        for row in Exercise.objects.filter(
            kind=ExerciseKind.TEMPLATE, organisation__isnull=True
        ).exclude(code="")
    }
    counts = {"added": 0, "renewed": 0, "kept": 0}
    for language in LANGUAGES:
        for published in scenarios_published(language):
            row = known.pop((published.code, language), None)
            counts[_model_put(published, row)] += 1
    for row in known.values():
        row.delete()
    loaded = Loaded(**counts, withdrawn=len(known))
    if loaded.changed:
        journal_write(
            actor=perimeter.actor,
            action="exercise_library.loaded",
            object_type="exercise",
            detail={"count": loaded.changed},
        )
    return loaded


def _model_put(published: Published, row: Exercise | None) -> str:
    record = published.record
    if row is not None and _normal(scenario_of(row)) == _normal(record):
        return "kept"
    made = "renewed" if row is not None else "added"
    row = row or Exercise(kind=ExerciseKind.TEMPLATE, code=published.code, language=record.language)
    row.title, row.summary = record.title, record.summary
    row.level, row.play = record.level.value, record.play.value
    row.duration_s, row.variables = record.duration_s, dict(record.variables)
    row.simulated_start_at = start_read(record.simulated_start)
    row.save()
    row.injects.all().delete()
    row.objectives.all().delete()
    row.cells.all().delete()
    rows_write(row, record)
    return made


def _normal(record: ScenarioRecord) -> ScenarioRecord:
    """The same script whatever the order in which simultaneous rows and recipients are written."""
    injects = sorted(record.injects, key=lambda one: (one.offset_s, one.key))
    return replace(
        record,
        simulated_start=start_written(start_read(record.simulated_start)),
        cells=tuple(record.cells),
        objectives=tuple(record.objectives),
        injects=tuple(replace(one, cells=tuple(sorted(one.cells))) for one in injects),
    )
