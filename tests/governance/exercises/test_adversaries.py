"""Who tries every door, acts at once with another, or plays at an odd hour: what do they get?"""

import datetime as dt
import html
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse
from django.utils import timezone

from hygie.engines.exercise.types import CellRecord, InjectRecord, ScenarioRecord
from hygie.engines.exercise.vocabulary import CellKind
from hygie.foundation.documents.models import Document
from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.live.models import LiveEvent
from hygie.foundation.live.vocabulary import RIGHTS
from hygie.governance.exercises.choices import ExerciseState, InjectState, Role
from hygie.governance.exercises.errors import NotPlayable, WrongState
from hygie.governance.exercises.models import Exercise, Participant
from hygie.governance.exercises.pages.board import board_context
from hygie.governance.exercises.pages.clock import clock_read
from hygie.governance.exercises.selectors.seats import Ticket, channel_of, seat_in
from hygie.governance.exercises.selectors.seen import injects_seen, log_seen
from hygie.governance.exercises.services.clock import (
    exercise_jump,
    exercise_pause,
    exercise_resume,
    exercise_start,
    exercise_stop,
)
from hygie.governance.exercises.services.design import exercise_create, exercise_ready
from hygie.governance.exercises.services.log import Written, log_add
from hygie.governance.exercises.services.observations import observation_add
from hygie.governance.exercises.services.people import (
    guest_link_issue,
    guest_link_revoke,
    participant_edit,
)
from hygie.governance.exercises.services.play import inject_play, injects_play_due
from hygie.governance.exercises.services.reactions import reaction_add
from hygie.governance.exercises.urls import urlpatterns
from hygie.territory.people.models import RoleAssignment, User
from hygie.territory.people.selectors import perimeter_of
from hygie.territory.perimeter import NOBODY
from tests.governance.exercises.conftest import SECRET
from tests.governance.exercises.test_play_pages import clients

__all__ = ["clients"]
pytestmark = pytest.mark.django_db
# What whoever plays may open; everything else of an exercise is the staff's.
OF_PLAYERS = {
    "exercise_detail", "play", "wall", "live", "seen", "message", "react", "received_file",
    "presence_act", "incident", "log", "survey",
}  # fmt: skip
OF_OBSERVERS = {"observe", "sheet_worker"}
HIDDEN = (SECRET, "Point de départ", "Prévenir l'astreinte", "Un journaliste appelle")


def doors(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Name and address of each page, fragment, file and act of one exercise."""
    row = exercise.injects.get(key="press")
    document = Document.objects.create(name="a.pdf", sha256="0" * 64, size=1)
    known = {
        "pk": exercise.pk, "inject_id": row.pk, "objective_id": exercise.objectives.get().pk,
        "cell_id": exercise.cells.get(key="it").pk, "lesson_id": 1, "link_id": 1,
        "participant_id": exercise.participants.all()[0].pk, "when": "before",
        "attachment_id": row.attachments.create(name="a.pdf", document=document).pk,
        "name": "rapport.pdf",
    }  # fmt: skip
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        names = pattern.pattern.converters
        if "pk" in names and set(names) <= set(known) and pattern.name:
            yield pattern.name, reverse(f"exercises:{pattern.name}", kwargs={
                name: known[name] for name in names
            })  # fmt: skip


@pytest.fixture
def running(seats: SimpleNamespace, ready: Exercise) -> Exercise:
    """Begun five minutes ago; the decision has come, the press has not."""
    held = exercise_start(
        seat=seats.staff, reason="essai", at=timezone.now() - dt.timedelta(minutes=40)
    )
    injects_play_due(exercise=held)
    log_add(seat=seats.staff, written=Written("fact", SECRET), is_for_staff=True)
    return held


def test_no_door_of_the_staff_opens_to_who_plays_observes_or_comes_by_a_link(
    clients: SimpleNamespace, running: Exercise
) -> None:
    # Whoever prepares the exercise may observe it, and reads all of it: not this one.
    RoleAssignment.objects.filter(user__email="olga@hygie.test").update(role="auditor")
    opened = []
    for name, url in doors(running):
        for who in ("it", "decision", "guest", "observer", "charlie", "diane"):
            client = getattr(clients, who)
            may = name in OF_PLAYERS or (who == "observer" and name in OF_OBSERVERS)
            for answer in (client.get(url), client.post(url, {"act": "stop", "word": "FIN"})):
                body = b"".join(answer) if answer.streaming else answer.content
                said = html.unescape(body.decode("utf-8", "replace"))
                if answer.status_code == 200 and not may:
                    opened.append((who, name, answer.status_code))
                if who not in {"observer"} and any(one in said for one in HIDDEN):
                    opened.append((who, name, "words"))
                if SECRET in said:
                    opened.append((who, name, "secret"))
    assert opened == []
    running.refresh_from_db()
    assert running.state in {ExerciseState.RUNNING, ExerciseState.PAUSED}


def test_a_file_of_a_row_to_come_opens_to_no_player(
    clients: SimpleNamespace, running: Exercise
) -> None:
    urls = dict(doors(running))
    for who in ("it", "decision", "guest"):
        client = getattr(clients, who)
        assert client.get(urls["received_file"]).status_code == 404
        assert client.get(urls["attachment"]).status_code in {302, 404}


def test_a_link_that_was_renewed_revoked_or_has_expired_opens_nothing_more(
    seats: SimpleNamespace, ready: Exercise, perimeters: SimpleNamespace
) -> None:
    guest = Participant.objects.get(pk=seats.ticket.participant_id)

    def is_in(ticket: Ticket) -> bool:
        try:
            return seat_in(NOBODY, ready.pk, ticket).is_guest
        except NotFound:
            return False

    assert is_in(seats.ticket)
    give = {"perimeter": perimeters.alice, "exercise": ready, "participant_id": guest.pk}
    renewed, _token = guest_link_issue(**give)
    fresh = Ticket(guest.pk, renewed.token_hash)
    assert (is_in(seats.ticket), is_in(fresh)) == (False, True)
    # One that names somebody else, or nobody's hash.
    other = ready.participants.exclude(pk=guest.pk)[0]
    assert not is_in(Ticket(other.pk, renewed.token_hash))
    assert not is_in(Ticket(other.pk, ""))
    Participant.objects.filter(pk=guest.pk).update(token_expires_at=timezone.now())
    assert not is_in(fresh)
    LiveEvent.objects.all().delete()
    guest_link_revoke(**give)
    # A stream opened by that link is judged now, not within the minute.
    assert LiveEvent.objects.filter(channel=channel_of(ready.pk), kind=RIGHTS).exists()
    assert not is_in(Ticket(guest.pk, ""))


def test_a_player_moved_to_another_cell_leaves_the_first_one_at_once(
    seats: SimpleNamespace, running: Exercise, perimeters: SimpleNamespace
) -> None:
    iris = seats.users.it
    mine = running.participants.get(user=iris)
    log_add(seat=seats.it, written=Written("fact", "Dit par l'informatique"))
    decision = running.cells.get(key="decision")
    participant_edit(
        perimeter=perimeters.alice, exercise=running, participant_id=mine.pk, role=Role.PLAYER,
        cell_id=decision.pk, name=mine.name,
    )  # fmt: skip
    told = LiveEvent.objects.filter(channel=channel_of(running.pk))
    assert told.get(kind="seat").payload == {"participant": mine.pk}
    assert told.filter(kind=RIGHTS).exists()
    moved = seat_in(perimeter_of(iris), running.pk)
    assert moved.cell == decision
    assert "Le serveur de Orion ne répond plus." not in {one.body for one in injects_seen(moved)}
    assert not log_seen(moved).exists()
    screen = running.injects.get(key="screen")
    with pytest.raises(NotFound):
        reaction_add(seat=moved, inject_id=screen.pk, kind="acknowledged")
    # An old page that still names the old cell speaks for nobody.
    with pytest.raises(NotAllowed):
        log_add(seat=moved, written=Written("fact", "x"), cell_id=running.cells.get(key="it").pk)


def test_an_observer_marks_after_the_end_and_no_more_after_the_closing(
    seats: SimpleNamespace, running: Exercise
) -> None:
    screen = running.injects.get(key="screen")
    exercise_stop(seat=seats.staff, word="FIN")
    assert observation_add(seat=seats.observer, inject_id=screen.pk, result="reached").pk
    Exercise.objects.filter(pk=running.pk).update(state=ExerciseState.CLOSED)
    with pytest.raises(WrongState):
        observation_add(seat=seats.observer, inject_id=screen.pk, result="missed")


def test_two_facilitators_at_once_leave_one_story(
    seats: SimpleNamespace, running: Exercise
) -> None:
    exercise_pause(seat=seats.staff)
    exercise_pause(seat=seats.staff)
    exercise_jump(seat=seats.staff, to_s=3000)
    exercise_resume(seat=seats.staff)
    exercise_resume(seat=seats.staff)
    exercise_stop(seat=seats.staff, word="FIN")
    for act in (exercise_pause, exercise_resume):
        with pytest.raises(WrongState):
            act(seat=seats.staff)
    with pytest.raises(WrongState):
        exercise_jump(seat=seats.staff, to_s=3500)
    with pytest.raises(WrongState):
        exercise_stop(seat=seats.staff, is_incident=True)
    verbs = list(running.clock_marks.order_by("at", "pk").values_list("verb", flat=True))
    assert verbs == ["start", "pause", "jump", "resume", "stop"]


@pytest.mark.parametrize(
    "start",
    [
        dt.datetime(2027, 3, 28, 1, 50, tzinfo=ZoneInfo("Europe/Paris")),
        dt.datetime(2027, 10, 31, 2, 50, tzinfo=ZoneInfo("Europe/Paris")),
        dt.datetime(2027, 12, 31, 23, 50, tzinfo=ZoneInfo("Europe/Paris")),
    ],
)
def test_time_runs_on_through_a_change_of_hour_and_midnight(
    seats: SimpleNamespace, ready: Exercise, start: dt.datetime
) -> None:
    exercise_start(seat=seats.staff, reason="essai", from_s=0, at=start)
    # Added in universal time: what a clock on the wall does must not matter.
    later = start.astimezone(dt.UTC) + dt.timedelta(minutes=21)
    seats.staff.exercise.refresh_from_db()
    played = injects_play_due(exercise=seats.staff.exercise, at=later)
    assert [row.key for row in played] == ["screen", "choice"]
    shown = clock_read(seats.staff.exercise, later)
    assert shown["scenario"] == "H+0:21:00"
    assert shown["ends_at"].astimezone(dt.UTC) == start.astimezone(dt.UTC) + dt.timedelta(hours=1)


def _made(
    perimeters: SimpleNamespace, territory: SimpleNamespace, scenario: ScenarioRecord
) -> Exercise:
    return exercise_create(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk, scenario=scenario,
        planned_at=timezone.now(),
    )  # fmt: skip


def test_a_script_without_a_row_is_not_played(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    empty = ScenarioRecord(
        title="Vide", duration_s=3600, cells=(CellRecord("it", CellKind.IT, "Informatique"),)
    )
    made = _made(perimeters, territory, empty)
    with pytest.raises(NotPlayable):
        exercise_ready(perimeter=perimeters.alice, exercise=made)


def test_a_thousand_rows_and_sixty_cells_cost_the_board_no_more_queries(
    seats: SimpleNamespace, running: Exercise, perimeters: SimpleNamespace,
    territory: SimpleNamespace, person: Callable[..., User],
) -> None:  # fmt: skip
    cells = tuple(
        CellRecord(f"c{number}", CellKind.OTHER, f"Cellule {number}") for number in range(60)
    )
    rows = tuple(
        InjectRecord(
            f"r{number}", f"Ligne {number}", number, cells=(f"c{number % 60}",), body="Lisez",
            expected="Répondre",
        )
        for number in range(1000)
    )  # fmt: skip
    big = _made(perimeters, territory, ScenarioRecord(
        title="Grand", duration_s=3600, cells=cells, injects=rows,
    ))  # fmt: skip
    Exercise.objects.filter(pk=big.pk).update(state=ExerciseState.READY)
    staff = seat_in(perimeters.alice, big.pk)
    exercise_start(seat=staff, reason="essai", at=timezone.now() - dt.timedelta(minutes=20))
    staff.exercise.refresh_from_db()
    assert len(injects_play_due(exercise=staff.exercise)) == 1000

    def cost(seat: object) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            board_context(seat)  # type: ignore[arg-type]  # a seat
        return len(seen)

    small = cost(seats.staff)
    assert cost(staff) <= small
    assert len(board_context(staff, ("cells",))["cells"]) == 60
    Participant.objects.create(
        exercise=big,
        role=Role.PLAYER,
        cell=big.cells.get(key="c7"),
        name="P",
        user=person("p@hygie.test", "contributor", territory.entities[0]),
    )
    player = seat_in(perimeter_of(User.objects.get(email="p@hygie.test")), big.pk)
    assert len(injects_seen(player)) == 17


def test_each_row_told_once_whoever_plays_it_by_hand_meanwhile(
    seats: SimpleNamespace, ready: Exercise
) -> None:
    exercise_start(seat=seats.staff, reason="essai", at=timezone.now() - dt.timedelta(minutes=1))
    row = ready.injects.get(key="screen")
    first = inject_play(seat=seats.staff, inject_id=row.pk)
    assert inject_play(seat=seats.staff, inject_id=row.pk).played_at == first.played_at
    assert injects_play_due(exercise=seats.staff.exercise) == []
    assert ready.injects.get(key="screen").state == InjectState.PLAYED
