"""Who may change the territory?"""

from hygie.foundation.errors import NotAllowed
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import may
from hygie.territory.perimeter import Level, Perimeter, Right

# Whoever plans the programme at a node decides what it follows there.
FOLLOW_RIGHTS = (Right.PLAN, Right.MANAGE_TERRITORY)
# An establishment records its own activity; the administrator records anyone's.
ACTIVITY_RIGHTS = (Right.RECORD, Right.MANAGE_TERRITORY)


def may_follow(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter decides if the programme follows this organisation; no query."""
    followable = organisation.kind not in {OrganisationKind.NATION, OrganisationKind.REGION}
    return followable and any(may(perimeter, organisation, right) for right in FOLLOW_RIGHTS)


def may_record_activity(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter may write the activity of this organisation; no query."""
    return any(may(perimeter, organisation, right) for right in ACTIVITY_RIGHTS)


def managed_region_ids(perimeter: Perimeter) -> frozenset[int] | None:
    """Regions where the territory may be changed; None is everywhere.

    Raises:
        NotAllowed: nowhere.
    """
    if perimeter.is_operator:
        return None
    held = [grant for grant in perimeter.grants if Right.MANAGE_TERRITORY in grant.rights]
    if any(grant.level is Level.NATION for grant in held):
        return None
    regions = frozenset(grant.node_id for grant in held if grant.level is Level.REGION)
    if not regions:
        raise NotAllowed
    return regions
