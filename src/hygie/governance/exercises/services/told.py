"""How is a decision on an exercise told to the journal?"""

from typing import Any

from hygie.foundation.journal.services import journal_write
from hygie.governance.exercises.models import Exercise
from hygie.territory.perimeter import Perimeter


def exercise_told(perimeter: Perimeter, action: str, exercise: Exercise, **detail: Any) -> None:
    """One line, readable where the exercise is; called last in its transaction."""
    journal_write(
        actor=perimeter.actor,
        action=action,
        object_type="exercise",
        object_id=exercise.pk,
        organisation_id=exercise.organisation_id,
        detail={"title": exercise.title, **detail},
    )
