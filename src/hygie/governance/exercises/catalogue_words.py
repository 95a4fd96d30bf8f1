"""With which words does the catalogue of scenarios sort establishments?"""

from enum import StrEnum


class Kind(StrEnum):
    """Kinds of establishment for which each scenario may be played as it is."""

    CH = "ch"
    CLINIC = "clinic"
    EHPAD = "ehpad"
