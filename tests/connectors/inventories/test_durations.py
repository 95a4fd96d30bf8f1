"""A duration is minutes, however people write it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.connectors.inventories.durations import LONGEST, minutes_of, unit_of_title
from hygie.connectors.tables.types import Cell


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("4 h", 240), ("4h", 240), ("30 min", 30), ("2 j", 2880), ("1j 4h", 1680), ("90", 90),
        (90, 90), (90.0, 90), ("4h30", 270), ("1,5 jour", 2160), ("0,5 h", 30), ("PT4H", 240),
        ("P1DT2H30M", 1590), ("04:00", 240), ("72:00", 4320), ("1 semaine", 10080), ("Immédiat", 0),
        ("1 jour et 4 heures", 1680), ("2 JOURS", 2880), ("24 hours", 1440), ("1 mois", 43200),
        ("90 s", 2), (dt.time(4, 30), 270), (dt.timedelta(hours=3), 180), ("0", 0), ("1 234", 1234),
    ],
)  # fmt: skip
def test_a_duration_is_read_as_people_write_it(cell: Cell, minutes: int) -> None:
    assert minutes_of(cell) == minutes


@pytest.mark.parametrize(
    "cell",
    ["", "vite", "4 lunes", "h", "-3", "P", "PT", "11 ans", "4 h ?", dt.date(2026, 1, 1), "1:75",
     "9" * 40 + " h"],
)  # fmt: skip
def test_what_is_no_duration_is_unknown(cell: Cell) -> None:
    assert minutes_of(cell) is None


@pytest.mark.parametrize(
    ("title", "unit"),
    [("DMIA (h)", 60), ("RTO in hours", 60), ("RPO [en jours]", 1440), ("DMIA", 1),
     ("DMIA (min)", 1), ("DMIA (cible)", 1), ("Durée en heures", 60)],
)  # fmt: skip
def test_a_title_tells_the_unit_of_bare_numbers(title: str, unit: int) -> None:
    assert unit_of_title(title) == unit
    assert minutes_of("2", unit=unit) == 2 * unit
    assert minutes_of("2 h", unit=unit) == 120


@given(
    st.integers(0, 300), st.integers(0, 23), st.integers(0, 59), st.sampled_from(["", " ", ", "])
)
def test_parts_add_up(days: int, hours: int, minutes: int, between: str) -> None:
    text = between.join((f"{days} j", f"{hours} h", f"{minutes} min"))
    assert minutes_of(text) == (days * 24 + hours) * 60 + minutes


@given(st.text(max_size=40) | st.floats() | st.integers())
def test_nothing_raises_and_nothing_is_out_of_bounds(cell: Cell) -> None:
    found = minutes_of(cell)
    assert found is None or 0 <= found <= LONGEST
