"""What is said of a figure that the rehearsal rests on?"""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """In what a parameter is counted."""

    PROBABILITY = "probability"  # 0 … 1
    FACTOR = "factor"  # multiplies
    HOURS = "hours"
    DAYS = "days"
    PATIENTS = "patients"  # a day
    RANK = "rank"  # criticality, 1 … 4


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure that users may change.

    Attributes:
        key: names it in settings, files and sentences.
        default: value when nobody says otherwise, in `unit`.
        low, high: bounds within which a value is accepted.
        unit: in what it is counted.
        source: title of what it was read in, with what that says; "Judgement" when nothing was.
        url: where it was read; "" for a judgement.
        year: of the source.
    """

    key: str
    default: float
    low: float
    high: float
    unit: Unit
    source: str
    url: str
    year: int

    @property
    def sentence(self) -> str:
        """Name of the sentence that tells its meaning in the user's language."""
        return f"ransomware.{self.key}"

    @property
    def is_judgement(self) -> bool:
        """True when no published figure was found."""
        return not self.url
