"""How is an answer written, one at a time, many at once or from a sheet?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.journal.services import journal_write
from hygie.governance.assessment.choices import AnswerResult, QuestionnaireState
from hygie.governance.assessment.errors import (
    AnswerRefused,
    NotAsked,
    QuestionnaireReadOnly,
    ReasonMissing,
    ScoreRefused,
)
from hygie.governance.assessment.models import Answer, Questionnaire
from hygie.governance.assessment.policies import WRITABLE, may_answer
from hygie.governance.assessment.questions import (
    Question,
    choices_clean,
    questions_for,
    result_of,
    score_of,
)
from hygie.governance.assessment.selectors.questionnaires import requirements_asked
from hygie.programme.models import Requirement
from hygie.programme.scales import scale_of
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.perimeter import Depth, Perimeter

_WHOLE = {AnswerResult.NOT_APPLICABLE.value, AnswerResult.UNKNOWN.value}


@dataclass(frozen=True, slots=True)
class Said:
    """What is answered to one requirement.

    Attributes:
        result: of the whole requirement; computed from `choices` when questions decide, unless it
            says not applicable or unknown.
        choices: codes taken, by question.
        score: on the framework's scale; computed when choices add points.
    """

    result: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)
    score: int | None = None
    comment: str = ""
    na_reason: str = ""


def answer_save(
    *, perimeter: Perimeter, questionnaire_id: int, requirement_id: int, said: Said
) -> Answer:
    """Keep the answer to one requirement; the first one opens the questionnaire.

    Raises:
        QuestionnaireReadOnly: submitted or closed. NotAsked: not among the questions.
        ReasonMissing, AnswerRefused, ScoreRefused: the answer does not fit.
    """
    return answers_save(
        perimeter=perimeter, questionnaire_id=questionnaire_id, said={requirement_id: said}
    )[0]


def answers_fill(
    *,
    perimeter: Perimeter,
    questionnaire_id: int,
    requirement_ids: Collection[int],
    result: str,
    na_reason: str = "",
) -> int:
    """Give several requirements the same answer at once, keeping their comments.

    Returns:
        How many were answered.

    Raises:
        As `answer_save`; nothing is written when one does not fit. Requirements with questions of
        their own only take "not applicable" and "does not know" this way.
    """
    kept = {
        row.requirement_id: row
        for row in Answer.objects.filter(
            questionnaire_id=questionnaire_id, requirement_id__in=requirement_ids
        )
    }
    said = {
        pk: Said(
            result=result,
            choices=kept[pk].choices if pk in kept else {},
            score=kept[pk].score if pk in kept else None,
            comment=kept[pk].comment if pk in kept else "",
            na_reason=na_reason,
        )
        for pk in requirement_ids
    }
    return len(answers_save(perimeter=perimeter, questionnaire_id=questionnaire_id, said=said))


def answers_save(
    *, perimeter: Perimeter, questionnaire_id: int, said: Mapping[int, Said]
) -> list[Answer]:
    """Keep the answers to several requirements: all or nothing, one line in the journal.

    Args:
        said: by requirement id.

    Raises:
        As `answer_save`.
    """
    with transaction.atomic():
        questionnaire, organisation = questionnaire_hold(perimeter, questionnaire_id)
        asked = {
            row.pk: row
            for row in requirements_asked(
                questionnaire.framework, questionnaire.implementation_groups
            )
        }
        rows = [
            _answer_row(questionnaire, organisation, asked.get(pk), answer, perimeter)
            for pk, answer in said.items()
        ]
        saved = Answer.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["questionnaire", "requirement"],
            update_fields=[
                "result", "score", "choices", "comment", "na_reason", "answered_at", "answered_by",
            ],
        )  # fmt: skip
        if questionnaire.state == QuestionnaireState.DRAFT:
            questionnaire.state = QuestionnaireState.IN_PROGRESS
            questionnaire.save(update_fields=["state"])
        journal_write(
            actor=perimeter.actor,
            action="answers.saved",
            object_type="questionnaire",
            object_id=questionnaire.pk,
            organisation_id=questionnaire.organisation_id,
            # Which, never what: the answers themselves stay in the questionnaire.
            detail={"requirements": [asked[pk].ref_id or asked[pk].urn for pk in said][:50]},
        )
    return saved


def questionnaire_hold(
    perimeter: Perimeter, questionnaire_id: int
) -> tuple[Questionnaire, Organisation]:
    """The questionnaire, held until commit, when this perimeter may still answer it.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights.
        QuestionnaireReadOnly: submitted or closed.
    """
    held = Questionnaire.objects.select_for_update(of=("self",))
    return _open(perimeter, held, questionnaire_id)


def questionnaire_open(
    perimeter: Perimeter, questionnaire_id: int
) -> tuple[Questionnaire, Organisation]:
    """The same, to read only: nothing is held, hence no transaction is asked for."""
    return _open(perimeter, Questionnaire.objects.all(), questionnaire_id)


def _open(
    perimeter: Perimeter, among: QuerySet[Questionnaire], questionnaire_id: int
) -> tuple[Questionnaire, Organisation]:
    row = among.select_related("framework").filter(pk=questionnaire_id).first()
    if row is None:
        raise NotFound
    organisation = organisation_get_in(perimeter, row.organisation_id, depth=Depth.DETAIL)
    if not may_answer(perimeter, organisation):
        raise NotAllowed
    if row.state not in WRITABLE:
        raise QuestionnaireReadOnly(state=row.get_state_display())
    return row, organisation


def said_check(said: Said, requirement: Requirement, kind: str) -> dict[str, Any]:
    """The columns of an answer, once it fits.

    Raises:
        ReasonMissing, AnswerRefused, ScoreRefused: it does not.
    """
    questions = questions_for(requirement.questions, kind)
    choices, refused = choices_clean(questions, said.choices)
    if refused:
        raise _refusal(questions, *refused[0])
    result = said.result
    if result not in AnswerResult.values:
        raise AnswerRefused(
            value=result,
            question=requirement.ref_id or requirement.urn,
            choices=", ".join(str(label) for value, label in AnswerResult.choices if value),
        )
    if any(question.decides for question in questions) and result not in _WHOLE:
        result = result_of(questions, choices)
    if result == AnswerResult.NOT_APPLICABLE and not said.na_reason.strip():
        raise ReasonMissing
    scale = scale_of(requirement)
    added = score_of(questions, choices)
    score = said.score
    if added is not None:  # what the choices add stays on the scale
        score = added if scale.high is None else min(scale.high, max(scale.low, added))
    top = said.score if scale.high is None else scale.high
    if said.score is not None and top is not None and not scale.low <= said.score <= top:
        raise ScoreRefused(value=said.score, low=scale.low, high=top)
    return {
        "result": result,
        "choices": choices,
        "score": score,
        "comment": said.comment.strip(),
        "na_reason": said.na_reason.strip() if result == AnswerResult.NOT_APPLICABLE else "",
    }


def _answer_row(
    questionnaire: Questionnaire,
    organisation: Organisation,
    requirement: Requirement | None,
    said: Said,
    perimeter: Perimeter,
) -> Answer:
    if requirement is None:
        raise NotAsked(requirement="?")
    return Answer(
        questionnaire=questionnaire,
        requirement=requirement,
        answered_at=timezone.now(),
        answered_by_id=perimeter.actor.user_id,
        **said_check(said, requirement, organisation.kind),
    )


def _refusal(questions: list[Question], code: str, value: str) -> AnswerRefused:
    question = next(one for one in questions if one.code == code)
    return AnswerRefused(
        value=value,
        question=question.text,
        choices=" / ".join(choice.text for choice in question.choices),
    )
