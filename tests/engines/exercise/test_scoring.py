"""How far the objectives were reached."""

from hygie.engines.exercise.scoring import (
    Marked,
    Marks,
    delays_of,
    median_delay,
    scores_of,
    whole_of,
)
from hygie.engines.exercise.types import InjectRecord
from hygie.engines.exercise.vocabulary import Nature, Result

ROWS = [
    InjectRecord("a", "a", 0, expected="x", objective="o1", score=10, deadline_s=300),
    InjectRecord("b", "b", 60, expected="x", objective="o1", score=30),
    InjectRecord("c", "c", 120, expected="x", objective="o2", score=5, deadline_s=60),
    InjectRecord("d", "d", 180, nature=Nature.INFORMATION, expected="x", objective="o2", score=50),
]
MARKED = {
    "a": Marked(Result.REACHED, 0, 120),
    "b": Marked(Result.NOT_OBSERVED, 60, None),
    "c": Marked(Result.PARTIAL, 130, 400),
}


def test_what_nobody_observed_enters_no_points_and_is_counted() -> None:
    first, second = scores_of(ROWS, MARKED, {})
    assert (first.points, first.possible, first.share) == (10, 10, 1)
    assert (first.expected, first.observed) == (2, 1)
    assert (second.points, second.possible, second.share) == (2.5, 5, 0.5)


def test_what_was_not_played_is_not_expected() -> None:
    (first, _second) = scores_of(ROWS, {"a": MARKED["a"]}, {})
    assert first.expected == 1
    assert scores_of(ROWS, {}, {})[0].share is None


def test_without_points_each_expectation_counts_for_one() -> None:
    rows = [InjectRecord(key, key, 0, expected="x", objective="o") for key in "ab"]
    marked = {"a": Marked(Result.REACHED, 0), "b": Marked(Result.MISSED, 0)}
    assert scores_of(rows, marked, {})[0].share == 0.5


def test_marks_stand_beside_the_points_and_never_in_them() -> None:
    marks = {"o1": Marks(official=[3], team=[0, 3], own=[]), "o3": Marks(own=[1.5])}
    first, _second, third = scores_of(ROWS, MARKED, marks)
    assert (first.official, first.team, first.own) == (1, 0.5, None)
    assert (third.objective, third.share, third.own) == ("o3", None, 0.5)
    whole = whole_of([first, third])
    assert (whole.official, whole.own) == (1, 0.5)
    assert whole.possible == 10


def test_delays_run_from_the_inject_to_the_first_reaction() -> None:
    delays = delays_of(ROWS, MARKED)
    assert [(one.inject, one.delay_s, one.is_late) for one in delays] == [
        ("a", 120, False),
        ("b", None, None),
        ("c", 270, True),
    ]
    assert median_delay(delays) == 195
    assert median_delay([]) is None
