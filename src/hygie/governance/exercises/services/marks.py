"""Which marks do the staff and the cells give to the objectives?"""

from django.db import transaction

from hygie.engines.exercise.scoring import HIGHEST_MARK
from hygie.governance.exercises.choices import ScoredBy
from hygie.governance.exercises.errors import MarkRefused, NotInThisExercise
from hygie.governance.exercises.models import Exercise, ObjectiveScore
from hygie.governance.exercises.services.debrief import debrief_check
from hygie.governance.exercises.services.told import exercise_told
from hygie.territory.perimeter import Perimeter


@transaction.atomic
def objective_mark(
    *,
    perimeter: Perimeter,
    exercise: Exercise,
    objective_id: int,
    value: int | None,
    cell_id: int | None = None,
    note: str = "",
) -> ObjectiveScore | None:
    """Give an objective its official mark, or the one that a cell gives itself.

    A second mark takes the place of the first.

    Args:
        value: 0 to 3; None takes the mark back.
        cell_id: the cell that marks itself; None = the staff's official mark.
        note: why.

    Raises:
        NotAllowed, WrongState. NotInThisExercise. MarkRefused: out of range.
    """
    held = debrief_check(perimeter, exercise)
    if value is not None and not 0 <= value <= HIGHEST_MARK:
        raise MarkRefused
    objective = held.objectives.filter(pk=objective_id).first()
    cell = held.cells.filter(pk=cell_id).first() if cell_id is not None else None
    if objective is None or (cell_id is not None and cell is None):
        raise NotInThisExercise
    by = ScoredBy.OFFICIAL if cell is None else ScoredBy.TEAM
    given = ObjectiveScore.objects.filter(objective=objective, by=by, cell=cell)
    if value is None:
        gone, _each = given.delete()
        if gone:
            exercise_told(perimeter, "exercise_mark.removed", held, by=by.label)
        return None
    made = given.first() or ObjectiveScore(objective=objective, by=by, cell=cell)
    made.value, made.note = value, note.strip()
    made.save()
    exercise_told(perimeter, "exercise_mark.given", held, by=by.label, value=value)
    return made
