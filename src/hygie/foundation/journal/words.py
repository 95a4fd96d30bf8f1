"""How is a line of the journal told to its reader?

Each action's words are written where all actions are known, above; this floor only looks them up,
by the dotted name that the settings give.
"""

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from hygie.foundation.journal.models import JournalLine

_DIGEST = re.compile(
    r"[0-9a-f]{64}"
)  # in full in the spreadsheet of the journal, and on its object


@cache
def _table(name: str) -> Mapping[str, Any]:
    table: Mapping[str, Any] = import_string(name)
    return table


def action_words(action: str) -> str | Promise:
    """The action in words; its code when nobody has written them."""
    words: str | Promise = _table(settings.JOURNAL_WORDS).get(action, action)
    return words


def detail_words(line: JournalLine) -> list[tuple[str | Promise, str]]:
    """What the line says of the decision: pairs (word, value), nested values as they are kept."""
    names = _table(settings.JOURNAL_DETAIL_WORDS)
    known = _table(settings.JOURNAL_VALUE_WORDS)
    return [
        (names.get(name, name), _value_words(value, known.get(name, {})))
        for name, value in sorted(line.detail.items())
        if value not in (None, "", [], {})
    ]


def _value_words(value: Any, known: Mapping[str, Any]) -> str:
    if isinstance(value, list):
        return ", ".join(_value_words(one, known) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} : {_value_words(one, known)}" for name, one in value.items())
    said = str(known.get(str(value), value))
    day = _day(said)
    if day is not None:
        return date_format(day, "SHORT_DATE_FORMAT")
    return f"{said[:8]}…" if _DIGEST.fullmatch(said) else said


def _day(written: str) -> dt.date | None:
    try:
        return parse_date(written)
    except ValueError:  # the shape of a date, of a day that never was
        return None
