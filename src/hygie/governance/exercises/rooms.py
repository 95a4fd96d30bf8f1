"""Which sheets do exercises read, and who may say what their titles are?"""

from hygie.connectors.exercise_formats.columns import CHRONOGRAM_COLUMNS
from hygie.governance.exercises.policies import DESIGNING
from hygie.territory.sheets.rooms import Room

TIMELINE = "chronogram"
TIMELINES = Room(
    columns={TIMELINE: frozenset(column.name for column in CHRONOGRAM_COLUMNS)}, rights=DESIGNING
)
