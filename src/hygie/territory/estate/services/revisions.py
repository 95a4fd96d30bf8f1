"""Who must know that a map has changed?"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hygie.foundation.jobs.followups import follow_up
from hygie.territory.estate.models import EstateRevision


@transaction.atomic
def estate_hold(organisation_ids: Collection[int]) -> None:
    """Keep other changes of these maps waiting until this transaction ends.

    Two imports applied at once would each compare with what the other is about to change; and an
    establishment is always taken before the next one, so that two never wait for each other.
    """
    wanted = sorted(organisation_ids)
    for pk in wanted:
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
    estate_hold(wanted)
    EstateRevision.objects.filter(organisation_id__in=wanted).update(
        number=F("number") + 1, changed_at=timezone.now()
    )
    follow_up("estate_changed", organisation_ids=wanted)


@transaction.atomic
def estate_moved(organisation_ids: Collection[int]) -> None:
    """What is shown of these maps has changed, though nothing that is computed from them has."""
    EstateRevision.objects.filter(organisation_id__in=organisation_ids).update(
        number=F("number") + 1, changed_at=timezone.now()
    )
