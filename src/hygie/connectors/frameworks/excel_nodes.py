"""Which requirement nodes and questions do the rows of a framework sheet describe?"""

from collections.abc import Mapping, Sequence

from hygie.connectors.frameworks.excel_sheets import ContentRow
from hygie.connectors.frameworks.excel_urns import UrnMaker, clean_suffix, expanded
from hygie.connectors.frameworks.tree_load import LineMap, Tree
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report

_COPIED = (
    "ref_id", "name", "description", "annotation", "typical_evidence", "importance", "weight",
    "min_score", "max_score", "implementation_groups",
)  # fmt: skip
_QUESTION_TITLES = frozenset({"questions", "answer"})
_NO_VALUE = "/"


class NodeSheet:
    """Turns rows into nodes: depth says the parent, references say the URN.

    Attributes:
        scales: names of the scales that single requirements use.
    """

    def __init__(
        self,
        meta: LineMap,
        prefixes: Mapping[str, str],
        answers: Sequence[ContentRow],
        report: Report,
    ) -> None:
        self.scales: set[str] = set()
        self._base = str(meta.get("base_urn") or "")
        self._section = str(meta.get("section") or "")
        self._prefixes = prefixes
        self._answers = {row.get("id"): row for row in answers}
        self._report = report
        self._maker = UrnMaker(self._base, is_v1="type" not in meta)

    def nodes(self, rows: Sequence[ContentRow]) -> list[Tree]:
        """Make the nodes, in the order of the rows; a level that is skipped is reported."""
        found: list[Tree] = []
        # URN of the open node at each depth; depth 0 is the section of the older form, if any.
        open_urns: list[str] = [""]
        if self._section:
            section = LineMap(1, {"assessable": "false", "name": self._section})
            section["urn"] = open_urns[0] = f"{self._base}:{clean_suffix(self._section)}"
            found.append(section)
        shift = 1 if self._section else 0
        for row in rows:
            depth = self._depth(row, len(open_urns) - 1)
            if depth == 0:
                continue
            if depth == len(open_urns):
                self._maker.enter(depth)
            del open_urns[depth:]
            node = self._node(row, depth, open_urns[-1], shift)
            open_urns.append(str(node["urn"]))
            found.append(node)
        return found

    def _depth(self, row: ContentRow, before: int) -> int:
        """Read a depth; 0 when it is unusable."""
        text = row.get("depth")
        if not text.isdecimal() or not 1 <= int(text[:6]) <= 40:
            code = MessageCode.FIELD_TYPE if text else MessageCode.FIELD_MISSING
            extra = {"expected": "integer", "found": text} if text else {}
            self._report.error(code, row=row.number, field="depth", urn=row.get("ref_id"), **extra)
            return 0
        depth = int(text)
        if depth > before + 1:
            self._report.error(
                MessageCode.DEPTH_JUMP, row=row.number, field="depth", before=before, after=depth
            )
            return 0
        return depth

    def _node(self, row: ContentRow, depth: int, parent: str, shift: int) -> LineMap:
        node = row.as_map(*_COPIED)
        urn = self._maker.urn(
            depth,
            parent,
            identifier=row.get("node_id") or row.get("urn_id"),
            reference=row.get("ref_id"),
            name=row.get("name"),
        )
        node["urn"] = urn
        # Any mark makes a requirement, but the words for no.
        mark = row.get("assessable").lower()
        node["assessable"] = "false" if mark in {"", "false", "0", "no", "non"} else "true"
        node["depth"] = str(depth + shift)
        if parent:
            node["parent_urn"] = parent
        scale = row.get("scores_definition_ref") or row.get("scores_definition")
        if scale not in {"", _NO_VALUE}:
            self.scales.add(scale)
            node["scores_definition_ref"] = scale
        if row.get("importance"):
            node["importance"] = "_".join(row.get("importance").lower().split())
        for title in ("threats", "reference_controls"):
            self._add_references(node, row, title, urn)
        self._add_questions(node, row, urn)
        self._add_translations(node, row)
        return node

    def _add_references(self, node: LineMap, row: ContentRow, title: str, urn: str) -> None:
        found, unknown = expanded(row.get(title), self._prefixes)
        if found:
            node[title] = list[Tree](found)
        for reference in unknown:
            self._report.warning(
                MessageCode.REFERENCE_UNKNOWN,
                row=row.number,
                field=title,
                urn=urn,
                reference=reference,
            )

    def _add_translations(self, node: LineMap, row: ContentRow) -> None:
        translations = row.as_map().get("translations")
        if not isinstance(translations, LineMap):
            return
        for texts in translations.values():
            if isinstance(texts, LineMap):
                for title in _QUESTION_TITLES:
                    texts.pop(title, None)
        node["translations"] = translations

    def _add_questions(self, node: LineMap, row: ContentRow, urn: str) -> None:
        texts = row.lines("questions")
        if not texts:
            return
        answers = row.lines("answer")
        if len(answers) not in {1, len(texts)}:
            self._report.error(
                MessageCode.QUESTION_ANSWERS,
                row=row.number,
                field="answer",
                urn=urn,
                questions=len(texts),
                answers=len(answers),
            )
            return
        questions = LineMap(row.number)
        for index, text in enumerate(texts):
            answer = self._answers.get(answers[index] if len(answers) > 1 else answers[0])
            if answer is None:
                self._report.error(
                    MessageCode.REFERENCE_UNKNOWN,
                    row=row.number,
                    field="answer",
                    urn=urn,
                    reference=answers[min(index, len(answers) - 1)],
                )
                return
            own = f"{urn}:question:{index + 1}"
            questions[own] = self._question(row, index, text, answer, own, len(texts))
        node["questions"] = questions

    def _question(
        self, row: ContentRow, index: int, text: str, answer: ContentRow, own: str, count: int
    ) -> LineMap:
        question = LineMap(row.number, {"text": text, "type": answer.get("question_type")})
        question["choices"] = _choices(answer, own, row.number)
        link = _nth(row.lines("depends_on"), index, count)
        other, _colon, choices = link.partition(":")
        target = f"{own.rpartition(':')[0]}:{other.strip()}"
        # One line for all of them: the question that the others wait for does not wait.
        if link and target != own:
            depends_on = LineMap(row.number, {"question": target})
            depends_on["answers"] = [
                f"{target}:choice:{choice.strip()}"
                for choice in choices.split(",")
                if choice.strip()
            ]
            depends_on["condition"] = _nth(row.lines("condition"), index, count) or "any"
            question["depends_on"] = depends_on
        translations = _line_translations(row, "questions", "text", index, count)
        if translations:
            question["translations"] = translations
        return question


def _choices(answer: ContentRow, question: str, row: int) -> list[Tree]:
    """Make the choices; the columns that describe them have one line per choice."""
    found: list[Tree] = []
    values = answer.lines("question_choices")
    for index, value in enumerate(values):
        choice = LineMap(row, {"urn": f"{question}:choice:{index + 1}", "value": value})
        for title in ("description", "add_score", "compute_result", "select_implementation_groups"):
            text = _nth(answer.lines(title), index, len(values))
            if text:
                choice[title] = text
        translations = _line_translations(answer, "question_choices", "value", index, len(values))
        if translations:
            choice["translations"] = translations
        found.append(choice)
    return found


def _nth(lines: Sequence[str], index: int, count: int) -> str:
    """Give the line of one among `count`; a single line is everyone's."""
    if len(lines) == 1 and count > 1:
        index = 0
    text = lines[index] if index < len(lines) else ""
    return "" if text == _NO_VALUE else text


def _line_translations(row: ContentRow, title: str, name: str, index: int, count: int) -> LineMap:
    found = LineMap(row.number)
    for key in row.texts:
        if key.startswith(f"{title}[") and key.endswith("]"):
            text = _nth(row.lines(key), index, count)
            if text:
                found[key[len(title) + 1 : -1].lower()] = LineMap(row.number, {name: text})
    return found
