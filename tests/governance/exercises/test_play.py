"""Playing: time, rows played once, branches, what each one may do and is told."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.journal.models import JournalLine
from hygie.foundation.live.models import LiveEvent
from hygie.governance.exercises.choices import ExerciseState, InjectState, Presence
from hygie.governance.exercises.errors import (
    AlreadyDone,
    ClockRefused,
    EntryCorrected,
    OptionRefused,
    PresenceIncomplete,
    StopNotMeant,
    TextMissing,
    WrongState,
)
from hygie.governance.exercises.models import Exercise, Inject
from hygie.governance.exercises.selectors.seats import Seat
from hygie.governance.exercises.selectors.seen import injects_seen, log_seen
from hygie.governance.exercises.services.clock import (
    exercise_jump,
    exercise_pace,
    exercise_pause,
    exercise_resume,
    exercise_start,
    exercise_stop,
)
from hygie.governance.exercises.services.log import Written, log_add
from hygie.governance.exercises.services.observations import observation_add
from hygie.governance.exercises.services.play import (
    Improvised,
    broadcast,
    inject_improvise,
    inject_play,
    inject_postpone,
    inject_restore,
    inject_skip,
    injects_play_due,
)
from hygie.governance.exercises.services.presence import presence_ask, presence_heard
from hygie.governance.exercises.services.reactions import reaction_add
from hygie.governance.exercises.state import state_at
from hygie.governance.exercises.tasks import run_time_keep, run_time_tick

T0 = dt.datetime(2027, 1, 4, 9, 0, tzinfo=dt.UTC)


def after(**delta: float) -> dt.datetime:
    return T0 + dt.timedelta(**delta)


def states(exercise: Exercise) -> dict[str, str]:
    return dict(exercise.injects.values_list("key", "state"))


def told(exercise: Exercise, kind: str) -> list[str]:
    rows = LiveEvent.objects.filter(channel=f"exercise:{exercise.pk}", kind=kind)
    return sorted(rows.values_list("audience", flat=True))


def row(exercise: Exercise, key: str) -> Inject:
    return exercise.injects.get(key=key)


@pytest.fixture
def started(seats: SimpleNamespace, ready: Exercise) -> Exercise:
    """The small exercise, begun at T0 a quarter of an hour before second 0."""
    return exercise_start(seat=seats.staff, reason="répétition", at=T0)


def test_the_start_waits_for_everybody_unless_someone_says_why(
    seats: SimpleNamespace, ready: Exercise
) -> None:
    with pytest.raises(PresenceIncomplete) as refused:
        exercise_start(seat=seats.staff)
    assert "Iris" in str(refused.value)
    assert presence_ask(seat=seats.staff) == 4
    for one in (seats.it, seats.decision, seats.observer, seats.guest):
        presence_heard(seat=one)
    held = exercise_start(seat=seats.staff, at=T0)
    assert held.state == ExerciseState.RUNNING
    assert held.started_at == T0
    line = JournalLine.objects.get(action="exercise_clock.start")
    assert "reason" not in line.detail


def test_only_the_staff_touches_time(seats: SimpleNamespace, ready: Exercise) -> None:
    for one in (seats.it, seats.observer, seats.guest):
        with pytest.raises(NotAllowed):
            exercise_start(seat=one, reason="non")


def test_a_draft_does_not_begin(seats: SimpleNamespace, exercise: Exercise) -> None:
    Exercise.objects.filter(pk=exercise.pk).update(state=ExerciseState.DRAFT)
    with pytest.raises(WrongState):
        exercise_start(seat=seats.staff, reason="essai")


def test_rows_are_played_when_due_once_and_in_order(
    seats: SimpleNamespace, started: Exercise
) -> None:
    assert [one.key for one in injects_play_due(exercise=started, at=T0)] == ["brief"]
    assert injects_play_due(exercise=started, at=T0) == []
    assert [one.key for one in injects_play_due(exercise=started, at=after(minutes=15))] == [
        "screen"
    ]
    # The server slept: what came meanwhile is played at once, at the second at which it is.
    late = injects_play_due(exercise=started, at=after(minutes=40))
    assert [(one.key, one.played_second) for one in late] == [("choice", 1500)]
    assert told(started, "inject") == sorted(
        ["staff", "staff", "observer:any", f"cell:{seats.it.cell.pk}", "all"]
    )


def test_a_pause_shifts_what_follows(seats: SimpleNamespace, started: Exercise) -> None:
    exercise_pause(seat=seats.staff, at=after(minutes=10))
    started.refresh_from_db()
    assert injects_play_due(exercise=started, at=after(minutes=50)) == []
    exercise_resume(seat=seats.staff, at=after(minutes=60))
    started.refresh_from_db()
    assert [one.key for one in injects_play_due(exercise=started, at=after(minutes=64))] == [
        "brief"
    ]
    assert [one.key for one in injects_play_due(exercise=started, at=after(minutes=65))] == [
        "screen"
    ]
    assert started.calendar_sequence >= 3


def test_a_branch_opens_by_a_decision_and_closes_by_the_other(
    seats: SimpleNamespace, started: Exercise
) -> None:
    injects_play_due(exercise=started, at=after(minutes=36))
    choice = row(started, "choice")
    with pytest.raises(OptionRefused):
        reaction_add(seat=seats.decision, inject_id=choice.pk, kind="decision", option="Fuir")
    reaction_add(
        seat=seats.decision, inject_id=choice.pk, kind="decision", option="Isoler",
        text="dès maintenant", at=after(minutes=37),
    )  # fmt: skip
    played = injects_play_due(exercise=started, at=after(minutes=56))
    assert {one.key for one in played} == {"press", "end"}
    assert [one.text for one in log_seen(seats.decision)] == ["Isoler – dès maintenant"]
    assert list(log_seen(seats.it)) == []


def test_what_is_said_by_phone_waits_for_someone_to_call_in_full_play(
    seats: SimpleNamespace, started: Exercise
) -> None:
    for one in (started, seats.decision.exercise):
        one.play = "full"
    started.save()
    injects_play_due(exercise=started, at=after(minutes=36))
    reaction_add(
        seat=seats.decision, inject_id=row(started, "choice").pk, kind="decision", option="Isoler"
    )
    injects_play_due(exercise=started, at=after(minutes=60))
    assert states(started)["press"] == InjectState.PLANNED
    inject_play(seat=seats.staff, inject_id=row(started, "press").pk, at=after(minutes=61))
    called = next(one for one in injects_seen(seats.decision) if one.channel == "phone")
    assert called.body == ""
    assert called.sender == "La Gazette"


def test_pace_jump_and_stop(seats: SimpleNamespace, started: Exercise) -> None:
    with pytest.raises(ClockRefused):
        exercise_pace(seat=seats.staff, pace=1000, at=after(minutes=1))
    exercise_pace(seat=seats.staff, pace=10, at=after(minutes=1))
    assert state_at(started, after(minutes=2)).second == pytest.approx(-900 + 60 + 600)
    with pytest.raises(ClockRefused):
        exercise_jump(seat=seats.staff, to_s=-800, at=after(minutes=3))
    exercise_jump(seat=seats.staff, to_s=2000, skips=True, at=after(minutes=3))
    assert states(started)["choice"] == InjectState.SKIPPED
    assert states(started)["end"] == InjectState.PLANNED
    with pytest.raises(StopNotMeant):
        exercise_stop(seat=seats.staff, word="oui")
    held = exercise_stop(seat=seats.staff, word=" fin ", at=after(minutes=4))
    assert held.state == ExerciseState.ENDED
    assert not state_at(held, after(minutes=5)).is_real_incident
    with pytest.raises(WrongState):
        exercise_resume(seat=seats.staff)


def test_a_real_incident_ends_it_at_once_for_all(seats: SimpleNamespace, started: Exercise) -> None:
    held = exercise_stop(seat=seats.staff, is_incident=True, at=after(minutes=4))
    assert state_at(held, after(minutes=5)).is_real_incident
    assert told(held, "clock") == ["all", "all"]


def test_a_row_is_skipped_restored_put_off_and_never_twice_played(
    seats: SimpleNamespace, started: Exercise
) -> None:
    screen = row(started, "screen")
    inject_skip(seat=seats.staff, inject_id=screen.pk)
    injects_play_due(exercise=started, at=after(minutes=20))
    assert states(started)["screen"] == InjectState.SKIPPED
    inject_restore(seat=seats.staff, inject_id=screen.pk)
    put_off = inject_postpone(seat=seats.staff, inject_id=screen.pk, by_s=600, at=after(minutes=20))
    assert put_off.offset_s == 300 + 600
    first = inject_play(seat=seats.staff, inject_id=screen.pk, at=after(minutes=21))
    again = inject_play(seat=seats.staff, inject_id=screen.pk, at=after(minutes=22))
    assert first.played_at == again.played_at
    with pytest.raises(AlreadyDone):
        inject_skip(seat=seats.staff, inject_id=screen.pk)
    with pytest.raises(NotAllowed):
        inject_skip(seat=seats.it, inject_id=screen.pk)


def test_something_made_up_reaches_whom_it_is_for(
    seats: SimpleNamespace, started: Exercise
) -> None:
    with pytest.raises(TextMissing):
        inject_improvise(seat=seats.staff, made_up=Improvised("  "))
    inject_improvise(
        seat=seats.staff,
        made_up=Improvised("Un camion arrive", sender="Accueil", cell_ids=[seats.it.cell.pk]),
        at=after(minutes=2),
    )
    broadcast(seat=seats.staff, text="Pause de dix minutes", at=after(minutes=3))
    assert [one.subject for one in injects_seen(seats.it)] == [
        "Un camion arrive", "Pause de dix minutes",
    ]  # fmt: skip
    assert [one.subject for one in injects_seen(seats.decision)] == ["Pause de dix minutes"]


def test_taking_note_twice_changes_nothing_and_an_observer_does_not_react(
    seats: SimpleNamespace, started: Exercise
) -> None:
    injects_play_due(exercise=started, at=after(minutes=16))
    screen = row(started, "screen")
    first = reaction_add(seat=seats.it, inject_id=screen.pk, kind="acknowledged")
    assert reaction_add(seat=seats.it, inject_id=screen.pk, kind="acknowledged") == first
    with pytest.raises(NotFound):
        reaction_add(seat=seats.decision, inject_id=screen.pk, kind="acknowledged")
    with pytest.raises(NotAllowed):
        reaction_add(seat=seats.observer, inject_id=screen.pk, kind="acknowledged")
    with pytest.raises(NotAllowed):
        reaction_add(
            seat=seats.it, inject_id=screen.pk, kind="answer", text="x",
            cell_id=seats.decision.cell.pk,
        )  # fmt: skip
    written = reaction_add(
        seat=seats.staff, inject_id=screen.pk, kind="answer", text="dit à voix haute",
        cell_id=seats.it.cell.pk,
    )  # fmt: skip
    assert written.cell == seats.it.cell


def test_a_line_of_the_log_is_corrected_by_another_one(
    seats: SimpleNamespace, started: Exercise
) -> None:
    said = Written("fact", "Deux serveurs éteints")
    line = log_add(seat=seats.it, written=said, device_key="a1", at=after(minutes=30))
    assert log_add(seat=seats.it, written=said, device_key="a1") == line
    assert line.second == 900
    fixed = log_add(
        seat=seats.it, written=Written("fact", "Trois serveurs éteints"), corrects_id=line.pk,
        at=after(minutes=31),
    )  # fmt: skip
    with pytest.raises(EntryCorrected):
        log_add(seat=seats.it, written=said, corrects_id=line.pk)
    line.refresh_from_db()
    assert line.text == "Deux serveurs éteints"
    assert list(log_seen(seats.it)) == [line, fixed]
    with pytest.raises(NotFound):
        log_add(seat=seats.decision, written=said, corrects_id=fixed.pk)


def test_an_observation_sent_twice_is_kept_once(seats: SimpleNamespace, started: Exercise) -> None:
    injects_play_due(exercise=started, at=after(minutes=16))
    screen = row(started, "screen")
    kept = observation_add(
        seat=seats.observer, inject_id=screen.pk, result="partial", device_key="k",
        seen_at=after(minutes=18),
    )  # fmt: skip
    again = observation_add(
        seat=seats.observer, inject_id=screen.pk, result="partial", device_key="k"
    )
    assert kept == again
    with pytest.raises(NotAllowed):
        observation_add(seat=seats.it, inject_id=screen.pk, result="reached")
    with pytest.raises(NotFound):
        observation_add(seat=seats.observer, inject_id=row(started, "brief").pk, result="reached")


def test_the_staff_answers_for_whoever_answers_aloud(
    seats: SimpleNamespace, ready: Exercise
) -> None:
    presence_ask(seat=seats.staff)
    pk = seats.it.participant.pk
    with pytest.raises(NotAllowed):
        presence_heard(seat=seats.decision, participant_id=pk)
    assert presence_heard(seat=seats.staff, participant_id=pk).presence == Presence.HEARD


def test_a_worker_keeps_time_without_any_page(
    seats: SimpleNamespace, started: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[dt.datetime] = []
    monkeypatch.setattr(timezone, "now", lambda: after(minutes=16))
    monkeypatch.setattr(
        type(run_time_tick),
        "using",
        lambda _task, **asked: SimpleNamespace(enqueue=lambda: queued.append(asked["run_after"])),
    )
    run_time_keep.call()
    assert states(started)["screen"] == InjectState.PLAYED
    assert len(queued) == 11
    exercise_stop(seat=seats.staff, word="FIN")
    run_time_keep.call()
    assert len(queued) == 11


def test_each_act_is_one_line_of_the_journal(seats: SimpleNamespace, started: Exercise) -> None:
    before = JournalLine.objects.count()
    injects_play_due(exercise=started, at=after(minutes=16))
    log_add(seat=seats.it, written=Written("fact", "secret"))
    assert JournalLine.objects.count() == before + 2
    assert "secret" not in str(list(JournalLine.objects.values_list("detail", flat=True)))


def test_a_seat_names_what_it_hears(seats: SimpleNamespace) -> None:
    def heard(seat: Seat) -> set[str]:
        return set(seat.audiences)

    assert heard(seats.staff) == {"all", "staff"}
    assert heard(seats.it) == {"all", f"cell:{seats.it.cell.pk}"}
    assert heard(seats.observer) == {"all", "observer", "observer:any"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer: nothing to race")
def test_two_that_keep_time_at_once_play_each_row_once(
    seats: SimpleNamespace, ready: Exercise
) -> None:
    held = exercise_start(seat=seats.staff, reason="essai", at=T0)
    gate = threading.Barrier(4)

    def keep() -> int:
        try:
            gate.wait(10)
            return len(injects_play_due(exercise=held, at=after(minutes=36)))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        played = [one.result() for one in [pool.submit(keep) for _each in range(4)]]
    assert sum(played) == 3
    assert len(told(held, "inject")) == 5
