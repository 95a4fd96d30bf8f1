"""What does a room of the house map, and who may say so there?"""

from collections.abc import Mapping
from dataclasses import dataclass

from hygie.territory.perimeter import Right


@dataclass(frozen=True, slots=True)
class Room:
    """A capability that reads sheets of other people.

    Attributes:
        columns: what a sheet may be about → names of the columns that it may have.
        rights: any of these lets a perimeter keep a mapping at an organisation.
    """

    columns: Mapping[str, frozenset[str]]
    rights: tuple[Right, ...]
