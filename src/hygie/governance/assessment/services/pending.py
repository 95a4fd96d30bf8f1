"""How do states follow facts, once, however many facts came together?"""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from hygie.foundation.jobs.watch import Watch
from hygie.governance.assessment.models import (
    ObjectiveState,
    PendingComputation,
    RequirementState,
)
from hygie.governance.assessment.selectors.candidates import candidate_ids_all
from hygie.governance.assessment.services.states import Recomputed, states_recompute


def computation_ask(*, organisation_ids: Collection[int]) -> None:
    """Remember that these organisations' states must be computed."""
    PendingComputation.objects.bulk_create(
        [PendingComputation(organisation_id=pk) for pk in organisation_ids], batch_size=2000
    )


def computation_ask_all() -> None:
    """Remember that every assessed organisation must be computed."""
    computation_ask(organisation_ids=candidate_ids_all())


def computation_ask_due(*, today: dt.date | None = None) -> int:
    """Remember the organisations whose states change today by themselves.

    Returns:
        How many organisations.
    """
    day = today or timezone.localdate()
    requirements = RequirementState.objects.filter(changes_on__lte=day)
    objectives = ObjectiveState.objects.filter(stale_on__lte=day).exclude(state="stale")
    ids = {
        *requirements.values_list("organisation_id", flat=True).distinct(),
        *objectives.values_list("organisation_id", flat=True).distinct(),
    }
    computation_ask(organisation_ids=ids)
    return len(ids)


def computation_run(*, watch: Watch | None = None, today: dt.date | None = None) -> Recomputed:
    """Compute what was asked for, then forget it; what is asked meanwhile stays for the next run.

    Cut in the middle, everything is still asked, and what is already right is not written again.
    """
    pending = list(PendingComputation.objects.order_by("id").values_list("id", "organisation_id"))
    report = states_recompute(
        organisation_ids={organisation_id for _, organisation_id in pending},
        cause="facts",
        watch=watch,
        today=today,
    )
    for start in range(0, len(pending), 500):
        ids = [pk for pk, _ in pending[start : start + 500]]
        PendingComputation.objects.filter(pk__in=ids).delete()
    return report
