"""How is a month closed, so that history costs one read?"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count

from hygie.governance.assessment.choices import StateChoice
from hygie.governance.assessment.models import ObjectiveMonth, ObjectiveState
from hygie.governance.assessment.selectors.effective import effective
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation


def month_close(*, month: dt.date, on: dt.date) -> int:
    """Write how many legal entities of each node were in each state.

    Nodes are the nation, regions, GHT and the entities themselves; closing again replaces.

    Args:
        month: first day of the month.
        on: the day whose effective states are counted, normally the last of the month.

    Returns:
        Rows written.

    Cost: one aggregate over the objective states of followed entities.
    """
    rows = (
        ObjectiveState.objects.filter(
            organisation__kind=OrganisationKind.EJ, organisation__is_followed=True
        )
        .annotate(effective=effective(on))
        .values_list(
            "organisation_id", "organisation__ght_id", "organisation__region_id",
            "objective_id", "effective",
        )
        .annotate(n=Count("id"))
        .order_by()
    )  # fmt: skip
    nation_id = (
        Organisation.objects.filter(kind=OrganisationKind.NATION)
        .values_list("id", flat=True)
        .first()
    )
    counts: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for entity, ght, region, objective, state, n in rows.iterator(chunk_size=5000):
        for node in _nodes(entity, ght, region, nation_id):
            counts[node, objective][state] += n
    return _write(month, counts)


def _nodes(*ids: int | None) -> Iterable[int]:
    return (pk for pk in ids if pk is not None)


def _write(month: dt.date, counts: dict[tuple[int, int], Counter[str]]) -> int:
    rows = [
        ObjectiveMonth(
            node_id=node,
            objective_id=objective,
            month=month,
            **{state: states[state] for state in StateChoice.values},
        )
        for (node, objective), states in counts.items()
    ]
    with transaction.atomic():
        ObjectiveMonth.objects.bulk_create(
            rows,
            batch_size=2000,
            update_conflicts=True,
            unique_fields=["node", "objective", "month"],
            update_fields=list(StateChoice.values),
        )
    return len(rows)
