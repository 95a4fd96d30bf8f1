"""What may this account see and do today, and who else is here?"""

import datetime as dt

from allauth.account.models import EmailAddress
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from hygie.foundation.errors import NotFound
from hygie.foundation.journal.types import Actor, Via
from hygie.territory.organisations.selectors import organisations_in, perimeter_filter
from hygie.territory.people.choices import Role
from hygie.territory.people.models import AccessLink, RoleAssignment, User
from hygie.territory.people.policies import ROLE_TABLE
from hygie.territory.perimeter import Depth, Grant, Level, Perimeter, Right


def current_roles(on: dt.date, prefix: str = "") -> Q:
    """Condition that keeps the roles held on a day."""
    return Q(**{f"{prefix}since__lte": on, f"{prefix}ended_at__isnull": True}) & (
        Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": on})
    )


def perimeter_of(user: User, *, via: Via = Via.PAGE, on: dt.date | None = None) -> Perimeter:
    """The perimeter that this account's current roles give; one query."""
    day = on or timezone.localdate()
    held = RoleAssignment.objects.filter(current_roles(day), user=user).values_list(
        "organisation_id", "organisation__kind", "role"
    )
    grants = []
    for organisation_id, kind, role in held:
        policy = ROLE_TABLE[Role(role)]
        grants.append(Grant(organisation_id, Level(kind), role, policy.depth, policy.rights))
    actor = Actor(user_id=user.pk, label=user.email, via=via)
    return Perimeter(actor=actor, grants=tuple(grants) if user.is_active else ())


def role_assignments_in(perimeter: Perimeter) -> QuerySet[RoleAssignment]:
    """Role assignments at the nodes where this perimeter manages people, ended ones included."""
    return RoleAssignment.objects.filter(
        perimeter_filter(perimeter, right=Right.MANAGE_PEOPLE, prefix="organisation__")
    ).select_related("user", "organisation")


def _readable_roles(perimeter: Perimeter) -> Q:
    """Roles one may know of: colleagues at the nodes read in detail, and people one manages."""
    colleagues = perimeter_filter(perimeter, depth=Depth.DETAIL, prefix="organisation__")
    managed = perimeter_filter(perimeter, right=Right.MANAGE_PEOPLE, prefix="organisation__")
    # An empty condition means everywhere, and `|` would drop it instead of letting it win.
    return colleagues | managed if colleagues and managed else Q()


def people_in(perimeter: Perimeter, *, on: dt.date | None = None) -> QuerySet[RoleAssignment]:
    """Current roles of the people this perimeter may know of, one row a role."""
    day = on or timezone.localdate()
    return (
        RoleAssignment.objects.filter(current_roles(day), _readable_roles(perimeter))
        .select_related("user", "organisation")
        .order_by("user__last_name", "user__email", "organisation__name")
    )


def people_of_organisation(perimeter: Perimeter, organisation_id: int) -> QuerySet[RoleAssignment]:
    """Current roles held at one node, as far as this perimeter may know of them."""
    return people_in(perimeter).filter(organisation_id=organisation_id)


def person_get_in(perimeter: Perimeter, pk: int) -> User:
    """One person that this perimeter may know of, or oneself.

    Raises:
        NotFound: absent, or every role of theirs lies elsewhere.
    """
    people = User.objects.filter(pk=pk)
    if perimeter.actor.user_id != pk and not perimeter.is_operator:
        people = people.filter(pk__in=_known_roles(perimeter, pk).values("user_id"))
    person = people.first()
    if person is None:
        raise NotFound
    return person


def roles_of_person(perimeter: Perimeter, pk: int) -> QuerySet[RoleAssignment]:
    """The roles of one person that this perimeter may know of, all for oneself; ended ones last."""
    return (
        _known_roles(perimeter, pk)
        .select_related("organisation", "user")
        .order_by(F("ended_at").desc(nulls_first=True), "-since", "-id")
    )


def _known_roles(perimeter: Perimeter, pk: int) -> QuerySet[RoleAssignment]:
    roles = RoleAssignment.objects.filter(user_id=pk)
    if perimeter.actor.user_id == pk or perimeter.is_operator:
        return roles
    return roles.filter(_readable_roles(perimeter))


def current_roles_of(user: User) -> list[RoleAssignment]:
    """Every role this account holds today or will hold, whoever asks: for decisions, not pages."""
    return list(
        RoleAssignment.objects.filter(user=user, ended_at__isnull=True)
        .exclude(until__lt=timezone.localdate())
        .select_related("organisation")
    )


def role_assignment_get_in(perimeter: Perimeter, pk: int) -> RoleAssignment:
    """One assignment where this perimeter manages people.

    Raises:
        NotFound: absent or elsewhere.
    """
    found = role_assignments_in(perimeter).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def account_by_email(email: str) -> User | None:
    """The account with this address, whatever its letter case; for sign-in and invitations."""
    return User.objects.filter(email__iexact=email.strip()).first()


def email_is_verified(email: str) -> bool:
    """Whether the holder of the account with this address has proven to receive its mail."""
    proven = EmailAddress.objects.filter(
        email__iexact=email.strip(), verified=True, user__is_active=True
    )
    return bool(proven.exists())


def account_get(perimeter: Perimeter, email: str) -> User:
    """An account by its address, for the command line.

    Raises:
        NotFound: absent, or outside the perimeter.
    """
    found = account_by_email(email)
    if found is None:
        raise NotFound
    return person_get_in(perimeter, found.pk)


def link_by_token(token: str) -> AccessLink | None:
    """The link that this token still opens, with its account."""
    return (
        AccessLink.objects.select_related("user")
        .filter(
            token_hash=AccessLink.hash_of(token),
            used_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=timezone.now(),
            user__is_active=True,
        )
        .first()
    )


def link_open_of(user: User) -> AccessLink | None:
    """The link this person may still use, if any."""
    return AccessLink.objects.filter(
        user=user, used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now()
    ).first()


def nodes_to_suggest(perimeter: Perimeter, *, at_most: int = 60) -> list[tuple[str, str]]:
    """Codes and names of followed nodes where this perimeter manages people, to help typing."""
    nodes = organisations_in(perimeter, right=Right.MANAGE_PEOPLE).filter(is_followed=True)
    return list(nodes.values_list("code", "name")[:at_most])


def operators_exist() -> bool:
    """Whether someone administers the platform: decides what an empty instance says first."""
    return RoleAssignment.objects.filter(
        current_roles(timezone.localdate()), role=Role.ADMINISTRATOR, user__is_active=True
    ).exists()
