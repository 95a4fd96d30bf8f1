"""What stands already, as the sheets that bring more must know it? Keys only, for services."""

import datetime as dt
from collections.abc import Collection

from hygie.progress.models import Action, Evidence, Measurement

EvidenceKey = tuple[int, str, str, dt.date]
ActionKey = tuple[int, str, dt.date | None]
MeasurementKey = tuple[int, int, dt.date, float | None, int]


def evidence_keys(organisation_ids: Collection[int]) -> set[EvidenceKey]:
    """Place, kind, title and day of the proofs of these organisations; one query."""
    rows = Evidence.objects.filter(organisation_id__in=organisation_ids)
    return set(rows.values_list("organisation_id", "kind__code", "title", "effective_on"))


def action_keys(organisation_ids: Collection[int]) -> set[ActionKey]:
    """Place, title and due date of the actions of these organisations; one query."""
    rows = Action.objects.filter(organisation_id__in=organisation_ids)
    return set(rows.values_list("organisation_id", "title", "due_on"))


def measurement_keys(
    organisation_ids: Collection[int], indicator_ids: Collection[int], since: dt.date
) -> set[MeasurementKey]:
    """Place, indicator, day, value and knowledge of the values recorded since a day; one query."""
    rows = Measurement.objects.filter(
        organisation_id__in=organisation_ids,
        indicator_id__in=indicator_ids,
        effective_on__gte=since,
    )
    return set(
        rows.values_list("organisation_id", "indicator_id", "effective_on", "value", "known_as")
    )
