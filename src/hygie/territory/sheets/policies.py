"""Who may read and keep the mappings of a room?

| object                      | read                                | keep, share, remove        |
|-----------------------------|-------------------------------------|----------------------------|
| mapping of an organisation  | DETAIL there; shared: in its group  | DETAIL and a right of its  |
|                             | or region                           | room, there                |
| mapping of a region, nation | PLAN given at that very node, when  | the same                   |
|                             | the room takes it                   |                            |
"""

from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import depth_at, may
from hygie.territory.perimeter import Depth, Level, Perimeter, Right
from hygie.territory.sheets.rooms import Room

_WIDE = frozenset({Level.REGION, Level.NATION})


def may_read(perimeter: Perimeter, room: Room, organisation: Organisation) -> bool:
    """Whether this perimeter reads what may be used at this organisation; no query."""
    is_detailed = depth_at(perimeter, organisation) >= Depth.DETAIL
    return is_detailed or _plans_there(perimeter, room, organisation)


def may_keep(perimeter: Perimeter, room: Room, organisation: Organisation) -> bool:
    """Whether this perimeter may keep a mapping of this room at this organisation; no query."""
    if depth_at(perimeter, organisation) >= Depth.DETAIL and any(
        may(perimeter, organisation, right) for right in room.rights
    ):
        return True
    return _plans_there(perimeter, room, organisation)


def _plans_there(perimeter: Perimeter, room: Room, organisation: Organisation) -> bool:
    """A region that prepares exercises of its own keeps mappings of its own."""
    return Right.PLAN in room.rights and any(
        grant.node_id == organisation.pk and grant.level in _WIDE and Right.PLAN in grant.rights
        for grant in perimeter.grants
    )
