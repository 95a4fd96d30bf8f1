"""How does a template write a row of the referential in the reader's language?"""

from typing import Any

from django import template
from django.utils.functional import Promise

from hygie.programme.words import kind_words, localized, said_in

register = template.Library()


@register.filter
def said(row: Any, field: str) -> str:
    """`{{ objective|said:"title" }}`."""
    return localized(row, field)


@register.filter
def in_language(texts: dict[str, str]) -> str:
    """`{{ requirement.explains|in_language }}`."""
    return said_in(texts)


@register.filter
def kind_word(kind: str) -> str | Promise:
    """`{{ "indicator"|kind_word }}`."""
    return kind_words(kind)
