"""How does a template read the figures and the codes of a row of the referential?"""

import datetime as dt
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hygie.programme import labels
from hygie.programme.choices import SensitivityKind
from hygie.programme.models import DocumentKind, SecurityMeasure
from hygie.programme.tables import effort_days

register = template.Library()


@register.filter
def effort(row: SecurityMeasure) -> float:
    """`{{ measure|effort }}`: person-days, all skills, medium establishment."""
    return effort_days(row)


@register.filter
def costs(row: SecurityMeasure) -> list[tuple[str, dict[str, Any]]]:
    """`{% for size, cost in measure|costs %}`: small, medium, large."""
    words = {"small": _("petit"), "medium": _("moyen"), "large": _("grand")}
    found = row.facts.get("cost", {})
    return [(word, found[size]) for size, word in words.items() if size in found]


@register.filter
def efforts(row: SecurityMeasure) -> list[tuple[str | Promise, float]]:
    """`{% for trade, days in measure|efforts %}`: person-days by trade."""
    return [(labels.skill_words(code), days) for code, days in row.facts.get("effort", {}).items()]


@register.filter
def room_words(room: str) -> str | Promise:
    """`{{ indicator.measured_by|room_words }}`: the part of the platform that measures it."""
    return labels.room_words(room)


@register.filter
def sensitivity_words(row: DocumentKind) -> str | Promise:
    """`{{ kind|sensitivity_words }}`: how far such a document may travel."""
    return dict(SensitivityKind.choices).get(row.sensitivity, row.sensitivity)


@register.filter
def day(written: str) -> dt.date:
    """`{{ "2026-11-24"|day }}`: a date kept as text, as a date."""
    return dt.date.fromisoformat(written)
