"""What does a sheet say of the activity of a structure in one year?"""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """Activity of one structure in one year; `row` is its row and does not make it differ.

    Attributes:
        finess: 9 characters, of a legal or of a geographic entity.
        year: calendar year.
        combined_activity: activity combinée, in the unit of the national method, >= 0.
        headcount: full-time equivalents, None when the cell is empty.
    """

    finess: str
    year: int
    combined_activity: Decimal
    headcount: Decimal | None = None
    row: int = field(default=0, compare=False)
