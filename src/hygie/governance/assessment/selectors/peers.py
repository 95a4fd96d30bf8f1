"""How far has each legal entity of a category come, axis by axis? For percentiles only."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Count, Q

from hygie.governance.assessment.choices import StateChoice
from hygie.governance.assessment.models import ObjectiveState
from hygie.governance.assessment.selectors.effective import effective
from hygie.territory.organisations.choices import OrganisationKind


class AxisShare(NamedTuple):
    """One entity on one axis: objectives passed out of those that apply."""

    organisation_id: int
    axis: int
    passed: int
    applicable: int


def axis_shares(*, kind: str, category: str, today: dt.date) -> list[AxisShare]:
    """Every followed organisation of this kind and category, whoever asks; one query.

    The rows never leave the caller: only quantiles above a minimum group do.
    """
    rows = (
        ObjectiveState.objects.filter(
            organisation__kind=OrganisationKind(kind),
            organisation__category_code=category,
            organisation__is_followed=True,
            organisation__closed_on__isnull=True,
        )
        .annotate(effective=effective(today))
        .values_list("organisation_id", "objective__axis__number")
        .annotate(
            passed=Count("id", filter=Q(effective=StateChoice.PASSED)),
            applicable=Count("id", filter=~Q(effective=StateChoice.NOT_APPLICABLE)),
        )
        .order_by()
    )
    return [AxisShare(*row) for row in rows]
