"""How are several names written in one cell, and read back?"""

import re
from collections.abc import Iterable

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_PARENTHESES = {"(": ")", "[": "]"}
_NAMES = "\n;,/|"
_LINES = "\n"
# These hold a separator and name nobody.
_ABSENT = frozenset({"n/a", "n/c", "s/o", "/", "-/-"})


def names_of(text: str) -> list[str]:
    """Names between new lines, semicolons, commas, slashes or bars; quotes hold one together.

    Args:
        text: content of a cell; what stands between parentheses is not cut.

    Returns:
        Names without blanks around them, in order, each once.
    """
    if text.strip().casefold() in _ABSENT:
        return []
    return list(dict.fromkeys(_split(text, _NAMES)))


def lines_of(text: str, *, bars: bool = False) -> list[str]:
    """Texts, one a line; with `bars`, a single line may hold several, between bars."""
    found = _split(text, _LINES)
    if bars and len(found) == 1 and not text.lstrip().startswith('"'):
        return _split(text, "|")
    return found


def written_names(names: Iterable[str]) -> str:
    """Write names so that `names_of` gives them back."""
    return "\n".join(_quoted(name, _NAMES + "()[]") for name in names)


def written_lines(lines: Iterable[str]) -> str:
    """Write texts so that `lines_of` gives them back."""
    return "\n".join(_quoted(line, _LINES + "|") for line in lines)


def _quoted(text: str, separators: str) -> str:
    plain = text and text == text.strip() and '"' not in text
    if plain and "\r" not in text and not any(one in text for one in separators):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _split(text: str, separators: str) -> list[str]:
    found: list[str] = []
    at, start, depth = 0, 0, 0
    last = {opening: text.rfind(closing) for opening, closing in _PARENTHESES.items()}
    while at <= len(text):
        letter = text[at : at + 1]
        if letter == '"' and not text[start:at].strip():
            quoted = _QUOTED.match(text, at)
            if quoted and _ends_here(text, quoted.end(), separators):
                found.append(quoted[1].replace('""', '"'))
                at = _next(text, quoted.end(), separators)
                start = at
                continue
        if not letter or (letter in separators and not depth):
            name = text[start:at].strip()
            if name:
                found.append(name)
            start = at + 1
        elif separators is not _LINES and letter in _PARENTHESES:
            depth += at < last[letter]
        elif letter in _PARENTHESES.values() and depth:
            depth -= 1
        at += 1
    return found


def _ends_here(text: str, at: int, separators: str) -> bool:
    left = text[at:].lstrip(" \t")
    return not left or left[0] in separators


def _next(text: str, at: int, separators: str) -> int:
    while at < len(text) and text[at] not in separators:
        at += 1
    return at + 1
