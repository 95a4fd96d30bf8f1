"""How do the rows of a play become what the scoring engine knows, and its answers a report?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import fmean

from hygie.engines.exercise.alerts import alerts_given
from hygie.engines.exercise.maturity import Progress, progress_of
from hygie.engines.exercise.scoring import Delay, Marked, Marks, Score, delays_of, scores_of
from hygie.engines.exercise.vocabulary import Result
from hygie.governance.exercises.bridge import inject_record
from hygie.governance.exercises.catalogue_questions import BEST, maturity_parts
from hygie.governance.exercises.choices import InjectState, ReactionKind, ScoredBy, When
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.selectors.debrief import (
    marks_told,
    observations_told,
    reactions_told,
)
from hygie.governance.exercises.selectors.exercises import injects_of

_WORTH = {Result.REACHED: 1.0, Result.PARTIAL: 0.5, Result.MISSED: 0.0}


def result_agreed(results: Iterable[Result]) -> Result:
    """What several observers saw of one expectation: all the same, or else partly.

    Those who saw nothing do not count; nobody saw anything: not observed.
    """
    seen = [_WORTH[one] for one in results if one is not Result.NOT_OBSERVED]
    if not seen:
        return Result.NOT_OBSERVED
    mean = fmean(seen)
    if mean >= 0.75:
        return Result.REACHED
    return Result.MISSED if mean < 0.25 else Result.PARTIAL


def marked_known(exercise: Exercise) -> dict[str, Marked]:
    """What is known of the expectation of each played row, by its key; three queries."""
    last: dict[tuple[int, int | None, int | None], Result] = {}
    for seen in observations_told(exercise):
        last[seen.inject_id, seen.observer_id, seen.cell_id] = Result(seen.result)
    results: dict[int, list[Result]] = defaultdict(list)
    for (inject_id, _observer, _cell), result in last.items():
        results[inject_id].append(result)
    first: dict[int, int] = {}
    answers = reactions_told(exercise).exclude(kind=ReactionKind.ACKNOWLEDGED)
    for inject_id, second in answers.values_list("inject_id", "second"):
        first[inject_id] = min(second, first.get(inject_id, second))
    played = exercise.injects.filter(state=InjectState.PLAYED)
    return {
        key: Marked(result_agreed(results.get(pk, ())), second, first.get(pk))
        for pk, key, second in played.values_list("pk", "key", "played_second")
        if second is not None
    }


def marks_known(exercise: Exercise, *, with_own: bool = True) -> dict[str, Marks]:
    """Marks given to each objective, by its key; one query.

    Args:
        with_own: whether the players' own marks may be told.
    """
    given: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    rows = marks_told(exercise)
    for key, by, value in rows.values_list("objective__key", "by", "value"):
        given[key][by].append(float(value))
    return {
        key: Marks(
            official=found[ScoredBy.OFFICIAL],
            team=found[ScoredBy.TEAM],
            own=found[ScoredBy.SELF] if with_own else (),
        )
        for key, found in given.items()
    }


def scores_known(exercise: Exercise, *, with_own: bool = True) -> list[Score]:
    """Score of each objective of the exercise, in their order; those never tested included."""
    records = [inject_record(row) for row in injects_of(exercise)]
    marks: Mapping[str, Marks] = marks_known(exercise, with_own=with_own)
    keys = list(exercise.objectives.values_list("key", flat=True))
    every = {key: marks.get(key, Marks()) for key in keys}
    found = {one.objective: one for one in scores_of(records, marked_known(exercise), every)}
    return [found[key] for key in keys]


def delays_known(exercise: Exercise) -> list[Delay]:
    """How long each played expectation waited for its first reaction, in the script's order."""
    records = [inject_record(row) for row in injects_of(exercise)]
    return delays_of(records, marked_known(exercise))


def alerts_known(exercise: Exercise) -> list[bool]:
    """Of the alerts with a deadline that were played, whether each one was given in time."""
    records = [inject_record(row) for row in injects_of(exercise)]
    return alerts_given(records, marked_known(exercise))


def maturity_known(exercise: Exercise) -> list[Progress]:
    """Crisis maturity by part, then of the whole, before and after; one query."""
    parts = {part.key: [item.key for item in part.items] for part in maturity_parts("fr")}
    items = {item for keys in parts.values() for item in keys}
    said: dict[str, dict[str, int | None]] = {When.BEFORE: {}, When.AFTER: {}}
    for when, item, value in exercise.maturity_answers.values_list("when", "item", "value"):
        # The catalogue is renewed: an item that left it no longer counts.
        if item in items:
            said[when][item] = value
    return progress_of(parts, said[When.BEFORE], said[When.AFTER], best=BEST)


def notes_known(exercise: Exercise) -> dict[int, list[str]]:
    """What the observers wrote of each row, by its id; one query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = observations_told(exercise).exclude(note="")
    for pk, note in rows.values_list("inject_id", "note"):
        found[pk].append(note)
    return found


def decisions_known(exercise: Exercise) -> dict[int, list[str]]:
    """Options chosen at each row, with the cell that chose, by id of the row; one query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = reactions_told(exercise).exclude(option="")
    told = rows.values_list("inject_id", "option", "cell__name")
    for pk, option, cell in told:
        found[pk].append(f"{cell} : {option}" if cell else option)
    return found
