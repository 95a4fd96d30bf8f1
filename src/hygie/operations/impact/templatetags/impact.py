"""Which words do the templates of impact use beyond those of the house?"""

from django import template

from hygie.operations.impact.pages.rehearsal import entry_words
from hygie.operations.impact.words import hours_words, lost_names, moment_words

register = template.Library()
register.filter("moment", moment_words)
register.filter("entry_words", entry_words)
register.filter("lost_names", lost_names)


@register.filter
def hours(value: float | None) -> str:
    """Hours as people say them; a dash when never."""
    return "–" if value is None else hours_words(value)
