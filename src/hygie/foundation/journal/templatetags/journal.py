"""How does a page show what was decided about its object?"""

from collections.abc import Iterable
from typing import Any

from django import template

from hygie.foundation.journal.models import JournalLine
from hygie.foundation.journal.words import action_words, detail_words

register = template.Library()


@register.inclusion_tag("journal/_object_journal.html")
def object_journal(lines: Iterable[JournalLine], *, level: int = 2) -> dict[str, Any]:
    """The last decisions about one object, newest first.

    Args:
        lines: what `journal_of_object` gave, cut to a length by the caller, who has checked that
            the reader sees the object in detail.
        level: of the heading.
    """
    told = [(line, action_words(line.action), detail_words(line)) for line in lines]
    return {"told": told, "level": level}
