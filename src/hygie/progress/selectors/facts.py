"""Which facts does the assessment rest on? Latest values and proofs, as plain tuples."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.utils import timezone

from hygie.progress.models import CurrentMeasurement, Evidence, Measurement


class FactRow(NamedTuple):
    """One measurement or proof: `code` is an indicator's, or `proof:<document kind>`."""

    organisation_id: int
    code: str
    value: float | None
    known_as: int
    effective_on: dt.date
    expires_on: dt.date | None
    ref: str


def facts_of(organisation_ids: Collection[int], codes: Collection[str] = ()) -> Iterator[FactRow]:
    """Measurements and proofs of these organisations, oldest first.

    For services that compute states: they see every fact, whoever asked.

    Args:
        organisation_ids: at most a few thousand.
        codes: indicator codes wanted; all when empty.

    Cost: two statements.
    """
    measured = Measurement.objects.filter(organisation_id__in=organisation_ids)
    if codes:
        measured = measured.filter(indicator__code__in=codes)
    rows = measured.order_by("effective_on", "known_as", "id").values_list(
        "organisation_id", "indicator__code", "value", "known_as", "effective_on",
        "indicator__freshness_days", "id",
    )  # fmt: skip
    for organisation_id, code, value, known_as, day, freshness, pk in rows.iterator():
        expires_on = day + dt.timedelta(days=freshness) if freshness is not None else None
        yield FactRow(organisation_id, code, value, known_as, day, expires_on, f"measurement:{pk}")
    proofs = Evidence.objects.filter(organisation_id__in=organisation_ids, is_withdrawn=False)
    for organisation_id, kind, known_as, day, expires_on, pk in (
        proofs.order_by("effective_on", "id")
        .values_list(
            "organisation_id", "kind__code", "known_as", "effective_on", "expires_on", "id"
        )
        .iterator()
    ):
        yield FactRow(
            organisation_id, f"proof:{kind}", 1.0, known_as, day, expires_on, f"evidence:{pk}"
        )


_Latest = tuple[int, int, float | None, int, dt.date, dt.date | None]


def latest_values(organisation_ids: Collection[int], on: dt.date) -> Iterator[_Latest]:
    """Latest value per organisation and indicator as of a day; one statement.

    Today is one indexed read of the current values; an earlier day reads the series up to it.

    Yields:
        organisation id, indicator id, value, known_as, effective_on, expires_on.
    """
    if on >= timezone.localdate():
        yield from (
            CurrentMeasurement.objects.filter(organisation_id__in=organisation_ids)
            .values_list(
                "organisation_id", "indicator_id", "value", "known_as", "effective_on", "expires_on"
            )
            .iterator(chunk_size=5000)
        )
        return
    rows = (
        Measurement.objects.filter(organisation_id__in=organisation_ids, effective_on__lte=on)
        .order_by("effective_on", "known_as", "id")
        .values_list(
            "organisation_id", "indicator_id", "value", "known_as", "effective_on",
            "indicator__freshness_days",
        )
    )  # fmt: skip
    last: dict[tuple[int, int], _Latest] = {}
    for organisation_id, indicator_id, value, known_as, day, freshness in rows.iterator(5000):
        expires_on = day + dt.timedelta(days=freshness) if freshness is not None else None
        last[organisation_id, indicator_id] = (
            organisation_id, indicator_id, value, known_as, day, expires_on,
        )  # fmt: skip
    yield from last.values()
