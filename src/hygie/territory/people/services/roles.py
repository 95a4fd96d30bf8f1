"""How is a role given and taken away?"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from hygie.foundation.errors import NotAllowed
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.choices import Role
from hygie.territory.people.errors import (
    AccountInactive,
    OwnRoles,
    RoleAlreadyEnded,
    RoleAlreadyHeld,
    RoleDatesRefused,
    RoleDoesNotFit,
    RoleNotYours,
)
from hygie.territory.people.models import RoleAssignment, User
from hygie.territory.people.policies import role_fits, roles_to_give
from hygie.territory.people.services.told import person_told
from hygie.territory.perimeter import Perimeter, Right


def role_assign(
    *,
    perimeter: Perimeter,
    person: User,
    role: Role,
    organisation: Organisation,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> RoleAssignment:
    """Give a role at a node, never above one's own node, never one that one may not give.

    Args:
        since, until: days, both included; today and without end by default.

    Raises:
        NotFound: the node is not in the perimeter.
        NotAllowed: it is, but people are managed by others there.
        OwnRoles: to oneself.
        RoleDoesNotFit: the role does not exist at this level.
        RoleNotYours: the giver's role does not give it.
        RoleAlreadyHeld: held on overlapping days.
        RoleDatesRefused: the end precedes the beginning.
        AccountInactive: the account is closed.
    """
    start = since or timezone.localdate()
    node = organisation_get_in(perimeter, organisation.pk, right=Right.MANAGE_PEOPLE)
    _givable(perimeter, person, role, node)
    if not person.is_active:
        raise AccountInactive
    if until is not None and until < start:
        raise RoleDatesRefused(since=start, until=until)
    with transaction.atomic():
        # Two givers at once: the second waits, then sees the first one's row.
        User.objects.select_for_update().get(pk=person.pk)
        if _overlaps(person, role, node, start, until):
            raise RoleAlreadyHeld(person=str(person), role=role.label, organisation=node.name)
        assignment = RoleAssignment.objects.create(
            user=person, organisation=node, role=role, since=start, until=until
        )
        person_told(
            perimeter,
            "role.assigned",
            person,
            organisation_id=node.pk,
            role=role,
            since=start.isoformat(),
            until=until.isoformat() if until else None,
        )
    return assignment


def role_end(*, perimeter: Perimeter, assignment: RoleAssignment) -> RoleAssignment:
    """Take a role away, at once.

    Raises:
        NotFound, NotAllowed, OwnRoles, RoleNotYours: as `role_assign`.
        RoleAlreadyEnded: it is taken away already.
    """
    node = organisation_get_in(perimeter, assignment.organisation_id, right=Right.MANAGE_PEOPLE)
    role = Role(assignment.role)
    _givable(perimeter, assignment.user, role, node)
    with transaction.atomic():
        ended = RoleAssignment.objects.filter(pk=assignment.pk, ended_at__isnull=True).update(
            ended_at=timezone.now()
        )
        if not ended:
            raise RoleAlreadyEnded
        person_told(perimeter, "role.ended", assignment.user, organisation_id=node.pk, role=role)
    assignment.refresh_from_db()
    return assignment


def _givable(perimeter: Perimeter, person: User, role: Role, node: Organisation) -> None:
    if perimeter.actor.user_id is not None and perimeter.actor.user_id == person.pk:
        raise OwnRoles
    if not role_fits(role, node.kind):
        raise RoleDoesNotFit(role=role.label, level=node.get_kind_display())
    givable = roles_to_give(perimeter, node)
    if not givable:
        raise NotAllowed
    if role not in givable:
        raise RoleNotYours(role=role.label)


def _overlaps(
    person: User, role: Role, node: Organisation, start: dt.date, until: dt.date | None
) -> bool:
    same = RoleAssignment.objects.filter(
        user=person, role=role, organisation=node, ended_at__isnull=True
    ).exclude(until__lt=start)
    return (same if until is None else same.filter(since__lte=until)).exists()
