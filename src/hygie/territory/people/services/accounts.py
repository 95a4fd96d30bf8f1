"""How is an account opened, closed and described?"""

import datetime as dt
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from hygie.foundation.errors import NotAllowed
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.choices import LinkPurpose, Role
from hygie.territory.people.errors import (
    AccountElsewhere,
    EmailRefused,
    EmailTaken,
    LanguageRefused,
    OwnRoles,
)
from hygie.territory.people.models import AccessLink, RoleAssignment, User
from hygie.territory.people.policies import manages_all
from hygie.territory.people.selectors import account_by_email, current_roles_of
from hygie.territory.people.services.links import link_issue
from hygie.territory.people.services.roles import role_assign
from hygie.territory.people.services.told import person_told
from hygie.territory.perimeter import Perimeter, Right


@dataclass(frozen=True, slots=True)
class Invited:
    """Outcome of an invitation.

    Attributes:
        assignment: the role given.
        link, token: the door to hand over; None when the person already had an account of their
            own, which simply gains the role.
    """

    person: User
    assignment: RoleAssignment
    link: AccessLink | None
    token: str


def account_invite(
    *,
    perimeter: Perimeter,
    email: str,
    role: Role,
    organisation: Organisation,
    first_name: str = "",
    last_name: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Invited:
    """Give someone a role here, opening an account when the address has none.

    An address that has an account gains the role and nothing else: no link is made, or whoever
    invites could step into an account that also reads elsewhere.

    Args:
        email: address, any letter case.
        since, until: days, both included; today and without end by default.

    Raises:
        EmailRefused: not an address.
        NotFound, NotAllowed, RoleDoesNotFit, RoleNotYours, RoleAlreadyHeld, RoleDatesRefused: as
            `role_assign`.
    """
    address = _clean(email)
    with transaction.atomic():
        person = account_by_email(address)
        is_new = person is None
        if person is None:
            person = _open(address, first_name, last_name)
        assignment = role_assign(
            perimeter=perimeter,
            person=person,
            role=role,
            organisation=organisation,
            since=since,
            until=until,
        )
        link, token = None, ""
        if is_new:
            link, token = link_issue(perimeter, person, LinkPurpose.INVITATION)
            person_told(
                perimeter, "account.invited", person, organisation_id=organisation.pk, role=role
            )
    return Invited(person=person, assignment=assignment, link=link, token=token)


def account_create(
    *,
    perimeter: Perimeter,
    email: str,
    password: str | None = None,
    first_name: str = "",
    last_name: str = "",
) -> User:
    """Open an account at once, its address vouched for by the operator of the machine.

    Args:
        password: already validated by the caller; None leaves sign-in to a link or a provider.

    Raises:
        NotAllowed: only the command line on the machine may do it.
        EmailRefused, EmailTaken: the address is malformed or known.
    """
    if not perimeter.is_operator:
        raise NotAllowed
    address = _clean(email)
    if account_by_email(address) is not None:
        raise EmailTaken(email=address)
    with transaction.atomic():
        person = _open(address, first_name, last_name, password=password, is_verified=True)
        person_told(perimeter, "account.created", person)
    return person


def account_deactivate(*, perimeter: Perimeter, person: User) -> User:
    """Close an account: its sessions end at once, its links stop working, its history stays.

    Raises:
        OwnRoles: one's own account.
        AccountElsewhere: the person also holds roles that the asker does not manage.
        NotAllowed: the asker manages nobody.
    """
    account_managed(perimeter, person)
    with transaction.atomic():
        person.is_active = False
        person.save(update_fields=["is_active"])
        AccessLink.objects.filter(user=person, used_at__isnull=True).delete()
        ended = sessions_end(person)
        person_told(perimeter, "account.deactivated", person, sessions_ended=ended)
    return person


def account_reactivate(*, perimeter: Perimeter, person: User) -> User:
    """Open a closed account again, with the roles that have not been taken away.

    Raises:
        As `account_deactivate`.
    """
    account_managed(perimeter, person)
    with transaction.atomic():
        person.is_active = True
        person.save(update_fields=["is_active"])
        person_told(perimeter, "account.reactivated", person)
    return person


def account_edit(*, perimeter: Perimeter, person: User, first_name: str, last_name: str) -> User:
    """Correct a person's names: oneself, or someone whose account one manages.

    Raises:
        As `account_deactivate`, oneself excepted.
    """
    if person.pk != perimeter.actor.user_id:
        account_managed(perimeter, person)
    before = [person.first_name, person.last_name]
    person.first_name, person.last_name = first_name.strip(), last_name.strip()
    with transaction.atomic():
        person.save(update_fields=["first_name", "last_name"])
        after = [person.first_name, person.last_name]
        person_told(perimeter, "account.edited", person, names=[before, after])
    return person


def language_choose(*, perimeter: Perimeter, person: User, language: str) -> User:
    """Keep the language in which this person reads Hygie.

    Raises:
        NotAllowed: someone else's.
        LanguageRefused: not one of the instance's languages.
    """
    if person.pk != perimeter.actor.user_id:
        raise NotAllowed
    if language not in dict(settings.LANGUAGES):
        raise LanguageRefused(language=language)
    if person.language != language:
        with transaction.atomic():
            person.language = language
            person.save(update_fields=["language"])
            person_told(perimeter, "account.language_chosen", person, language=language)
    return person


def account_managed(perimeter: Perimeter, person: User) -> None:
    """Refuse unless this perimeter may act on the whole account.

    Raises:
        OwnRoles, AccountElsewhere, NotAllowed.
    """
    if not perimeter.holds_anywhere(Right.MANAGE_PEOPLE):
        raise NotAllowed
    if perimeter.actor.user_id == person.pk:
        raise OwnRoles
    if not manages_all(perimeter, current_roles_of(person)):
        raise AccountElsewhere(person=str(person))


def sessions_end(person: User) -> int:
    """End every session of an account; called inside a decision that journals it.

    Returns:
        How many were open.
    """
    keys = list(UserSession.objects.filter(user=person).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=person).delete()
    return len(keys)


def _clean(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise EmailRefused(email=email[:80]) from error
    return address


def _open(
    address: str,
    first_name: str,
    last_name: str,
    *,
    password: str | None = None,
    is_verified: bool = False,
) -> User:
    person = User.objects.create_user(
        address, password, first_name=first_name.strip(), last_name=last_name.strip()
    )
    EmailAddress.objects.create(user=person, email=address, primary=True, verified=is_verified)
    return person
