"""Of which place does a page speak, and may it be read?"""

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.operations.impact.policies import may_read_rehearsals, may_rehearse
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.perimeter import Depth, Perimeter


def readable_place(perimeter: Perimeter, organisation_id: int) -> Organisation:
    """A place whose map and losses may be read.

    Raises:
        NotFound: absent or forbidden.
    """
    return organisation_get_in(perimeter, organisation_id, depth=Depth.DETAIL)


def rehearsing_place(perimeter: Perimeter, organisation_id: int) -> Organisation:
    """A place whose rehearsals may be read.

    Raises:
        NotFound: absent, forbidden, or not for this role.
    """
    place = readable_place(perimeter, organisation_id)
    if not may_read_rehearsals(perimeter, place):
        raise NotFound
    return place


def rehearsal_place(perimeter: Perimeter, organisation_id: int) -> Organisation:
    """A place where rehearsals may be launched.

    Raises:
        NotFound: as `rehearsing_place`. NotAllowed: read, but not launched.
    """
    place = rehearsing_place(perimeter, organisation_id)
    if not may_rehearse(perimeter, place):
        raise NotAllowed
    return place
