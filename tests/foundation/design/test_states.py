"""A state is one of seven, always in words, in the same order everywhere."""

import pytest
from django.utils import translation

from hygie.engines.assessment.types import Knowledge, State
from hygie.foundation.design.components.bars import WIDTH, bar_segments, meter, state_bar
from hygie.foundation.design.components.states import (
    STATES,
    UnknownStateError,
    knowledge_level,
    knowledge_mark,
    state_badge,
    state_counts,
)


def test_the_page_knows_exactly_the_states_of_the_engine() -> None:
    assert {state.code for state in STATES} == {state.value for state in State}


def test_every_state_is_told_by_a_shape_and_a_word() -> None:
    for state in State:
        badge = state_badge(state)
        assert f"#{state.value}" in badge
        assert "hy-state-word" in badge


def test_a_badge_without_word_still_says_it_aloud_and_on_hover() -> None:
    badge = state_badge("stale", word=False)
    assert 'class="visually-hidden">périmé' in badge
    assert 'title="périmé"' in badge


def test_an_unknown_state_is_refused_rather_than_shown_grey() -> None:
    with pytest.raises(UnknownStateError):
        state_badge("perhaps")


def test_what_a_badge_is_about_cannot_inject_markup() -> None:
    assert "<b>" not in state_badge("passed", of="<b>site</b>")


def test_counts_follow_the_common_order_and_leave_zeros_out() -> None:
    found = state_counts({"failed": 1, "passed": 3, "stale": 0})
    assert [item.state.code for item in found] == ["passed", "failed"]
    assert sum(item.share for item in found) == pytest.approx(1)


def test_a_count_of_several_is_told_in_the_plural() -> None:
    with translation.override("fr"):
        words = [item.word for item in state_counts({"passed": 4, "stale": 1})]
    assert words == ["atteints", "périmé"]


def test_no_count_at_all_draws_nothing() -> None:
    assert state_bar({})["total"] == 0
    assert state_bar({"passed": 0})["drawn"] == ""


def test_one_among_thousands_is_still_seen_and_the_bar_is_filled_exactly() -> None:
    segments = bar_segments(state_counts({"passed": 9999, "partial": 1, "failed": 1}))
    assert min(part.width for part in segments) >= 10
    last = segments[-1]
    assert last.x + last.width == pytest.approx(WIDTH, abs=0.1)


def test_knowledge_accepts_the_engine_a_number_a_name_or_nothing() -> None:
    assert [knowledge_level(level) for level in Knowledge] == [1, 2, 3, 4]
    assert knowledge_level("verified") == 4
    assert knowledge_level(None) == 0
    with pytest.raises(ValueError, match="knowledge 5"):
        knowledge_level(5)


def test_the_same_mark_reads_in_english() -> None:
    with translation.override("fr"):
        assert "mesuré" in knowledge_mark(3)


def test_a_meter_outside_its_bounds_stays_in_its_frame() -> None:
    assert meter(140, maximum=100)["width"] == WIDTH
    assert meter(-3)["width"] == 0
    assert meter(None)["known"] is False
    with pytest.raises(ValueError, match="above 0"):
        meter(1, maximum=0)
