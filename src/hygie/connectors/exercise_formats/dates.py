"""Which day does a text begin with, in French or in English?"""

import datetime as dt
import re

_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?!\d)")
_DOTTED = re.compile(r"(\d{1,2})([.-])(\d{1,2})\2(\d{4})(?!\d)")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DAY_OF_WEEK = re.compile(
    r"(?:lun(?:di)?|mar(?:di)?|mer(?:credi)?|jeu(?:di)?|ven(?:dredi)?|sam(?:edi)?|dim(?:anche)?"
    r"|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)\.?,?\s+"
)
_NAMED = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})(?!\d)")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_MONTHS = {
    word: month
    for month, words in enumerate(
        (
            "janvier janv jan january", "fevrier fevr fev february feb", "mars march mar",
            "avril avr april apr", "mai may", "juin june jun", "juillet juil july jul",
            "aout august aug", "septembre sept september sep", "octobre oct october",
            "novembre nov november", "decembre dec december",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_AFTER = re.compile(r"[t ,]*")


def day_in(text: str, *, month_first: bool = False) -> tuple[dt.date, str] | None:
    """The day that a text begins with.

    Args:
        text: lower case, without accents: "12/05/2026 09:05", "mardi 12 mai 2026 a 9h", ISO 8601.
        month_first: 5/13/2026 is in May.

    Returns:
        The day and what follows it; None when the text begins with no day.
    """
    week = _DAY_OF_WEEK.match(text)
    at = week.end() if week else 0
    found = _numbers(text, at, month_first=month_first)
    if found is None:
        return None
    (year, month, day), end = found
    try:
        told = dt.date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None
    after = _AFTER.match(text, end)
    return told, text[after.end() if after else end :]


def _numbers(text: str, at: int, *, month_first: bool) -> tuple[tuple[int, int, int], int] | None:
    """Year, month and day, and where they end."""
    if found := _SLASHED.match(text, at):
        first, second = int(found[1]), int(found[2])
        day, month = (second, first) if month_first else (first, second)
        return (int(found[3]), month, day), found.end()
    if found := _DOTTED.match(text, at):
        return (int(found[4]), int(found[3]), int(found[1])), found.end()
    if found := _ISO.match(text, at):
        return (int(found[1]), int(found[2]), int(found[3])), found.end()
    if found := _NAMED.match(text, at):
        return (int(found[3]), _MONTHS.get(found[2], 0), int(found[1])), found.end()
    if found := _NAMED_FIRST.match(text, at):
        return (int(found[3]), _MONTHS.get(found[1], 0), int(found[2])), found.end()
    return None
