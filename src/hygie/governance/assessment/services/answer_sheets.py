"""What would a workbook of answers change in its questionnaire, and how is it done?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import override

from hygie.connectors.messages import Severity
from hygie.connectors.tables.types import Table
from hygie.foundation.errors import Refusal
from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Verb
from hygie.foundation.jobs.watch import Watch
from hygie.governance.assessment.choices import AnswerResult
from hygie.governance.assessment.models import Answer, Questionnaire
from hygie.governance.assessment.questions import DOES_NOT_KNOW, Question, questions_for
from hygie.governance.assessment.selectors.questionnaires import Item, questionnaire_items
from hygie.governance.assessment.services.answers import (
    Said,
    answers_save,
    questionnaire_open,
    said_check,
)
from hygie.governance.assessment.sheets import SheetRow, sheet_rows, whole_words
from hygie.territory.perimeter import Perimeter

KEEP, REPLACE = "keep", "replace"
# A workbook written in one language comes back to a reader, or a command, in the other.
_LANGUAGES = ("en", "fr")
_IGNORANCE = frozenset({"ne sait pas", "does not know", DOES_NOT_KNOW})


@dataclass(slots=True)
class _Filled:
    """Everything the sheet says of one requirement."""

    item: Item
    row: int
    fingerprint: str
    result: str = ""
    score: int | None = None
    comment: str = ""
    na_reason: str = ""
    choices: dict[str, list[str]] = field(default_factory=dict)
    is_refused: bool = False


def answer_sheet_plan(
    *,
    perimeter: Perimeter,
    questionnaire_id: int,
    table: Table,
    on_conflict: str,
    watch: Watch,
) -> tuple[Planner, dict[int, Said]]:
    """Read a workbook against the questionnaire as it stands; writes nothing.

    Args:
        on_conflict: `keep` leaves an answer that changed online since the export, `replace` takes
            the sheet's.

    Returns:
        What it would do, told row by row, and the answers to save by requirement id.

    Raises:
        NotFound, NotAllowed, QuestionnaireReadOnly: it may not be answered.
    """
    questionnaire, place = questionnaire_open(perimeter, questionnaire_id)
    items = {
        item.requirement.urn: item
        for item in questionnaire_items(perimeter, questionnaire)
        if not item.is_heading
    }
    planner = Planner()
    filled = _gather(sheet_rows(table), items, questionnaire, planner, watch)
    said: dict[int, Said] = {}
    for one in filled.values():
        if one.is_refused:
            continue
        answer = _said(one)
        try:
            fields = said_check(answer, one.item.requirement, place.kind)
        except Refusal as refusal:
            planner.note(
                Severity.ERROR, "answer_not_kept", row=one.row, field="answer", reason=str(refusal)
            )
            continue
        if _plan_one(planner, one, fields, on_conflict):
            said[one.item.requirement.pk] = answer
    return planner, said


def answer_sheet_apply(
    *,
    perimeter: Perimeter,
    questionnaire_id: int,
    table: Table,
    on_conflict: str,
    watch: Watch,
) -> Planner:
    """Save what the sheet answers, inside the caller's transaction."""
    planner, said = answer_sheet_plan(
        perimeter=perimeter,
        questionnaire_id=questionnaire_id,
        table=table,
        on_conflict=on_conflict,
        watch=watch,
    )
    if said:
        answers_save(perimeter=perimeter, questionnaire_id=questionnaire_id, said=said)
    return planner


def _gather(
    rows: Iterable[SheetRow],
    items: Mapping[str, Item],
    questionnaire: Questionnaire,
    planner: Planner,
    watch: Watch,
) -> dict[str, _Filled]:
    """Rows by requirement; a row that cannot be placed is refused and the others go on."""
    filled: dict[str, _Filled] = {}
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        watch.advance()
        item = items.get(row.urn)
        if row.questionnaire != str(questionnaire.pk):
            _refuse(planner, row, "row_of_another", "questionnaire", found=row.questionnaire)
        elif item is None:
            _refuse(planner, row, "row_unknown", "key", key=row.urn)
        elif (row.urn, row.question) in seen:
            _refuse(planner, row, "row_twice", "key", first=seen[row.urn, row.question])
        else:
            seen[row.urn, row.question] = row.row
            one = filled.setdefault(row.urn, _Filled(item, row.row, row.fingerprint))
            if not _row_read(one, row, planner):
                one.is_refused = True
    return filled


def _row_read(one: _Filled, row: SheetRow, planner: Planner) -> bool:
    if row.question:
        question = next((q for q in one.item.questions if q.code == row.question), None)
        if question is None:
            return _refuse(planner, row, "row_unknown", "key", key=f"{row.urn}#{row.question}")
        return _choices_read(one, question, row, planner)
    words = {result: result for result in whole_words(one.item)}
    for language in _LANGUAGES:
        with override(language):
            words |= {_plain(word): result for result, word in whole_words(one.item).items()}
    if row.answer and _plain(row.answer) not in words:
        accepted = ", ".join(whole_words(one.item).values())
        return _refuse(planner, row, "answer_unknown", "answer", value=row.answer, choices=accepted)
    one.result = words.get(_plain(row.answer), AnswerResult.UNANSWERED.value)
    one.comment, one.na_reason = row.comment, row.na_reason
    if row.score:
        if not row.score.lstrip("-").isdecimal():
            return _refuse(planner, row, "score_unreadable", "score", value=row.score)
        one.score = int(row.score)
    return True


def _choices_read(one: _Filled, question: Question, row: SheetRow, planner: Planner) -> bool:
    if not row.answer:
        return True
    if not question.choices:
        one.choices[question.code] = [row.answer]
        return True
    words = _choice_words(one.item, question)
    taken: list[str] = []
    lines = [line for line in row.answer.splitlines() if line.strip()]
    while lines:
        # A choice may be written on several lines: the longest run that is one wins.
        runs = range(len(lines), 0, -1)
        size = next((n for n in runs if _plain(" ".join(lines[:n])) in words), 0)
        if not size:
            accepted = " / ".join(choice.text for choice in question.choices)
            return _refuse(
                planner, row, "answer_unknown", "answer", value=lines[0], choices=accepted
            )
        taken.append(words[_plain(" ".join(lines[:size]))])
        del lines[:size]
    one.choices[question.code] = taken
    return True


def _choice_words(item: Item, question: Question) -> dict[str, str]:
    """Everything that names a choice: its code, and its text in either language."""
    words = {_plain(choice.code): choice.code for choice in question.choices}
    for language in _LANGUAGES:
        with override(language):
            asked = questions_for(item.requirement.questions, next(iter(question.audience), ""))
        same = [one for one in asked if one.code == question.code] or [question]
        words |= {_plain(choice.text): choice.code for choice in same[0].choices}
    words |= {_plain(choice.text): choice.code for choice in question.choices}
    return words | dict.fromkeys(_IGNORANCE, DOES_NOT_KNOW)


def _said(one: _Filled) -> Said:
    return Said(
        result=one.result,
        choices=one.choices,
        score=one.score,
        comment=one.comment,
        na_reason=one.na_reason,
    )


def _plan_one(planner: Planner, one: _Filled, fields: Mapping[str, Any], on_conflict: str) -> bool:
    """Count one requirement; tell whether it is to be saved."""
    standing = one.item.answer
    before = _columns(standing)
    changed = {name: [before[name], value] for name, value in fields.items()
               if before[name] != value}  # fmt: skip
    if not changed:
        planner.keep()
        return False
    requirement = one.item.requirement
    name = requirement.ref_id or requirement.urn
    if one.fingerprint != one.item.fingerprint:
        kept = on_conflict != REPLACE
        code = "conflict_kept" if kept else "conflict_replaced"
        planner.note(Severity.WARNING, code, row=one.row, field="answer", requirement=name)
        if kept:
            planner.keep()
            return False
    verb = Verb.CHANGE if standing else Verb.ADD
    planner.plan_change(verb, key=requirement.urn, label=name, detail=changed, row=one.row)
    return True


def _columns(answer: Answer | None) -> dict[str, Any]:
    if answer is None:
        return {"result": "", "choices": {}, "score": None, "comment": "", "na_reason": ""}
    return {
        "result": answer.result,
        "choices": answer.choices,
        "score": answer.score,
        "comment": answer.comment,
        "na_reason": answer.na_reason,
    }


def _refuse(planner: Planner, row: SheetRow, code: str, column: str, **params: str | int) -> bool:
    planner.note(Severity.ERROR, code, row=row.row, field=column, **params)
    return False


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
