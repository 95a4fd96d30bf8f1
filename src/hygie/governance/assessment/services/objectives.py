"""How does an objective's state follow from its requirements and indicators?"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from hygie.engines.assessment.types import Knowledge, State
from hygie.engines.scoring.combine import Element, combine, confidence
from hygie.engines.scoring.indicator import Target, indicator_state
from hygie.governance.assessment.models import ObjectiveState
from hygie.governance.assessment.services.members import MemberValues
from hygie.governance.assessment.services.standing import rows_put
from hygie.programme.models import Indicator, IndicatorTarget, Objective
from hygie.programme.selectors import target_for, target_in_force
from hygie.territory.organisations.models import Organisation

_COMPARED = ("state", "stale_on", "elements", "passed", "measured", "stale", "missing")
_MISSING = {State.NOT_TESTED, State.CANNOT_TELL}
_HELD = {State.PASSED, State.PARTIAL}
_UNTOUCHED = Element(State.NOT_TESTED)
_Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ObjectiveBook:
    """Objectives with what measures them, by objective id."""

    requirements: dict[int, list[int]]
    indicators: dict[int, list[Indicator]]
    targets: dict[int, list[IndicatorTarget]]

    @classmethod
    def current(cls) -> "ObjectiveBook":
        """Read the objectives in force; five queries."""
        rows = Objective.objects.filter(is_retired=False).prefetch_related(
            "requirements__framework", "indicators__targets"
        )
        book = cls({}, {}, {})
        for objective in rows:
            book.requirements[objective.pk] = [
                row.pk
                for row in objective.requirements.all()
                if row.framework.is_current and row.is_assessable
            ]
            book.indicators[objective.pk] = [
                row for row in objective.indicators.all() if not row.is_retired
            ]
            for indicator in book.indicators[objective.pk]:
                book.targets[indicator.pk] = list(indicator.targets.all())
        return book


def objectives_write(
    book: ObjectiveBook,
    organisations: Sequence[Organisation],
    requirements: Mapping[_Key, Mapping[str, Any]],
    values: MemberValues,
    today: dt.date,
) -> int:
    """Compute and write the objective states of these organisations, inside a transaction.

    Args:
        requirements: requirement states just computed, as columns, by organisation and requirement.
        values: latest figures of the same organisations.

    Returns:
        How many objective states changed.

    Cost: one read, and one statement per few hundred rows that differ.
    """
    computed: dict[_Key, dict[str, Any]] = {}
    for organisation in organisations:
        for objective_id, wanted in book.requirements.items():
            elements = [
                _requirement_element(requirements.get((organisation.pk, pk))) for pk in wanted
            ]
            elements += indicator_elements(
                organisation, book.indicators[objective_id], book.targets, values, today
            )
            computed[organisation.pk, objective_id] = objective_fields(elements)
    return _states_write([row.pk for row in organisations], computed, today)


def indicator_elements(
    organisation: Organisation,
    indicators: Iterable[Indicator],
    targets: Mapping[int, list[IndicatorTarget]],
    values: MemberValues,
    today: dt.date,
) -> list[Element]:
    """One element per indicator that has a target for this kind of organisation today."""
    elements: list[Element] = []
    for indicator in indicators:
        wanted = target_for(
            targets[indicator.pk], kind=organisation.kind, category=organisation.category_code
        )
        row = target_in_force(wanted, today)
        if row is not None:
            target = Target(at_least=row.at_least, at_most=row.at_most)
            reading = values.reading(organisation, indicator)
            elements.append(indicator_state(reading, target, as_of=today))
    return elements


def objective_fields(elements: Sequence[Element]) -> dict[str, Any]:
    """The columns of an objective state that follow from its elements."""
    states = [element.state for element in elements]
    state = combine(states)
    return {
        "state": str(state),
        "stale_on": _lapses_on(elements, state),
        "elements": len(elements),
        "passed": states.count(State.PASSED),
        "measured": confidence(elements).measured,
        "stale": states.count(State.STALE),
        "missing": sum(one in _MISSING for one in states),
    }


def _lapses_on(elements: Sequence[Element], state: State) -> dt.date | None:
    """First day on which the whole is no longer in its state because parts of it lapse."""
    if state not in _HELD:
        return None
    for day in sorted({one.stale_on for one in elements if one.stale_on is not None}):
        then = combine(
            State.STALE if one.stale_on is not None and one.stale_on <= day else one.state
            for one in elements
        )
        if then is not state:
            return day
    return None


def _requirement_element(fields: Mapping[str, Any] | None) -> Element:
    if fields is None:
        return _UNTOUCHED
    known_as = fields["known_as"]
    return Element(
        state=State(fields["state"]),
        known_as=Knowledge(known_as) if known_as else None,
        stale_on=fields["stale_on"],
    )


def _states_write(
    ids: Collection[int], computed: Mapping[_Key, dict[str, Any]], today: dt.date
) -> int:
    standing = {
        (row.organisation_id, row.objective_id): row
        for row in ObjectiveState.objects.filter(organisation_id__in=ids)
    }
    now = timezone.now()
    added, refreshed, changed = [], [], 0
    for key, fields in computed.items():
        row = standing.pop(key, None)
        if row is None:
            row = ObjectiveState(organisation_id=key[0], objective_id=key[1])
            added.append(row)
        elif all(getattr(row, name) == fields[name] for name in _COMPARED):
            continue
        else:
            refreshed.append(row)
        if row.state != fields["state"]:
            lapsed = fields["state"] == State.STALE and row.stale_on and row.stale_on <= today
            row.since_on = row.stale_on if lapsed and row.stale_on else today
            changed += 1
        for name in _COMPARED:
            setattr(row, name, fields[name])
        row.computed_at = now
    ObjectiveState.objects.filter(pk__in=[row.pk for row in standing.values()]).delete()
    rows_put(
        ObjectiveState,
        [*added, *refreshed],
        (*_COMPARED, "since_on", "computed_at"),
        ("organisation", "objective"),
    )
    return changed
