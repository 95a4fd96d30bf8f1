"""Who must know that a map has changed?"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hygie.foundation.jobs.followups import follow_up
from hygie.territory.estate.models import EstateRevision
from hygie.territory.estate.selectors.whole import tied_organisations


@transaction.atomic
def estate_hold(organisation_ids: Collection[int]) -> None:
    """Keep other changes of these maps, and of those tied to them, waiting until this one is done.

    Two imports applied at once would each compare with what the other is about to change. All the
    maps that a change may reach are taken together and in order, so that two never wait for each
    other.
    """
    _hold(tied_organisations(organisation_ids))


def _hold(organisation_ids: Collection[int]) -> None:
    wanted = sorted(organisation_ids)
    known = set(
        EstateRevision.objects.filter(organisation_id__in=wanted).values_list(
            "organisation_id", flat=True
        )
    )
    for pk in wanted:
        if pk not in known:
            EstateRevision.objects.get_or_create(organisation_id=pk)
    rows = EstateRevision.objects.select_for_update().filter(organisation_id__in=wanted)
    list(rows.order_by("organisation_id").values_list("pk", flat=True))


@transaction.atomic
def estate_changed(organisation_ids: Collection[int]) -> None:
    """What was computed from these maps no longer holds; tells who computes from them.

    Args:
        organisation_ids: whose assets changed, and whom these serve.
    """
    wanted = sorted(organisation_ids)
    if not wanted:
        return
    _hold(wanted)
    EstateRevision.objects.filter(organisation_id__in=wanted).update(
        number=F("number") + 1, changed_at=timezone.now()
    )
    follow_up("estate_changed", organisation_ids=wanted)


@transaction.atomic
def estate_moved(organisation_ids: Collection[int]) -> None:
    """What is shown of these maps has changed, though nothing that is computed from them has."""
    _hold(organisation_ids)
    EstateRevision.objects.filter(organisation_id__in=organisation_ids).update(
        number=F("number") + 1, changed_at=timezone.now()
    )
