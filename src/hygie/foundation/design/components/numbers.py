"""How is a number written for people? In their language, with its unit, never cut from it."""

from decimal import Decimal
from typing import TypeAlias

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

Number: TypeAlias = int | float | Decimal
# Narrow no-break space, so that a number and its unit never part at the end of a line.
_THIN, _FIRM = "\u202f", "\u00a0"


def number_words(value: Number | None, decimals: int | None = None) -> str:
    """A number in the reader's language; None is a dash.

    Args:
        value: the number.
        decimals: digits after the mark; None keeps the needed ones, two at most.
    """
    if value is None:
        return "–"
    exact = Decimal(str(value))
    if decimals is None:
        exact = exact.quantize(Decimal("0.01")).normalize()
        exponent = exact.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return number_format(exact, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def percent_words(share: Number | None, decimals: int = 0) -> str:
    """A share of one as a percentage: 0.66 → "66 %" in French, "66%" in English."""
    if share is None:
        return "–"
    return with_unit(number_words(Decimal(str(share)) * 100, decimals), "%")


def with_unit(words: str, unit: str) -> str:
    """A written number and its unit, kept together."""
    if not unit:
        return words
    if unit == "%":
        return f"{words}%" if get_language() == "en" else f"{words}{_THIN}%"
    return f"{words}{_FIRM}{unit}"


def bytes_words(size: int) -> str:
    """A file size as people say it, by thousands: "3,4 Mo" in French, "3.4 MB" in English."""
    units = (_("octets"), _("ko"), _("Mo"), _("Go"))
    scaled, index = float(size), 0
    while scaled >= 1000 and index < len(units) - 1:
        scaled, index = scaled / 1000, index + 1
    return with_unit(number_words(scaled, 0 if index == 0 or scaled >= 100 else 1), units[index])
