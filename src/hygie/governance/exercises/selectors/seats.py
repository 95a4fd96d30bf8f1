"""Who is this reader in that exercise: staff, observer, player, or nobody?

A role given in the exercise comes first: whoever plays never sees more, whatever their role in the
establishment. Without one, whoever prepares the exercise is of its staff. A guest has a link.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from hygie.foundation.errors import NotFound
from hygie.foundation.journal.types import Actor
from hygie.governance.exercises.choices import ExerciseKind, ExerciseState, Role
from hygie.governance.exercises.models import Cell, Exercise, Inject, Participant
from hygie.governance.exercises.selectors.exercises import scripts_in
from hygie.territory.perimeter import Perimeter

# Audiences of the live channel of an exercise.
ALL = "all"
STAFF = "staff"
OBSERVERS = "observer"
# Observers who follow no cell in particular.
ROAMING = "observer:any"
_LIVE = (ExerciseState.RUNNING, ExerciseState.PAUSED)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a guest's session keeps of the link that opened it.

    Attributes:
        participant_id: who.
        token_hash: of the link used; another link issued since makes it useless.
    """

    participant_id: int
    token_hash: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Someone's place in an exercise.

    Attributes:
        exercise: with its organisation.
        role: what they do.
        actor: whom the journal names.
        name: as others read it.
        participant: None for whoever prepares the exercise and has no role in it.
        cell: where they play, or what they observe.
        is_guest: they came by a link.
    """

    exercise: Exercise
    role: Role
    actor: Actor
    name: str
    participant: Participant | None = None
    cell: Cell | None = None
    is_guest: bool = False

    @property
    def key(self) -> str:
        """Who sits here, for what a device keeps."""
        return f"p{self.participant.pk}" if self.participant else f"u{self.actor.user_id}"

    @property
    def is_staff(self) -> bool:
        """Whether they conduct the exercise."""
        return self.role is Role.FACILITATOR

    @property
    def is_observer(self) -> bool:
        """Whether they watch a cell, or all of them."""
        return self.role is Role.OBSERVER

    @property
    def is_player(self) -> bool:
        """Whether they play."""
        return self.role is Role.PLAYER

    @property
    def audiences(self) -> frozenset[str]:
        """What they hear of the live channel."""
        if self.is_staff:
            return frozenset({ALL, STAFF})
        mine = {ALL}
        if self.cell is not None:
            mine.add(cell_audience(self.cell.pk))
        if self.is_observer:
            mine |= {OBSERVERS} if self.cell is not None else {OBSERVERS, ROAMING}
        return frozenset(mine)


def channel_of(exercise_id: int) -> str:
    """Live channel of an exercise."""
    return f"exercise:{exercise_id}"


def cell_audience(cell_id: int) -> str:
    """Audience of a cell."""
    return f"cell:{cell_id}"


def audiences_of(row: Inject, cell_ids: list[int]) -> frozenset[str]:
    """Who hears of a row of the timeline once it is played.

    Args:
        cell_ids: cells that receive it; empty = all of them.
    """
    if row.nature == "facilitation":
        return frozenset({STAFF})
    if not cell_ids:
        return frozenset({ALL})
    return frozenset({STAFF, ROAMING, *map(cell_audience, cell_ids)})


def audiences_of_cell(cell_id: int | None) -> frozenset[str]:
    """Who hears of what a cell does; what no cell does is the staff's."""
    if cell_id is None:
        return frozenset({STAFF})
    return frozenset({STAFF, ROAMING, cell_audience(cell_id)})


def seat_in(perimeter: Perimeter, pk: int, ticket: Ticket | None = None) -> Seat:
    """The place of this reader in an exercise.

    Args:
        ticket: of a guest's session, when it holds one for this exercise.

    Raises:
        NotFound: absent, or no place in it.

    Cost: one query for a participant, three at most.
    """
    user_id = perimeter.actor.user_id
    if user_id is not None:
        mine = _participants(pk).filter(user_id=user_id).first()
        if mine is not None:
            return _seat(mine, perimeter.actor)
        prepared = scripts_in(perimeter).filter(pk=pk, kind=ExerciseKind.RUN).first()
        if prepared is not None:
            label = perimeter.actor.label
            return Seat(prepared, Role.FACILITATOR, perimeter.actor, label)
    guest = _guest(pk, ticket, timezone.now()) if ticket is not None else None
    if guest is None:
        raise NotFound
    actor = Actor(user_id=None, label=guest.name, via=perimeter.actor.via)
    return _seat(guest, actor, is_guest=True)


def guest_by_hash(token_hash: str, now: dt.datetime) -> Participant:
    """The guest whom a link lets in.

    Raises:
        NotFound: invented, replaced, revoked or expired.
    """
    found = (
        Participant.objects.filter(
            token_hash=token_hash, user__isnull=True, token_expires_at__gt=now
        )
        .exclude(token_hash="")
        .select_related("exercise__organisation", "cell")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def seats_mine(perimeter: Perimeter) -> list[Participant]:
    """Exercises not over in which this account has a role: the running ones first."""
    if perimeter.actor.user_id is None:
        return []
    rows = (
        Participant.objects.filter(user_id=perimeter.actor.user_id)
        .filter(exercise__state__in=(ExerciseState.READY, *_LIVE))
        .select_related("exercise__organisation", "cell")
        .order_by("exercise__planned_at", "pk")
    )
    return sorted(rows, key=lambda one: one.exercise.state not in _LIVE)


def _participants(pk: int) -> QuerySet[Participant]:
    return Participant.objects.filter(exercise_id=pk).select_related(
        "exercise__organisation", "exercise__template", "cell"
    )


def _guest(pk: int, ticket: Ticket, now: dt.datetime) -> Participant | None:
    return (
        _participants(pk)
        .filter(
            pk=ticket.participant_id, user__isnull=True,
            token_hash=ticket.token_hash, token_expires_at__gt=now,
        )
        .exclude(token_hash="")
        .first()
    )  # fmt: skip


def _seat(one: Participant, actor: Actor, *, is_guest: bool = False) -> Seat:
    return Seat(one.exercise, Role(one.role), actor, one.name, one, one.cell, is_guest)
