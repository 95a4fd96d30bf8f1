"""The command line says what the pages say, with exit codes and JSON."""

import argparse
import datetime as dt
import json

import pytest

from hygie.foundation.errors import NotFound
from hygie.governance.assessment import commands
from hygie.governance.assessment.models import ObjectiveMonth, Questionnaire
from hygie.governance.assessment.services.history import month_ends

pytestmark = pytest.mark.django_db
SPRING = dt.date(2026, 5, 4)


@pytest.fixture
def hygie(capsys):
    """hygie("show", "HF-01"): exit code and what was printed."""
    parser = argparse.ArgumentParser()
    commands.register(parser.add_subparsers(dest="command"))

    def run(*words: str) -> tuple[int, str]:
        arguments = parser.parse_args(["assessment", *words])
        return arguments.run(arguments), capsys.readouterr().out

    return run


def test_show_tells_each_line_and_exits_1_when_something_is_not_met(
    hygie, territory, referential, prove, compute
):
    for entity in (territory.entities[0], territory.entities[2]):
        prove(entity, "bia", SPRING)
        prove(entity, "pcra", SPRING)
    compute(*territory.entities)
    code, text = hygie("show", "HF-01", "--framework", "CARE-D2")
    assert code == 1
    assert "30/100" in text
    code, text = hygie("show", "HF-01", "--framework", "care-d2", "--json")
    rows = {row["ref_id"]: row for row in json.loads(text)["requirements"]}
    assert len(rows) == 13
    row = rows["D2.O1.C"]
    assert (row["state"], row["coverage"], row["threshold"]) == ("failed", "0.6", "0.66")
    assert any("70" in line["text"] for line in row["lines"])


def test_unknown_names_are_not_found(hygie, territory, referential):
    for words in (("show", "999"), ("show", "HF-01", "--framework", "no-such")):
        with pytest.raises(NotFound):
            hygie(*words)


def test_recompute_says_how_many(hygie, territory, referential):
    code, text = hygie("recompute", "--json")
    said = json.loads(text)
    assert (code, said["organisations"]) == (0, 13)
    assert json.loads(hygie("recompute", "HF-01", "--json")[1])["changed"] == 0


def test_history_is_told_again_from_dated_facts(hygie, territory, referential, prove):
    prove(territory.alone, "pcra-governance", dt.date(2026, 9, 10))
    code, text = hygie("history", "--since", "2026-08", "--json")
    assert (code, json.loads(text)["months"]) == (0, 3)
    months = ObjectiveMonth.objects.filter(node=territory.alone)
    assert set(months.values_list("month", flat=True)) == {
        dt.date(2026, 8, 1), dt.date(2026, 9, 1), dt.date(2026, 10, 1),
    }  # fmt: skip
    assert len(list(month_ends(dt.date(2026, 8, 1), dt.date(2026, 11, 23)))) == 3


def test_a_campaign_its_workbook_and_its_answers(hygie, territory, referential, tmp_path):
    code, text = hygie(
        "campaign", "HF-01", "--framework", "CARE-D2", "--name", "D2", "--due", "2026-12-31",
        "--json",
    )  # fmt: skip
    said = json.loads(text)
    assert (code, said["asked"]) == (0, 4)
    first = str(said["questionnaires"][0])
    path = tmp_path / "q.xlsx"
    assert hygie("export", first, str(path))[0] == 0
    code, text = hygie("answers", str(path), "--questionnaire", first, "--dry-run", "--json")
    assert (code, json.loads(text)["refused"]) == (0, 0)
    code, text = hygie("ask", "590000900", "--framework", "CARE-D2", "--json")
    assert Questionnaire.objects.filter(pk=json.loads(text)["id"]).exists()


def test_filing_dates(hygie, territory, referential):
    assert hygie("filing", "HF-01", "d2", "--applied", "2026-05-01")[0] == 0
