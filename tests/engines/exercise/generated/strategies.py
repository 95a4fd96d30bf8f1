"""Random things that fail, with names that are awkward on purpose."""

from hypothesis import strategies as st

from hygie.engines.estate.vocabulary import AssetKind, Effect
from hygie.engines.exercise.generated.types import (
    ALL_CELLS,
    LONGEST_MIN,
    SHORTEST_MIN,
    Asked,
    CareConsequence,
    Failure,
    Origin,
    WhatFails,
)
from hygie.engines.exercise.vocabulary import Level, Play

NAMES = st.sampled_from([
    "Orbunisse – DPI", "srv-01", "Labo", "{{plan}}", "$activity", "« guillemets »", "“quotes”",
    "x" * 300, "deux\nlignes", " ", "Ünïcode 🏥", "Pharmacie", "100 % sûr ; vrai ?", "<b>gras</b>",
])  # fmt: skip
CARE = st.sampled_from([
    "Urgences adultes", "Réanimation", "Bloc opératoire", "Laboratoire de biologie", "EHPAD",
    "Pharmacie à usage intérieur", "Scanner", "Médecine", "Dialyse", "{{x}} $y", "Maternité",
    "Chimiothérapie", "Admissions", "Cuisine",
])  # fmt: skip
MINUTES = st.sampled_from([0.0, 0.0, 15.0, 90.0, 480.0, 1440.0, 7300.0, 90000.0]) | st.floats(
    0, 500_000, allow_nan=False
)
EFFECTS = st.sampled_from(Effect)
FAILURES = st.builds(
    Failure, MINUTES, st.sampled_from([kind for kind in AssetKind if kind != AssetKind.CARE]),
    NAMES, EFFECTS, NAMES | st.just(""),
)  # fmt: skip
CONSEQUENCES = st.builds(
    CareConsequence, MINUTES, CARE, EFFECTS, NAMES | st.just(""),
    st.sampled_from([None, 0, 30, 6000]), st.sampled_from(["", "Urgences seules.", "{{x}} $y"]),
    st.sampled_from([None, 0, 80]), st.sampled_from([None, 1, 4]),
)  # fmt: skip
WHAT = st.builds(
    WhatFails, st.sampled_from(Origin), st.lists(FAILURES, min_size=1, max_size=40),
    st.lists(CONSEQUENCES, max_size=15), NAMES | st.just(""), st.none() | MINUTES,
    st.none() | MINUTES,
)  # fmt: skip
ASKED = st.builds(
    Asked, WHAT, st.integers(0, 2**40), st.sampled_from(["fr", "en"]), st.sampled_from(Level),
    st.sampled_from(Play), st.integers(SHORTEST_MIN, 200) | st.just(LONGEST_MIN), st.none(),
    st.sampled_from(["", "2027-01-04T09:30"]), st.just(""),
    st.lists(st.sampled_from(ALL_CELLS), unique=True).map(tuple),
)  # fmt: skip
