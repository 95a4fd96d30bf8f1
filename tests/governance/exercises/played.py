"""A small exercise that was played: what people did, when, and what was seen of it."""

import datetime as dt

from django.utils import timezone

from hygie.governance.exercises.choices import (
    ClockVerb,
    EntryKind,
    ExerciseState,
    InjectState,
    ReactionKind,
    Result,
    Role,
)
from hygie.governance.exercises.models import (
    ClockMark,
    Exercise,
    LogEntry,
    Observation,
    Participant,
    Reaction,
)


def play(exercise: Exercise, *, players: int = 2, days_ago: int = 2) -> Exercise:
    """Put the small exercise after its end: two answers, one of them late, two observations."""
    start = timezone.now() - dt.timedelta(days=days_ago)
    cells = {cell.key: cell for cell in exercise.cells.all()}
    people = Participant.objects.bulk_create(
        [
            Participant(
                exercise=exercise, role=Role.PLAYER, name=f"Joueur {number}",
                cell=cells["it" if number % 2 else "decision"],
            )
            for number in range(players)
        ]
    )  # fmt: skip
    watcher = Participant.objects.create(
        exercise=exercise, role=Role.OBSERVER, name="Observatrice", cell=cells["it"]
    )
    rows = {row.key: row for row in exercise.injects.all()}
    for key, second in (("brief", -900), ("screen", 0), ("choice", 1260), ("end", 2400)):
        row = rows[key]
        row.state, row.played_second = InjectState.PLAYED, second
        row.played_at = start + dt.timedelta(seconds=second)
        row.save()
    rows["press"].state = InjectState.SKIPPED
    rows["press"].save()
    for key, kind, second, option in (
        ("screen", ReactionKind.ACKNOWLEDGED, 30, ""),
        ("screen", ReactionKind.ANSWER, 900, ""),
        ("choice", ReactionKind.DECISION, 1500, "Isoler"),
    ):
        Reaction.objects.create(
            inject=rows[key], participant=people[0], cell=people[0].cell, kind=kind,
            option=option, text="Fait", at=start + dt.timedelta(seconds=second), second=second,
        )  # fmt: skip
    for key, result in (("screen", Result.PARTIAL), ("choice", Result.REACHED)):
        Observation.objects.create(
            inject=rows[key], observer=watcher, cell=watcher.cell, result=result,
            note="Vu", at=start, second=1600,
        )  # fmt: skip
    first = LogEntry.objects.create(
        exercise=exercise, cell=cells["it"], author=people[0], author_name="Joueur 0",
        kind=EntryKind.FACT, text="Le DPI est arrêté", at=start, second=60,
    )  # fmt: skip
    LogEntry.objects.create(
        exercise=exercise, cell=cells["it"], author=people[0], author_name="Joueur 0",
        kind=EntryKind.FACT, text="Le DPI est arrêté depuis 21 h 50", corrects=first,
        at=start + dt.timedelta(seconds=60), second=120,
    )  # fmt: skip
    for verb, second in ((ClockVerb.START, 0), (ClockVerb.STOP, 3600)):
        ClockMark.objects.create(
            exercise=exercise, verb=verb, at=start + dt.timedelta(seconds=second)
        )
    exercise.state = ExerciseState.ENDED
    exercise.planned_at = exercise.started_at = start
    exercise.ended_at = start + dt.timedelta(hours=1)
    exercise.save()
    return exercise
