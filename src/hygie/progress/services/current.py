"""Which of the recorded values is the current one, whatever the order in which they arrived?"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from hygie.programme.models import Indicator
from hygie.progress.models import CurrentMeasurement, Measurement
from hygie.progress.values import expiry_of

_Key = tuple[int, int]
_FIELDS = ["measurement", "value", "known_as", "effective_on", "expires_on"]
_UNIQUE = ["organisation", "indicator"]


def _rank(row: Measurement | CurrentMeasurement, pk: int) -> tuple[dt.date, int, int]:
    """Most recent first; on the same day the better known, then the last recorded."""
    return (row.effective_on, row.known_as, pk)


def current_follow(rows: Sequence[Measurement]) -> None:
    """Move the current values to the best of these rows, unless a better one stands already.

    To be called in the transaction that wrote the rows. Three statements a batch, at most.

    Args:
        rows: just written, each with its indicator at hand.
    """
    best = _best(rows)
    fresh = {key: _current(best[key]) for key in sorted(best)}
    # First the keys that nobody holds: of two transactions that open the same key at once, the
    # second waits here for the first, then compares with what it wrote.
    CurrentMeasurement.objects.bulk_create(fresh.values(), ignore_conflicts=True)
    standing = CurrentMeasurement.objects.select_for_update().filter(
        organisation_id__in={key[0] for key in best}, indicator_id__in={key[1] for key in best}
    )
    better = []
    for held in standing.order_by("organisation_id", "indicator_id"):
        row = best.get((held.organisation_id, held.indicator_id))
        if row is not None and _rank(row, row.pk) > _rank(held, held.measurement_id):
            better.append(_current(row))
    CurrentMeasurement.objects.bulk_create(
        better, update_conflicts=True, unique_fields=_UNIQUE, update_fields=_FIELDS
    )


def _best(rows: Sequence[Measurement]) -> dict[_Key, Measurement]:
    best: dict[_Key, Measurement] = {}
    for row in rows:
        key = (row.organisation_id, row.indicator_id)
        held = best.get(key)
        if held is None or _rank(row, row.pk) > _rank(held, held.pk):
            best[key] = row
    return best


def _current(row: Measurement) -> CurrentMeasurement:
    return CurrentMeasurement(
        organisation_id=row.organisation_id,
        indicator_id=row.indicator_id,
        measurement=row,
        value=row.value,
        known_as=row.known_as,
        effective_on=row.effective_on,
        expires_on=expiry_of(row.indicator, row.effective_on),
    )


def current_expiries_follow(**_announced: Any) -> int:
    """Write again the days of expiry, after a freshness period of the referential has changed.

    Returns:
        How many current values got another day.

    Cost: one grouping read; one update for each indicator and day that differs.
    """
    indicators = {row.pk: row for row in Indicator.objects.all()}
    wrong: dict[tuple[int, dt.date | None], set[dt.date]] = defaultdict(set)
    days = CurrentMeasurement.objects.values_list("indicator_id", "effective_on", "expires_on")
    for indicator_id, effective_on, expires_on in days.distinct().order_by():
        right = expiry_of(indicators[indicator_id], effective_on)
        if right != expires_on:
            wrong[indicator_id, right].add(effective_on)
    changed = 0
    for (indicator_id, right), effective in wrong.items():
        here = Q(indicator_id=indicator_id, effective_on__in=effective)
        changed += CurrentMeasurement.objects.filter(here).update(expires_on=right)
    return changed
