"""Who may read and do what with losses and rehearsals?

| object                             | read       | act                          |
|------------------------------------|------------|------------------------------|
| map completeness, hours (indicator)| INDICATORS | – (measured)                 |
| loss, ranking, saved loss          | DETAIL     | RECORD                       |
| rehearsal                          | trusted    | RECORD, trusted              |
| parameters                         | DETAIL     | REVIEW                       |
| JSON of a loss or a rehearsal      | as read    | EXPORT                       |

Whoever works in the establishment must be able to ask "what stops if this stops?", above all in a
crisis. How far an attacker would go, and through what, is for those who read the directory audits:
trusted = depth DETAIL and one of REVIEW, READ_JOURNAL. A region or the nation reads the indicators
left in `progress`, and nothing of the map.
"""

from django.db.models import Q

from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import depth_at, may, perimeter_filter
from hygie.territory.perimeter import Depth, Perimeter, Right

TRUSTED = (Right.REVIEW, Right.READ_JOURNAL)


def readable_losses(perimeter: Perimeter, prefix: str = "organisation__") -> Q:
    """Condition that keeps what belongs to organisations whose losses this perimeter reads."""
    return perimeter_filter(perimeter, depth=Depth.DETAIL, prefix=prefix)


def readable_rehearsals(perimeter: Perimeter, prefix: str = "organisation__") -> Q:
    """Condition that keeps the rehearsals that this perimeter reads."""
    found = Q(pk__in=())
    for right in TRUSTED:
        found |= perimeter_filter(perimeter, depth=Depth.DETAIL, right=right, prefix=prefix)
    return found


def may_read(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter asks what a loss stops here; no query."""
    return depth_at(perimeter, organisation) >= Depth.DETAIL


def may_record(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter saves losses and asks for a ranking here."""
    return may_read(perimeter, organisation) and may(perimeter, organisation, Right.RECORD)


def may_read_rehearsals(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter reads how far an attacker would go here; no query."""
    return may_read(perimeter, organisation) and any(
        may(perimeter, organisation, right) for right in TRUSTED
    )


def may_rehearse(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter launches rehearsals here."""
    return may_read_rehearsals(perimeter, organisation) and may(
        perimeter, organisation, Right.RECORD
    )


def may_set_parameters(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter changes what the model believes here."""
    return may_read(perimeter, organisation) and may(perimeter, organisation, Right.REVIEW)


def may_export(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter takes the answers out as files for programs."""
    return may_read(perimeter, organisation) and may(perimeter, organisation, Right.EXPORT)
