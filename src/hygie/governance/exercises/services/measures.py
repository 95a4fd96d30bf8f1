"""Which measurements does a closed exercise leave where the assessment reads them?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.engines.exercise.scoring import Delay, Score
from hygie.governance.exercises.choices import Verdict
from hygie.governance.exercises.indicators import (
    ALERTS_MET,
    COVERAGE,
    DEADLINES_MET,
    LESSONS_CLOSED,
    OBJECTIVES_REACHED,
    RETEX_DELAY,
    YEARLY,
)
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.services.debrief import ORIGIN
from hygie.programme.models import Indicator
from hygie.programme.selectors import indicators
from hygie.progress.choices import ActionState, Knowledge
from hygie.progress.models import Evidence
from hygie.progress.selectors.actions import actions_in
from hygie.progress.selectors.measurements import current_in
from hygie.progress.services.measurements import NewMeasurement, measurements_record
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

# An objective counts as reached from this share of its points, or of the official mark.
REACHED_FROM = 2 / 3
PARTLY_FROM = 1 / 3
_ESTABLISHMENTS = (OrganisationKind.EJ, OrganisationKind.ET)
_Value: TypeAlias = tuple[str, float | None, str]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a play showed.

    Attributes:
        scores, delays: as the report tells them.
        alerts: of the alerts with a deadline that were played, whether each came in time.
    """

    scores: Sequence[Score]
    delays: Sequence[Delay]
    alerts: Sequence[bool]


def closing_measures_record(
    *,
    perimeter: Perimeter,
    exercise: Exercise,
    places: Sequence[Organisation],
    figures: Figures,
    evidence: Evidence | None,
) -> int:
    """Record that the yearly exercise was played, how fast it was debriefed, what it proved.

    Args:
        exercise: closed in the same transaction.
        places: structures that played it, where the perimeter records.
        figures: of the play.
        evidence: the report among the proofs.

    Returns:
        How many measurements were recorded; none when the referential is not loaded.
    """
    known: dict[str, Indicator] = {row.code: row for row in indicators()}
    played_on = timezone.localdate(exercise.started_at)
    rows = [
        NewMeasurement(
            indicator=known[code], organisation=place, value=value, known_as=Knowledge.MEASURED,
            # The year runs from the day of the play, not from the day of the report.
            effective_on=played_on,
            evidence_id=evidence.pk if evidence and place.pk == evidence.organisation_id else None,
            note=note[:500],
        )
        for place in places
        for code, value, note in _values(exercise, figures)
        if code in known and (code != COVERAGE or place.kind in _ESTABLISHMENTS)
    ]  # fmt: skip
    if not rows:
        return 0
    origin = f"governance/exercises:exercise:{exercise.pk}"
    return measurements_record(perimeter=perimeter, rows=rows, origin=origin)


def _values(exercise: Exercise, figures: Figures) -> Iterator[_Value]:
    yield YEARLY, 1.0, exercise.title
    # Of an establishment by itself; a group's or a region's is the mean of its members'.
    yield COVERAGE, 100.0, ""
    if exercise.ended_at is not None and exercise.closed_at is not None:
        waited = exercise.closed_at - exercise.ended_at
        yield RETEX_DELAY, float(max(0, waited.days)), ""
    scores = figures.scores
    judged = [reached for score in scores if (reached := is_reached(score)) is not None]
    unknown = len(scores) - len(judged)
    note = _("%(judged)s objectifs jugés, %(unknown)s non observés.") % {
        "judged": len(judged), "unknown": unknown,
    }  # fmt: skip
    yield OBJECTIVES_REACHED, _share(judged), note
    timed = [not late for delay in figures.delays if (late := delay.is_late) is not None]
    yield DEADLINES_MET, _share(timed), ""
    # Without one alert with a deadline that was played, nobody can tell.
    alerts = figures.alerts
    note = ngettext(
        "%(count)d alerte attendue (cellule de crise, CERT Santé, ARS).",
        "%(count)d alertes attendues (cellule de crise, CERT Santé, ARS).",
        len(alerts),
    ) % {"count": len(alerts)}
    yield ALERTS_MET, _share(alerts), note


def _share(given: Sequence[bool]) -> float | None:
    """How many of them, percent; None when there are none."""
    return round(100 * sum(given) / len(given), 1) if given else None


def is_reached(score: Score) -> bool | None:
    """Whether an objective was reached: the official mark says, else the points; None = unknown."""
    share = score.official if score.official is not None else score.share
    return None if share is None else share >= REACHED_FROM - 1e-9


def verdict_of(score: Score) -> Verdict:
    """How far an objective was reached; unseen is not tested."""
    reached = is_reached(score)
    if reached is None:
        return Verdict.NOT_TESTED
    share = score.official if score.official is not None else score.share
    if reached:
        return Verdict.PASSED
    return Verdict.PARTIAL if (share or 0) >= PARTLY_FROM else Verdict.FAILED


@transaction.atomic
def lessons_measures_record(*, perimeter: Perimeter) -> int:
    """Record, where it changed, which share of the actions born of lessons is closed with a proof.

    Actions given up do not count. Called every night: actions are closed elsewhere.

    Returns:
        How many establishments have another share than the last recorded.

    Cost: four queries, plus the writes.
    """
    indicator = next((row for row in indicators() if row.code == LESSONS_CLOSED), None)
    if indicator is None:
        return 0
    told = dict(
        current_in(perimeter).filter(indicator=indicator).values_list("organisation_id", "value")
    )
    rows = []
    today = timezone.localdate()
    counted: dict[Organisation, list[bool]] = {}
    for action in actions_in(perimeter).filter(origin=ORIGIN).exclude(state=ActionState.CANCELLED):
        is_closed = action.state == ActionState.DONE and action.proof_id is not None
        counted.setdefault(action.organisation, []).append(is_closed)
    for place, closed in counted.items():
        share = round(100 * sum(closed) / len(closed), 1)
        if told.get(place.pk) != share:
            rows.append(
                NewMeasurement(indicator, place, share, Knowledge.MEASURED, effective_on=today)
            )
    if not rows:
        return 0
    return measurements_record(perimeter=perimeter, rows=rows, origin=ORIGIN)
