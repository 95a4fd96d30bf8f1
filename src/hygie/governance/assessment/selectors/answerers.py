"""Who may be asked to answer for an organisation?"""

from django.db.models import QuerySet

from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import ancestor_ids
from hygie.territory.people.models import User
from hygie.territory.people.policies import ROLE_TABLE
from hygie.territory.people.selectors import people_in
from hygie.territory.perimeter import Depth, Perimeter, Right

_ANSWERING = [
    role
    for role, policy in ROLE_TABLE.items()
    if Right.ANSWER in policy.rights and policy.depth >= Depth.DETAIL
]


def answerers(perimeter: Perimeter, organisation: Organisation) -> QuerySet[User]:
    """People who may answer there, at the organisation or above it, and whom this perimeter knows.

    A region asks without knowing the people of an establishment: it gets nobody.
    """
    nodes = [organisation.pk, *ancestor_ids(organisation)]
    roles = people_in(perimeter).filter(organisation_id__in=nodes, role__in=_ANSWERING)
    return User.objects.filter(pk__in=roles.order_by().values("user_id"), is_active=True).order_by(
        "last_name", "email"
    )
