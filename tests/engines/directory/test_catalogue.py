"""Is the catalogue complete, dated, in both languages, and refused when it is not one?"""

import copy
from datetime import date
from typing import Any

import pytest

from hygie.engines.directory.catalogue import (
    Catalogue,
    CatalogueError,
    Nature,
    Row,
    catalogue_from_data,
)
from hygie.engines.directory.published import published_catalogue
from hygie.engines.directory.vocabulary import ExportKind

WORDS = {"fr": "mot", "en": "word"}
DATA: dict[str, Any] = {
    "version": "1",
    "reviewed_on": date(2026, 1, 1),
    "source": "test",
    "systems": [{"text": "2022", "supported_until": date(2031, 10, 14)}],
    "points": [
        {
            "id": "krbtgt",
            "family": "secrets",
            "rows": [{"level": 2, "thresholds": {"days": 365}}],
            **dict.fromkeys(("title", "why", "fix", "check"), WORDS),
            "effort_days": 1,
            "cost_eur": 0,
            "exports": ["oradad"],
        }
    ],
}


def changed(**fields: Any) -> Catalogue:
    data = copy.deepcopy(DATA)
    data["points"][0] |= fields
    return catalogue_from_data(data)


def test_the_published_catalogue_holds_76_points_on_95_rows_before_the_announced_change() -> None:
    day = published_catalogue().at(date(2026, 7, 30))
    assert len(day.controls) == 76
    rows = [row.level for point in day.controls for row in point.rows]
    assert len(rows) == 95
    assert [rows.count(level) for level in (1, 2, 3, 4)] == [37, 30, 21, 7]


def test_the_announced_point_counts_from_its_day() -> None:
    catalogue = published_catalogue()
    before = catalogue.at(date(2026, 7, 30)).get("dump_error_vuln_rp")
    after = catalogue.at(date(2026, 7, 31)).get("dump_error_vuln_rp")
    assert before is not None and before.nature is Nature.WARNING
    assert after is not None and after.nature is Nature.CONTROL
    assert after.levels == (1,)
    assert len(catalogue.at(date(2026, 7, 31)).controls) == 77


def test_every_point_has_a_page_words_of_its_own_and_an_export_that_can_decide_it() -> None:
    catalogue = published_catalogue()
    for name in ("title", "why", "fix"):
        for language in ("fr", "en"):
            texts = [getattr(getattr(point, name), language) for point in catalogue.points]
            assert len(set(texts)) == len(texts), (name, language)
    for point in catalogue.points:
        assert point.url.endswith(f"#{point.official_id}")
        assert ExportKind.ADS in point.exports
    official = {point.official_id for point in catalogue.points}
    assert {"vuln_krbtgt", "vuln_dump_error_vuln_rp", "warning_rid500", "info_laps"} <= official


def test_a_row_holds_from_its_first_to_its_last_day() -> None:
    row = Row(level=1, since=date(2026, 1, 2), until=date(2026, 1, 4))
    assert [row.holds_on(date(2026, 1, day)) for day in range(1, 6)] == [
        False,
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"rows": [{"level": "two"}]}, r"int.*points\[0\]\.rows\[0\]\.level"),
        ({"rows": [{"level": 5}]}, "krbtgt: level 5"),
        ({"rows": []}, "krbtgt: no row"),
        ({"rows": [{"level": 2}, {"level": 2}]}, "two rows hold for level 2"),
        (
            {"rows": [{"level": 2, "since": date(2026, 2, 1), "until": date(2026, 1, 1)}]},
            "ends before it begins",
        ),
        ({"rows": [{"level": 2, "thresholds": {"days": -1}}]}, "negative"),
        ({"title": {"fr": "mot", "en": " "}}, "title is empty"),
        ({"title": {"fr": "mot"}}, "en"),
        ({"exports": []}, "exports"),
        ({"exports": ["fax"]}, "fax"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_data_that_is_not_a_catalogue_is_refused_with_its_place(
    fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(CatalogueError, match=message):
        changed(**fields)


def test_two_points_with_one_id_are_refused() -> None:
    data = copy.deepcopy(DATA)
    data["points"] *= 2
    with pytest.raises(CatalogueError, match="krbtgt: this id is given twice"):
        catalogue_from_data(data)


def test_rows_of_one_level_may_follow_each_other() -> None:
    rows = [{"level": 2, "until": date(2026, 1, 1)}, {"level": 2, "since": date(2026, 1, 2)}]
    assert changed(rows=rows).at(date(2026, 1, 1)).points[0].levels == (2,)
