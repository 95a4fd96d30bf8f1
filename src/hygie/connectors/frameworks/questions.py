"""Which questions assess a requirement, in the present form of the format and in older ones?"""

from collections.abc import Iterator

from hygie.connectors.frameworks.fields import Fields, type_name
from hygie.connectors.frameworks.tree_load import LineMap
from hygie.connectors.frameworks.types import Choice, Dependency, Question
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report

QUESTION_KINDS = frozenset(
    {"unique_choice", "single_choice", "multiple_choice", "text", "date", "number", "boolean"}
)
_CHOICE_KINDS = frozenset({"unique_choice", "single_choice", "multiple_choice"})
COMPUTED_RESULTS = frozenset(
    {
        "compliant", "partially_compliant", "non_compliant", "not_applicable", "not_assessed",
        "true", "false",
    }
)  # fmt: skip


def questions_of(node: Fields, report: Report) -> tuple[Question, ...]:
    """Read the questions of a node.

    Args:
        node: the node; `questions` is a mapping by URN (present form) or a list; `question` holds
            one type and one set of choices for all (first form).
        report: gets the mistakes.

    Returns:
        Questions in the order of the file; those with a mistake in their type are left out.
    """
    found = []
    for fields in _question_fields(node, report):
        question = _question(fields, report)
        if question:
            found.append(question)
    _check_dependencies(found, node)
    return tuple(found)


def _question_fields(node: Fields, report: Report) -> Iterator[Fields]:
    value = node.raw("questions")
    if isinstance(value, LineMap):
        for urn, question in value.items():
            path = f"{node.at('questions')}[{urn}]"
            if isinstance(question, LineMap):
                # A copy: an alias may share this mapping with another question.
                own = LineMap(question.line, {"urn": urn, **question})
                yield Fields(own, path, report, node.urn)
            else:
                report.error(
                    MessageCode.FIELD_TYPE,
                    row=node.row,
                    field=path,
                    urn=node.urn,
                    expected="mapping",
                    found=type_name(question),
                )
    elif value is not None:
        yield from node.maps("questions")
    first_form = node.mapping("question")
    if first_form is not None:
        yield from _first_form(Fields(first_form, node.at("question"), report, node.urn), report)


def _first_form(fields: Fields, report: Report) -> Iterator[Fields]:
    """Turn one type and one set of choices for several questions into the present form."""
    kind, choices = fields.raw("question_type"), fields.raw("question_choices")
    for question in fields.maps("questions"):
        present = LineMap(question.row)
        present["urn"] = question.text("urn")
        present["text"] = question.text("text")
        present["type"] = kind
        present["choices"] = choices
        yield Fields(present, question.path, report, fields.urn)


def _question(fields: Fields, report: Report) -> Question | None:
    urn = fields.text("urn", needed=True).lower()
    kind = fields.choice("type", QUESTION_KINDS, needed=True)
    text = fields.text("text", needed=True)
    choices = tuple(_choices(fields, urn, report))
    depends_on = _dependency(fields, report)
    translations = fields.translations()
    fields.rest()
    if kind in _CHOICE_KINDS and not choices:
        fields.error(MessageCode.FIELD_MISSING, "choices")
    if not kind or not urn:
        return None
    return Question(urn, kind, text, choices, depends_on, translations)


def _choices(fields: Fields, question: str, report: Report) -> Iterator[Choice]:
    """Read the choices; older files give bare texts."""
    value = fields.raw("choices")
    if value is None:
        return
    if not isinstance(value, list):
        fields.error(MessageCode.FIELD_TYPE, "choices", expected="list", found=type_name(value))
        return
    for index, item in enumerate(value):
        choice = LineMap(fields.row, {"urn": f"{question}:choice:{index + 1}"})
        choice.update(item if isinstance(item, LineMap) else {"value": item})
        part = Fields(choice, f"{fields.at('choices')}[{index}]", report, fields.urn)
        yield Choice(
            urn=part.text("urn", needed=True).lower(),
            value=part.text("value", needed=True),
            description=part.text("description"),
            add_score=part.number("add_score"),
            compute_result=part.choice("compute_result", COMPUTED_RESULTS),
            selected_groups=part.texts("select_implementation_groups"),
            translations=part.translations(),
        )
        part.rest({"color"})


def _dependency(fields: Fields, report: Report) -> Dependency | None:
    data = fields.mapping("depends_on")
    if data is None:
        return None
    part = Fields(data, fields.at("depends_on"), report, fields.urn)
    return Dependency(
        question=part.text("question", needed=True).lower(),
        answers=tuple(answer.lower() for answer in part.texts("answers")),
        condition=part.choice("condition", {"any", "all"}) or "any",
    )


def _check_dependencies(questions: list[Question], node: Fields) -> None:
    """Refuse a question that waits for itself or for a choice that does not exist.

    One that waits for a question of another requirement is asked whatever was answered there.
    """
    known = {question.urn: {choice.urn for choice in question.choices} for question in questions}
    if len(known) < len(questions):
        node.error(MessageCode.FIELD_CHOICE, "questions", value="urn", choices="unique")
    for question in questions:
        link = question.depends_on
        if link is None:
            continue
        if link.question == question.urn:
            node.error(MessageCode.REFERENCE_UNKNOWN, "questions", reference=link.question)
            continue
        if link.question not in known:
            node.warning(MessageCode.REFERENCE_UNKNOWN, "questions", reference=link.question)
            continue
        for answer in link.answers:
            if answer not in known[link.question]:
                node.error(MessageCode.REFERENCE_UNKNOWN, "questions", reference=answer)
