"""How are the conditions of a branch written in one cell, and read back?"""

import re

from hygie.connectors.exercise_formats.listed import lines_of, written_lines
from hygie.connectors.exercise_formats.words import ON_WORDS, RESULT_WORDS, value_of, word_of
from hygie.engines.exercise.types import Condition
from hygie.engines.exercise.vocabulary import On, Result

_PART = r'"(?:[^"]|"")*"|[^="]+?'
_CONDITION = re.compile(rf"([^:=\"]+):\s*({_PART})\s*(?:=\s*({_PART}))?", re.DOTALL)
_RESULTS = frozenset(Result)


def conditions_of(text: str) -> tuple[Condition, ...] | None:
    """Read conditions, one a line: "décision: I-03 = Couper", "joué: I-03".

    Args:
        text: content of a cell, in French or in English.

    Returns:
        The conditions; None when a line is no condition.
    """
    found = [_condition(line) for line in lines_of(text)]
    known = [one for one in found if one is not None]
    return tuple(known) if len(known) == len(found) else None


def written_conditions(conditions: tuple[Condition, ...], language: str) -> str:
    """Write conditions so that `conditions_of` gives them back."""
    return written_lines(_written(condition, language) for condition in conditions)


def _condition(line: str) -> Condition | None:
    found = _CONDITION.fullmatch(line.strip())
    on = value_of(found[1], ON_WORDS) if found else None
    if not found or on is None:
        return None
    value = _bare(found[3] or "")
    if on is On.RESULT and value:
        result = value_of(value, RESULT_WORDS)
        value = value if result is None else result.value
    return Condition(on, _bare(found[2]), value)


def _written(condition: Condition, language: str) -> str:
    value = condition.value
    if condition.on is On.RESULT and value in _RESULTS:
        value = word_of(Result(value), RESULT_WORDS, language)
    said = f"{word_of(condition.on, ON_WORDS, language)}: {_quoted(condition.inject)}"
    return f"{said} = {_quoted(value)}" if value else said


def _quoted(text: str) -> str:
    if text and text == text.strip() and not any(one in text for one in '="'):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _bare(text: str) -> str:
    return text[1:-1].replace('""', '"') if text[:1] == '"' else text.strip()
