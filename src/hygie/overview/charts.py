"""Which drawings does the cockpit show?"""

from django.utils.translation import gettext as _

from hygie.foundation.design.components.charts import Chart, Series
from hygie.governance.assessment.choices import StateChoice
from hygie.overview.selectors.cockpit import Cockpit
from hygie.overview.selectors.comparison import AxisComparison, Comparison
from hygie.overview.selectors.words import comparison_answer, history_finding

_DRAWN = (
    StateChoice.PASSED, StateChoice.PARTIAL, StateChoice.FAILED, StateChoice.STALE,
    StateChoice.CANNOT_TELL, StateChoice.NOT_TESTED,
)  # fmt: skip


def history_chart(cockpit: Cockpit) -> Chart | None:
    """Share of objective states month after month; None before two closed months."""
    if len(cockpit.months) < 2:
        return None
    totals = [
        sum(n for state, n in states.items() if state != StateChoice.NOT_APPLICABLE) or 1
        for _month, states in cockpit.months
    ]
    return Chart(
        finding=history_finding(cockpit),
        kind="stacked",
        categories=[month.isoformat() for month, _states in cockpit.months],
        series=[
            Series(
                name=state.label,
                values=[
                    round(100 * states[state] / total, 1)
                    for (_month, states), total in zip(cockpit.months, totals, strict=True)
                ],
                state=state,
            )
            for state in _DRAWN
        ],
        unit=_("%"),
        maximum=100,
        is_time=True,
        element_id="history",
    )


def comparison_chart(found: Comparison, rows: list[tuple[str, AxisComparison]]) -> Chart:
    """Own share beside the median of the peers, axis by axis."""
    return Chart(
        finding=comparison_answer(found),
        kind="bar",
        categories=[label for label, _row in rows],
        series=[
            Series(name=_("Ici"), values=[row.own for _label, row in rows]),
            Series(
                name=_("Médiane des pairs"),
                values=[row.quartiles.values[1] for _label, row in rows],
                low=[row.quartiles.values[0] for _label, row in rows],
                high=[row.quartiles.values[2] for _label, row in rows],
            ),
        ],
        unit=_("%"),
        maximum=100,
        is_flat=True,
        element_id="peers",
    )
