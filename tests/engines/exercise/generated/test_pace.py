"""An outage of days is played in hours, in its order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.engines.exercise.generated.pace import chapter_of, chapters_of
from hygie.engines.exercise.types import ExerciseError

MINUTES = st.lists(st.integers(0, 500_000).map(float), min_size=1, max_size=30)


@given(MINUTES, st.integers(1, 8), st.integers(30, 480))
def test_order_is_kept_and_all_of_it_fits(minutes: list[float], most: int, room: int) -> None:
    chapters = chapters_of(minutes, 2, 2 + room, most)
    assert 1 <= len(chapters) <= most
    played = [chapter_of(chapters, minute).at(minute) for minute in sorted(minutes)]
    assert played == sorted(played)
    assert played[0] >= 2
    assert played[-1] <= 2 + room + 1e-6
    assert all(chapter.pace >= 1 for chapter in chapters)


def test_what_is_short_is_played_in_real_time() -> None:
    (chapter,) = chapters_of([0, 10, 25], 2, 100, 4)
    assert chapter.pace == 1
    assert chapter.at(25) == 27


def test_time_is_leapt_over_at_its_longest_silences() -> None:
    chapters = chapters_of([0, 5, 10, 600, 610, 5000], 0, 90, 3)
    assert [(one.first, one.last) for one in chapters] == [(0, 10), (600, 610), (5000, 5000)]


def test_nothing_to_play_or_no_time_is_refused() -> None:
    with pytest.raises(ExerciseError):
        chapters_of([], 0, 10, 1)
    with pytest.raises(ExerciseError):
        chapters_of([0], 10, 10, 1)
