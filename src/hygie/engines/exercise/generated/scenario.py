"""Which exercise would what really fails make, ready to be played and to be changed?"""

from dataclasses import replace
from random import Random

from hygie.engines.exercise.generated.hours import span
from hygie.engines.exercise.generated.lanes import Lanes
from hygie.engines.exercise.generated.naming import names_of, quoted
from hygie.engines.exercise.generated.placing import Density, Placer
from hygie.engines.exercise.generated.rows import Rows
from hygie.engines.exercise.generated.staffing import Staffing
from hygie.engines.exercise.generated.story import Story, story_of
from hygie.engines.exercise.generated.texts.first_decisions import FIRST_DECISIONS
from hygie.engines.exercise.generated.texts.head import (
    CELLS,
    OBJECTIVES,
    SUMMARY,
    TITLE_ATTACK,
    TITLE_LOSS,
)
from hygie.engines.exercise.generated.texts.inside import INSIDE
from hygie.engines.exercise.generated.texts.later_decisions import LATER_DECISIONS
from hygie.engines.exercise.generated.texts.outside import OUTSIDE
from hygie.engines.exercise.generated.texts.outward_decisions import OUTWARD_DECISIONS
from hygie.engines.exercise.generated.types import (
    ALL_CELLS,
    LONGEST_MIN,
    SHORTEST_MIN,
    Asked,
    Origin,
)
from hygie.engines.exercise.generated.usual import USUAL
from hygie.engines.exercise.generated.words import LANGUAGES
from hygie.engines.exercise.types import (
    CellRecord,
    ExerciseError,
    InjectRecord,
    ObjectiveRecord,
    ScenarioRecord,
)
from hygie.engines.exercise.variables import names_used
from hygie.engines.exercise.vocabulary import CellKind, Level

DENSITY = {
    Level.BEGINNER: Density(spacing=6, wait=21, chapters=3),
    Level.INTERMEDIATE: Density(spacing=4, wait=17, chapters=4),
    Level.CONFIRMED: Density(spacing=3, wait=13, chapters=6),
}
# Without these there is no crisis to manage: they are placed before anything else.
_ALWAYS = ("first-call", "switchboard", "cert", "cert-outage", "ars")
_OPENING, _ENDING = "opening", "last-report"
_MUST = (CellKind.DECISION, CellKind.IT, CellKind.CARE)
_TITLE_MOST = 200


def scenario_from(asked: Asked) -> ScenarioRecord:
    """Write the exercise that a loss, or an attack, would make of an establishment.

    What fails, in which order, why and which care stops come from what is asked; the calls around
    it are chosen among texts of ours. Failures come in their order; what fails at one minute comes
    in any. A long outage is cut into parts of time, with the leaps told to players and the real
    times to the staff. No cell is asked two things closer than the spacing of the level, nor waits
    longer than `DENSITY` allows.

    Args:
        asked: what fails, for whom, how long.

    Returns:
        A script without blocking finding nor idle cell, whatever is decided; the same for the same
        question.

    Raises:
        ExerciseError: nothing fails, a length or a language that is none, a start that is no
            instant.

    Cost: O(failures log failures), then about 10 ms.
    Source: docs/engines/exercise.md §5.
    """
    asked = _checked(asked)
    density = DENSITY[asked.level]
    story = story_of(asked.what, 2, 0.8 * asked.duration_min, density.chapters)
    rows = Rows(asked, names_of(asked.what, story, asked.language))
    cells = [kind.value for kind in asked.cells]
    lanes = Lanes(cells, density.spacing, 2, asked.duration_min - 4)
    _place(Placer(asked, story, rows, lanes, density), asked.seed)
    Staffing(asked, story, rows).write()
    return _record(asked, story, rows)


def _checked(asked: Asked) -> Asked:
    if asked.language not in LANGUAGES:
        raise ExerciseError(f"{asked.language!r}: scenarios are written in {LANGUAGES}")
    if not SHORTEST_MIN <= asked.duration_min <= LONGEST_MIN:
        raise ExerciseError(f"a play lasts {SHORTEST_MIN} to {LONGEST_MIN} minutes")
    wanted = {*_MUST, *asked.cells}
    cells = tuple(kind for kind in ALL_CELLS if kind in wanted)
    if asked.until_min is None:
        return replace(asked, cells=cells)
    what, until = asked.what, asked.until_min
    kept = replace(
        what,
        failures=tuple(one for one in what.failures if one.minute <= until),
        care=tuple(one for one in what.care if one.minute <= until),
    )
    return replace(asked, cells=cells, what=kept)


def _place(placer: Placer, seed: int) -> None:
    """What cannot be missed, what fails, what there is room for, then what fills the waits."""
    beats = [draft for draft in (*INSIDE, *OUTSIDE) if placer.is_played(draft)]
    beats.sort(key=lambda draft: draft.wanted(placer.asked.duration_min))
    by_key = {draft.key: draft for draft in beats}
    placer.opening(by_key.pop(_OPENING))
    placer.beat(by_key.pop(_ENDING))
    placer.decisions(FIRST_DECISIONS)
    placer.decisions(LATER_DECISIONS)
    placer.failures()
    for key in _ALWAYS:
        if key in by_key:
            placer.beat(by_key.pop(key))
    placer.nobody_called()
    placer.decisions(OUTWARD_DECISIONS)
    for draft in by_key.values():
        placer.beat(draft, strict=True)
    # Apart from everything else: another text does not move what is drawn elsewhere.
    placer.fill(Random(f"{seed}/between"))  # noqa: S311  # a choice of texts, no secret


def _record(asked: Asked, story: Story, rows: Rows) -> ScenarioRecord:
    injects = rows.sorted()
    used = names_used(injects)
    return ScenarioRecord(
        title=_title(asked, story),
        summary=_summary(asked, story, rows, injects),
        language=asked.language,
        level=asked.level,
        play=asked.play,
        duration_s=asked.duration_min * 60,
        simulated_start=asked.start,
        cells=tuple(
            CellRecord(kind.value, kind, CELLS[kind].said(asked.language)) for kind in asked.cells
        ),
        objectives=_objectives(asked, injects),
        injects=injects,
        variables={
            name: asked.words.get(name) or words.said(asked.language)
            for name, words in USUAL.items()
            if name in used
        },
    )


def _objectives(asked: Asked, injects: tuple[InjectRecord, ...]) -> tuple[ObjectiveRecord, ...]:
    tested = {row.objective for row in injects}
    is_attack = asked.what.origin is Origin.ATTACK
    return tuple(
        ObjectiveRecord(
            key=one.key,
            title=(one.title if is_attack or one.outage is None else one.outage).said(
                asked.language
            ),
            requirement=asked.requirements.get(one.key, ""),
            competence=one.competence.said(asked.language),
            plan=asked.plans.get(one.key, ""),
        )
        for one in OBJECTIVES
        if one.key in tested
    )


def _title(asked: Asked, story: Story) -> str:
    if asked.title.strip():
        return asked.title.strip()[:_TITLE_MOST]
    words = TITLE_ATTACK if asked.what.origin is Origin.ATTACK else TITLE_LOSS
    lost = asked.what.cause or story.waves[0].failures[0].name
    return words.said(asked.language, {"cause": quoted(lost, asked.language)})


def _summary(asked: Asked, story: Story, rows: Rows, injects: tuple[InjectRecord, ...]) -> str:
    real = span(story.chapters[-1].last, asked.language)
    activities = {one.activity for one in asked.what.care}
    return rows.say(
        SUMMARY,
        failures=str(len({(one.kind, one.name) for one in asked.what.failures})),
        care=str(len(activities)),
        real=real,
        played=span(asked.duration_min, asked.language),
        rows=str(len(injects)),
        seed=str(asked.seed),
    )
