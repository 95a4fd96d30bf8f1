"""How is the time of an exercise shown: the real one, the scenario's, the simulated one?"""

import datetime as dt
from typing import Any

from django.utils import timezone

from hygie.governance.exercises.choices import ExerciseState
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.selectors.play import clock_marks
from hygie.governance.exercises.state import PlayState


def clock_context(state: PlayState) -> dict[str, Any]:
    """The time as a page shows it, and what a script needs to let it run."""
    clock = state.clock
    second = state.second if clock.is_started else 0.0
    simulated = state.simulated_at(second)
    ends_at = state.instant_of(state.exercise.duration_s) if clock.is_running else None
    return {
        "second": int(second),
        "second_written": f"{second:.2f}",
        "scenario": scenario_words(int(second)),
        "pace": clock.wanted_pace,
        "pace_now": f"{clock.wanted_pace if clock.is_running else 0:g}",
        "is_started": clock.is_started,
        "is_running": clock.is_running,
        "is_paused": clock.is_paused and not clock.is_over,
        "is_over": clock.is_over or state.exercise.state in _OVER,
        "is_real_incident": state.is_real_incident,
        "simulated": timezone.localtime(simulated) if simulated else None,
        "now": timezone.localtime(state.now),
        "now_ms": int(state.now.timestamp() * 1000),
        "ends_at": timezone.localtime(ends_at) if ends_at else None,
        "remaining": scenario_words(max(state.exercise.duration_s - int(second), 0)),
    }


def clock_read(exercise: Exercise, now: dt.datetime) -> dict[str, Any]:
    """The same without the timeline; one query."""
    return clock_context(PlayState(exercise, now, clock_marks(exercise), (), (), ()))


def scenario_words(second: int) -> str:
    """A second of the scenario on a clock's face: `H+1:05:09`, `H-0:15:00`."""
    hours, rest = divmod(abs(second), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"H{'-' if second < 0 else '+'}{hours}:{minutes:02d}:{seconds:02d}"


_OVER = (ExerciseState.ENDED, ExerciseState.CLOSED, ExerciseState.CANCELLED)
