"""Each parameter has words, bounds and a source; whoever decides may set it, with a reason."""

import pytest
from django.utils.translation import override

from hygie.engines.ransomware.parameters import BY_KEY
from hygie.foundation.errors import NotAllowed
from hygie.foundation.journal.models import JournalLine
from hygie.operations.impact.errors import (
    NoteMissing,
    ParameterOrderRefused,
    ParameterRefused,
    ParameterUnknown,
)
from hygie.operations.impact.parameter_words import SECTIONS, UNIT_WORDS, WORDS
from hygie.operations.impact.selectors.parameters import parameter_changes, parameter_rows
from hygie.operations.impact.services.parameters import parameter_reset, parameter_set
from hygie.operations.impact.source_words import SOURCE_WORDS


def test_every_parameter_of_the_model_has_words_once() -> None:
    told = [key for section in SECTIONS for key in section.words]
    assert sorted(told) == sorted(BY_KEY)
    assert set(WORDS) == set(BY_KEY)
    assert {one.unit for one in BY_KEY.values()} <= set(UNIT_WORDS)


def test_every_published_source_is_told_in_the_language_of_the_reader() -> None:
    assert set(SOURCE_WORDS) == {key for key, one in BY_KEY.items() if one.url}
    for key, words in SOURCE_WORDS.items():
        with override("fr"):
            french = str(words)
        with override("en"):
            assert str(words) == BY_KEY[key].source
        assert french != BY_KEY[key].source or french.startswith("Sophos, The State")


@pytest.mark.django_db
class TestSetting:
    @pytest.fixture
    def place(self, territory):
        return territory.entities[0]

    def test_a_probability_is_written_as_a_share_of_a_hundred(self, place, perimeters) -> None:
        parameter_set(
            perimeter=perimeters.alice, organisation=place, key="edr_coverage", value=80,
            note="Inventaire de mars",
        )  # fmt: skip
        assert parameter_changes(place) == {"edr_coverage": 0.8}
        row = next(one for one in parameter_rows(place) if one.key == "edr_coverage")
        assert row.value == 80 and row.is_own and row.note == "Inventaire de mars"

    @pytest.mark.parametrize(
        ("key", "value", "note", "error"),
        [
            ("edr_coverage", 101, "x", ParameterRefused),
            ("edr_coverage", float("nan"), "x", ParameterRefused),
            ("edr_coverage", 50, "  ", NoteMissing),
            ("rien", 1, "x", ParameterUnknown),
            ("lateral_median_h", 71, "x", ParameterOrderRefused),
        ],
    )
    def test_a_value_that_makes_no_sense_is_refused(
        self, place, perimeters, key, value, note, error
    ) -> None:
        with pytest.raises(error):
            parameter_set(
                perimeter=perimeters.alice, organisation=place, key=key, value=value, note=note
            )
        assert parameter_changes(place) == {}

    def test_the_group_s_value_holds_below_until_the_place_says_its_own(
        self, place, territory, perimeters
    ) -> None:
        give = {"key": "contain_h", "note": "Contrat"}
        parameter_set(perimeter=perimeters.bob, organisation=territory.ght, value=10, **give)
        assert parameter_changes(place) == {"contain_h": 10}
        parameter_set(perimeter=perimeters.alice, organisation=place, value=4, **give)
        assert parameter_changes(place) == {"contain_h": 4}
        assert parameter_changes(territory.far) == {}
        parameter_reset(perimeter=perimeters.alice, organisation=place, key="contain_h")
        assert parameter_changes(place) == {"contain_h": 10}

    def test_both_leave_one_line_with_the_reason(self, place, perimeters) -> None:
        alice = perimeters.alice
        parameter_set(perimeter=alice, organisation=place, key="leak", value=5, note="Exercice")
        parameter_reset(perimeter=alice, organisation=place, key="leak")
        parameter_reset(perimeter=alice, organisation=place, key="leak")
        lines = JournalLine.objects.filter(action__startswith="impact_parameter")
        assert list(lines.values_list("action", flat=True)) == [
            "impact_parameter.set", "impact_parameter.reset",
        ]  # fmt: skip

    def test_only_who_reviews_there_sets(self, place, perimeters) -> None:
        for reader in (perimeters.charlie, perimeters.diane, perimeters.remi, perimeters.ada):
            with pytest.raises(NotAllowed):
                parameter_set(perimeter=reader, organisation=place, key="leak", value=5, note="x")
            with pytest.raises(NotAllowed):
                parameter_reset(perimeter=reader, organisation=place, key="leak")
