"""Dates and numbers are written as people say them, the exact value one hover away."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from hygie.foundation.design.components.dates import date_tag, date_words
from hygie.foundation.design.components.figures import figure, trend_between
from hygie.foundation.design.components.numbers import (
    bytes_words,
    number_words,
    percent_words,
    with_unit,
)

TODAY = dt.date(2026, 3, 10)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "aujourd'hui"),
        (-1, "hier"),
        (1, "demain"),
        (-13, "il y a 13 jours"),
        (-14, "il y a 2 semaines"),
        (21, "dans 3 semaines"),
        (-61, "il y a 2 mois"),
        (365, "dans 12 mois"),
        (-730, "il y a 2 ans"),
    ],
)
def test_a_day_is_told_by_its_distance(days: int, words: str) -> None:
    with translation.override("fr"):
        assert date_words(TODAY + dt.timedelta(days=days), TODAY) == words


def test_the_exact_date_is_on_hover_and_for_machines() -> None:
    with translation.override("fr"):
        tag = date_tag(dt.date(2026, 3, 7), today=TODAY)
    assert 'datetime="2026-03-07"' in tag
    assert 'title="7 mars 2026"' in tag
    assert "il y a 3 jours" in tag


def test_an_instant_is_told_in_the_readers_time_zone() -> None:
    late = dt.datetime(2026, 3, 9, 23, 30, tzinfo=dt.UTC)
    with translation.override("fr"):
        tag = date_tag(late, today=TODAY)
    assert "aujourd&#x27;hui à 00:30" in tag
    assert 'title="10 mars 2026 à 00:30"' in tag


def test_no_date_is_a_dash_that_is_read_aloud() -> None:
    with translation.override("fr"):
        assert "sans date" in date_tag(None)


def test_numbers_follow_the_language() -> None:
    with translation.override("fr"):
        assert number_words(1234567.5) == "1\u00a0234\u00a0567,5"
        assert percent_words(Decimal("0.659"), 1) == "65,9\u202f%"
        assert bytes_words(3_400_000) == "3,4\u00a0Mo"
        assert with_unit("42", "jours") == "42\u00a0jours"
    with translation.override("en"):
        assert number_words(1234567.5) == "1,234,567.5"
        assert percent_words(0.66) == "66%"


def test_a_share_just_under_a_whole_percent_is_not_rounded_up_by_binary_noise() -> None:
    with translation.override("fr"):
        assert percent_words(Decimal("0.29"), 0) == "29\u202f%"
        assert percent_words(0.285, 1) == "28,5\u202f%"


def test_unknown_is_a_dash_never_a_zero() -> None:
    assert number_words(None) == "–"
    assert percent_words(None) == "–"
    assert figure(None, unit="%")["value"] == ""


def test_a_zero_is_a_value() -> None:
    assert figure(0)["value"] == "0"


@pytest.mark.parametrize(
    ("before", "now", "trend"), [(1, 2, "up"), (2, 1, "down"), (1, 1.0, "flat"), (None, 1, "")]
)
def test_a_trend_needs_two_values(before: float | None, now: float, trend: str) -> None:
    assert trend_between(before, now) == trend
