"""How does someone who lost their way in get a new one from a colleague?"""

from django.db import transaction

from hygie.territory.people.choices import LinkPurpose
from hygie.territory.people.errors import AccountInactive
from hygie.territory.people.models import AccessLink, User
from hygie.territory.people.services.accounts import account_managed
from hygie.territory.people.services.links import link_issue, link_revoke
from hygie.territory.people.services.told import person_told
from hygie.territory.perimeter import Perimeter


def link_renew(*, perimeter: Perimeter, person: User) -> tuple[AccessLink, str]:
    """A new link for someone whose whole account one manages; any open one stops working.

    Returns:
        The link and its token: an invitation until the account has served, else a new password.

    Raises:
        OwnRoles, AccountElsewhere, NotAllowed: not one's to open.
        AccountInactive: closed.
    """
    account_managed(perimeter, person)
    if not person.is_active:
        raise AccountInactive
    purpose = LinkPurpose.RESET if person.last_login else LinkPurpose.INVITATION
    with transaction.atomic():
        link, token = link_issue(perimeter, person, purpose)
        person_told(perimeter, "link.issued", person, purpose=purpose)
    return link, token


def link_cancel(*, perimeter: Perimeter, person: User, link: AccessLink) -> None:
    """Withdraw an open link.

    Raises:
        OwnRoles, AccountElsewhere, NotAllowed: not one's to close.
    """
    account_managed(perimeter, person)
    link_revoke(perimeter=perimeter, link=link)
