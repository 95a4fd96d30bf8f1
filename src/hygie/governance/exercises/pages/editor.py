"""What does the editor of one row offer?"""

import json
from typing import Any

from django.utils.translation import gettext as _

from hygie.governance.exercises.choices import Nature, Result
from hygie.governance.exercises.models import Exercise, Inject
from hygie.governance.exercises.pages.script import simulated_clock
from hygie.governance.exercises.pages.tabs import tabs_of
from hygie.governance.exercises.services.script import script_is_open
from hygie.governance.exercises.times import moment_written

_MARKED = (Result.REACHED, Result.PARTIAL, Result.MISSED)


def condition_choices(exercise: Exercise, row: Inject | None) -> list[tuple[str, Any]]:
    """What may have to happen before a row: other rows, their decisions, their results."""
    found: list[tuple[str, Any]] = []
    for other in exercise.injects.order_by("offset_s", "pk"):
        if row is not None and other.pk == row.pk:
            continue
        choices = [(json.dumps(["played", other.key, ""]), _("elle a été jouée"))]
        choices += [
            (json.dumps(["decision", other.key, option]), _("décision : %(o)s") % {"o": option})
            for option in other.options
        ]
        if other.expected and other.nature == Nature.INJECT:
            choices += [
                (json.dumps(["result", other.key, result.value]),
                 _("réaction %(result)s") % {"result": result.label})
                for result in _MARKED
            ]  # fmt: skip
        # The title again in each choice: once closed, a list shows the choice alone.
        name = f"{moment_written(other.offset_s)} {other.title}"
        found.append((name, [(key, f"{other.title[:60]} : {words}") for key, words in choices]))
    return found


def editor_context(exercise: Exercise, row: Inject | None) -> dict[str, Any]:
    """What surrounds the form of a row."""
    return {
        "exercise": exercise,
        "place": exercise.organisation,
        "tabs": tabs_of(exercise, "exercises:exercise_prepare"),
        "row": row,
        "clock": simulated_clock(exercise, row.offset_s) if row else "",
        "files": list(row.attachments.all()) if row else [],
        "variables": sorted(exercise.variables),
        "is_open": script_is_open(exercise),
    }
