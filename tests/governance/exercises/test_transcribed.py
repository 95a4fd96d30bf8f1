"""An exercise played elsewhere comes in by the doors of one played here."""

import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone

from hygie.governance.exercises.bridge_debrief import delays_known, scores_known
from hygie.governance.exercises.choices import ExerciseState
from hygie.governance.exercises.errors import TranscriptRefused
from hygie.governance.exercises.models import Exercise, LogEntry
from hygie.governance.exercises.services.design import exercise_copy
from hygie.governance.exercises.services.transcribed import exercise_transcribe
from hygie.governance.exercises.transcripts import transcript_read
from hygie.progress.models import Action
from hygie.shell.cli import main
from hygie.shell.demo.exercises import transcript

START = timezone.now().replace(microsecond=0) - dt.timedelta(days=3)


def told(**changes: object) -> bytes:
    """A short story: an answer in time, a decision, a gap with its action."""
    story = {
        "schema": 1,
        "model": "small",
        "started_at": START.isoformat(),
        "ended_at": (START + dt.timedelta(hours=2)).isoformat(),
        "people": [
            {"name": "Nadia", "role": "player", "cell": "it"},
            {"name": "Omar", "role": "observer", "cell": "it"},
        ],
        "moments": [
            {"second": 300, "do": "answer", "inject": "screen", "by": "Nadia", "text": "Appelé"},
            {"second": 0, "do": "play", "inject": "screen"},
            {"second": 1200, "do": "play", "inject": "choice"},
            {"second": 1500, "do": "decide", "inject": "choice", "by": "Nadia",
             "option": "Isoler"},
            {"second": 1500, "do": "observe", "inject": "choice", "by": "Omar",
             "result": "reached"},
            {"second": 1600, "do": "log", "by": "Nadia", "text": "Réseau isolé"},
        ],
        "marks": [{"objective": "alert", "value": 3}],
        "lessons": [
            {"kind": "gap", "text": "Annuaire absent", "objective": "alert", "shared": True,
             "action": {"title": "Imprimer", "owner": "Cadre", "due_on": "2099-01-01"}},
        ],
    }  # fmt: skip
    return json.dumps(story | changes).encode()


@pytest.fixture
def model(exercise: Exercise, perimeters: SimpleNamespace, territory: SimpleNamespace) -> Exercise:
    """The small script as a model that has a code."""
    made = exercise_copy(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk, source=exercise,
        kind="template",
    )  # fmt: skip
    made.code = "small"
    made.save()
    return made


@pytest.mark.usefixtures("model")
def test_a_story_becomes_an_ended_exercise_with_its_instants(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    made = exercise_transcribe(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk,
        told=transcript_read(told()),
    )  # fmt: skip
    assert (made.state, made.started_at) == (ExerciseState.ENDED, START)
    assert made.ended_at == START + dt.timedelta(hours=2)
    screen, choice = delays_known(made)
    assert (screen.delay_s, screen.is_late, choice.delay_s) == (300, False, 300)
    assert scores_known(made)[0].official == 1
    assert Action.objects.get().title == "Imprimer"
    lines = LogEntry.objects.filter(exercise=made).values_list("text", flat=True)
    assert "Réseau isolé" in lines and "Isoler" in lines


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize(
    "changes",
    [
        {"model": "absent"},
        {"ended_at": (START - dt.timedelta(hours=1)).isoformat()},
        {"ended_at": (timezone.now() + dt.timedelta(days=1)).isoformat()},
        {"moments": [{"second": 0, "do": "play", "inject": "absent"}]},
        {"moments": [{"second": 9000, "do": "play", "inject": "screen"}]},
        {"marks": [{"objective": "absent", "value": 1}]},
        {"moments": [{"second": 0, "do": "log", "by": "Personne", "text": "x"}]},
    ],
)
def test_a_story_that_does_not_hold_together_leaves_nothing(
    changes: dict[str, object], perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    before = Exercise.objects.count()
    with pytest.raises(TranscriptRefused):
        exercise_transcribe(
            perimeter=perimeters.alice, organisation_id=territory.entities[0].pk,
            told=transcript_read(told(**changes)),
        )  # fmt: skip
    assert Exercise.objects.count() == before


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", told(schema=2), told(autre=1), told(marks=[{"value": 9}])]
)
def test_what_is_no_story_is_refused_where_it_goes_wrong(content: bytes) -> None:
    with pytest.raises(TranscriptRefused):
        transcript_read(content)


@pytest.mark.usefixtures("model")
def test_the_command_closes_with_the_report(
    territory: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "recit.json"
    path.write_bytes(told(close=True))
    assert main(["exercises", "transcribe", str(path), "--at", territory.entities[0].code]) == 0
    assert "repris" in capsys.readouterr().out
    assert Exercise.objects.get(planned_at=START).state == ExerciseState.CLOSED
    path.write_bytes(b"{}")
    assert main(["exercises", "transcribe", str(path), "--at", territory.entities[0].code]) != 0


def test_the_story_of_the_demonstration_is_one() -> None:
    story = json.dumps(transcript(dt.date(2027, 3, 1), seed=7)).encode()
    assert transcript_read(story).close
    assert transcript(dt.date(2027, 3, 1), seed=7) == transcript(dt.date(2027, 3, 1), seed=7)
