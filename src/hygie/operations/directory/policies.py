"""Who may read and do what with a directory audit?

| object                          | read         | act                       |
|---------------------------------|--------------|---------------------------|
| level, counts (as indicators)   | INDICATORS   | – (measured)              |
| audit, points, objects, paths   | trusted      | RECORD, trusted           |
| what-if                         | trusted      | RECORD, trusted           |
| accepted risk, tier 0, costs    | trusted      | REVIEW, trusted           |
| export of objects               | trusted      | EXPORT, trusted           |

Trusted = depth DETAIL and one of REVIEW, READ_JOURNAL there, as for restricted proofs: the ways
into a directory are not for everyone who fills in a questionnaire. A region or the nation reads the
indicators that an audit leaves in `progress`, and nothing of the audit itself.
"""

from django.db.models import Q

from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import depth_at, may, perimeter_filter
from hygie.territory.perimeter import Depth, Perimeter, Right

TRUSTED = (Right.REVIEW, Right.READ_JOURNAL)


def readable_audits(perimeter: Perimeter, prefix: str = "organisation__") -> Q:
    """Condition that keeps what belongs to organisations whose directory this perimeter reads."""
    found = Q(pk__in=())
    for right in TRUSTED:
        found |= perimeter_filter(perimeter, depth=Depth.DETAIL, right=right, prefix=prefix)
    return found


def may_read(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter reads the directory audits of this organisation; no query."""
    return depth_at(perimeter, organisation) >= Depth.DETAIL and any(
        may(perimeter, organisation, right) for right in TRUSTED
    )


def may_audit(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter may bring exports and try changes here."""
    return may_read(perimeter, organisation) and may(perimeter, organisation, Right.RECORD)


def may_decide(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter may accept a risk, change tier 0 or the costs here."""
    return may_read(perimeter, organisation) and may(perimeter, organisation, Right.REVIEW)


def may_export(perimeter: Perimeter, organisation: Organisation) -> bool:
    """Whether this perimeter may take the objects out."""
    return may_read(perimeter, organisation) and may(perimeter, organisation, Right.EXPORT)
