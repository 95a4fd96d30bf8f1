"""Where does this person work? The widest node of their deepest roles, else the nation."""

from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.selectors import organisations_in
from hygie.territory.perimeter import Perimeter

_ORDER = list(OrganisationKind.values)


def home_node(perimeter: Perimeter) -> int | None:
    """Id of the node to open first; None when nothing is visible."""
    if perimeter.grants:
        best = min(
            perimeter.grants, key=lambda grant: (-grant.depth, _ORDER.index(str(grant.level)))
        )
        return best.node_id
    return organisations_in(perimeter).filter(kind="nation").values_list("id", flat=True).first()
