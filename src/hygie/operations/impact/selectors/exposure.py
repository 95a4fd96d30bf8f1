"""Which share of a directory's accounts has a path to tier 0, as last measured?"""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from hygie.progress.selectors.measurements import current_in
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import operator_perimeter

CODE = "ad.exposed_share"


@dataclass(frozen=True, slots=True)
class Exposure:
    """Share of the directory's accounts with a path to tier 0, as last measured.

    Attributes:
        share: 0 … 1; None when no audit says. on: day of the measure. is_stale: too old to count
            as current: used all the same, and told.
    """

    share: float | None
    on: dt.date | None = None
    is_stale: bool = False


def directory_exposure(organisation: Organisation) -> Exposure:
    """The latest measure of a place, else of its legal entity; unknown when there is none. 1 query.

    The audit of the directory is not read: only the indicator that it leaves, which whoever
    rehearses here reads as well.
    """
    chain = [organisation.pk, organisation.legal_entity_id]
    wanted = {pk: rank for rank, pk in enumerate(chain) if pk is not None}
    rows = current_in(operator_perimeter()).filter(
        organisation_id__in=wanted, indicator__code=CODE, value__isnull=False
    )
    nearest = min(rows, key=lambda row: wanted[row.organisation_id], default=None)
    if nearest is None or nearest.value is None:
        return Exposure(None)
    is_stale = nearest.expires_on is not None and nearest.expires_on <= timezone.localdate()
    return Exposure(min(max(nearest.value / 100, 0.0), 1.0), nearest.effective_on, is_stale)
