"""What does a worker take up, and in whose name?"""

from hygie.foundation.errors import NotFound
from hygie.operations.directory.models import DirectoryAudit, Simulation
from hygie.territory.people.models import User
from hygie.territory.people.selectors import perimeter_of
from hygie.territory.perimeter import Perimeter, operator_perimeter


def audit_to_run(pk: int) -> DirectoryAudit:
    """The audit a worker was asked for.

    Raises:
        NotFound: it was removed meanwhile.
    """
    found = (
        DirectoryAudit.objects.select_related("organisation", "created_by", "forest")
        .prefetch_related("exports__document")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def simulation_to_run(pk: int) -> Simulation:
    """The what-if a worker was asked for.

    Raises:
        NotFound: it was removed meanwhile.
    """
    found = Simulation.objects.select_related("audit__forest", "audit__pack").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def perimeter_of_author(author: User | None) -> Perimeter:
    """What the author may do today; the machine's operator when no account asked."""
    return operator_perimeter() if author is None else perimeter_of(author)
