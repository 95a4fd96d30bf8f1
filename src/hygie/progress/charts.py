"""How does an indicator's history draw?"""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hygie.foundation.design.components.charts import Chart, Series
from hygie.programme.choices import Direction, Unit
from hygie.programme.models import Indicator, IndicatorTarget
from hygie.programme.words import localized
from hygie.progress.models import Measurement
from hygie.progress.values import value_words

_MAXIMUM: dict[str, float] = {Unit.PERCENT: 100.0}
_WORDLESS: set[str] = {Unit.BOOLEAN, Unit.COUNT, Unit.SCORE}


def series_chart(
    indicator: Indicator, rows: Sequence[Measurement], target: IndicatorTarget | None
) -> Chart | None:
    """The values in time with the target as a thin line; None before two values."""
    if len(rows) < 2:
        return None
    bound = None
    if target is not None:
        bound = target.at_least if target.at_least is not None else target.at_most
    return Chart(
        finding=_finding(indicator, rows),
        kind="line",
        categories=[row.effective_on.isoformat() for row in rows],
        series=[Series(name=localized(indicator, "title"), values=[row.value for row in rows])],
        unit="" if indicator.unit in _WORDLESS else str(indicator.get_unit_display()),
        maximum=_MAXIMUM.get(indicator.unit),
        target=bound,
        target_label=_("cible"),
        is_time=True,
        element_id="series",
    )


def _finding(indicator: Indicator, rows: Sequence[Measurement]) -> str:
    known = [(row.effective_on, row.value) for row in rows if row.value is not None]
    if len(known) < 2:
        return _("Trop peu de valeurs pour dire une tendance.")
    (first_on, first), (last_on, last) = known[0], known[-1]
    facts = {
        "first": value_words(indicator, first),
        "last": value_words(indicator, last),
        "since": date_format(first_on, "YEAR_MONTH_FORMAT"),
        "until": date_format(last_on, "YEAR_MONTH_FORMAT"),
    }
    if first == last:
        return _("%(last)s en %(until)s, comme en %(since)s.") % facts
    is_better = (last > first) == (indicator.direction == Direction.HIGHER)
    if is_better:
        return _("En progrès : de %(first)s en %(since)s à %(last)s en %(until)s.") % facts
    return _("En recul : de %(first)s en %(since)s à %(last)s en %(until)s.") % facts
