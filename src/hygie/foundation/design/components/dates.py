"""How do people say a date? The near ones by distance, the far ones by name."""

import datetime as dt

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_DAYS_BY_NAME = 14
_DAYS_IN_WEEKS = 60
_DAYS_IN_MONTHS = 700
_DAYS_IN_MONTH = 30.44
_DAYS_IN_YEAR = 365.25


def date_words(day: dt.date, today: dt.date) -> str:
    """A day as people say it from another one: "hier", "il y a 3 semaines", "dans 2 mois"."""
    days = (day - today).days
    named = {0: _("aujourd'hui"), -1: _("hier"), 1: _("demain")}
    if days in named:
        return named[days]
    amount = _amount(abs(days))
    return _("il y a %s") % amount if days < 0 else _("dans %s") % amount


def _amount(days: int) -> str:
    if days < _DAYS_BY_NAME:
        return ngettext("%d jour", "%d jours", days) % days
    if days < _DAYS_IN_WEEKS:
        weeks = round(days / 7)
        return ngettext("%d semaine", "%d semaines", weeks) % weeks
    if days < _DAYS_IN_MONTHS:
        months = round(days / _DAYS_IN_MONTH)
        return ngettext("%d mois", "%d mois", months) % months
    years = round(days / _DAYS_IN_YEAR)
    return ngettext("%d an", "%d ans", years) % years


def date_exact(value: dt.date) -> str:
    """A day, or an instant with its minute, in full."""
    day = formats.date_format(value, "DATE_FORMAT")
    return _at(day, value) if isinstance(value, dt.datetime) else day


def _at(day: str, instant: dt.datetime) -> str:
    return _("%(day)s à %(time)s") % {"day": day, "time": formats.time_format(instant, "H:i")}


def date_tag(value: dt.date | None, *, form: str = "people", today: dt.date | None = None) -> str:
    """A `<time>` element: the people's way with the exact date on hover, or the reverse.

    Args:
        value: a day, or an aware instant; None gives a dash that is read "sans date".
        form: `people`, `exact`, `short` (07/03/2026), or `both` ("7 mars 2026, il y a 3 jours").
        today: the day distances are counted from; the local day when absent.
    """
    if value is None:
        return _absent()
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    day = value.date() if isinstance(value, dt.datetime) else value
    today = today or timezone.localdate()
    words, exact = date_words(day, today), date_exact(value)
    if isinstance(value, dt.datetime) and 0 <= (today - day).days <= 1:
        words = _at(words, value)
    shown = {
        "people": words,
        "exact": exact,
        "short": formats.date_format(value, "SHORT_DATE_FORMAT"),
        "both": f"{exact}, {words}",
    }[form]
    title = words if form in {"exact", "short"} else exact
    return format_html(
        '<time class="hy-date" datetime="{}" title="{}">{}</time>', value.isoformat(), title, shown
    )


def _absent() -> SafeString:
    return format_html(
        '<span class="hy-none"><span aria-hidden="true">–</span>'
        '<span class="visually-hidden">{}</span></span>',
        _("sans date"),
    )
