"""Which drawings do the pages of impact show?"""

from bisect import bisect_right

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.foundation.design.components.charts import Chart, Series
from hygie.foundation.design.components.numbers import number_words
from hygie.operations.impact.answers import LossAnswer
from hygie.operations.impact.defence_words import defence_words
from hygie.operations.impact.models import RansomwareRehearsal
from hygie.operations.impact.words import care_count, hours_words
from hygie.territory.estate.words import duration_words

_MOST_BARS = 12
# Hours at which an attack is looked at: close together at first, since all goes fast then.
_MARKS_H = (
    1, 2, 4, 8, 12, 24, 36, 48, 72, 96, 120, 168, 240, 336, 504, 720, 1080, 1440, 2160, 4320,
)  # fmt: skip


def care_over_time(answer: LossAnswer) -> Chart | None:
    """Care stopped and degraded as time passes; None when nothing fails, or all of it at once."""
    moments = {0.0}
    for one in answer.care:
        moments |= {at for at in (one.stops_min, one.degrades_min) if at is not None}
    if len(moments) < 2:
        return None
    shown = sorted(moments)
    stopped = [sum(_is_by(one.stops_min, at) for one in answer.care) for at in shown]
    touched = [
        sum(_is_by(one.stops_min, at) or _is_by(one.degrades_min, at) for one in answer.care)
        for at in shown
    ]
    return Chart(
        _care_finding(stopped[-1], touched[-1], duration_words(round(shown[-1]))),
        "line",
        [_hour(at) for at in shown],
        (
            Series(_("À l'arrêt"), [float(count) for count in stopped], state="failed"),
            Series(_("Touchées"), [float(count) for count in touched], state="partial"),
        ),
        element_id="care-over-time",
    )  # fmt: skip


def _care_finding(stopped: int, touched: int, time: str) -> str:
    if stopped:
        return _("%(care)s à l'arrêt au bout de %(time)s") % {
            "care": capfirst(care_count(stopped)), "time": time,
        }  # fmt: skip
    return ngettext(
        "%(care)s dégradée au bout de %(time)s, aucune à l'arrêt",
        "%(care)s dégradées au bout de %(time)s, aucune à l'arrêt",
        touched,
    ) % {"care": capfirst(care_count(touched)), "time": time}


def _is_by(moment: float | None, at: float) -> bool:
    return moment is not None and moment <= at


def _hour(minutes: float) -> str:
    return duration_words(round(minutes)) if minutes else _("tout de suite")


def histogram_chart(rehearsal: RansomwareRehearsal) -> Chart:
    """In how many runs 0, 1, … care activities stop, gathered in ranges when there are many."""
    counts = rehearsal.summary["histogram"]
    last = max((place for place, count in enumerate(counts) if count), default=0)
    shown = counts[: last + 1]
    width = max(1, -(-len(shown) // _MOST_BARS))
    ranges = [range(1 + at, min(1 + at + width, len(shown))) for at in range(0, last, width)]
    values = [shown[0], *(sum(shown[place] for place in one) for one in ranges)]
    runs = rehearsal.runs
    half = rehearsal.summary["quantiles"]["50"]
    return Chart(
        _("Une attaque sur deux arrête %(care)s ou moins") % {"care": care_count(half)},
        "bar",
        [_("aucune"), *(_range_words(one) for one in ranges)],
        (Series(_("Attaques"), [round(100 * value / runs, 1) for value in values]),),
        unit="%",
        element_id="rehearsal-histogram",
    )


def spread_chart(rehearsal: RansomwareRehearsal) -> Chart:
    """Machines taken as hours pass, on average over all runs."""
    curve = rehearsal.summary["curve"]
    end = curve[-1][0]
    marks = [*(mark for mark in _MARKS_H if mark < end), end]
    hours = [hour for hour, _taken in curve]
    points = [(mark, curve[bisect_right(hours, mark) - 1][1]) for mark in marks]
    last = points[-1][1]
    return Chart(
        _("En moyenne, %(count)s éléments sont pris à la fin")
        % {"count": number_words(round(last))},
        "line",
        [hours_words(hour) for hour, _taken in points],
        (Series(_("Éléments pris"), [round(taken, 1) for _hour_, taken in points]),),
        element_id="rehearsal-spread",
    )


def defences_chart(rehearsal: RansomwareRehearsal) -> Chart | None:
    """Care-hours lost with each defence, beside the map as it is; None when none is compared."""
    found = rehearsal.summary
    if not found["defences"]:
        return None
    ordered = sorted(found["defences"], key=lambda one: -one["hours"]["mean"])
    lines = [(_("Aujourd'hui"), found["hours"])]
    lines += [(defence_words(one["name"]), one["hours"]) for one in ordered]
    return Chart(
        _("Heures de soins perdues par attaque, selon la défense ajoutée"),
        "bar",
        [words for words, _told in lines],
        (
            Series(
                _("Heures perdues"),
                [round(told["mean"]) for _words, told in lines],
                low=[round(told["low"]) for _words, told in lines],
                high=[round(told["high"]) for _words, told in lines],
            ),
        ),
        unit=_("h"),
        is_flat=True,
        element_id="rehearsal-defences",
    )


def _range_words(one: range) -> str:
    return str(one[0]) if len(one) == 1 else f"{one[0]}–{one[-1]}"
