"""Who may read and do what in the assessment?

| object        | read                                    | act                                    |
|---------------|-----------------------------------------|----------------------------------------|
| state         | depth INDICATORS                        | – (computed)                           |
| reasons       | depth DETAIL                            | –                                      |
| filing dates  | depth INDICATORS                        | right RECORD, or PLAN                  |
| questionnaire | state and counts: INDICATORS;           | ask: PLAN, or REVIEW in detail;        |
|               | answers: DETAIL                         | answer, submit: ANSWER in detail;      |
|               |                                         | close, send back: REVIEW in detail     |
| campaign      | who asked: PLAN at its node             | PLAN at its node                       |
"""

from hygie.governance.assessment.choices import QuestionnaireState
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import depth_at, may
from hygie.territory.perimeter import Depth, Perimeter, Right

_S = QuestionnaireState
WRITABLE = frozenset({_S.DRAFT, _S.IN_PROGRESS, _S.CHANGES_REQUESTED})

# From a state, the states that a person may take it to, and the right each demands.
STEPS: dict[str, dict[str, Right]] = {
    _S.DRAFT: {_S.IN_PROGRESS: Right.ANSWER},
    _S.IN_PROGRESS: {_S.SUBMITTED: Right.ANSWER},
    _S.CHANGES_REQUESTED: {_S.SUBMITTED: Right.ANSWER},
    _S.SUBMITTED: {_S.CHANGES_REQUESTED: Right.REVIEW, _S.CLOSED: Right.REVIEW},
    _S.CLOSED: {},
}


def may_ask(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter may put a questionnaire to this organisation."""
    sees = depth_at(perimeter, organisation) >= Depth.DETAIL
    return may(perimeter, organisation, Right.PLAN) or (
        sees and may(perimeter, organisation, Right.REVIEW)
    )


def may_answer(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter may answer for this organisation."""
    sees = depth_at(perimeter, organisation) >= Depth.DETAIL
    return sees and may(perimeter, organisation, Right.ANSWER)


def may_file(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter may say when the organisation applied."""
    return may(perimeter, organisation, Right.RECORD) or may(perimeter, organisation, Right.PLAN)


def steps_open(perimeter: Perimeter, organisation: Organisation, state: str) -> list[str]:
    """States that this perimeter may take a questionnaire to: decides which buttons are shown."""
    if depth_at(perimeter, organisation) < Depth.DETAIL:
        return []
    return [wanted for wanted, right in STEPS[state].items() if may(perimeter, organisation, right)]
