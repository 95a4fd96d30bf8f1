"""Which state holds on a given day, in SQL? A held state whose last day has passed is stale."""

import datetime as dt

from django.db.models import Case, CharField, F, Value, When
from django.db.models.expressions import Combinable

from hygie.governance.assessment.choices import StateChoice


def effective(today: dt.date, prefix: str = "") -> Combinable:
    """Expression of the effective state of a RequirementState or ObjectiveState."""
    return Case(
        When(**{f"{prefix}stale_on__lte": today}, then=Value(StateChoice.STALE.value)),
        default=F(f"{prefix}state"),
        output_field=CharField(),
    )
