"""A questionnaire leaves as a workbook and comes back: equal, changed, broken or hostile."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from hygie.connectors.messages import FileRefused
from hygie.foundation.errors import NotFound
from hygie.foundation.imports.errors import PlanOutdated
from hygie.foundation.jobs.watch import SilentWatch
from hygie.governance.assessment.errors import QuestionnaireReadOnly
from hygie.governance.assessment.imports import AnswerImport
from hygie.governance.assessment.models import Answer, Questionnaire
from hygie.governance.assessment.selectors.questionnaires import questionnaire_items
from hygie.governance.assessment.services.answers import Said, answer_save
from hygie.governance.assessment.services.questionnaires import (
    questionnaire_assign,
    questionnaire_submit,
)
from hygie.governance.assessment.sheets import COLUMNS, sheet_write

pytestmark = pytest.mark.django_db
POSITION = {column.name: index for index, column in enumerate(COLUMNS, start=1)}


@pytest.fixture
def sent(territory, referential, perimeters, tmp_path):
    """A questionnaire with two answers, and its workbook."""
    row = questionnaire_assign(
        perimeter=perimeters.alice,
        organisation_id=territory.entities[0].pk,
        framework=referential.d2,
    )
    for ref, said in (
        ("D2.P1", Said(choices={"approval": ["legal-representative"]}, comment="=1+1 signé")),
        ("D2.O1.B", Said(choices={"contents": ["digital-risk", "reporting"]})),
    ):
        answer_save(
            perimeter=perimeters.alice, questionnaire_id=row.pk,
            requirement_id=referential.requirement(ref).pk, said=said,
        )  # fmt: skip
    path = tmp_path / "q.xlsx"
    sheet_write(path, row, questionnaire_items(perimeters.alice, row))
    return row, path


def _read(perimeter, questionnaire, path, on_conflict="keep"):
    options = {"questionnaire": questionnaire.pk, "on_conflict": on_conflict}
    return AnswerImport().read(path, options=options, perimeter=perimeter, watch=SilentWatch())


def _apply(perimeter, questionnaire, path, digest, on_conflict="keep"):
    options = {"questionnaire": questionnaire.pk, "on_conflict": on_conflict}
    return AnswerImport().apply(
        path, options=options, perimeter=perimeter, watch=SilentWatch(), plan_digest=digest
    )


def _edit(path: Path, ending: str, **cells) -> int:
    """Change cells of the row whose key ends so; gives its number."""
    workbook = load_workbook(path)
    sheet = workbook.active
    for row in range(2, sheet.max_row + 1):
        if str(sheet.cell(row, POSITION["key"]).value).endswith(ending):
            for name, value in cells.items():
                sheet.cell(row, POSITION[name]).value = value
            workbook.save(path)
            return row
    raise AssertionError(ending)


def _codes(plan):
    return [(message.code, message.row) for message in plan.messages]


def test_what_comes_back_unchanged_changes_nothing(sent, perimeters):
    questionnaire, path = sent
    before = list(Answer.objects.order_by("pk").values("pk", "result", "choices", "comment"))
    plan = _read(perimeters.alice, questionnaire, path)
    assert (plan.counts["add"], plan.counts["change"], plan.counts["refused"]) == (0, 0, 0)
    assert plan.counts["keep"] == len(
        [i for i in questionnaire_items(perimeters.alice, questionnaire) if not i.is_heading]
    )
    _apply(perimeters.alice, questionnaire, path, plan.digest)
    assert before == list(
        Answer.objects.order_by("pk").values("pk", "result", "choices", "comment")
    )


def test_reading_a_sheet_holds_no_row(sent, perimeters):
    # PostgreSQL refuses to hold one outside a transaction, and reading opens none.
    questionnaire, path = sent
    with CaptureQueriesContext(connection) as asked:
        _read(perimeters.alice, questionnaire, path)
    assert asked.captured_queries
    assert not [one for one in asked.captured_queries if "FOR UPDATE" in one["sql"]]


def test_keys_are_hidden_from_people(sent):
    sheet = load_workbook(sent[1]).active
    assert sheet.column_dimensions["H"].hidden
    assert not sheet.column_dimensions["D"].hidden


def test_an_answer_given_offline_is_shown_then_written(sent, perimeters):
    questionnaire, path = sent
    _edit(path, "#approval", answer="Personne pour l’instant")
    plan = _read(perimeters.alice, questionnaire, path)
    assert (plan.counts["change"], plan.counts["refused"]) == (1, 0)
    assert Answer.objects.get(requirement__ref_id="D2.P1").result == "compliant"
    _apply(perimeters.alice, questionnaire, path, plan.digest)
    assert Answer.objects.get(requirement__ref_id="D2.P1").result == "non_compliant"


def test_bad_rows_are_refused_one_by_one_and_the_others_go_on(sent, perimeters):
    questionnaire, path = sent
    wrong = _edit(path, "#approval", answer="Le maire")
    _edit(path, "#contents", answer="Le risque numérique est traité dans le plan blanc")
    plan = _read(perimeters.alice, questionnaire, path)
    assert ("answer_unknown", wrong) in _codes(plan)
    assert (plan.counts["refused"], plan.counts["change"]) == (1, 1)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"key": "urn:elsewhere"}, "row_unknown"),
        ({"key": ""}, "row_unknown"),
        ({"questionnaire": 999}, "row_of_another"),
        ({"answer": "sans objet"}, "answer_not_kept"),
        ({"score": "beaucoup"}, "score_unreadable"),
        ({"answer": "conforme"}, "answer_unknown"),
    ],
)
def test_each_fault_of_a_row_has_its_message(sent, perimeters, cells, code):
    questionnaire, path = sent
    row = _edit(path, "p1", **cells)
    plan = _read(perimeters.alice, questionnaire, path)
    assert (code, row) in _codes(plan)


def test_a_row_twice_is_refused(sent, perimeters):
    questionnaire, path = sent
    workbook = load_workbook(path)
    sheet = workbook.active
    sheet.append([cell.value for cell in sheet[3]])
    workbook.save(path)
    plan = _read(perimeters.alice, questionnaire, path)
    assert "row_twice" in [code for code, _row in _codes(plan)]


def test_an_answer_changed_online_meanwhile_is_kept_unless_asked(sent, referential, perimeters):
    questionnaire, path = sent
    _edit(path, "#approval", answer="Personne pour l’instant")
    answer_save(
        perimeter=perimeters.alice, questionnaire_id=questionnaire.pk,
        requirement_id=referential.requirement("D2.P1").pk,
        said=Said(choices={"approval": ["delegate"]}),
    )  # fmt: skip
    plan = _read(perimeters.alice, questionnaire, path)
    assert "conflict_kept" in [code for code, _row in _codes(plan)]
    assert plan.counts["change"] == 0
    plan = _read(perimeters.alice, questionnaire, path, on_conflict="replace")
    assert plan.counts["change"] == 1
    _apply(perimeters.alice, questionnaire, path, plan.digest, on_conflict="replace")
    assert Answer.objects.get(requirement__ref_id="D2.P1").choices == {"approval": ["none"]}


def test_a_plan_that_no_longer_holds_is_not_applied(sent, referential, perimeters):
    questionnaire, path = sent
    _edit(path, "#approval", answer="Personne pour l’instant")
    plan = _read(perimeters.alice, questionnaire, path)
    Answer.objects.filter(requirement__ref_id="D2.P1").delete()
    with pytest.raises(PlanOutdated):
        _apply(perimeters.alice, questionnaire, path, plan.digest)


def test_a_submitted_questionnaire_takes_no_sheet(sent, perimeters):
    questionnaire, path = sent
    questionnaire_submit(perimeter=perimeters.alice, questionnaire_id=questionnaire.pk)
    with pytest.raises(QuestionnaireReadOnly):
        _read(perimeters.alice, questionnaire, path)


def test_a_stranger_learns_nothing(sent, perimeters):
    questionnaire, path = sent
    for reader in (perimeters.charlie, perimeters.remi):
        with pytest.raises(NotFound):
            _read(reader, questionnaire, path)
        with pytest.raises(NotFound):
            AnswerImport().scope(reader, {"questionnaire": questionnaire.pk})


def _other_book(path):
    workbook = Workbook()
    workbook.active.append(["Nom", "Ville"])
    workbook.active.append(["a", "b"])
    workbook.save(path)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"MZ\x90\x00" + b"\x00" * 200),
        lambda path: path.write_bytes(b"PK\x03\x04" + b"\x00" * 50),
        lambda path: path.write_text("<html><script>alert(1)</script></html>"),
        _other_book,
    ],
)
def test_other_files_are_refused_whole(sent, perimeters, tmp_path, make):
    path = tmp_path / "other.xlsx"
    make(path)
    with pytest.raises(FileRefused):
        _read(perimeters.alice, sent[0], path)
    assert Questionnaire.objects.get().state == "in_progress"
