"""Of what is a crisis exercise made: its script, its play, its lessons?"""

from hygie.governance.exercises.models.lessons import (
    Lesson,
    MaturityAnswer,
    ObjectiveScore,
    ReportLink,
    SurveyAnswer,
)
from hygie.governance.exercises.models.play import (
    ClockMark,
    LogEntry,
    Observation,
    Participant,
    Reaction,
)
from hygie.governance.exercises.models.script import (
    Cell,
    Exercise,
    ExerciseObjective,
    ExerciseSite,
    Inject,
    InjectAttachment,
)

__all__ = [
    "Cell",
    "ClockMark",
    "Exercise",
    "ExerciseObjective",
    "ExerciseSite",
    "Inject",
    "InjectAttachment",
    "Lesson",
    "LogEntry",
    "MaturityAnswer",
    "ObjectiveScore",
    "Observation",
    "Participant",
    "Reaction",
    "ReportLink",
    "SurveyAnswer",
]
