"""How does an indicator's history draw?"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hygie.foundation.design.components.charts import Chart, Series
from hygie.programme.models import Indicator, IndicatorTarget
from hygie.programme.words import localized
from hygie.progress.models import Measurement


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
        finding=_finding(rows),
        kind="line",
        categories=[row.effective_on.isoformat() for row in rows],
        series=[Series(name=localized(indicator, "title"), values=[row.value for row in rows])],
        unit=str(indicator.get_unit_display()),
        target=bound,
        target_label=_("cible"),
        is_time=True,
        element_id="series",
    )


def _finding(rows: Sequence[Measurement]) -> str:
    known = [row for row in rows if row.value is not None]
    if len(known) < 2:
        return _("Trop peu de valeurs pour dire une tendance.")
    first, last = known[0].value or 0, known[-1].value or 0
    if first == last:
        return _("La valeur est restée la même.")
    return _("De %(first)s à %(last)s.") % {"first": f"{first:g}", "last": f"{last:g}"}
