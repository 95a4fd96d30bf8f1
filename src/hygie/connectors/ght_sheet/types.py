"""What does a sheet say of the membership of a structure in a GHT?"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class GhtRole(StrEnum):
    """Role of a member, in the words of the national model (ansforge/finess)."""

    SUPPORT = "support"
    PARTIE = "partie"
    ASSOCIE = "associe"
    PARTENAIRE = "partenaire"


@dataclass(frozen=True, slots=True)
class GhtMembershipRow:
    """One structure in one GHT; `row` is its row in the sheet and does not make it differ."""

    region: str
    ght_name: str
    ght_code: str
    finess: str
    category: str
    name: str
    town: str
    postal_code: str
    role: GhtRole
    since: dt.date | None = None
    until: dt.date | None = None
    row: int = field(default=0, compare=False)
