"""Which measurements do a ranking and a rehearsal leave where the assessment reads them?"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.operations.impact.models import LossRanking, RansomwareRehearsal
from hygie.programme.models import Indicator
from hygie.programme.selectors import indicators
from hygie.progress.choices import Knowledge
from hygie.progress.selectors.measurements import current_in
from hygie.progress.services.measurements import NewMeasurement, measurements_record
from hygie.territory.estate.selectors.figures import map_figures
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

_Value: TypeAlias = tuple[str, float | None, str]
# The rehearsed hours are measured on the map as it is: its declared facts are not verified.
_KNOWN_AS = Knowledge.MEASURED


def ranking_measures_record(*, perimeter: Perimeter, ranking: LossRanking) -> int:
    """Record how well the map is known, and its single points of failure, as of today.

    Returns:
        How many measurements were recorded; none when the referential is not loaded, or when
        nothing differs from what was measured today.
    """
    values = [*_map_values(ranking.organisation), _single_points(ranking)]
    return _record(perimeter, ranking.organisation, values, f"ranking:{ranking.pk}")


def rehearsal_measures_record(*, perimeter: Perimeter, rehearsal: RansomwareRehearsal) -> int:
    """Record the care-hours that a rehearsed attack is expected to take, as of today.

    Returns:
        How many measurements were recorded; none when the referential is not loaded.
    """
    found = rehearsal.summary["hours"]
    note = _("Entre %(low)s et %(high)s heures, sur %(runs)s attaques rejouées : %(name)s.") % {
        "low": f"{found['low']:.0f}", "high": f"{found['high']:.0f}", "runs": rehearsal.runs,
        "name": rehearsal.name,
    }  # fmt: skip
    values = [("impact.lost_care_hours", round(float(found["mean"]), 1), note)]
    return _record(perimeter, rehearsal.organisation, values, f"rehearsal:{rehearsal.pk}")


def _map_values(organisation: Organisation) -> Iterator[_Value]:
    figures = map_figures(organisation)
    yield "impact.map_completeness", figures.completeness, ""
    yield "impact.owned_applications_share", figures.owned_share, ""
    yield "impact.mapped_share", figures.mapped_share, ""


def _single_points(ranking: LossRanking) -> _Value:
    found = ranking.summary
    least, most = found["single_points"], found["single_points_at_worst"]
    code = "impact.single_points"
    if not found["vital"] and not found["unranked"]:
        return code, None, _("La carte n'a aucune activité de soins vitale.")
    if least == most:
        return code, float(least), ""
    return code, None, ngettext(
        "Entre %(least)d et %(most)d : %(count)d activité n'a pas de criticité déclarée.",
        "Entre %(least)d et %(most)d : %(count)d activités n'ont pas de criticité déclarée.",
        found["unranked"],
    ) % {"least": least, "most": most, "count": found["unranked"]}  # fmt: skip


def _record(
    perimeter: Perimeter, organisation: Organisation, values: Iterable[_Value], origin: str
) -> int:
    known: dict[str, Indicator] = {row.code: row for row in indicators()}
    today = timezone.localdate()
    # A map is edited many times a day: the same value of the same day is told once.
    told = current_in(perimeter).filter(organisation=organisation, effective_on=today)
    same = set(told.values_list("indicator__code", "value", "measurement__note"))
    rows = [
        NewMeasurement(
            indicator=known[code], organisation=organisation, value=value, known_as=_KNOWN_AS,
            effective_on=today, note=note[:500],
        )
        for code, value, note in values
        if code in known and (code, value, note[:500]) not in same
    ]  # fmt: skip
    if not rows:
        return 0
    return measurements_record(perimeter=perimeter, rows=rows, origin=f"operations/impact:{origin}")
