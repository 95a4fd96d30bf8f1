"""Questions around an exercise are complete in both languages, and lead to an honest advice."""

import pytest

from hygie.engines.exercise.vocabulary import Level
from hygie.governance.exercises.catalogue import LANGUAGES, Kind, scenario_codes, scenario_record
from hygie.governance.exercises.catalogue_questions import (
    BEST,
    QuestionKind,
    level_cards,
    level_criteria,
    level_suited,
    maturity_parts,
    survey_questions,
)
from hygie.governance.exercises.models import MaturityAnswer, SurveyAnswer


def test_players_are_asked_about_fifteen_questions_scaled_and_open() -> None:
    french, english = (survey_questions(one) for one in LANGUAGES)
    assert 12 <= len(french) <= 15
    assert {one.kind for one in french} == set(QuestionKind)
    assert [one.key for one in french] == [one.key for one in english]
    assert len({one.key for one in french}) == len(french)
    longest = SurveyAnswer._meta.get_field("question").max_length or 0
    for one, other in zip(french, english, strict=True):
        assert one.text != other.text
        assert len(one.key) <= longest
        assert bool(one.low and one.high) == (one.kind is QuestionKind.SCALE)


def test_crisis_maturity_is_judged_in_five_parts_by_forty_items() -> None:
    french, english = (maturity_parts(one) for one in LANGUAGES)
    assert [part.key for part in french] == [
        "governance", "process", "communication", "detection", "continuity",
    ]  # fmt: skip
    items = [item for part in french for item in part.items]
    others = [item for part in english for item in part.items]
    assert len(items) == 40
    assert len({item.key for item in items}) == 40
    longest = MaturityAnswer._meta.get_field("item").max_length or 0
    for item, other in zip(items, others, strict=True):
        assert item.key == other.key and item.part == other.part
        assert item.text != other.text
        assert len(item.answers) == len(set(item.answers)) == BEST + 1
        assert len(item.key) <= longest


def test_the_three_levels_say_whom_they_suit_and_last_as_long_as_their_scenarios() -> None:
    cards = {card.level: card for card in level_cards("fr")}
    assert list(cards) == list(Level)
    for code in scenario_codes():
        record = scenario_record(code, kind=Kind.CH, language="fr")
        low, high = (
            int(hours) * 3600 + int(minutes) * 60
            for hours, minutes in (clock.split(":") for clock in cards[record.level].lasts)
        )
        assert low <= record.duration_s <= high
    assert [card.suits for card in level_cards("en")] != [card.suits for card in level_cards("fr")]


def _all(rank: int) -> dict[str, int | None]:
    return {item.key: min(rank, len(item.answers) - 1) for item in level_criteria("fr")}


def test_who_has_it_all_is_sent_to_the_hardest_level() -> None:
    assert level_suited(_all(2)).level is Level.CONFIRMED
    assert level_suited(_all(1)).level is Level.INTERMEDIATE
    assert level_suited(_all(0)).level is Level.BEGINNER


def test_a_first_time_is_a_first_time_whatever_the_rest() -> None:
    assert level_suited({**_all(2), "last": 0}).level is Level.BEGINNER
    assert level_suited({**_all(2), "last": None}).level is Level.BEGINNER


def test_not_knowing_earns_nothing_and_is_told() -> None:
    answers = {**_all(2), "degraded": None, "cell": None, "actions": None}
    advice = level_suited(answers)
    assert advice.level is Level.INTERMEDIATE
    assert set(advice.unknown) == {"degraded", "cell", "actions"}
    assert (advice.points, advice.most) == (8, 8)
    nothing = level_suited({})
    assert nothing.level is None
    assert len(nothing.unknown) == len(level_criteria("en"))


@pytest.mark.parametrize("answers", [{"other": 1}, {"last": 3}, {"last": -1}])
def test_an_answer_that_is_not_one_is_refused(answers: dict[str, int | None]) -> None:
    with pytest.raises(ValueError, match="no answer"):
        level_suited(answers)
