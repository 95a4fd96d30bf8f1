"""Which questionnaires are open, how far are they, and what do they ask?"""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, QuerySet, When

from hygie.foundation.errors import NotFound
from hygie.governance.assessment.choices import AnswerResult, QuestionnaireState
from hygie.governance.assessment.models import Answer, Campaign, Filing, Questionnaire
from hygie.governance.assessment.policies import WRITABLE
from hygie.governance.assessment.questions import (
    Question,
    picked,
    questions_for,
    questions_open,
)
from hygie.governance.assessment.rulebook import asks_questions
from hygie.programme.models import Framework, Requirement
from hygie.programme.selectors import requirements_of
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import perimeter_filter
from hygie.territory.perimeter import Depth, Perimeter, Right

_ANSWERED = ~Q(answers__result=AnswerResult.UNANSWERED)


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement asked, with its questions and its answer so far; a heading asks nothing."""

    requirement: Requirement
    questions: tuple[Question, ...]
    answer: Answer | None
    is_heading: bool = False

    @property
    def result(self) -> str:
        """What was answered; empty as long as nothing was."""
        return self.answer.result if self.answer else AnswerResult.UNANSWERED.value

    @property
    def open_questions(self) -> list[tuple[Question, tuple[str, ...]]]:
        """Questions that the answers leave open, each with the codes taken."""
        taken = self.answer.choices if self.answer else {}
        return [(one, picked(taken.get(one.code))) for one in questions_open(self.questions, taken)]

    @property
    def fingerprint(self) -> str:
        """Of the answer as it stands: says whether it changed since an export."""
        return answer_fingerprint(self.answer)


def answer_fingerprint(answer: Answer | None) -> str:
    """Twelve characters that change with the answer's content."""
    said = (
        [answer.result, answer.score, answer.choices, answer.comment, answer.na_reason]
        if answer
        else ["", None, {}, "", ""]
    )
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def questionnaires_in(perimeter: Perimeter) -> QuerySet[Questionnaire]:
    """Questionnaires of the perimeter with how many answers each has; states, not answers."""
    return (
        Questionnaire.objects.filter(perimeter_filter(perimeter, prefix="organisation__"))
        .select_related("organisation", "framework", "campaign", "assignee")
        .annotate(answered=Count("answers", filter=_ANSWERED))
    )


def questionnaire_get_in(
    perimeter: Perimeter, pk: int, *, depth: Depth = Depth.DETAIL
) -> Questionnaire:
    """One questionnaire.

    Raises:
        NotFound: absent, or not readable this deep.
    """
    found = (
        questionnaires_in(perimeter)
        .filter(perimeter_filter(perimeter, depth=depth, prefix="organisation__"), pk=pk)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def requirements_asked(framework: Framework, groups: Sequence[str]) -> list[Requirement]:
    """Requirements of a framework that need an answer: no rule computes them, or it asks for one.

    Args:
        groups: implementation groups kept; all when empty.
    """
    wanted = set(groups)
    return [
        row
        for row in requirements_of(framework)
        if row.is_assessable
        and (row.rule is None or asks_questions(row.rule))
        and (not wanted or wanted & set(row.implementation_groups))
    ]


def questionnaire_items(perimeter: Perimeter, questionnaire: Questionnaire) -> list[Item]:
    """What is asked, in the order of the framework with its headings; three queries.

    Raises:
        NotFound: the answers are not readable by this perimeter.
    """
    readable = perimeter_filter(perimeter, depth=Depth.DETAIL)
    place = Organisation.objects.filter(readable, pk=questionnaire.organisation_id).first()
    if place is None:
        raise NotFound
    nodes = list(requirements_of(questionnaire.framework))
    asked = {
        row.pk
        for row in requirements_asked(questionnaire.framework, questionnaire.implementation_groups)
    }
    answers = {row.requirement_id: row for row in questionnaire.answers.all()}
    shown = _with_headings(nodes, asked)
    return [
        Item(
            node,
            tuple(questions_for(node.questions, place.kind)) if node.pk in asked else (),
            answers.get(node.pk),
            is_heading=node.pk not in asked,
        )
        for node in nodes
        if node.pk in shown
    ]


def _with_headings(nodes: Sequence[Requirement], asked: set[int]) -> set[int]:
    parents = {node.pk: node.parent_id for node in nodes}
    shown = set(asked)
    for pk in asked:
        parent = parents[pk]
        while parent is not None and parent not in shown:
            shown.add(parent)
            parent = parents[parent]
    return shown


def asked_count(questionnaire: Questionnaire) -> int:
    """How many requirements a questionnaire asks."""
    return len(requirements_asked(questionnaire.framework, questionnaire.implementation_groups))


def reminders(perimeter: Perimeter, today: dt.date, days: int = 14) -> QuerySet[Questionnaire]:
    """Questionnaires to answer: those that name this reader first, then the late and due soon."""
    is_mine = Q(assignee_id=perimeter.actor.user_id) if perimeter.actor.user_id else Q(pk__in=())
    return (
        questionnaires_in(perimeter)
        .filter(Q(due_on__lte=today + dt.timedelta(days=days)) | is_mine, state__in=WRITABLE)
        .annotate(is_mine=Case(When(is_mine, then=True), default=False))
        .order_by("-is_mine", F("due_on").asc(nulls_last=True), "id")
    )


def campaigns_in(perimeter: Perimeter) -> QuerySet[Campaign]:
    """Campaigns run from the nodes where this perimeter plans, with their progress."""
    done = (QuestionnaireState.SUBMITTED, QuestionnaireState.CLOSED)
    return (
        Campaign.objects.filter(perimeter_filter(perimeter, right=Right.PLAN, prefix="node__"))
        .select_related("framework", "node", "created_by")
        .annotate(
            asked=Count("questionnaires"),
            begun=Count(
                "questionnaires", filter=~Q(questionnaires__state=QuestionnaireState.DRAFT)
            ),
            returned=Count("questionnaires", filter=Q(questionnaires__state__in=done)),
        )
    )


def campaign_get_in(perimeter: Perimeter, pk: int) -> Campaign:
    """One campaign.

    Raises:
        NotFound: absent, or run from elsewhere.
    """
    found = campaigns_in(perimeter).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def filings_of(perimeter: Perimeter, organisation: Organisation) -> dict[int, Filing]:
    """Filing dates of an organisation by domain; one query."""
    rows = Filing.objects.filter(
        perimeter_filter(perimeter, prefix="organisation__"), organisation=organisation
    )
    return {row.domain_id: row for row in rows}
