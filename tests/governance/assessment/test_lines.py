"""Every line the engine may write has words for it."""

import datetime as dt
import re

import pytest
from django.utils import translation

from hygie.engines.assessment.lines import LINE_PARAMS, LineCode
from hygie.governance.assessment.lines import TEMPLATES, Vocabulary, line_say, percent

WORDS = Vocabulary(
    {"d2.bia": "BIA formalisés", "x.share": "Part"}, {"d2.bia": "boolean"}, {"pcra": "PCRA"}
)
VALUES = {
    "indicator": "x.share", "document": "pcra", "value": 12.5, "comparison": "at_least",
    "bound": 20.0, "date": "2026-05-04", "known_as": 3, "expired_on": "2026-06-04",
    "opens_on": "2022-07-16", "closes_on": "2026-11-23", "anchor": "phase_start",
    "answered": 2, "total": "100", "passed": 1, "partial": 0, "failed": 1, "unit": "CH n° 1",
    "has": ["d2.bia"], "lacks": ["proof:pcra"], "weight": "40", "share": "0.6",
    "threshold": "0.66", "share_once_renewed": "0.7", "share_at_best": "0.7", "units": 4,
    "unknown": 1, "count": 1, "met": 1,
}  # fmt: skip


def _line(code, refs=(), **extra):
    params = {name: VALUES[name] for name in LINE_PARAMS[code]} | extra
    return {"code": str(code), "params": params, "state": "failed", "unit": None,
            "refs": list(refs), "depth": 1}  # fmt: skip


@pytest.mark.parametrize("code", list(LineCode))
def test_every_line_is_said_with_its_own_parameters_only(code):
    with translation.override("fr"):
        text = line_say(_line(code), WORDS).text
    assert text
    assert "%(" not in text
    known = set(LINE_PARAMS[code]) | {"has_lacks", "activity"}
    assert set(re.findall(r"%\((\w+)\)", TEMPLATES[code])) <= known


def test_a_unit_is_told_as_the_ministry_counts_it():
    with translation.override("fr"):
        text = line_say(_line(LineCode.UNIT_NOT_COUNTED), WORDS).text
    assert "CH n° 1 compte 40/100" in text
    assert "a BIA formalisés, n'a pas PCRA → non compté" in text.replace("\xa0", " ")


def test_the_year_of_the_activity_is_told_when_it_is_known():
    with translation.override("fr"):
        assert "de 2025" in line_say(_line(LineCode.COVERAGE_REACHED, year=2025), WORDS).text
        assert "de 2025" not in line_say(_line(LineCode.COVERAGE_REACHED), WORDS).text


def test_a_figure_of_members_says_so():
    with translation.override("fr"):
        line = line_say(_line(LineCode.MEASURE_REACHED, refs=["members:1:2"]), WORDS)
    assert "d'après les membres" in line.text


def test_a_name_that_looks_like_a_number_stays_a_name():
    with translation.override("fr"):
        text = line_say(_line(LineCode.UNIT_COUNTED, unit="nan"), WORDS).text
    assert text.startswith("nan compte")


@pytest.mark.parametrize(
    ("share", "said"), [(0.66, "66"), (0.6599999, "65,9"), (0.7, "70"), (1.0, "100"), (0.0, "0")]
)
def test_a_share_is_never_rounded_up(share, said):
    with translation.override("fr"):
        assert percent(share).replace("\xa0", " ").startswith(said)


def test_dates_follow_the_reader():
    day = dt.date(2026, 5, 4)
    with translation.override("fr"):
        assert day.strftime("%d/%m/%Y") in line_say(_line(LineCode.PROOF_FOUND), WORDS).text
