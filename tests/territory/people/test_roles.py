"""Roles: given downwards, never sideways or upwards, taken away at once."""

import datetime as dt
from types import SimpleNamespace

import pytest

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.journal.models import JournalLine
from hygie.territory.organisations.selectors import depth_at, may, organisations_in
from hygie.territory.people.choices import Role
from hygie.territory.people.errors import (
    OwnRoles,
    RoleAlreadyEnded,
    RoleAlreadyHeld,
    RoleDatesRefused,
    RoleDoesNotFit,
    RoleNotYours,
)
from hygie.territory.people.models import RoleAssignment, User
from hygie.territory.people.policies import ROLE_TABLE, roles_to_give
from hygie.territory.people.selectors import perimeter_of
from hygie.territory.people.services.roles import role_assign, role_end
from hygie.territory.perimeter import Depth, Perimeter, Right


@pytest.fixture
def newcomer(db: None) -> User:
    return User.objects.create_user("newcomer@hygie.test", "un mot de passe solide")


def test_an_rssi_gives_a_role_on_their_node_and_below(
    perimeters: SimpleNamespace, territory: SimpleNamespace, newcomer: User
) -> None:
    for node in (territory.entities[0], territory.sites[0]):
        role_assign(
            perimeter=perimeters.alice, person=newcomer, role=Role.CONTRIBUTOR, organisation=node
        )
    held = perimeter_of(newcomer)
    assert depth_at(held, territory.entities[0]) is Depth.DETAIL
    assert set(organisations_in(held)) == {territory.entities[0], territory.sites[0]}


def test_an_rssi_gives_nothing_above_or_beside_their_node(
    perimeters: SimpleNamespace, territory: SimpleNamespace, newcomer: User
) -> None:
    for node in (territory.ght, territory.north, territory.nation, territory.entities[1]):
        with pytest.raises(NotFound):
            role_assign(
                perimeter=perimeters.alice, person=newcomer, role=Role.RSSI, organisation=node
            )
    assert not newcomer.role_assignments.exists()


def test_a_reader_who_sees_a_node_but_manages_nobody_is_not_allowed(
    perimeters: SimpleNamespace, territory: SimpleNamespace, newcomer: User
) -> None:
    for reader in (perimeters.diane, perimeters.remi):
        with pytest.raises(NotAllowed):
            role_assign(
                perimeter=reader, person=newcomer, role=Role.RSSI, organisation=territory.north
            )


@pytest.mark.parametrize("role", [Role.ARS, Role.GRADES, Role.NATIONAL, Role.ADMINISTRATOR])
def test_regional_and_national_roles_do_not_exist_in_an_establishment(
    perimeters: SimpleNamespace, territory: SimpleNamespace, newcomer: User, role: Role
) -> None:
    for giver in (perimeters.bob, perimeters.ada, perimeters.operator):
        with pytest.raises(RoleDoesNotFit):
            role_assign(
                perimeter=giver, person=newcomer, role=role, organisation=territory.entities[0]
            )


def test_an_administrator_gives_regional_and_national_roles(
    perimeters: SimpleNamespace, territory: SimpleNamespace, newcomer: User
) -> None:
    role_assign(
        perimeter=perimeters.ada, person=newcomer, role=Role.ARS, organisation=territory.south
    )
    role_assign(
        perimeter=perimeters.ada, person=newcomer, role=Role.NATIONAL, organisation=territory.nation
    )
    assert {grant.role for grant in perimeter_of(newcomer).grants} == {Role.ARS, Role.NATIONAL}


def test_a_regional_administrator_stays_in_their_region(
    perimeters: SimpleNamespace, territory: SimpleNamespace, newcomer: User
) -> None:
    regional = User.objects.create_user("regional@hygie.test", "un mot de passe solide")
    role_assign(
        perimeter=perimeters.ada,
        person=regional,
        role=Role.ADMINISTRATOR,
        organisation=territory.north,
    )
    theirs = perimeter_of(regional)
    role_assign(
        perimeter=theirs, person=newcomer, role=Role.RSSI, organisation=territory.entities[2]
    )
    for node in (territory.nation, territory.south, territory.far):
        with pytest.raises(NotFound):
            role_assign(perimeter=theirs, person=newcomer, role=Role.RSSI, organisation=node)


def test_the_grant_that_reaches_the_node_must_itself_give_the_role(
    perimeters: SimpleNamespace, territory: SimpleNamespace, newcomer: User
) -> None:
    """An administrator of the south who is a contributor in the north gives nothing there."""
    both = User.objects.create_user("both@hygie.test", "un mot de passe solide")
    role_assign(
        perimeter=perimeters.ada, person=both, role=Role.ADMINISTRATOR, organisation=territory.south
    )
    role_assign(
        perimeter=perimeters.bob,
        person=both,
        role=Role.CONTRIBUTOR,
        organisation=territory.entities[0],
    )
    theirs = perimeter_of(both)
    assert not roles_to_give(theirs, territory.entities[0])
    with pytest.raises(NotAllowed):
        role_assign(
            perimeter=theirs,
            person=newcomer,
            role=Role.RSSI,
            organisation=territory.entities[0],
        )


def test_nobody_changes_their_own_roles(
    perimeters: SimpleNamespace, characters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    with pytest.raises(OwnRoles):
        role_assign(
            perimeter=perimeters.ada,
            person=characters.ada,
            role=Role.RSSI,
            organisation=territory.ght,
        )
    own = RoleAssignment.objects.get(user=characters.ada)
    with pytest.raises(OwnRoles):
        role_end(perimeter=perimeters.ada, assignment=own)


def test_a_role_that_one_may_not_give_one_may_not_take(
    perimeters: SimpleNamespace, characters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    """Whoever manages people somewhere reaches there nobody whose role is above theirs."""
    for victim in (characters.remi, characters.diane, characters.ada, characters.bob):
        held = RoleAssignment.objects.get(user=victim)
        with pytest.raises((NotFound, NotAllowed, RoleNotYours)):
            role_end(perimeter=perimeters.alice, assignment=held)
        held.refresh_from_db()
        assert held.ended_at is None


def test_a_role_taken_away_stops_at_once_and_stays_in_the_history(
    perimeters: SimpleNamespace, characters: SimpleNamespace
) -> None:
    held = RoleAssignment.objects.get(user=characters.alice)
    role_end(perimeter=perimeters.bob, assignment=held)
    assert perimeter_of(characters.alice).grants == ()
    assert RoleAssignment.objects.filter(pk=held.pk, ended_at__isnull=False).exists()
    with pytest.raises(RoleAlreadyEnded):
        role_end(perimeter=perimeters.bob, assignment=held)


def test_the_same_role_twice_is_refused_until_the_first_has_ended(
    perimeters: SimpleNamespace, territory: SimpleNamespace, newcomer: User
) -> None:
    def give(since: dt.date | None = None, until: dt.date | None = None) -> RoleAssignment:
        return role_assign(
            perimeter=perimeters.alice,
            person=newcomer,
            role=Role.AUDITOR,
            organisation=territory.entities[0],
            since=since,
            until=until,
        )

    first = give(since=dt.date(2026, 1, 1), until=dt.date(2030, 6, 30))
    with pytest.raises(RoleAlreadyHeld):
        give()
    give(since=dt.date(2030, 7, 1))
    role_end(perimeter=perimeters.alice, assignment=first)
    give(until=dt.date(2030, 6, 30))


def test_a_role_is_held_from_its_first_to_its_last_day_included(
    perimeters: SimpleNamespace, territory: SimpleNamespace, newcomer: User
) -> None:
    role_assign(
        perimeter=perimeters.alice,
        person=newcomer,
        role=Role.AUDITOR,
        organisation=territory.entities[0],
        since=dt.date(2026, 3, 1),
        until=dt.date(2026, 3, 31),
    )
    days = [dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 1)]
    assert [len(perimeter_of(newcomer, on=day).grants) for day in days] == [0, 1, 1, 0]


def test_an_end_before_the_beginning_is_refused(
    perimeters: SimpleNamespace, territory: SimpleNamespace, newcomer: User
) -> None:
    with pytest.raises(RoleDatesRefused):
        role_assign(
            perimeter=perimeters.alice,
            person=newcomer,
            role=Role.AUDITOR,
            organisation=territory.entities[0],
            since=dt.date(2026, 3, 1),
            until=dt.date(2026, 2, 1),
        )


def test_each_decision_is_one_journal_line_with_its_place(
    perimeters: SimpleNamespace, territory: SimpleNamespace, newcomer: User
) -> None:
    given = role_assign(
        perimeter=perimeters.bob, person=newcomer, role=Role.DSI, organisation=territory.ght
    )
    role_end(perimeter=perimeters.bob, assignment=given)
    lines = JournalLine.objects.all()
    assert [line.action for line in lines] == ["role.assigned", "role.ended"]
    assert {line.organisation_id for line in lines} == {territory.ght.pk}
    assert {line.actor_label for line in lines} == {"bob@hygie.test"}


def test_every_role_has_a_place_and_none_above_the_establishment_sees_detail() -> None:
    assert set(ROLE_TABLE) == set(Role)
    for policy in ROLE_TABLE.values():
        assert policy.levels
        above = policy.levels & {"nation", "region"}
        assert not above or policy.depth is Depth.INDICATORS


def test_only_a_role_that_manages_people_gives_roles() -> None:
    for policy in ROLE_TABLE.values():
        assert bool(policy.gives) == (Right.MANAGE_PEOPLE in policy.rights)


def test_a_deactivated_account_has_an_empty_perimeter(
    characters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    characters.alice.is_active = False
    empty: Perimeter = perimeter_of(characters.alice)
    assert not may(empty, territory.entities[0], Right.RECORD)
    assert not organisations_in(empty).exists()
