"""Values and targets are said with their unit, as people say them."""

import pytest
from django.utils import translation

from hygie.programme.models import Indicator
from hygie.progress.values import bound_words, value_words


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        ("boolean", 1, "oui"), ("boolean", 0, "non"), ("level", 3, "niveau 3"),
        ("percent", 93.9, "93,9 %"), ("days", 365, "365 jours"), ("count", 1200, "1 200"),
    ],
)  # fmt: skip
def test_a_value_wears_its_unit(unit: str, value: float, words: str) -> None:
    with translation.override("fr"):
        said = value_words(Indicator(unit=unit, decimals=1), value)
    assert " ".join(said.split()) == words


@pytest.mark.parametrize(
    ("unit", "low", "high", "words"),
    [
        ("boolean", 1, None, "oui"), ("boolean", None, 0, "non"),
        ("level", 3, None, "niveau 3 ou plus"), ("percent", 98, None, "≥ 98 %"),
        ("days", None, 30, "≤ 30 jours"), ("count", None, 0, "zéro"),
        ("percent", 10, 20, "de 10 à 20 %"), ("count", None, None, ""),
    ],
)  # fmt: skip
def test_a_target_is_said_as_people_say_it(
    unit: str, low: float | None, high: float | None, words: str
) -> None:
    with translation.override("fr"):
        said = bound_words(Indicator(unit=unit, decimals=0), low, high)
    assert " ".join(said.split()) == words
