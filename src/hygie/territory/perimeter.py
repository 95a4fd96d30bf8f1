"""What may this person see and do? A frozen answer that every selector takes first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from hygie.foundation.journal.types import Actor, Via


class Level(StrEnum):
    """Kinds of node of the territory, from the widest to the narrowest."""

    NATION = "nation"
    REGION = "region"
    GHT = "ght"
    EJ = "ej"
    ET = "et"


class Depth(IntEnum):
    """How deep one sees: a region sees indicators, an establishment its own weaknesses."""

    NONE = 0
    INDICATORS = 1
    DETAIL = 2


class Right(StrEnum):
    """Acts that a role may allow on its node and below."""

    RECORD = "record"  # measurements, evidence, actions
    ANSWER = "answer"  # questionnaires
    REVIEW = "review"  # close a questionnaire or ask for changes
    PLAN = "plan"  # assessments and campaigns
    MANAGE_PEOPLE = "manage_people"
    MANAGE_TERRITORY = "manage_territory"
    MANAGE_PROGRAMME = "manage_programme"
    EXPORT = "export"
    READ_JOURNAL = "read_journal"


@dataclass(frozen=True, slots=True)
class Grant:
    """One role at one node."""

    node_id: int
    level: Level
    role: str
    depth: Depth
    rights: frozenset[Right]


@dataclass(frozen=True, slots=True)
class Perimeter:
    """Organisations visible to someone, at which depth, with which rights.

    Attributes:
        actor: whom the journal will name.
        grants: one per current role; empty sees nothing.
        is_operator: the command line on the machine itself: everything, at full depth.
    """

    actor: Actor
    grants: tuple[Grant, ...] = field(default=())
    is_operator: bool = False

    def grants_with(self, depth: Depth, right: Right | None = None) -> Iterable[Grant]:
        """Grants that see at least this deep and, when asked, hold this right."""
        return (
            grant
            for grant in self.grants
            if grant.depth >= depth and (right is None or right in grant.rights)
        )

    def holds_anywhere(self, right: Right) -> bool:
        """Whether some node grants this right: decides if a menu entry or button is shown."""
        return self.is_operator or any(right in grant.rights for grant in self.grants)


NOBODY = Perimeter(actor=Actor(user_id=None, label="", via=Via.PAGE))


def operator_perimeter(label: str = "hygie", via: Via = Via.CLI) -> Perimeter:
    """The perimeter of whoever runs commands on the machine: the operating system let them in."""
    return Perimeter(actor=Actor(user_id=None, label=label, via=via), is_operator=True)
