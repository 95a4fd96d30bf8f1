"""Several names in one cell are told apart, and written so that they read back."""

from hypothesis import given
from hypothesis import strategies as st

from hygie.connectors.exercise_formats.conditions import conditions_of, written_conditions
from hygie.connectors.exercise_formats.listed import (
    lines_of,
    names_of,
    written_lines,
    written_names,
)
from hygie.engines.exercise.types import Condition
from hygie.engines.exercise.vocabulary import On, Result

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text(
    '",;/|\n ab=:()', max_size=8
)


def test_names_stand_between_many_signs() -> None:
    assert names_of("SOC, IT Ops") == ["SOC", "IT Ops"]
    assert names_of("Direction\nDSI ; Soins / Presse|RH") == [
        "Direction", "DSI", "Soins", "Presse", "RH",
    ]  # fmt: skip
    assert names_of("Crise (DSI, RSSI), Soins") == ["Crise (DSI, RSSI)", "Soins"]
    assert names_of('"A, B", C') == ["A, B", "C"]
    assert names_of(" , ;\n") == [] and names_of("SOC, SOC") == ["SOC"]
    assert names_of("a (b, c") == ["a (b", "c"]


def test_a_single_line_of_choices_may_use_bars() -> None:
    assert lines_of("MIT | GPL", bars=True) == ["MIT", "GPL"]
    assert lines_of("Payer | négocier\nRefuser", bars=True) == ["Payer | négocier", "Refuser"]


@given(st.lists(TEXTS, max_size=4, unique=True))
def test_names_written_read_back(names: list[str]) -> None:
    assert names_of(written_names(names)) == names


@given(st.lists(TEXTS, max_size=4))
def test_lines_written_read_back(lines: list[str]) -> None:
    assert lines_of(written_lines(lines)) == lines


CONDITIONS = st.one_of(
    st.builds(Condition, st.just(On.PLAYED), TEXTS),
    st.builds(Condition, st.just(On.DECISION), TEXTS, TEXTS),
    st.builds(Condition, st.just(On.RESULT), TEXTS, st.sampled_from([one.value for one in Result])),
)


@given(st.lists(CONDITIONS, max_size=3).map(tuple), st.sampled_from(["fr", "en"]))
def test_conditions_written_read_back(conditions: tuple[Condition, ...], language: str) -> None:
    assert conditions_of(written_conditions(conditions, language)) == conditions


def test_what_is_no_condition_is_told() -> None:
    assert conditions_of("quand le directeur a décidé") is None
    assert conditions_of("résultat: I-3 = atteint\nplayed: I-4") == (
        Condition(On.RESULT, "I-3", "reached"),
        Condition(On.PLAYED, "I-4"),
    )
