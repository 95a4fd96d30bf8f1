"""From which place, and at which exercise, does a page of preparation work?"""

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.policies import may_design, may_read
from hygie.governance.exercises.selectors.exercises import design_place, script_get_in
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.http import HygieRequest


def readable_place(request: HygieRequest, organisation_id: int) -> Organisation:
    """A place whose exercises the reader sees.

    Raises:
        NotFound: absent or forbidden.
    """
    place = design_place(request.perimeter, organisation_id)
    if not may_read(request.perimeter, place):
        raise NotFound
    return place


def designed_place(request: HygieRequest, organisation_id: int) -> Organisation:
    """A place where the reader prepares exercises.

    Raises:
        NotFound: absent or forbidden. NotAllowed: seen, but nothing is prepared there.
    """
    place = readable_place(request, organisation_id)
    if not may_design(request.perimeter, place):
        raise NotAllowed
    return place


def designed(request: HygieRequest, pk: int) -> Exercise:
    """An exercise, or a model of one's own, that the reader prepares.

    Raises:
        NotFound: absent, forbidden, or played by the reader and not over.
    """
    return script_get_in(request.perimeter, pk)
