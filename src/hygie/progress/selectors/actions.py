"""What was promised, to whom, and what is late?"""

import datetime as dt

from django.db.models import Q, QuerySet

from hygie.foundation.errors import NotFound
from hygie.progress.choices import ActionState
from hygie.progress.models import Action
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import below, perimeter_filter
from hygie.territory.perimeter import Depth, Perimeter

OPEN = (ActionState.PLANNED, ActionState.IN_PROGRESS)


def actions_in(perimeter: Perimeter) -> QuerySet[Action]:
    """Actions of establishments that this perimeter sees in detail."""
    return Action.objects.filter(
        perimeter_filter(perimeter, depth=Depth.DETAIL, prefix="organisation__")
    ).select_related("organisation", "owner", "measure", "proof")


def action_get_in(perimeter: Perimeter, pk: int) -> Action:
    """One action.

    Raises:
        NotFound: absent or forbidden.
    """
    found = actions_in(perimeter).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def actions_due(perimeter: Perimeter, *, today: dt.date, days: int = 30) -> QuerySet[Action]:
    """Open actions that are late or due within this many days, most urgent first."""
    return (
        actions_in(perimeter)
        .filter(state__in=OPEN, due_on__lte=today + dt.timedelta(days=days))
        .order_by("due_on", "priority", "id")
    )


# A calendar that read an action yesterday must learn that it is over.
_REMEMBERED = dt.timedelta(days=90)
_CALENDAR_LIMIT = 2000


def actions_for_calendar(
    perimeter: Perimeter, place: Organisation, *, today: dt.date
) -> QuerySet[Action]:
    """Dated actions of a place: the open ones, and those closed in the last ninety days."""
    recent = Q(state__in=OPEN) | Q(changed_at__date__gte=today - _REMEMBERED)
    rows = actions_in(perimeter).filter(
        below(place, "organisation__"), recent, due_on__isnull=False
    )
    return rows.order_by("-due_on", "id")[:_CALENDAR_LIMIT]


def actions_chosen(perimeter: Perimeter, place: Organisation, ids: list[int]) -> list[Action]:
    """Those of these actions that stand at the place or below it and may be read."""
    return list(actions_in(perimeter).filter(below(place, "organisation__"), pk__in=ids))
