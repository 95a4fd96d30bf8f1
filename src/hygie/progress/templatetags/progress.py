"""How are a recorded value and where it came from said to a reader?"""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from hygie.programme.models import Indicator
from hygie.progress.values import value_words

register = template.Library()

_ORIGINS: dict[str, str | Promise] = {
    "declared": gettext_lazy("saisie"),
    "import": gettext_lazy("fichier importé"),
    "correction": gettext_lazy("correction"),
}


@register.filter
def value_of(value: float | None, indicator: Indicator) -> str:
    """`{{ row.value|value_of:indicator }}`: yes or no, or a number with its unit."""
    return "—" if value is None else value_words(indicator, value)


@register.filter
def origin_words(origin: str) -> str | Promise:
    """`{{ row.origin|origin_words }}`: the capability or the act that brought a value."""
    return _ORIGINS.get(origin.split(":", 1)[0], origin)
