"""How do the organisations of a node stand on each objective, now and month after month?"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from hygie.governance.assessment.choices import StateChoice
from hygie.governance.assessment.models import ObjectiveMonth, ObjectiveState
from hygie.governance.assessment.selectors.effective import effective
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import below, perimeter_filter
from hygie.territory.perimeter import Perimeter


@dataclass(slots=True)
class Standing:
    """One objective at one node.

    Attributes:
        state: own effective state of the node; empty for a region or the nation, which have none.
        states: legal entities below, by effective state.
        elements, measured: how many elements the states rest on, how many are measured or verified.
        stale, missing: elements that went stale, or that nobody measured or could tell.
    """

    objective_id: int
    state: str = ""
    since_on: dt.date | None = None
    states: Counter[str] = field(default_factory=Counter)
    elements: int = 0
    measured: int = 0
    stale: int = 0
    missing: int = 0

    @property
    def counted(self) -> int:
        """Legal entities with a state for this objective."""
        return sum(self.states.values())

    @property
    def confidence(self) -> float | None:
        """Share of elements measured or verified, 0..1; None without element."""
        return self.measured / self.elements if self.elements else None


def standings_own(
    perimeter: Perimeter, organisation: Organisation, today: dt.date
) -> dict[int, Standing]:
    """The organisation's own state on each objective; one query."""
    rows = (
        ObjectiveState.objects.filter(
            perimeter_filter(perimeter, prefix="organisation__"), organisation=organisation
        )
        .annotate(effective=effective(today))
        .values_list(
            "objective_id", "effective", "since_on", "elements", "measured", "stale", "missing"
        )
    )
    return {
        objective_id: Standing(
            objective_id, state, since_on, Counter(), elements, measured, stale, missing
        )
        for objective_id, state, since_on, elements, measured, stale, missing in rows
    }


def standings_below(
    perimeter: Perimeter, node: Organisation, today: dt.date
) -> dict[int, dict[int, Standing]]:
    """Legal entities below a node by child, objective and effective state; one query.

    Returns:
        child id → objective id → standing. The children of the nation are its regions; those of a
        region its GHT, or the entity itself outside any; those of a GHT its entities.
    """
    child = {
        OrganisationKind.NATION: F("organisation__region_id"),
        OrganisationKind.REGION: Coalesce("organisation__ght_id", "organisation_id"),
    }.get(OrganisationKind(node.kind), F("organisation_id"))
    rows = (
        ObjectiveState.objects.filter(_population(perimeter, node))
        .annotate(child=child, effective=effective(today))
        .values("child", "objective_id", "effective")
        .annotate(
            n=Count("id"),
            elements_sum=Sum("elements"),
            measured_sum=Sum("measured"),
            stale_sum=Sum("stale"),
            missing_sum=Sum("missing"),
        )
        .order_by()
    )
    found: dict[int, dict[int, Standing]] = defaultdict(dict)
    for row in rows:
        objective_id = row["objective_id"]
        standing = found[row["child"]].setdefault(objective_id, Standing(objective_id))
        standing.states[row["effective"]] += row["n"]
        standing.elements += row["elements_sum"]
        standing.measured += row["measured_sum"]
        standing.stale += row["stale_sum"]
        standing.missing += row["missing_sum"]
    return dict(found)


def standings_sum(children: Iterable[dict[int, Standing]]) -> dict[int, Standing]:
    """The node's own distribution, from its children's."""
    total: dict[int, Standing] = {}
    for standings in children:
        for objective_id, part in standings.items():
            whole = total.setdefault(objective_id, Standing(objective_id))
            whole.states.update(part.states)
            whole.elements += part.elements
            whole.measured += part.measured
            whole.stale += part.stale
            whole.missing += part.missing
    return total


def months_of(
    perimeter: Perimeter, node: Organisation, since: dt.date
) -> dict[int, list[tuple[dt.date, Counter[str]]]]:
    """Closed months of a node per objective, oldest first; one query.

    Hundreds of rows for one page: read as plain values, objects cost more than the query.
    """
    states = StateChoice.values
    rows = ObjectiveMonth.objects.filter(
        perimeter_filter(perimeter, prefix="node__"), node=node, month__gte=since
    ).order_by("month")
    found: dict[int, list[tuple[dt.date, Counter[str]]]] = defaultdict(list)
    for objective_id, month, *counts in rows.values_list("objective_id", "month", *states):
        found[objective_id].append((month, Counter(dict(zip(states, counts, strict=True)))))
    return dict(found)


def _population(perimeter: Perimeter, node: Organisation) -> Q:
    return (
        Q(organisation__kind=OrganisationKind.EJ, organisation__is_followed=True)
        & below(node, "organisation__")
        & perimeter_filter(perimeter, prefix="organisation__")
    )
