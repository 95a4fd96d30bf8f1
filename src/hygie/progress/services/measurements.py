"""How is a value written, so that the latest is always one read away?"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.utils import timezone

from hygie.foundation.jobs.followups import follow_up
from hygie.foundation.jobs.watch import SilentWatch, Watch
from hygie.foundation.journal.services import journal_write
from hygie.programme.models import Indicator
from hygie.progress.choices import Knowledge
from hygie.progress.errors import NothingToRecord, ReasonMissing
from hygie.progress.models import Evidence, Measurement
from hygie.progress.services.current import current_follow
from hygie.progress.values import date_check, level_check, value_check
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.perimeter import Depth, Perimeter, Right

_BATCH = 5000


@dataclass(frozen=True, slots=True)
class NewMeasurement:
    """One value to record; `indicator` and `organisation` are rows already read."""

    indicator: Indicator
    organisation: Organisation
    value: float | None
    known_as: int
    effective_on: dt.date
    evidence_id: int | None = None
    note: str = ""


def measurement_record(
    *,
    perimeter: Perimeter,
    indicator: Indicator,
    organisation_id: int,
    value: float | None,
    known_as: int = Knowledge.DECLARED,
    effective_on: dt.date | None = None,
    evidence: Evidence | None = None,
    note: str = "",
    origin: str = "declared",
) -> Measurement:
    """Record one value of one indicator.

    Args:
        perimeter: must hold RECORD at the organisation.
        value: in the indicator's unit; None when the measure was made and could not tell.
        known_as: declared 1 < documented 2 < measured 3 < verified 4.
        effective_on: the day it was true; today by default, never in the future.

    Returns:
        The row; the current value follows unless a more recent one exists.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights.
        ValueRefused, DateRefused, HeldElsewhere: the value, the day or the level does not fit.
    """
    organisation = organisation_get_in(
        perimeter, organisation_id, depth=Depth.DETAIL, right=Right.RECORD
    )
    new = NewMeasurement(
        indicator=indicator,
        organisation=organisation,
        value=value,
        known_as=known_as,
        effective_on=effective_on or timezone.localdate(),
        evidence_id=evidence.pk if evidence else None,
        note=note,
    )
    measurement_check(new, timezone.localdate())
    with transaction.atomic():
        row = _rows_write([new], perimeter=perimeter, origin=origin)[0]
        journal_write(
            actor=perimeter.actor,
            action="measurement.recorded",
            object_type="measurement",
            object_id=row.pk,
            organisation_id=organisation.pk,
            detail={"indicator": indicator.code, "value": value, "known_as": int(known_as)},
        )
        follow_up("facts_changed", organisation_ids=[organisation.pk])
    return row


def measurements_record(
    *,
    perimeter: Perimeter,
    rows: Iterable[NewMeasurement],
    origin: str,
    watch: Watch | None = None,
) -> int:
    """Record many values in one transaction with one journal line.

    The caller has read indicators and organisations inside the perimeter with RECORD; each value,
    date and level is checked here.

    Returns:
        How many values were recorded.

    Raises:
        ValueRefused, DateRefused, HeldElsewhere: the first that does not fit; nothing is written.
        NothingToRecord: no row at all.

    Cost: 5,000 rows at a time; four statements a batch.
    """
    watch = watch or SilentWatch()
    today = timezone.localdate()
    touched: set[int] = set()
    count = 0
    source = iter(rows)
    with transaction.atomic():
        while batch := list(islice(source, _BATCH)):
            for new in batch:
                measurement_check(new, today)
            _rows_write(batch, perimeter=perimeter, origin=origin)
            touched.update(new.organisation.pk for new in batch)
            count += len(batch)
            watch.advance(len(batch))
        if not count:
            raise NothingToRecord
        journal_write(
            actor=perimeter.actor,
            action="measurements.recorded",
            object_type="measurement",
            detail={"count": count, "organisations": len(touched), "origin": origin},
        )
        follow_up("facts_changed", organisation_ids=sorted(touched))
    return count


def measurement_correct(
    *,
    perimeter: Perimeter,
    measurement: Measurement,
    value: float | None,
    reason: str,
) -> Measurement:
    """Say that a recorded value was wrong: a new line of the same day, with the reason.

    Raises:
        ReasonMissing: no word of explanation.
    """
    if not reason.strip():
        raise ReasonMissing
    return measurement_record(
        perimeter=perimeter,
        indicator=measurement.indicator,
        organisation_id=measurement.organisation_id,
        value=value,
        known_as=measurement.known_as,
        effective_on=measurement.effective_on,
        evidence=measurement.evidence,
        note=reason.strip(),
        origin=f"correction:{measurement.pk}",
    )


def measurement_check(new: NewMeasurement, today: dt.date) -> None:
    """Refuse a value, a day or a level that does not fit its indicator.

    Raises:
        ValueRefused, DateRefused, HeldElsewhere.
    """
    value_check(new.indicator, new.value)
    date_check(new.effective_on, today)
    level_check(new.indicator, new.organisation)


def _rows_write(
    batch: Sequence[NewMeasurement], *, perimeter: Perimeter, origin: str
) -> list[Measurement]:
    now = timezone.now()
    rows = Measurement.objects.bulk_create(
        Measurement(
            indicator=new.indicator,
            organisation=new.organisation,
            value=new.value,
            known_as=new.known_as,
            effective_on=new.effective_on,
            recorded_at=now,
            recorded_by_id=perimeter.actor.user_id,
            origin=origin[:80],
            evidence_id=new.evidence_id,
            note=new.note[:500],
        )
        for new in batch
    )
    current_follow(rows)
    return rows
