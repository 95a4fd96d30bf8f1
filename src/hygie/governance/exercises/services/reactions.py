"""What do players do with what reaches them: take note, answer, decide?"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.governance.exercises.choices import EntryKind, ReactionKind
from hygie.governance.exercises.errors import OptionRefused, TextMissing, ValueRefused
from hygie.governance.exercises.models import Cell, Inject, LogEntry, Reaction
from hygie.governance.exercises.selectors.seats import Seat, audiences_of_cell
from hygie.governance.exercises.selectors.seen import inject_seen
from hygie.governance.exercises.services.floor import (
    LIVE,
    TEXT_LIMIT,
    cell_spoken_for,
    floor_journal,
    floor_tell,
    state_check,
)
from hygie.governance.exercises.state import second_at


@transaction.atomic
def reaction_add(
    *,
    seat: Seat,
    inject_id: int,
    kind: str,
    text: str = "",
    option: str = "",
    cell_id: int | None = None,
    at: dt.datetime | None = None,
) -> Reaction:
    """A cell reacts to something that it received; the staff may write what was said aloud.

    A decision is written in the crisis log too. Taking note twice changes nothing.

    Args:
        kind: acknowledged, answer or decision.
        option: the decision chosen, when options are offered.
        cell_id: in whose name the staff writes; a player's is their own.

    Raises:
        NotAllowed: an observer, or another cell. NotFound: not received. WrongState.
        TextMissing, OptionRefused, ValueRefused.
    """
    if seat.is_observer or kind not in ReactionKind.values:
        raise NotAllowed
    exercise = state_check(seat, LIVE)
    row = inject_seen(seat, inject_id)
    cell = cell_spoken_for(seat, cell_id)
    text, option = text.strip(), option.strip()
    _words_check(row, kind, text, option)
    if kind == ReactionKind.ACKNOWLEDGED:
        known = row.reactions.filter(kind=kind, cell=cell, participant=seat.participant).first()
        if known is not None:
            return known
    now = at or timezone.now()
    made = Reaction.objects.create(
        inject=row, participant=seat.participant, cell=cell, kind=kind, text=text, option=option,
        at=now, second=second_at(exercise, now),
    )  # fmt: skip
    if kind == ReactionKind.DECISION:
        _logged(seat, made, row, cell)
    cell_pk = cell.pk if cell else None
    floor_tell(exercise, "reaction", audiences_of_cell(cell_pk), inject=row.pk, cell=cell_pk)
    floor_journal(seat.actor, exercise, f"exercise_reaction.{kind}")
    return made


def _words_check(row: Inject, kind: str, text: str, option: str) -> None:
    if row.played_at is None:
        raise NotFound
    if len(text) > TEXT_LIMIT:
        raise ValueRefused(field="text", value=text[:40])
    if kind == ReactionKind.ANSWER and not text:
        raise TextMissing
    if kind == ReactionKind.DECISION:
        if row.options and option not in row.options:
            raise OptionRefused
        if not row.options and not text:
            raise TextMissing


def _logged(seat: Seat, made: Reaction, row: Inject, cell: Cell | None) -> None:
    """The decision as a line of the crisis log, in the words of the players alone."""
    said = " – ".join(part for part in (made.option, made.text) if part)
    LogEntry.objects.create(
        exercise_id=row.exercise_id, cell=cell, author=seat.participant,
        author_name=seat.name[:120], kind=EntryKind.DECISION, text=said, is_for_staff=cell is None,
        at=made.at, second=made.second,
    )  # fmt: skip
