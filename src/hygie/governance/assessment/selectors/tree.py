"""How does a framework read at one organisation: its tree, each leaf with its state?"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from hygie.governance.assessment.choices import StateChoice
from hygie.governance.assessment.models import RequirementState
from hygie.governance.assessment.selectors.effective import effective
from hygie.governance.assessment.selectors.requirements import requirement_states_of
from hygie.programme.models import Framework, Requirement
from hygie.programme.selectors import frameworks, requirements_of
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import perimeter_filter
from hygie.territory.perimeter import Perimeter


@dataclass(frozen=True, slots=True)
class Leaf:
    """One node of the tree; a group has the states of the leaves below it and no own state."""

    requirement: Requirement
    state: str
    row: RequirementState | None
    states: dict[str, int]

    @property
    def indent(self) -> int:
        """Depth below the top, for the page."""
        return min(self.requirement.depth - 1, 6)


@dataclass(frozen=True, slots=True)
class FrameworkStanding:
    """One framework at one organisation: assessable requirements by state."""

    framework: Framework
    states: dict[str, int]


def framework_tree(
    perimeter: Perimeter,
    organisation: Organisation,
    framework: Framework,
    today: dt.date,
    *,
    group: str = "",
    state: str = "",
) -> list[Leaf]:
    """Nodes in the file's order; two queries.

    Args:
        group: keep the requirements of this implementation group.
        state: keep the requirements in this state, and the groups that hold one.
    """
    nodes = list(requirements_of(framework))
    states = requirement_states_of(perimeter, organisation, framework, today)
    below: dict[int, Counter[str]] = {node.pk: Counter() for node in nodes}
    parents = {node.pk: node.parent_id for node in nodes}
    kept: set[int] = set()
    for node in nodes:
        if not node.is_assessable or (group and group not in node.implementation_groups):
            continue
        found = _state(states.get(node.pk))
        if state and found != state:
            continue
        kept.add(node.pk)
        parent = parents[node.pk]
        while parent is not None:
            kept.add(parent)
            below[parent][found] += 1
            parent = parents[parent]
    return [
        Leaf(
            node,
            _state(states.get(node.pk)) if node.is_assessable else "",
            states.get(node.pk),
            dict(below[node.pk]),
        )
        for node in nodes
        if node.pk in kept
    ]


def framework_standings(
    perimeter: Perimeter, organisation: Organisation, today: dt.date
) -> list[FrameworkStanding]:
    """Every current framework with the organisation's requirements by state; two queries."""
    rows = (
        RequirementState.objects.filter(
            perimeter_filter(perimeter, prefix="organisation__"), organisation=organisation
        )
        .annotate(effective=effective(today))
        .values_list("requirement__framework_id", "effective")
        .annotate(n=Count("id"))
        .order_by()
    )
    found: dict[int, Counter[str]] = {}
    for framework_id, state, n in rows:
        found.setdefault(framework_id, Counter())[state] += n
    standings = []
    for framework in frameworks():
        states = found.get(framework.pk, Counter())
        untested = framework.assessable_count - sum(states.values())  # type: ignore[attr-defined]  # annotated
        states[StateChoice.NOT_TESTED.value] += max(untested, 0)
        standings.append(FrameworkStanding(framework, {k: n for k, n in states.items() if n}))
    return standings


def _state(row: RequirementState | None) -> str:
    return str(row.effective) if row else StateChoice.NOT_TESTED.value  # type: ignore[attr-defined]
