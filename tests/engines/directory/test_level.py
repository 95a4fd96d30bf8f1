"""Is the level the lowest at which a point fails, with what is not known beside it?"""

from hypothesis import given
from hypothesis import strategies as st

from hygie.engines.directory.catalogue import PointDay
from hygie.engines.directory.level import ladder, level_of
from hygie.engines.directory.points.reference import level_bounds
from hygie.engines.directory.verdicts import PointState, PointVerdict
from tests.engines.directory.judging import CATALOGUE


def passed(point: PointDay) -> PointVerdict:
    return PointVerdict(point.id, PointState.PASSED)


def with_levels(point: str, failed: tuple[int, ...] = (), undecided: tuple[int, ...] = ()) -> list:
    return [
        PointVerdict(found.id, PointState.FAILED, failed, undecided)
        if found.id == point
        else passed(found)
        for found in CATALOGUE.points
    ]


def test_nothing_failing_is_level_five() -> None:
    answer = level_of([passed(point) for point in CATALOGUE.points], CATALOGUE)
    assert (answer.at_best, answer.at_worst, answer.holding, answer.undecided) == (5, 5, (), ())
    assert answer.is_decided


def test_the_level_is_the_lowest_at_which_a_point_fails() -> None:
    answer = level_of(with_levels("functional_level", (3, 4)), CATALOGUE)
    assert (answer.at_best, answer.at_worst, answer.holding) == (3, 3, ("functional_level",))


def test_what_is_not_known_lowers_the_worst_case_only() -> None:
    answer = level_of(with_levels("functional_level", (4,), (1,)), CATALOGUE)
    assert (answer.at_best, answer.at_worst) == (4, 1)
    assert answer.undecided == ("functional_level",)


def test_a_control_without_a_verdict_is_undecided() -> None:
    answer = level_of([], CATALOGUE)
    assert (answer.at_best, answer.at_worst) == (5, 1)
    assert len(answer.undecided) == len(CATALOGUE.controls)


def test_levels_that_the_catalogue_does_not_count_are_ignored() -> None:
    assert level_of(with_levels("guest", (1,)), CATALOGUE).at_best == 5
    assert level_of(with_levels("warning_rid500", (1,)), CATALOGUE).at_best == 5


def test_the_ladder_names_what_stands_before_each_rung() -> None:
    verdicts = [
        PointVerdict("guest", PointState.FAILED, (2,)),
        PointVerdict("dc_crypto", PointState.PARTIAL, (4,), (3,)),
        *(passed(found) for found in CATALOGUE.points if found.id not in ("guest", "dc_crypto")),
    ]
    two, three, four, five = ladder(verdicts, CATALOGUE)
    assert two.is_reached
    assert (three.to_close, three.to_decide) == (("guest",), ())
    assert (four.to_close, four.to_decide) == (("guest",), ("dc_crypto",))
    assert (five.to_close, five.to_decide) == (("guest", "dc_crypto"), ())
    assert not five.is_possible


_Levels = st.sets(st.integers(1, 4)).map(lambda levels: tuple(sorted(levels)))
_Verdicts = st.dictionaries(
    st.sampled_from([point.id for point in CATALOGUE.points]), st.tuples(_Levels, _Levels)
)


@given(_Verdicts)
def test_the_level_is_that_of_the_slow_twin(told: dict[str, tuple[tuple[int, ...], ...]]) -> None:
    verdicts = [
        PointVerdict(point, PointState.FAILED, failed, tuple(x for x in opened if x not in failed))
        for point, (failed, opened) in told.items()
    ]
    verdicts += [passed(point) for point in CATALOGUE.points[::2] if point.id not in told]
    answer = level_of(verdicts, CATALOGUE)
    best, worst, holding = level_bounds(verdicts, CATALOGUE)
    assert (answer.at_best, answer.at_worst) == (best, worst)
    assert set(answer.holding) == holding
    assert answer.at_worst <= answer.at_best
    for rung in ladder(verdicts, CATALOGUE):
        assert rung.is_possible == (rung.level <= answer.at_best)
        assert rung.is_reached == (rung.level <= answer.at_worst)
