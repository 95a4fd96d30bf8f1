"""Which state do requirements without rule have: carried by a mapping, answered, or none?

A requirement of an imported library is answered by ours when a mapping says equal. When ours covers
it whole, only success is carried: failing what asks more says nothing of what asks less. Its own
questionnaire, when one was submitted, fills what no computed state tells; a requirement answered in
one library then serves its equals in the others.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from hygie.engines.assessment.evaluate import evaluate
from hygie.engines.assessment.nodes import Questionnaire
from hygie.engines.assessment.types import AnswerSummary, Case, Dates
from hygie.governance.assessment.bridge import verdict_as_fields
from hygie.governance.assessment.choices import BasisChoice, StateChoice
from hygie.governance.assessment.rulebook import Rulebook
from hygie.programme.choices import MappingRelation
from hygie.programme.selectors import Carrier, equivalents_of

_Key = tuple[int, int]
_Fields = dict[str, Any]
_UNKNOWN = {StateChoice.NOT_TESTED.value}
_OF_WHOLE = {StateChoice.PASSED.value, StateChoice.STALE.value}


def mapped_fields(
    organisation_ids: Collection[int],
    rulebook: Rulebook,
    computed: Mapping[_Key, _Fields],
    answers: Mapping[_Key, AnswerSummary],
    today: dt.date,
) -> dict[_Key, _Fields]:
    """States of the requirements that have no rule of their own.

    Args:
        computed: states by rule, already known for the same organisations.
        answers: latest submitted answers.

    Returns:
        Columns of RequirementState; a requirement that nothing tells is left out (not tested).
    """
    without = {pk: urn for chapter in rulebook.chapters for pk, urn in chapter.without.items()}
    if not without:
        return {}
    carriers = equivalents_of(without.values())
    by_urn = {urn: pk for pk, urn in rulebook.urns.items()}
    answered = {
        key: _answered(key[0], answers[key], today)
        for key in ((pk, requirement) for pk in organisation_ids for requirement in without)
        if key in answers
    }
    found: dict[_Key, _Fields] = {}
    for organisation_id in organisation_ids:
        for requirement_id, urn in without.items():
            key = (organisation_id, requirement_id)
            near = carriers.get(urn, [])
            fields = (
                _carried(organisation_id, near, by_urn, computed)
                or answered.get(key)
                or _carried(organisation_id, near, by_urn, answered)
            )
            if fields is not None:
                found[key] = fields
    return found


def _carried(
    organisation_id: int,
    carriers: list[Carrier],
    by_urn: Mapping[str, int],
    known: Mapping[_Key, _Fields],
) -> _Fields | None:
    """The state of the first equivalent that was tested, an equal before a wider one."""
    for carrier in sorted(carriers, key=lambda one: one.relation != MappingRelation.EQUAL):
        requirement_id = by_urn.get(carrier.urn)
        state = known.get((organisation_id, requirement_id)) if requirement_id else None
        if state is None or state["state"] in _UNKNOWN:
            continue
        if carrier.relation != MappingRelation.EQUAL and state["state"] not in _OF_WHOLE:
            continue
        return {
            **state,
            "basis": BasisChoice.MAPPING.value,
            "through": {
                "urn": carrier.urn,
                "requirement": requirement_id,
                "mapping": carrier.mapping_set_urn,
                "name": carrier.mapping_set_name,
                "relation": str(carrier.relation),
            },
        }
    return None


def _answered(organisation_id: int, summary: AnswerSummary, today: dt.date) -> _Fields:
    case = Case(
        candidate=organisation_id,
        units=(),
        facts=(),
        answers=summary,
        dates=Dates(as_of=today),
    )
    return {
        **verdict_as_fields(evaluate(Questionnaire(), case)),
        "basis": BasisChoice.ANSWER.value,
        "through": {},
    }
