"""In which files does the script of an exercise leave?

For whoever prepares it: a player gets files by the doors of the play alone.
"""

import io
import json

from hygie.connectors.exercise_formats.cexf_writer import write_cexf
from hygie.connectors.exercise_formats.chronogram_writer import write_chronogram
from hygie.governance.exercises.bridge import scenario_of
from hygie.governance.exercises.models import Exercise


def script_xlsx(exercise: Exercise, *, for_players: bool = False, cell: str = "") -> bytes:
    """The timeline in a workbook that comes back as it left.

    Args:
        exercise: its script is read by the caller inside the perimeter.
        for_players: without the rows of the staff and what only the staff may read; such a
            workbook is to read, not to bring back.
        cell: with `for_players`, key of the only cell whose rows are written.
    """
    target = io.BytesIO()
    write_chronogram(target, scenario_of(exercise), for_players=for_players, cell=cell)
    return target.getvalue()


def script_cexf(exercise: Exercise) -> bytes:
    """The script in the Common Exercise Format, with all that it held when it came from there."""
    target = io.BytesIO()
    kept = {name: json.loads(one) for name, one in exercise.kept_aside.items()}
    write_cexf(target, scenario_of(exercise), remainder=kept)
    return target.getvalue()
