"""How does an establishment judge its own readiness for a crisis, before and after?"""

from collections.abc import Mapping

from django.db import transaction

from hygie.governance.exercises.catalogue_questions import BEST, maturity_parts
from hygie.governance.exercises.choices import ExerciseState, When
from hygie.governance.exercises.errors import AnswerRefused, MaturityClosed
from hygie.governance.exercises.models import Exercise, MaturityAnswer
from hygie.governance.exercises.services.debrief import debrief_check
from hygie.governance.exercises.services.told import exercise_told
from hygie.territory.perimeter import Perimeter

OPEN_WHILE = {
    When.BEFORE: (ExerciseState.DRAFT, ExerciseState.READY),
    When.AFTER: (ExerciseState.ENDED,),
}
_ANY = tuple(ExerciseState)


@transaction.atomic
def maturity_answer(
    *, perimeter: Perimeter, exercise: Exercise, when: str, answers: Mapping[str, int | None]
) -> int:
    """Keep a self-assessment in place of the former one of the same moment.

    Args:
        when: before or after.
        answers: key of an item → 0 … 3, or None for "cannot tell"; absent = not answered.

    Returns:
        How many items have an answer, "cannot tell" included.

    Raises:
        NotAllowed. MaturityClosed: not the moment. AnswerRefused: unknown item or value.
    """
    held = debrief_check(perimeter, exercise, _ANY)
    if when not in When.values or held.state not in OPEN_WHILE[When(when)]:
        raise MaturityClosed
    known = {item.key for part in maturity_parts("fr") for item in part.items}
    for key, value in answers.items():
        if key not in known or (value is not None and not 0 <= value <= BEST):
            raise AnswerRefused(question=key)
    held.maturity_answers.filter(when=when).delete()
    MaturityAnswer.objects.bulk_create(
        [
            MaturityAnswer(exercise=held, when=when, item=key, value=value)
            for key, value in answers.items()
        ]
    )
    exercise_told(perimeter, "exercise_maturity.answered", held, when=When(when).label)
    return len(answers)
