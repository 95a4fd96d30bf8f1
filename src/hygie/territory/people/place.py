"""At which node of the territory is this person working right now?"""

from typing import TypeAlias

from django.contrib.sessions.backends.base import SessionBase

from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisations_in
from hygie.territory.perimeter import Level, Perimeter

# What the roof calls it: it names no model.
Place: TypeAlias = Organisation
PLACE_KEY = "place_id"
_WIDEST_FIRST = list(Level)


def place_of(
    perimeter: Perimeter, session: SessionBase, shown: int | None = None
) -> Organisation | None:
    """The node that the page shows, else the one chosen in this session, else the person's own.

    Args:
        perimeter: a node outside of it is passed over.
        session: holds the choice.
        shown: id of the node that the address names, when it names one.

    Returns:
        The node with its ancestors loaded; None for someone without a role.

    Cost: one query, one more for each node that left the perimeter.
    """
    wanted = (shown, session.get(PLACE_KEY), _home_id(perimeter))
    for pk in dict.fromkeys(pk for pk in wanted if pk is not None):
        found = (
            organisations_in(perimeter)
            .select_related("region__parent", "ght", "legal_entity")
            .filter(pk=pk)
            .first()
        )
        if found is not None:
            return found
    return None


def place_choose(session: SessionBase, organisation: Organisation) -> None:
    """Keep a node for the rest of the session. The caller found it in the perimeter."""
    session[PLACE_KEY] = organisation.pk


def may_switch(perimeter: Perimeter) -> bool:
    """Whether there is more than one node to choose from; no query."""
    return len(perimeter.grants) > 1 or any(
        grant.level is not Level.ET for grant in perimeter.grants
    )


def path_to(place: Place) -> list[Place]:
    """Nation, region, GHT, legal entity and the node itself; no query on what `place_of` gave."""
    nation = place.region.parent if place.region else None
    above = (nation, place.region, place.ght, place.legal_entity)
    return [*(node for node in above if node is not None and node.pk != place.pk), place]


def _home_id(perimeter: Perimeter) -> int | None:
    """The widest node of one's roles; of two as wide, the first given."""
    grants = sorted(
        perimeter.grants, key=lambda grant: (_WIDEST_FIRST.index(grant.level), grant.node_id)
    )
    return grants[0].node_id if grants else None
