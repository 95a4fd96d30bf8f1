"""A workbook answered far from the platform: another program, another language, other habits."""

import datetime as dt
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from hygie.foundation.jobs.watch import SilentWatch
from hygie.governance.assessment.errors import ScoreRefused
from hygie.governance.assessment.imports import AnswerImport
from hygie.governance.assessment.models import Answer, Questionnaire
from hygie.governance.assessment.selectors.questionnaires import questionnaire_items
from hygie.governance.assessment.services.answers import Said, answer_save
from hygie.governance.assessment.services.questionnaires import questionnaire_assign
from hygie.governance.assessment.sheets import COLUMNS, sheet_write
from hygie.programme.models import Framework, Requirement

pytestmark = pytest.mark.django_db
AT = {column.name: index for index, column in enumerate(COLUMNS)}
LEVELS = [{"score": 0, "name": "Nul"}, {"score": 4, "name": "Total"}]
CHOICES = [
    {"urn": "u:q:1:c:1", "value": "Oui\nà tout moment", "compute_result": "compliant",
     "add_score": 3, "translations": {"en": {"value": "Yes\nat any time"}}},
    {"urn": "u:q:1:c:2", "value": "Non", "compute_result": "non_compliant", "add_score": -2,
     "translations": {"en": {"value": "No"}}},
    {"urn": "u:q:1:c:3", "value": "Oui", "compute_result": "partially_compliant"},
]  # fmt: skip


@pytest.fixture
def asked(territory, perimeters) -> Questionnaire:
    """Three requirements of a library: a question of its own, a scale of its own, a date."""
    framework = Framework.objects.create(
        urn="urn:x:fw", version=1, origin="library", ref_id="X", name="X", min_score=0,
        max_score=4, scores_definition=LEVELS,
    )  # fmt: skip
    own = {
        "q": {"questions": [{"urn": "u:q:1", "kind": "multiple_choice", "text": "Sauvegardes ?",
                             "choices": CHOICES}]},
        "s": {"references": {"scale": {"min": 0, "max": 1}}},
        "d": {"questions": [{"urn": "u:d:1", "kind": "date", "text": "Depuis ?", "choices": []}]},
        "n": {},
    }  # fmt: skip
    for order, (code, more) in enumerate(own.items(), start=1):
        Requirement.objects.create(
            framework=framework, urn=f"urn:x:{code}", ref_id=code, order=order, depth=1,
            is_assessable=True, name=code, **more,
        )  # fmt: skip
    return questionnaire_assign(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk, framework=framework
    )


def exported(questionnaire: Questionnaire, perimeter, path: Path) -> list[list[object]]:
    sheet_write(path, questionnaire, questionnaire_items(perimeter, questionnaire))
    return [list(row) for row in load_workbook(path).active.iter_rows(values_only=True)]


def saved(path: Path, rows: list[list[object]]) -> Path:
    """As an office suite saves again: a new book, a sheet before, a title above, sorted rows."""
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["À rendre vendredi"])
    sheet = book.create_sheet("Questionnaire (2)")
    sheet.append(["CH du Lac, rempli par le service qualité"])
    sheet.append([])
    for row in [rows[0], *reversed(rows[1:])]:
        sheet.append([*row, None, "vu"])
    book.save(path)
    return path


def read(perimeter, questionnaire: Questionnaire, path: Path, *, writes: bool = False):
    options = {"questionnaire": questionnaire.pk, "on_conflict": "keep"}
    kind = AnswerImport()
    plan = kind.read(path, options=options, perimeter=perimeter, watch=SilentWatch())
    if writes:
        kind.apply(
            path, options=options, perimeter=perimeter, watch=SilentWatch(),
            plan_digest=plan.digest,
        )  # fmt: skip
    return plan


@pytest.mark.parametrize(("written", "brought"), [("fr", "en"), ("en", "fr")])
def test_a_workbook_in_one_language_comes_back_in_the_other(
    asked, perimeters, tmp_path, written, brought
):
    with override(written):
        rows = exported(asked, perimeters.alice, tmp_path / "q.xlsx")
    whole = {"fr": "Conforme", "en": "Compliant"}[written]
    for row in rows[1:]:
        key = str(row[AT["key"]])
        if key.endswith("urn:x:n"):
            row[AT["answer"]] = whole
            row[AT["score"]] = 4.0
        elif key.endswith("#u:q:1"):
            row[AT["answer"]] = {"fr": "Oui\nà tout moment\nNon", "en": "Yes\nat any time\nNo"}[
                written
            ]
        elif key.endswith("#u:d:1"):
            row[AT["answer"]] = dt.date(2026, 1, 31)
    with override(brought):
        plan = read(
            perimeters.alice, asked, saved(tmp_path / "b.xlsx", rows), writes=True
        )  # fmt: skip
    assert plan.counts["refused"] == 0, plan.messages
    answers = {one.requirement.ref_id: one for one in Answer.objects.select_related("requirement")}
    assert (answers["n"].result, answers["n"].score) == ("compliant", 4)
    assert answers["q"].choices == {"u:q:1": ["u:q:1:c:1", "u:q:1:c:2"]}
    assert answers["d"].choices == {"u:d:1": ["2026-01-31"]}


def test_a_requirement_with_its_own_scale_refuses_the_scores_of_its_framework(asked, perimeters):
    own = Requirement.objects.get(ref_id="s")
    with pytest.raises(ScoreRefused):
        answer_save(
            perimeter=perimeters.alice, questionnaire_id=asked.pk, requirement_id=own.pk,
            said=Said(result="compliant", score=4),
        )  # fmt: skip
    kept = answer_save(
        perimeter=perimeters.alice, questionnaire_id=asked.pk, requirement_id=own.pk,
        said=Said(result="compliant", score=1),
    )  # fmt: skip
    assert kept.score == 1


@pytest.mark.parametrize(("codes", "score"), [(["1", "2"], 1), (["2"], 0), (["1"], 3)])
def test_what_choices_add_stays_on_the_scale(asked, perimeters, codes, score):
    kept = answer_save(
        perimeter=perimeters.alice, questionnaire_id=asked.pk,
        requirement_id=Requirement.objects.get(ref_id="q").pk,
        said=Said(choices={"u:q:1": [f"u:q:1:c:{code}" for code in codes]}),
    )  # fmt: skip
    assert kept.score == score


def test_the_page_says_what_each_level_of_the_scale_means(asked, signed_in, characters):
    address = reverse("assessment:questionnaire", args=[asked.pk])
    page = signed_in(characters.alice).get(address)
    text = page.content.decode()
    assert "0 Nul · 4 Total" in text and "de 0 à 1" in text
