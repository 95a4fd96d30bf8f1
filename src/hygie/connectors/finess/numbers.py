"""Is this a FINESS number, and does its control key match?"""

import re
from enum import StrEnum

FINESS_LENGTH = 9
_FORMAT = re.compile(r"[0-9A-Z]{9}")
_DIGITS = re.compile(r"[0-9]+")
# ASCII digit → its double, digits added up.
_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))


class FinessCheck(StrEnum):
    """What can be said of a number."""

    VALID = "valid"
    WRONG_KEY = "wrong_key"
    KEY_UNKNOWN = "key_unknown"  # letters (2A, 2B): the rule of the key is not public
    WRONG_FORMAT = "wrong_format"


def luhn_valid(number: str) -> bool:
    """Tell whether the digits of a number satisfy the Luhn test.

    Args:
        number: digits, the last one being the key.

    Returns:
        False as well for an empty text or one with anything else than ASCII digits.

    Source: ISO/IEC 7812-1 annex B; 32 real FINESS numbers out of 32 satisfy it (care-facts §6.3).
    """
    return bool(_DIGITS.fullmatch(number)) and _luhn_sum(number) % 10 == 0


def complete_finess(stem: str) -> str:
    """Add the control key to the first 8 digits of a FINESS number.

    Args:
        stem: 8 digits.

    Returns:
        9 digits that satisfy `luhn_valid`.

    Raises:
        ValueError: not 8 digits.
    """
    if len(stem) != FINESS_LENGTH - 1 or not _DIGITS.fullmatch(stem):
        raise ValueError(f"{stem!r} is not 8 digits")
    return f"{stem}{-_luhn_sum(stem + '0') % 10}"


def check_finess(number: str) -> FinessCheck:
    """Say what is known of a FINESS number.

    Args:
        number: text, without blanks around it.

    Returns:
        WRONG_FORMAT unless 9 characters 0-9 A-Z; KEY_UNKNOWN when a letter forbids the test.
    """
    if not _FORMAT.fullmatch(number):
        return FinessCheck.WRONG_FORMAT
    if not _DIGITS.fullmatch(number):
        return FinessCheck.KEY_UNKNOWN
    return FinessCheck.VALID if _luhn_sum(number) % 10 == 0 else FinessCheck.WRONG_KEY


def _luhn_sum(number: str) -> int:
    digits = number.encode()
    doubled = digits[-2::-2].translate(_DOUBLED)
    return sum(digits[-1::-2]) - 48 * ((len(digits) + 1) // 2) + sum(doubled)
