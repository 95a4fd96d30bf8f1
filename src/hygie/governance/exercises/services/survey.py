"""How does a player answer the questionnaire, without anyone learning who said what?

Where anonymity was promised, an answer keeps no author, no instant and no order: each sheet that
comes in is written with all the others of the exercise, drawn afresh, so that neither the numbers
of the rows nor their neighbours tell which answers came together. The journal says nothing of it.
"""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import TypeVar

from django.db import transaction

from hygie.engines.exercise.scoring import HIGHEST_MARK
from hygie.governance.exercises.catalogue_questions import (
    SCALE,
    QuestionKind,
    survey_questions,
)
from hygie.governance.exercises.choices import ExerciseState, Role, ScoredBy
from hygie.governance.exercises.errors import (
    AlreadyAnswered,
    AnswerRefused,
    MarkRefused,
    NotInThisExercise,
    SurveyClosed,
)
from hygie.governance.exercises.models import (
    Exercise,
    ObjectiveScore,
    Participant,
    SurveyAnswer,
)

LONGEST = 2000
_Row = TypeVar("_Row", SurveyAnswer, ObjectiveScore)


@transaction.atomic
def survey_answer(
    *,
    participant: Participant,
    answers: Mapping[str, int | str],
    marks: Mapping[int, int],
) -> None:
    """Keep the sheet of one player; once.

    Args:
        participant: a player let in by their account or their link: the caller has checked it.
        answers: key of a question → 1 … 5 on a scale, words otherwise; absent or empty = none.
        marks: id of an objective → 0 … 3, the player's own mark.

    Raises:
        SurveyClosed, AlreadyAnswered. AnswerRefused, MarkRefused, NotInThisExercise.

    Cost: rewrites the anonymous answers of the exercise: thousands of rows at most.
    """
    exercise = Exercise.objects.select_for_update(of=("self",)).get(pk=participant.exercise_id)
    if exercise.state != ExerciseState.ENDED or participant.role != Role.PLAYER:
        raise SurveyClosed
    taken = Participant.objects.filter(pk=participant.pk, has_answered=False)
    if not taken.update(has_answered=True):
        raise AlreadyAnswered
    author = None if exercise.is_survey_anonymous else participant
    said = [_answer(exercise, author, key, value) for key, value in answers.items() if value != ""]
    given = _marks(exercise, author, marks)
    if author is not None:
        SurveyAnswer.objects.bulk_create(said)
        ObjectiveScore.objects.bulk_create(given)
        return
    _written_afresh(exercise, said, given)


def _answer(
    exercise: Exercise, author: Participant | None, key: str, value: int | str
) -> SurveyAnswer:
    questions = {one.key: one for one in survey_questions("fr")}
    question = questions.get(key)
    if question is None:
        raise AnswerRefused(question=key[:40])
    row = SurveyAnswer(exercise=exercise, participant=author, question=key)
    if question.kind is QuestionKind.SCALE:
        if not isinstance(value, int) or not SCALE[0] <= value <= SCALE[1]:
            raise AnswerRefused(question=question.text)
        row.value = value
    else:
        row.text = str(value).strip()[:LONGEST]
    return row


def _marks(
    exercise: Exercise, author: Participant | None, marks: Mapping[int, int]
) -> list[ObjectiveScore]:
    known = set(exercise.objectives.values_list("pk", flat=True))
    for objective_id, value in marks.items():
        if objective_id not in known:
            raise NotInThisExercise
        if not 0 <= value <= HIGHEST_MARK:
            raise MarkRefused
    return [
        ObjectiveScore(objective_id=pk, by=ScoredBy.SELF, participant=author, value=value)
        for pk, value in marks.items()
    ]


def _written_afresh(
    exercise: Exercise, said: list[SurveyAnswer], given: list[ObjectiveScore]
) -> None:
    """Write all the anonymous rows again in an order drawn now; a mark keeps no instant."""
    rows = SurveyAnswer.objects.filter(exercise=exercise, participant=None)
    answers = _shuffled([*rows, *said])
    rows.delete()
    SurveyAnswer.objects.bulk_create(answers)
    scores = ObjectiveScore.objects.filter(
        objective__exercise=exercise, by=ScoredBy.SELF, participant=None
    )
    marks = _shuffled([*scores, *given])
    scores.delete()
    ObjectiveScore.objects.bulk_create(marks)
    # The same instant for all of them: the end of the play.
    ended: dt.datetime | None = exercise.ended_at
    if ended is not None:
        scores.all().update(at=ended)


def _shuffled(rows: list[_Row]) -> list[_Row]:
    for row in rows:
        row.pk = None
    secrets.SystemRandom().shuffle(rows)
    return rows
