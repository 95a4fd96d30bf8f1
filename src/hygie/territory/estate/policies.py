"""Who may read and change the map of an information system?

| object                | read                                          | change                 |
|-----------------------|-----------------------------------------------|------------------------|
| asset, identifiers    | DETAIL at its organisation or one it serves   | RECORD at its own      |
| link                  | DETAIL as for the asset at either end         | RECORD at its source's |
| pair that looks alike | DETAIL at its organisation                    | RECORD there           |
| mapping of a sheet    | DETAIL there; shared: in its group or region  | RECORD there           |
| export of a map       | EXPORT and DETAIL at its organisation         |                        |

A region or the nation reads indicators and nothing of the map itself: it says where to strike.
"""

from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import depth_at, may
from hygie.territory.perimeter import Depth, Perimeter, Right


def may_read(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter reads the map of this organisation; no query."""
    return depth_at(perimeter, organisation) >= Depth.DETAIL


def may_edit(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter may change the map of this organisation; no query."""
    return may_read(perimeter, organisation) and may(perimeter, organisation, Right.RECORD)


def may_export(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter may take the map of this organisation out; no query."""
    return may_read(perimeter, organisation) and may(perimeter, organisation, Right.EXPORT)
