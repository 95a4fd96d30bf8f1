"""Which reports may this perimeter read, and what may be told of the questionnaires?"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from django.conf import settings
from django.db.models import Q, QuerySet

from hygie.foundation.errors import NotFound
from hygie.governance.exercises.catalogue_questions import (
    SCALE,
    Question,
    QuestionKind,
    survey_questions,
)
from hygie.governance.exercises.choices import ExerciseKind, ExerciseState, Role
from hygie.governance.exercises.models import (
    Exercise,
    Lesson,
    ObjectiveScore,
    Observation,
    Reaction,
    ReportLink,
    SurveyAnswer,
)
from hygie.governance.exercises.policies import readable_exercises
from hygie.governance.exercises.selectors.exercises import scripts_in
from hygie.territory.perimeter import Perimeter

_LISTENING = (
    ExerciseState.RUNNING, ExerciseState.PAUSED, ExerciseState.ENDED, ExerciseState.CLOSED,
)  # fmt: skip


def debrief_get_in(perimeter: Perimeter, pk: int) -> Exercise:
    """One exercise that has begun, for whoever prepares it: lessons, marks, report.

    Raises:
        NotFound: absent, forbidden, not begun, or still played by the reader.
    """
    rows = scripts_in(perimeter).filter(kind=ExerciseKind.RUN, state__in=_LISTENING)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def report_get_in(perimeter: Perimeter, pk: int) -> Exercise:
    """One exercise whose report this perimeter reads.

    Whoever prepares it reads the report as soon as the play is over; once it is closed, so do all
    those who see the establishment in detail.

    Raises:
        NotFound: absent, forbidden, or no report yet.
    """
    over = Q(state=ExerciseState.CLOSED) & readable_exercises(perimeter)
    prepared = scripts_in(perimeter).values("pk")
    mine = Q(state__in=(ExerciseState.ENDED, ExerciseState.CLOSED), pk__in=prepared)
    found = (
        Exercise.objects.filter(over | mine, pk=pk, kind=ExerciseKind.RUN)
        .select_related("organisation", "template")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def report_link_open(hashed: str, now: dt.datetime) -> ReportLink:
    """The link that a key opens.

    Raises:
        NotFound: unknown, expired, shut, or of an exercise that is no longer over.
    """
    found = (
        ReportLink.objects.filter(
            token_hash=hashed, revoked_at=None, expires_at__gt=now,
            exercise__state__in=(ExerciseState.ENDED, ExerciseState.CLOSED),
        )
        .select_related("exercise__organisation", "exercise__template")
        .first()
    )  # fmt: skip
    if found is None:
        raise NotFound
    return found


def lessons_of(exercise: Exercise) -> QuerySet[Lesson]:
    """Lessons of an exercise that the caller may read, with what they are about."""
    return exercise.lessons.select_related("cell", "objective", "action__owner").order_by("pk")


def observations_told(exercise: Exercise) -> QuerySet[Observation]:
    """What observers noted in an exercise that the caller may read, oldest first."""
    return Observation.objects.filter(inject__exercise=exercise).order_by("at", "pk")


def reactions_told(exercise: Exercise) -> QuerySet[Reaction]:
    """What players did in an exercise that the caller may read, oldest first."""
    return Reaction.objects.filter(inject__exercise=exercise).order_by("at", "pk")


def marks_told(exercise: Exercise) -> QuerySet[ObjectiveScore]:
    """Marks given to the objectives of an exercise that the caller may read."""
    return ObjectiveScore.objects.filter(objective__exercise=exercise)


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What the players answered to one question.

    Attributes:
        question: in the reader's language.
        count: how many answered it.
        mean: on the scale; None for words, or when nothing may be told.
        spread: how many gave each mark of the scale, the lowest first.
        texts: words with how many said them, the most said first; else in no order.
        is_told: False when too few answered for an anonymous answer to stay so.
    """

    question: Question
    count: int
    mean: float | None
    spread: tuple[int, ...]
    texts: tuple[tuple[str, int], ...]
    is_told: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """The questionnaires of an exercise.

    Attributes:
        players: who could answer. answered: how many did.
        minimum: fewest answers for an anonymous result to be told.
        is_told: whether results are.
        results: one a question; empty when nothing is told.
    """

    players: int
    answered: int
    minimum: int
    is_told: bool
    results: Sequence[SurveyResult]


def survey_of(exercise: Exercise, language: str) -> Survey:
    """What may be told of the questionnaires of an exercise that the caller may read.

    Under the promise of anonymity nothing but the count is told below the minimum group, question
    by question too.

    Cost: two queries.
    """
    minimum: int = settings.MINIMUM_GROUP if exercise.is_survey_anonymous else 1
    flags = list(
        exercise.participants.filter(role=Role.PLAYER).values_list("has_answered", flat=True)
    )
    answered = sum(flags)
    if answered < minimum:
        return Survey(len(flags), answered, minimum, is_told=False, results=())
    rows: dict[str, list[tuple[int | None, str]]] = defaultdict(list)
    # By content, not by number: the order of a table is nobody's.
    known = SurveyAnswer.objects.filter(exercise=exercise).order_by("value", "text")
    for key, value, text in known.values_list("question", "value", "text"):
        rows[key].append((value, text))
    results = [_result(one, rows[one.key], minimum) for one in survey_questions(language)]
    return Survey(len(flags), answered, minimum, is_told=True, results=results)


def _result(question: Question, rows: list[tuple[int | None, str]], minimum: int) -> SurveyResult:
    if question.kind is QuestionKind.SCALE:
        values = [value for value, _text in rows if value is not None]
        if len(values) < minimum:
            return SurveyResult(question, len(values), None, (), (), is_told=False)
        spread = tuple(values.count(mark) for mark in range(SCALE[0], SCALE[1] + 1))
        return SurveyResult(question, len(values), fmean(values), spread, (), is_told=True)
    texts = tuple(text for _value, text in rows if text)
    if len(texts) < minimum:
        return SurveyResult(question, len(texts), None, (), (), is_told=False)
    return SurveyResult(question, len(texts), None, (), texts_grouped(texts), is_told=True)


def texts_grouped(texts: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Answers that say the same once, with how many said it, the most said first.

    Spaces, capitals and a last sign apart they are the same; the spelling met first is kept.
    """
    spelt: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for text in texts:
        words = " ".join(text.split())
        same = words.casefold().rstrip(" .!…")
        spelt.setdefault(same, words)
        counts[same] += 1
    return tuple((spelt[same], count) for same, count in counts.most_common())
