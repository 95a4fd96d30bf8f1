"""How ready an establishment says it is, before and after."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.engines.exercise.maturity import profile_of, progress_of
from hygie.engines.exercise.types import ExerciseError

PARTS = {"people": ("a", "b"), "tools": ("c",), "press": ("d", "e")}
ANSWERS = st.dictionaries(st.sampled_from("abcde"), st.none() | st.integers(0, 3))


def test_what_nobody_can_tell_is_no_zero() -> None:
    people, tools, press, whole = profile_of(PARTS, {"a": 3, "b": None, "c": 0}, best=3)
    assert (people.share, people.known, people.unknown) == (1, 1, 1)
    assert (tools.share, tools.known) == (0, 1)
    assert (press.share, press.unknown) == (None, 2)
    assert (whole.part, whole.share, whole.known, whole.unknown) == ("", 0.5, 2, 3)


def test_only_what_was_answered_both_times_is_a_gain() -> None:
    people, tools, _press, whole = progress_of(PARTS, {"a": 0, "b": 3}, {"a": 3, "c": 3}, best=3)
    assert people.gain == 1
    assert tools.gain is None
    assert whole.gain == 1


@given(before=ANSWERS, after=ANSWERS)
def test_the_way_back_is_the_opposite_gain(
    before: dict[str, int | None], after: dict[str, int | None]
) -> None:
    there = progress_of(PARTS, before, after, best=3)
    back = progress_of(PARTS, after, before, best=3)
    for one, other in zip(there, back, strict=True):
        assert one.gain == (None if other.gain is None else pytest.approx(-other.gain))
        assert one.before.known + one.before.unknown == one.after.known + one.after.unknown


def test_an_answer_out_of_range_or_of_nothing_is_refused() -> None:
    with pytest.raises(ExerciseError, match="between"):
        profile_of(PARTS, {"a": 4}, best=3)
    with pytest.raises(ExerciseError, match="no part"):
        profile_of(PARTS, {"z": 1}, best=3)
