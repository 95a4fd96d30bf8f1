"""How does a template read the figures of a security measure?"""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from hygie.programme.models import SecurityMeasure
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
