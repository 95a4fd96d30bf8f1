"""What was answered, counted as the engine wants it?"""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from hygie.engines.assessment.types import AnswerSummary, Knowledge
from hygie.governance.assessment.choices import AnswerResult, QuestionnaireState
from hygie.governance.assessment.models import Answer
from hygie.governance.assessment.questions import answers_count, questions_for

# A questionnaire speaks once submitted; while it is being filled or corrected it says nothing.
SPEAKING = (QuestionnaireState.SUBMITTED, QuestionnaireState.CLOSED)
# Nobody sources how long a declared answer holds: a year, as a yearly campaign renews it.
VALIDITY = dt.timedelta(days=365)


def answer_summaries(
    kinds: Mapping[int, str], today: dt.date
) -> dict[tuple[int, int], AnswerSummary]:
    """The latest submitted answer per organisation and requirement; one query.

    A closed questionnaire was read by a reviewer: its answers count as documented, others as
    declared. They hold one year.

    Args:
        kinds: level of each organisation; questions asked of another level do not count.
        today: answers submitted later are left out, so that the past can be told again.
    """
    rows = (
        Answer.objects.filter(
            questionnaire__organisation_id__in=kinds, questionnaire__state__in=SPEAKING
        )
        .exclude(result=AnswerResult.UNANSWERED, choices={})
        .order_by("questionnaire__submitted_at", "id")
        .values_list(
            "questionnaire__organisation_id", "requirement_id", "requirement__questions", "result",
            "choices", "questionnaire__submitted_at", "questionnaire__state", "id",
        )
    )  # fmt: skip
    found: dict[tuple[int, int], AnswerSummary] = {}
    for organisation_id, requirement_id, questions, result, choices, at, state, pk in rows:
        day = timezone.localdate(at) if at else today
        if day > today:
            continue
        asked = questions_for(questions, kinds[organisation_id])
        closed = state == QuestionnaireState.CLOSED
        found[organisation_id, requirement_id] = AnswerSummary(
            **answers_count(asked, result, choices),
            effective_on=day,
            expires_on=day + VALIDITY,
            known_as=Knowledge.DOCUMENTED if closed else Knowledge.DECLARED,
            ref=f"answer:{pk}",
        )
    return found
