"""How are a recorded value and where it came from said to a reader?"""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hygie.foundation.design.components.numbers import number_words
from hygie.programme.choices import Unit
from hygie.programme.models import Indicator

register = template.Library()

_ORIGINS: dict[str, str | Promise] = {
    "declared": gettext_lazy("saisie"),
    "import": gettext_lazy("fichier importé"),
    "correction": gettext_lazy("correction"),
}


@register.filter
def value_of(value: float | None, indicator: Indicator) -> str:
    """`{{ row.value|value_of:indicator }}`: yes or no, or a number with the right decimals."""
    if value is None:
        return "—"
    if indicator.unit == Unit.BOOLEAN:
        return _("oui") if value else _("non")
    return number_words(value, indicator.decimals)


@register.filter
def origin_words(origin: str) -> str | Promise:
    """`{{ row.origin|origin_words }}`: the capability or the act that brought a value."""
    return _ORIGINS.get(origin.split(":", 1)[0], origin)
