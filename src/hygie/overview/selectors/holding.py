"""Which requirements keep each objective from being reached here, one click from their reason?"""

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from django.db.models import F

from hygie.governance.assessment.choices import StateChoice
from hygie.governance.assessment.selectors.requirements import requirement_states_in
from hygie.programme.words import localized
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

SHOWN = 5
_REACHED = (StateChoice.PASSED, StateChoice.NOT_APPLICABLE)


class Holding(NamedTuple):
    """A requirement that is not reached, with its state of the day."""

    requirement_id: int
    ref_id: str
    name: str
    state: str


def holding_back(
    perimeter: Perimeter, node: Organisation, today: dt.date
) -> dict[int, list[Holding]]:
    """Requirements in force that are not reached, by objective, in their own order; one query.

    Returns:
        objective id → at most `SHOWN` requirements. States only: no reason, hence no weak point.
    """
    rows = (
        requirement_states_in(perimeter, today)
        .filter(
            organisation=node,
            requirement__framework__is_current=True,
            requirement__objectives__isnull=False,
        )
        .exclude(effective__in=_REACHED)  # type: ignore[misc]  # annotated
        .annotate(objective=F("requirement__objectives"))
        .select_related("requirement")
        .order_by("requirement__framework_id", "requirement__order")
    )
    found: dict[int, list[Holding]] = defaultdict(list)
    for row in rows:
        if len(found[row.objective]) < SHOWN:
            wanted = row.requirement
            name, state = localized(wanted, "name"), row.effective  # type: ignore[attr-defined]
            found[row.objective].append(Holding(wanted.pk, wanted.ref_id, name, state))
    return dict(found)
