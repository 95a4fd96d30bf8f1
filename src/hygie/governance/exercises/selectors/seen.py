"""What may a participant see of an exercise? Pages, streams, files and routes all go through here.

| reader   | rows of the timeline                              | with                           |
|----------|---------------------------------------------------|--------------------------------|
| staff    | all                                               | everything                     |
| observer | those of the cell they watch, played or to come   | title, expected reaction       |
| player   | those that their cell has received                | what it received, nothing else |

A row of facilitation is the staff's alone. What leaves here is a record that holds only what its
reader may read: a template cannot show more by mistake.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from hygie.engines.exercise.variables import filled
from hygie.foundation.errors import NotFound
from hygie.governance.exercises.choices import (
    Channel,
    InjectState,
    Nature,
    Play,
)
from hygie.governance.exercises.models import (
    Inject,
    InjectAttachment,
    LogEntry,
    Observation,
    Reaction,
)
from hygie.governance.exercises.selectors.seats import Seat

# Longest line that greets and says nothing else.
_GREETING = 40


@dataclass(frozen=True, slots=True)
class SeenReaction:
    """What somebody of a cell did with a row."""

    kind: str
    words: str
    text: str
    option: str
    by: str
    cell: str
    at: dt.datetime
    second: int


@dataclass(frozen=True, slots=True)
class SeenInject:
    """A row of the timeline as its reader may read it.

    Attributes:
        subject: first words of what is received; the staff's own title for staff and observers.
        body: "" for a call that somebody really makes: the players hear it.
        played_second: None for what has not come (staff and observers).
        title, expected, deadline_s, offset_s, score: "" or None for a player.
        comment: for the staff alone.
    """

    id: int
    channel: str
    channel_words: str
    nature: str
    state: str
    sender: str
    subject: str
    body: str
    cells: tuple[str, ...]
    options: tuple[str, ...]
    deliverable: str
    attachments: tuple[tuple[int, str], ...]
    played_at: dt.datetime | None
    played_second: int | None
    reactions: tuple[SeenReaction, ...] = ()
    is_called: bool = False
    is_improvised: bool = False
    title: str = ""
    expected: str = ""
    comment: str = ""
    score: int | None = None
    deadline_s: int | None = None
    offset_s: int | None = None
    result: str = ""
    result_words: str = ""
    note: str = ""

    @property
    def asks(self) -> bool:
        """Whether a decision is asked of the players."""
        return bool(self.options)


def rows_seen(seat: Seat) -> QuerySet[Inject]:
    """Rows of the timeline that a seat may know of; distinct, by time of play then of plan."""
    rows = seat.exercise.injects.all()
    if not seat.is_staff:
        rows = rows.exclude(nature=Nature.FACILITATION)
        if seat.cell is not None:
            rows = rows.filter(Q(cells=seat.cell.pk) | ~Q(pk__in=_addressed().values("inject_id")))
        elif seat.is_player:
            rows = rows.none()
        if seat.is_player:
            rows = rows.filter(state=InjectState.PLAYED)
    return rows.order_by("played_at", "offset_s", "pk")


def inject_seen(seat: Seat, pk: int) -> Inject:
    """One row that a seat may know of, to act on it; never to show as it is.

    Raises:
        NotFound: absent, another cell's, the staff's, or not played yet.
    """
    found = rows_seen(seat).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def injects_seen(seat: Seat, *, channels: Sequence[str] = ()) -> list[SeenInject]:
    """Rows as a seat may read them, oldest first.

    Args:
        channels: only these; empty = all.

    Cost: five queries at most, whatever the length.
    """
    rows = rows_seen(seat)
    if channels:
        rows = rows.filter(channel__in=channels)
    return _shown(seat, rows)


def inject_shown(seat: Seat, pk: int) -> SeenInject:
    """One row as a seat may read it.

    Raises:
        NotFound: see `inject_seen`.
    """
    found = _shown(seat, rows_seen(seat).filter(pk=pk))
    if not found:
        raise NotFound
    return found[0]


def attachment_seen(seat: Seat, pk: int) -> InjectAttachment:
    """A file that came with a row that a seat may read.

    Raises:
        NotFound: of a row that it may not read, or without content.
    """
    found = (
        InjectAttachment.objects.filter(
            pk=pk, document__isnull=False, inject__in=rows_seen(seat).order_by().values("pk")
        )
        .select_related("document", "inject")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def log_seen(seat: Seat) -> QuerySet[LogEntry]:
    """Lines of the crisis log that a seat may read, oldest first."""
    rows = seat.exercise.log.select_related("cell", "corrects").prefetch_related("corrections")
    if not seat.is_staff:
        shared = Q(is_for_staff=False)
        if seat.cell is not None:
            shared &= Q(cell=seat.cell) | Q(cell__isnull=True)
        elif seat.is_player:
            shared &= Q(cell__isnull=True)
        mine = Q(author=seat.participant) if seat.participant and seat.is_observer else Q(pk__in=())
        rows = rows.filter(shared | mine)
    return rows.order_by("at", "pk")


def entry_seen(seat: Seat, pk: int) -> LogEntry:
    """One line that a seat may read.

    Raises:
        NotFound: the staff's, another cell's, or absent.
    """
    found = log_seen(seat).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _addressed() -> QuerySet:  # type: ignore[type-arg]  # the rows of a many-to-many table
    return Inject.cells.through.objects.all()


def _shown(seat: Seat, rows: QuerySet[Inject]) -> list[SeenInject]:
    found = list(rows.prefetch_related("cells", "attachments"))
    reactions = _reactions_seen(seat, found)
    marks = _marks_seen(seat, found)
    return [_one(seat, row, reactions.get(row.pk, ()), marks.get(row.pk)) for row in found]


def _one(
    seat: Seat, row: Inject, reactions: Sequence[SeenReaction], mark: Observation | None
) -> SeenInject:
    exercise = seat.exercise
    words = {
        name: filled(getattr(row, name), exercise.variables)
        for name in ("title", "sender", "body", "expected", "comment", "deliverable")
    }
    is_called = exercise.play == Play.FULL and row.channel == Channel.PHONE
    body = "" if is_called and seat.is_player else words["body"]
    informed = not seat.is_player
    shown = SeenInject(
        id=row.pk,
        channel=row.channel,
        channel_words=row.get_channel_display(),
        nature=row.nature,
        state=row.state,
        sender=words["sender"],
        subject=words["title"] if informed else _first_words(body),
        body=body,
        cells=tuple(cell.name for cell in row.cells.all()),
        options=tuple(row.options),
        deliverable=words["deliverable"],
        attachments=tuple(
            (one.pk, one.name) for one in row.attachments.all() if one.document_id is not None
        ),
        played_at=row.played_at,
        played_second=row.played_second,
        reactions=tuple(reactions),
        is_called=is_called,
        is_improvised=row.is_improvised and informed,
        title=words["title"] if informed else "",
        expected=words["expected"] if informed else "",
        comment=words["comment"] if seat.is_staff else "",
        score=row.score if informed else None,
        deadline_s=row.deadline_s if informed else None,
        offset_s=row.offset_s if informed else None,
        result=mark.result if mark else "",
        result_words=mark.get_result_display() if mark else "",
        note=mark.note if mark else "",
    )
    return shown


def _first_words(body: str) -> str:
    """First line that says something: "Bonjour," alone tells nobody what it is about."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    if len(lines) > 1 and lines[0].endswith(",") and len(lines[0]) <= _GREETING:
        lines = lines[1:]
    line = lines[0] if lines else ""
    return line if len(line) <= 90 else f"{line[:89].rsplit(' ', 1)[0]}…"


def _reactions_seen(seat: Seat, rows: Sequence[Inject]) -> Mapping[int, Sequence[SeenReaction]]:
    """A player reads those of their cell; an observer those of the cell they watch."""
    wanted = Reaction.objects.filter(inject__in=[row.pk for row in rows])
    if not seat.is_staff and seat.cell is not None:
        wanted = wanted.filter(cell=seat.cell)
    found: dict[int, list[SeenReaction]] = defaultdict(list)
    for one in wanted.select_related("participant", "cell").order_by("at", "pk"):
        found[one.inject_id].append(
            SeenReaction(
                one.kind, one.get_kind_display(), one.text, one.option,
                one.participant.name if one.participant else "", one.cell.name if one.cell else "",
                one.at, one.second,
            )
        )  # fmt: skip
    return found


def _marks_seen(seat: Seat, rows: Sequence[Inject]) -> dict[int, Observation]:
    """The last mark of each row: the staff reads all, an observer their own, a player none."""
    if seat.is_player:
        return {}
    wanted = Observation.objects.filter(inject__in=[row.pk for row in rows])
    if seat.is_observer:
        wanted = wanted.filter(observer=seat.participant)
    return {one.inject_id: one for one in wanted.order_by("at", "pk")}
