"""What is an objective's state made of here: requirements and indicators, each with its own?"""

import datetime as dt
from dataclasses import dataclass

from hygie.engines.assessment.types import State
from hygie.governance.assessment.models import RequirementState
from hygie.governance.assessment.selectors.requirements import requirement_states_in
from hygie.programme.models import Indicator, Objective, Requirement
from hygie.progress.models import CurrentMeasurement
from hygie.progress.selectors.measurements import current_in
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter


@dataclass(frozen=True, slots=True)
class RequirementElement:
    """A requirement of the objective with its state here."""

    requirement: Requirement
    state: str
    row: RequirementState | None


@dataclass(frozen=True, slots=True)
class IndicatorElement:
    """An indicator of the objective with its latest value here."""

    indicator: Indicator
    current: CurrentMeasurement | None
    is_stale: bool


def requirement_elements(
    perimeter: Perimeter, organisation: Organisation, objective: Objective, today: dt.date
) -> list[RequirementElement]:
    """Requirements of an objective; two queries."""
    requirements = list(
        objective.requirements.filter(framework__is_current=True)
        .select_related("framework")
        .order_by("framework_id", "order")
    )
    states = {
        row.requirement_id: row
        for row in requirement_states_in(perimeter, today).filter(
            organisation=organisation, requirement__in=[row.pk for row in requirements]
        )
    }
    return [
        RequirementElement(
            row,
            str(states[row.pk].effective) if row.pk in states else str(State.NOT_TESTED),  # type: ignore[attr-defined]
            states.get(row.pk),
        )
        for row in requirements
    ]


def indicator_elements(
    perimeter: Perimeter, organisation: Organisation, objective: Objective, today: dt.date
) -> list[IndicatorElement]:
    """Indicators of an objective with their latest value here; two queries."""
    indicators = list(
        objective.indicators.filter(is_retired=False).prefetch_related("targets").order_by("code")
    )
    current = {
        row.indicator_id: row
        for row in current_in(perimeter).filter(
            organisation=organisation, indicator__in=[row.pk for row in indicators]
        )
    }
    return [
        IndicatorElement(
            row,
            current.get(row.pk),
            is_stale=bool(
                row.pk in current
                and current[row.pk].expires_on
                and current[row.pk].expires_on <= today  # type: ignore[operator]  # checked above
            ),
        )
        for row in indicators
    ]
