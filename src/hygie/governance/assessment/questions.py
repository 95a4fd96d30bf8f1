"""What is asked of a requirement, which questions are open given the answers, and what do they say?

Questions come as data, from our referential (`code`, `text` in two languages, `result`) or from an
imported library (`urn`, `text` with translations, `compute_result`, `add_score`, `depends_on`).
Both are read here into one form.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from hygie.governance.assessment.choices import AnswerResult

UNIQUE, MULTIPLE = "unique_choice", "multiple_choice"
PASSED, PARTIAL, FAILED = "passed", "partial", "failed"
CANNOT_TELL, NOT_APPLICABLE, UNANSWERED = "cannot_tell", "not_applicable", "unanswered"

# What choosing an answer means, in the words of either source.
_RESULTS = {
    "passed": PASSED, "true": PASSED, "compliant": PASSED,
    "partial": PARTIAL, "partially_compliant": PARTIAL,
    "failed": FAILED, "false": FAILED, "non_compliant": FAILED,
    "not_applicable": NOT_APPLICABLE,
}  # fmt: skip
_OF_RESULT = {
    AnswerResult.COMPLIANT.value: PASSED,
    AnswerResult.PARTIAL.value: PARTIAL,
    AnswerResult.NON_COMPLIANT.value: FAILED,
    AnswerResult.NOT_APPLICABLE.value: NOT_APPLICABLE,
    AnswerResult.UNKNOWN.value: CANNOT_TELL,
}
_COUNTED = (PASSED, PARTIAL, FAILED, CANNOT_TELL, NOT_APPLICABLE)
# An answer outside the choices: nobody knows.
DOES_NOT_KNOW = "?"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer; `result` "" decides nothing, `score` None adds nothing."""

    code: str
    text: str
    result: str
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Question:
    """One question; without choices it collects a text, a number or a date and decides nothing."""

    code: str
    kind: str
    text: str
    choices: tuple[Choice, ...]
    audience: tuple[str, ...]
    needs: str
    needs_choices: tuple[str, ...]
    needs_all: bool

    @property
    def is_multiple(self) -> bool:
        """Several answers may be ticked."""
        return self.kind == MULTIPLE

    @property
    def decides(self) -> bool:
        """Some answer says something of the requirement."""
        return any(choice.result for choice in self.choices)


def questions_for(data: Iterable[Mapping[str, Any]], kind: str) -> list[Question]:
    """Questions asked of an organisation of this level, in the reader's language."""
    found = [_question(item) for item in data]
    return [question for question in found if not question.audience or kind in question.audience]


def questions_open(questions: Sequence[Question], choices: Mapping[str, Any]) -> list[Question]:
    """The questions that these answers leave open: conditions met, chains included."""
    shown: dict[str, Question] = {}
    by_code = {question.code: question for question in questions}
    for question in questions:
        if not question.needs or question.needs not in by_code:
            shown[question.code] = question
            continue
        taken = set(picked(choices.get(question.needs))) if question.needs in shown else set()
        wanted = set(question.needs_choices)
        met = wanted <= taken if question.needs_all else bool(wanted & taken)
        if met and taken:
            shown[question.code] = question
    return list(shown.values())


def picked(value: Any) -> tuple[str, ...]:
    """Codes taken for one question, whatever the shape they were kept in."""
    if value is None or value == "":
        return ()
    if isinstance(value, list | tuple):
        return tuple(str(item) for item in value if item not in (None, ""))
    return (str(value),)


def question_result(question: Question, value: Any) -> str:
    """What the answer to one question says of the requirement.

    Returns:
        For one choice, its result. For several: failed as soon as a ticked one fails or when none
        that passes is ticked, passed when every one that passes is, else partial.
    """
    taken = picked(value)
    if not taken:
        return UNANSWERED
    if DOES_NOT_KNOW in taken:
        return CANNOT_TELL
    results = {choice.code: choice.result for choice in question.choices}
    said = [results.get(code, "") for code in taken]
    if not question.is_multiple:
        return said[0]
    wanted = [choice.code for choice in question.choices if choice.result == PASSED]
    ticked = sum(code in taken for code in wanted)
    if FAILED in said:
        return FAILED
    if not wanted:
        return PARTIAL if PARTIAL in said else ""
    if not ticked:
        return PARTIAL if PARTIAL in said else FAILED
    return PASSED if ticked == len(wanted) else PARTIAL


def answers_count(
    questions: Sequence[Question], result: str, choices: Mapping[str, Any]
) -> dict[str, int]:
    """Answers by result, as the engine's `AnswerSummary` counts them.

    A requirement without question that decides is one question, whose answer is `result`; so is one
    answered as a whole by "not applicable" or "does not know".
    """
    deciding = [question for question in questions_open(questions, choices) if question.decides]
    counts = Counter[str]()
    whole = {AnswerResult.NOT_APPLICABLE.value, AnswerResult.UNKNOWN.value}
    if not deciding or result in whole:
        counts[_OF_RESULT.get(result, UNANSWERED)] += 1
        return {"total": 1, **{name: counts[name] for name in _COUNTED}}
    said = [question_result(question, choices.get(question.code)) for question in deciding]
    counts.update(one for one in said if one)
    # A choice that decides nothing, in a question that may decide, is left out of the total.
    return {"total": sum(1 for one in said if one), **{name: counts[name] for name in _COUNTED}}


def result_of(questions: Sequence[Question], choices: Mapping[str, Any]) -> str:
    """The result that the answered questions give together, as kept beside them.

    Returns:
        A value of AnswerResult; unanswered as long as one that decides is open.
    """
    counts = answers_count(questions, "", choices)
    answered = sum(counts[name] for name in _COUNTED)
    if counts[FAILED]:
        mixed = counts[PASSED] or counts[PARTIAL]
        return (AnswerResult.PARTIAL if mixed else AnswerResult.NON_COMPLIANT).value
    if counts[CANNOT_TELL]:
        return AnswerResult.UNKNOWN.value
    if answered < counts["total"] or not counts["total"]:
        return AnswerResult.UNANSWERED.value
    if counts[PARTIAL]:
        return AnswerResult.PARTIAL.value
    return (AnswerResult.COMPLIANT if counts[PASSED] else AnswerResult.NOT_APPLICABLE).value


def score_of(questions: Sequence[Question], choices: Mapping[str, Any]) -> int | None:
    """Sum of what the taken choices add; None when no question scores."""
    points = [
        choice.score
        for question in questions_open(questions, choices)
        for choice in question.choices
        if choice.score is not None and choice.code in picked(choices.get(question.code))
    ]
    scores = any(choice.score is not None for one in questions for choice in one.choices)
    return int(sum(points)) if scores else None


def choices_clean(
    questions: Sequence[Question], given: Mapping[str, Any]
) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """Answers kept, and those refused.

    Returns:
        Codes by question, of open questions only; pairs (question, value) that fit no choice, or
        are a second answer to a question that takes one.
    """
    kept: dict[str, list[str]] = {}
    refused: list[tuple[str, str]] = []
    for question in questions:
        taken = picked(given.get(question.code))
        known = {choice.code for choice in question.choices} | {DOES_NOT_KNOW}
        wrong = [code for code in taken if question.choices and code not in known]
        if len(taken) > 1 and (not question.is_multiple or DOES_NOT_KNOW in taken):
            wrong = list(taken[1:])
        refused.extend((question.code, code) for code in wrong)
        fitting = [code for code in taken if code not in wrong]
        if fitting:
            kept[question.code] = fitting
    open_codes = {question.code for question in questions_open(questions, kept)}
    return {code: taken for code, taken in kept.items() if code in open_codes}, refused


def _question(data: Mapping[str, Any]) -> Question:
    needs = data.get("depends_on") or {}
    return Question(
        code=str(data.get("code") or data.get("urn") or ""),
        kind=str(data.get("kind") or data.get("type") or UNIQUE),
        text=_text(data, "text"),
        choices=tuple(_choice(item) for item in data.get("choices") or ()),
        audience=tuple(data.get("audience") or ()),
        needs=str(needs.get("question") or ""),
        needs_choices=tuple(str(code) for code in needs.get("answers") or ()),
        needs_all=needs.get("condition") == "all",
    )


def _choice(data: Mapping[str, Any]) -> Choice:
    said = data.get("result")
    if said is None:
        said = data.get("compute_result")
    points = data.get("add_score")
    return Choice(
        code=str(data.get("code") or data.get("urn") or ""),
        text=_text(data, "text", "value"),
        result=_RESULTS.get(str(said).strip().lower(), ""),
        score=None if points in (None, "") else Decimal(str(points)),
    )


def _text(data: Mapping[str, Any], *names: str) -> str:
    """A text in the reader's language: one entry a language, or one text with translations."""
    wanted = (get_language() or "fr")[:2]
    for name in names:
        own = data.get(name)
        if isinstance(own, Mapping):
            return str(own.get(wanted) or own.get("fr") or next(iter(own.values()), ""))
        if own:
            translated = (data.get("translations") or {}).get(wanted) or {}
            return str(translated.get(name) or own)
    return ""
