"""Who may see and do what? The one table; everything else reads it."""

from collections.abc import Iterable
from dataclasses import dataclass

from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import ancestor_ids
from hygie.territory.people.choices import Role
from hygie.territory.people.models import RoleAssignment, User
from hygie.territory.perimeter import Depth, Level, Perimeter, Right

_ESTABLISHMENT = frozenset({Level.GHT, Level.EJ, Level.ET})
_IN_ESTABLISHMENT = frozenset(
    {Role.RSSI, Role.DSI, Role.DIRECTOR, Role.QUALITY, Role.CONTRIBUTOR, Role.AUDITOR}
)


@dataclass(frozen=True, slots=True)
class RolePolicy:
    """Where a role may be given, how deep it sees, what it may do, which roles it may give."""

    levels: frozenset[Level]
    depth: Depth
    rights: frozenset[Right]
    gives: frozenset[Role] = frozenset()


_R = Right
ROLE_TABLE: dict[Role, RolePolicy] = {
    Role.RSSI: RolePolicy(
        _ESTABLISHMENT,
        Depth.DETAIL,
        frozenset(
            {_R.RECORD, _R.ANSWER, _R.REVIEW, _R.PLAN, _R.MANAGE_PEOPLE, _R.EXPORT, _R.READ_JOURNAL}
        ),
        gives=_IN_ESTABLISHMENT,
    ),
    Role.DSI: RolePolicy(
        _ESTABLISHMENT,
        Depth.DETAIL,
        frozenset({_R.RECORD, _R.ANSWER, _R.REVIEW, _R.PLAN, _R.EXPORT, _R.READ_JOURNAL}),
    ),
    Role.DIRECTOR: RolePolicy(
        _ESTABLISHMENT, Depth.DETAIL, frozenset({_R.REVIEW, _R.EXPORT, _R.READ_JOURNAL})
    ),
    Role.QUALITY: RolePolicy(
        _ESTABLISHMENT, Depth.DETAIL, frozenset({_R.RECORD, _R.ANSWER, _R.EXPORT})
    ),
    Role.CONTRIBUTOR: RolePolicy(_ESTABLISHMENT, Depth.DETAIL, frozenset({_R.RECORD, _R.ANSWER})),
    Role.AUDITOR: RolePolicy(_ESTABLISHMENT, Depth.DETAIL, frozenset({_R.EXPORT, _R.READ_JOURNAL})),
    Role.GRADES: RolePolicy(
        frozenset({Level.REGION}), Depth.INDICATORS, frozenset({_R.PLAN, _R.EXPORT})
    ),
    Role.ARS: RolePolicy(
        frozenset({Level.REGION}), Depth.INDICATORS, frozenset({_R.PLAN, _R.EXPORT})
    ),
    Role.NATIONAL: RolePolicy(
        frozenset({Level.NATION}), Depth.INDICATORS, frozenset({_R.PLAN, _R.EXPORT})
    ),
    # Runs the platform, sees nobody's weaknesses.
    Role.ADMINISTRATOR: RolePolicy(
        frozenset({Level.NATION, Level.REGION}),
        Depth.INDICATORS,
        frozenset({_R.MANAGE_PEOPLE, _R.MANAGE_TERRITORY, _R.MANAGE_PROGRAMME, _R.READ_JOURNAL}),
        gives=frozenset(Role),
    ),
}


def role_fits(role: str, level: str) -> bool:
    """Whether this role may be given at this level."""
    return Level(level) in ROLE_TABLE[Role(role)].levels


def roles_for_level(level: str) -> frozenset[Role]:
    """Roles that exist at this level."""
    return frozenset(role for role in ROLE_TABLE if role_fits(role, level))


def roles_to_give(perimeter: Perimeter, organisation: Organisation) -> frozenset[Role]:
    """Roles that this perimeter may give or take at this node; no query.

    The grant that reaches the node must itself give the role: an RSSI here who is also an
    administrator elsewhere gives here what an RSSI gives.
    """
    fitting = roles_for_level(organisation.kind)
    if perimeter.is_operator:
        return fitting
    above = ancestor_ids(organisation)
    given: set[Role] = set()
    for grant in perimeter.grants:
        if Right.MANAGE_PEOPLE in grant.rights and (
            grant.level is Level.NATION or grant.node_id in above
        ):
            given |= ROLE_TABLE[Role(grant.role)].gives
    return fitting & given


def manages_all(perimeter: Perimeter, assignments: Iterable[RoleAssignment]) -> bool:
    """Whether every one of these roles is one that this perimeter may give and take.

    Decides who may act on an account as a whole (deactivate it, open it by a new link): otherwise
    the RSSI of one establishment could step into an account that also reads another. An account
    without any role left belongs to the administrators of the whole platform.
    """
    held = list(assignments)
    if perimeter.is_operator:
        return True
    if not held:
        return any(
            grant.level is Level.NATION and Right.MANAGE_PEOPLE in grant.rights
            for grant in perimeter.grants
        )
    return all(Role(one.role) in roles_to_give(perimeter, one.organisation) for one in held)


def role_is_endable(perimeter: Perimeter, held: RoleAssignment) -> bool:
    """Whether to show the button that takes this role away; the service decides again."""
    return (
        held.ended_at is None
        and held.user_id != perimeter.actor.user_id
        and Role(held.role) in roles_to_give(perimeter, held.organisation)
    )


def account_is_manageable(
    perimeter: Perimeter, person: User, assignments: Iterable[RoleAssignment]
) -> bool:
    """Whether to show what acts on the whole account; the service decides again."""
    return (
        perimeter.holds_anywhere(Right.MANAGE_PEOPLE)
        and person.pk != perimeter.actor.user_id
        and manages_all(perimeter, assignments)
    )


def roles_anywhere(perimeter: Perimeter) -> list[Role]:
    """Roles that this perimeter may give somewhere, in the table's order: a form's choices."""
    if perimeter.is_operator:
        return list(Role)
    given = {
        role
        for grant in perimeter.grants
        if Right.MANAGE_PEOPLE in grant.rights
        for role in ROLE_TABLE[Role(grant.role)].gives
    }
    return [role for role in Role if role in given]
