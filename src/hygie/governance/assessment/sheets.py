"""How does a questionnaire travel as a workbook, to be answered offline and brought back?

One row a requirement, then one a question of its own. Three columns make the way back sure: `Clé`
names the row whatever its order, `Questionnaire` the questionnaire it left, `Empreinte` the answer
as it was then, so that an answer changed online meanwhile is seen and not overwritten.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from hygie.connectors.tables.reader import open_table
from hygie.connectors.tables.types import Cell, Column, Table
from hygie.connectors.tables.writer import Written, write_xlsx
from hygie.governance.assessment.choices import AnswerResult
from hygie.governance.assessment.models import Questionnaire
from hygie.governance.assessment.questions import DOES_NOT_KNOW, Question
from hygie.governance.assessment.selectors.questionnaires import Item
from hygie.programme.words import localized

COLUMNS: tuple[Column, ...] = (
    Column("reference", ("Référence", "Reference"), required=False),
    Column("asked", ("Exigence ou question", "Requirement or question"), required=False),
    Column("accepted", ("Réponses possibles", "Possible answers"), required=False),
    Column("answer", ("Réponse", "Answer")),
    Column("score", ("Note", "Score"), required=False),
    Column("comment", ("Commentaire", "Comment"), required=False),
    Column("na_reason", ("Motif du « sans objet »", "Reason if not applicable"), required=False),
    Column("key", ("Clé", "Key")),
    Column("questionnaire", ("Questionnaire",)),
    Column("fingerprint", ("Empreinte", "Fingerprint")),
)
HIDDEN = ("key", "questionnaire", "fingerprint")
QUESTION_MARK = "#"
_SHEET = "Questionnaire"
_WIDTHS = {"reference": 12, "asked": 70, "accepted": 50, "answer": 36, "comment": 44}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row read back: `urn` of the requirement, `question` code or "" for the requirement."""

    row: int
    urn: str
    question: str
    questionnaire: str
    fingerprint: str
    answer: str
    score: str
    comment: str
    na_reason: str


def sheet_write(target: Path, questionnaire: Questionnaire, items: list[Item]) -> int:
    """Write a questionnaire as a workbook.

    Returns:
        Rows written.
    """
    titles = [column.title for column in COLUMNS]
    rows = [row for item in items if not item.is_heading for row in _rows(questionnaire, item)]
    count = write_xlsx(target, {_SHEET: (titles, rows)})
    _dress(target)
    return count


def sheet_bytes(questionnaire: Questionnaire, items: list[Item]) -> bytes:
    """The workbook, ready to be sent."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "questionnaire.xlsx"
        sheet_write(target, questionnaire, items)
        return target.read_bytes()


def sheet_open(path: Path) -> Table:
    """Recognise a questionnaire by its titles.

    Raises:
        FileRefused: unreadable, dangerous, or without the columns that name each row.
    """
    return open_table(path, expected=COLUMNS)


def sheet_rows(table: Table) -> Iterator[SheetRow]:
    """Rows as texts; what they mean is for whoever knows the questionnaire."""
    for row in table.rows():
        values = {name: cell_text(cell) for name, cell in row.values.items()}
        urn, _mark, question = values["key"].partition(QUESTION_MARK)
        yield SheetRow(
            row=row.number,
            urn=urn.strip(),
            question=question.strip(),
            questionnaire=values["questionnaire"],
            fingerprint=values["fingerprint"],
            answer=values["answer"],
            score=values["score"],
            comment=values["comment"],
            na_reason=values["na_reason"],
        )


def cell_text(cell: Cell) -> str:
    """A cell as its reader sees it: a whole number without its decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def whole_words(item: Item) -> dict[str, str]:
    """Words accepted for the requirement as a whole, by result."""
    decides = any(question.decides for question in item.questions)
    kept = {AnswerResult.NOT_APPLICABLE, AnswerResult.UNKNOWN} if decides else set(AnswerResult)
    return {one.value: str(one.label) for one in AnswerResult if one in kept and one.value}


def _rows(questionnaire: Questionnaire, item: Item) -> Iterator[list[Written]]:
    answer, words = item.answer, whole_words(item)
    head = item.requirement
    tail: list[Written] = [questionnaire.pk, item.fingerprint]
    yield [
        head.ref_id,
        localized(head, "name") or localized(head, "description"),
        " / ".join(words.values()),
        words.get(item.result, ""),
        answer.score if answer and answer.score is not None else "",
        answer.comment if answer else "",
        answer.na_reason if answer else "",
        head.urn,
        *tail,
    ]
    taken = answer.choices if answer else {}
    for question in item.questions:
        yield [
            head.ref_id,
            question.text,
            _accepted(question),
            _taken(question, taken.get(question.code, [])),
            "", "", "",
            f"{head.urn}{QUESTION_MARK}{question.code}",
            *tail,
        ]  # fmt: skip


def _accepted(question: Question) -> str:
    texts = [choice.text for choice in question.choices]
    if not texts:
        return _("texte libre")
    said = "\n".join([*texts, _("ne sait pas")])
    return _("plusieurs, une par ligne :\n%(choices)s") % {"choices": said} if (
        question.is_multiple
    ) else said  # fmt: skip


def _taken(question: Question, codes: list[str]) -> str:
    words = {choice.code: choice.text for choice in question.choices}
    words[DOES_NOT_KNOW] = _("ne sait pas")
    return "\n".join(words.get(code, code) for code in codes)


def _dress(target: Path) -> None:
    """Hide the columns of the machine, widen those of people."""
    workbook = load_workbook(target)
    sheet = workbook[_SHEET]
    for index, column in enumerate(COLUMNS, start=1):
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.hidden = column.name in HIDDEN
        if column.name in _WIDTHS:
            dimension.width = _WIDTHS[column.name]
    workbook.save(target)
    workbook.close()
