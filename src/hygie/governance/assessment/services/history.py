"""How is the past told when dated facts arrive late?"""

import calendar
import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from hygie.foundation.errors import NotAllowed
from hygie.foundation.jobs.watch import SilentWatch, Watch
from hygie.foundation.journal.services import journal_write
from hygie.governance.assessment.models import (
    ObjectiveMonth,
    ObjectiveState,
    RequirementState,
    RequirementStateChange,
)
from hygie.governance.assessment.selectors.candidates import candidate_ids_all
from hygie.governance.assessment.services.months import month_close
from hygie.governance.assessment.services.states import states_compute
from hygie.territory.perimeter import Perimeter, Right

HISTORY = "history"


def history_rebuild(
    *,
    perimeter: Perimeter,
    since: dt.date,
    watch: Watch | None = None,
    today: dt.date | None = None,
) -> int:
    """Compute states again as of each month's end, from the dated facts on record.

    Today's memberships, activity and rules are used for every month: only facts have a past here.

    Args:
        perimeter: must hold MANAGE_PROGRAMME.
        since: the first month told.

    Returns:
        Months closed.
    """
    if not perimeter.holds_anywhere(Right.MANAGE_PROGRAMME):
        raise NotAllowed
    watch = watch or SilentWatch()
    today = today or timezone.localdate()
    ids = candidate_ids_all()
    days = list(month_ends(since, today))
    with transaction.atomic():
        for model in (RequirementState, RequirementStateChange, ObjectiveState):
            model.objects.all().delete()
        ObjectiveMonth.objects.filter(month__gte=since.replace(day=1)).delete()
        watch.stage(gettext_noop("Reconstitution de l'historique"), total=len(days) + 1)
        for day in days:
            states_compute(ids, cause=HISTORY, watch=SilentWatch(), today=day)
            month_close(month=day.replace(day=1), on=day)
            watch.advance()
        states_compute(ids, cause=HISTORY, watch=SilentWatch(), today=today)
        journal_write(
            actor=perimeter.actor,
            action="history.rebuilt",
            object_type="assessment",
            detail={"since": since.isoformat(), "months": len(days)},
        )
    return len(days)


def month_ends(since: dt.date, today: dt.date) -> Iterator[dt.date]:
    """Last day of each month from `since`, before today."""
    day = since
    while True:
        last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        if last >= today:
            return
        yield last
        day = last + dt.timedelta(days=1)
