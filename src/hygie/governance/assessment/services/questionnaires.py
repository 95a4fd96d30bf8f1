"""How does a questionnaire live: asked, answered, submitted, sent back, closed?"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.jobs.followups import follow_up
from hygie.foundation.journal.services import journal_write
from hygie.governance.assessment.choices import AnswerResult, QuestionnaireState
from hygie.governance.assessment.errors import (
    AssigneeRefused,
    NothingAnswered,
    NothingToAsk,
    QuestionnaireReadOnly,
    ReviewNoteMissing,
    StepRefused,
)
from hygie.governance.assessment.models import Campaign, Questionnaire
from hygie.governance.assessment.policies import STEPS, WRITABLE, may_ask
from hygie.governance.assessment.selectors.answerers import answerers
from hygie.governance.assessment.selectors.questionnaires import requirements_asked
from hygie.programme.models import Framework
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import may, organisation_get_in
from hygie.territory.people.models import User
from hygie.territory.perimeter import Depth, Perimeter

_STEP_ACTIONS = {
    QuestionnaireState.SUBMITTED: "questionnaire.submitted",
    QuestionnaireState.CHANGES_REQUESTED: "questionnaire.sent_back",
    QuestionnaireState.CLOSED: "questionnaire.closed",
}


def questionnaire_assign(
    *,
    perimeter: Perimeter,
    organisation_id: int,
    framework: Framework,
    due_on: dt.date | None = None,
    assignee: User | None = None,
    implementation_groups: Sequence[str] = (),
    campaign: Campaign | None = None,
) -> Questionnaire:
    """Ask one organisation the questions of one framework.

    Args:
        due_on: by when; None = no date.
        assignee: the person expected to answer; anyone who may answer there can.
        implementation_groups: profiles of the framework that apply; all when empty.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights.
        NothingToAsk: every requirement of these profiles is computed.
        AssigneeRefused: that person cannot answer there.
    """
    organisation = organisation_get_in(perimeter, organisation_id)
    if not may_ask(perimeter, organisation):
        raise NotAllowed
    groups = list(implementation_groups)
    if not requirements_asked(framework, groups):
        raise NothingToAsk(framework=framework.name)
    _check_assignee(perimeter, organisation, assignee)
    with transaction.atomic():
        row = Questionnaire.objects.create(
            organisation=organisation,
            framework=framework,
            campaign=campaign,
            assignee=assignee,
            due_on=due_on,
            implementation_groups=groups,
        )
        _told(perimeter, row, "questionnaire.asked", framework=framework.ref_id)
    return row


def questionnaire_reassign(
    *, perimeter: Perimeter, questionnaire_id: int, assignee: User | None
) -> Questionnaire:
    """Say who is expected to answer, as long as the answers may change.

    Args:
        assignee: None = anyone who may answer there.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights.
        QuestionnaireReadOnly: it was submitted. AssigneeRefused: that person cannot answer there.
    """
    with transaction.atomic():
        row = Questionnaire.objects.select_for_update().filter(pk=questionnaire_id).first()
        if row is None:
            raise NotFound
        organisation = organisation_get_in(perimeter, row.organisation_id, depth=Depth.DETAIL)
        if not may_ask(perimeter, organisation):
            raise NotAllowed
        if row.state not in WRITABLE:
            raise QuestionnaireReadOnly(state=row.get_state_display())
        _check_assignee(perimeter, organisation, assignee)
        row.assignee = assignee
        row.save(update_fields=["assignee"])
        _told(perimeter, row, "questionnaire.reassigned", to=assignee.email if assignee else "")
    return row


def questionnaire_submit(*, perimeter: Perimeter, questionnaire_id: int) -> Questionnaire:
    """Hand the answers over: they count from now on and no longer change.

    Raises:
        NothingAnswered: there is nothing to read. StepRefused: not in a state to be submitted.
    """
    with transaction.atomic():
        row = _step(perimeter, questionnaire_id, QuestionnaireState.SUBMITTED)
        if not row.answers.exclude(result=AnswerResult.UNANSWERED).exists():
            raise NothingAnswered
        row.submitted_at = timezone.now()
        row.review_note = ""
        _step_write(perimeter, row, QuestionnaireState.SUBMITTED)
    return row


def questionnaire_send_back(
    *, perimeter: Perimeter, questionnaire_id: int, note: str
) -> Questionnaire:
    """Ask for corrections: the answers stop counting until they are submitted again.

    Raises:
        ReviewNoteMissing: say what to correct. StepRefused: nothing was submitted.
    """
    if not note.strip():
        raise ReviewNoteMissing
    with transaction.atomic():
        row = _step(perimeter, questionnaire_id, QuestionnaireState.CHANGES_REQUESTED)
        row.review_note = note.strip()
        _step_write(perimeter, row, QuestionnaireState.CHANGES_REQUESTED)
    return row


def questionnaire_close(*, perimeter: Perimeter, questionnaire_id: int) -> Questionnaire:
    """Accept the answers: read by someone else, they count as documented.

    Raises:
        StepRefused: nothing was submitted.
    """
    with transaction.atomic():
        row = _step(perimeter, questionnaire_id, QuestionnaireState.CLOSED)
        row.closed_at = timezone.now()
        _step_write(perimeter, row, QuestionnaireState.CLOSED)
    return row


def _check_assignee(
    perimeter: Perimeter, organisation: Organisation, assignee: User | None
) -> None:
    if assignee is None or answerers(perimeter, organisation).filter(pk=assignee.pk).exists():
        return
    raise AssigneeRefused(person=assignee.email, organisation=organisation.name)


def _step(perimeter: Perimeter, questionnaire_id: int, wanted: QuestionnaireState) -> Questionnaire:
    """The row, held, when this perimeter may take it there."""
    row = Questionnaire.objects.select_for_update().filter(pk=questionnaire_id).first()
    if row is None:
        raise NotFound
    organisation = organisation_get_in(perimeter, row.organisation_id, depth=Depth.DETAIL)
    right = STEPS[row.state].get(wanted)
    if right is None:
        raise StepRefused(state=row.get_state_display(), wanted=wanted.label)
    if not may(perimeter, organisation, right):
        raise NotAllowed
    return row


def _step_write(perimeter: Perimeter, row: Questionnaire, state: QuestionnaireState) -> None:
    row.state = state
    row.save(update_fields=["state", "submitted_at", "closed_at", "review_note"])
    _told(perimeter, row, _STEP_ACTIONS[state])
    follow_up("facts_changed", organisation_ids=[row.organisation_id])


def _told(perimeter: Perimeter, row: Questionnaire, action: str, **detail: str) -> None:
    journal_write(
        actor=perimeter.actor,
        action=action,
        object_type="questionnaire",
        object_id=row.pk,
        organisation_id=row.organisation_id,
        detail=detail,
    )
