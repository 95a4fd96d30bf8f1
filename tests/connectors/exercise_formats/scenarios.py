"""Scenarios drawn for the tests of formats."""

from hypothesis import strategies as st

from hygie.engines.exercise.types import (
    CellRecord,
    Condition,
    InjectRecord,
    ObjectiveRecord,
    ScenarioRecord,
)
from hygie.engines.exercise.vocabulary import (
    CellKind,
    Channel,
    Level,
    Match,
    Nature,
    On,
    Play,
    Result,
)

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        ["", "=1+1", "+33 1", "@x", "'=1", " a ", "a\nb", "#N/A", "true", "12", "09:05", "_x0041_",
         "Animation", "Tous", "inconnu", "a, b / c", "\t", "l'été \N{GREEK SMALL LETTER ALPHA}"]
    ),
)  # fmt: skip
KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8) | st.sampled_from(
    ["I-01", "a,b", "x y", "=a", '"q"', "Animation", "tous"]
)


@st.composite
def scenarios(draw: st.DrawFn) -> ScenarioRecord:
    """A scenario with any texts; keys are unique, and not made of blanks."""
    solid = KEYS.filter(lambda key: bool(key.strip()))
    cells = draw(st.lists(st.builds(
        CellRecord, key=solid, kind=st.sampled_from(CellKind), name=solid,
    ), max_size=3, unique_by=lambda cell: cell.key))  # fmt: skip
    objectives = draw(st.lists(st.builds(
        ObjectiveRecord, key=solid, title=solid, requirement=TEXTS, competence=TEXTS, plan=TEXTS,
    ), max_size=2, unique_by=lambda one: one.key))  # fmt: skip
    keys = draw(st.lists(solid, max_size=4, unique=True))
    injects = [draw(_inject(key, keys, [cell.key for cell in cells])) for key in keys]
    return ScenarioRecord(
        title=draw(TEXTS),
        summary=draw(TEXTS),
        language=draw(st.sampled_from(["fr", "en"])),
        level=draw(st.sampled_from(Level)),
        play=draw(st.sampled_from(Play)),
        duration_s=draw(st.integers(0, 10**6)),
        simulated_start=draw(st.sampled_from(["", "2026-05-12T02:50", "2026-05-12T02:50:30"])),
        cells=tuple(cells),
        objectives=tuple(objectives),
        injects=tuple(injects),
        variables=draw(st.dictionaries(solid, TEXTS, max_size=2)),
    )


def _inject(key: str, keys: list[str], cells: list[str]) -> st.SearchStrategy[InjectRecord]:
    conditions = st.one_of(
        st.builds(Condition, st.just(On.PLAYED), st.sampled_from(keys)),
        st.builds(Condition, st.just(On.DECISION), st.sampled_from(keys), TEXTS),
        st.builds(
            Condition, st.just(On.RESULT), st.sampled_from(keys),
            st.sampled_from([one.value for one in Result]),
        ),
    )  # fmt: skip
    lines = st.lists(TEXTS, max_size=2).map(tuple)
    named = st.lists(st.sampled_from(cells), unique=True).map(tuple) if cells else st.just(())
    return st.builds(
        InjectRecord,
        key=st.just(key), title=TEXTS, offset_s=st.integers(-10**7, 10**7),
        nature=st.sampled_from(Nature), channel=st.sampled_from(Channel), sender=TEXTS,
        cells=named, body=TEXTS, expected=TEXTS, objective=TEXTS, options=lines,
        score=st.integers(0, 500), deadline_s=st.none() | st.integers(0, 10**6), comment=TEXTS,
        deliverable=TEXTS, attachments=lines,
        conditions=st.lists(conditions, max_size=2).map(tuple),
        match=st.sampled_from(Match), after_s=st.integers(0, 10**5),
    )  # fmt: skip
