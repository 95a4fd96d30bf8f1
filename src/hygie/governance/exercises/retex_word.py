"""How does a report leave as a Word file that the establishment finishes in its own words?"""

import io
from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from hygie.governance.exercises.retex import Retex
from hygie.governance.exercises.retex_data import retex_data
from hygie.governance.exercises.retex_paper import board_data

_STAMP = RGBColor(0xA3, 0x20, 0x20)
_TEXT_PT, _SMALL_PT = 10.5, 9
# What XML forbids; a log may hold anything that was typed or pasted.
_ALLOWED = frozenset("\t\n")


def retex_word(retex: Retex) -> bytes:
    """The whole report, DOCX: same figures as the PDF, every text free to change."""
    data = retex_data(retex)
    texts = {one["key"]: one for one in data["texts"]}
    document = _begun(data)
    for name, value in data["facts"]:
        _line(document, f"{name} : {value}")
    _text(document, texts["summary"])
    _table(
        document, data["objectives_title"], data["objectives_heads"],
        [["\n".join(filter(None, (o["title"], o["about"]))), o["points"], o["official"],
          o["team"], o["own"], o["observed"]]
         for o in data["objectives"]],
    )  # fmt: skip
    _line(document, data["objectives_note"], is_small=True)
    _text(document, texts["conduct"])
    heads = data["timeline_heads"]
    _table(
        document, data["timeline_title"], [*heads[:3], *heads[4:]],
        [[m["planned"], m["played"], _moment(m), m["result"], m["delay"]]
         for m in data["timeline"]],
    )  # fmt: skip
    _text(document, texts["reactions"])
    _text(document, texts["lessons"])
    _lessons(document, data)
    _actions(document, data, texts["next_steps"]["text"])
    if data["maturity"]:
        _table(
            document, data["maturity_title"], data["maturity_heads"],
            [[m["title"], m["before"], m["after"], m["gain"]] for m in data["maturity"]],
        )  # fmt: skip
        _line(document, data["maturity_note"], is_small=True)
    _survey(document, data)
    _page_break(document)
    _table(
        document, data["log_title"], data["log_heads"],
        [[line["clock"], line["second"], line["cell"], line["kind"],
          f"{line['text']} ({line['by']})"] for line in data["log"]],
    )  # fmt: skip
    return _bytes(document)


def board_word(retex: Retex) -> bytes:
    """The two pages for the board, DOCX."""
    data: dict[str, Any] = dict(board_data(retex))
    texts = {one["key"]: one for one in data["texts"]}
    document = _begun(data)
    _text(document, texts["summary"])
    _table(
        document, data["objectives_title"], data["objectives_heads"][:3],
        [[o["title"], o["points"], o["official"]] for o in data["objectives"]],
    )  # fmt: skip
    _text(document, texts["reactions"])
    _page_break(document)
    _text(document, texts["board"], is_list=True)
    _lessons(document, data)
    _actions(document, data, "")
    return _bytes(document)


def _begun(data: dict[str, Any]) -> WordDocument:
    document = Document()
    style = document.styles["Normal"]
    style.font.size = Pt(_TEXT_PT)
    _language_set(style)
    document.core_properties.title = _clean(f"{data['report_title']} – {data['title']}")
    document.core_properties.author = "Hygie"
    section = document.sections[0]
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    stamp = head.add_run(data["stamp"])
    stamp.bold, stamp.font.color.rgb = True, _STAMP
    section.footer.paragraphs[0].add_run(data["footer"]).font.size = Pt(_SMALL_PT)
    _line(document, data["kicker"], is_small=True)
    document.add_heading(_clean(f"{data['report_title']} – {data['title']}"), level=1)
    document.add_paragraph().add_run(_clean(data["answer"])).bold = True
    return document


def _page_break(document: WordDocument) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _language_set(style: Any) -> None:
    """The spelling checker and the screen reader follow the language of the report."""
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), "en-GB" if (get_language() or "fr").startswith("en") else "fr-FR")
    style.element.get_or_add_rPr().append(tag)


def _text(document: WordDocument, section: dict[str, str], *, is_list: bool = False) -> None:
    document.add_heading(_clean(section["title"]), level=2)
    for line in section["text"].splitlines():
        if line.strip():
            document.add_paragraph(_clean(line), style="List Bullet" if is_list else None)


def _line(document: WordDocument, text: str, *, is_small: bool = False) -> None:
    run = document.add_paragraph().add_run(_clean(text))
    if is_small:
        run.font.size = Pt(_SMALL_PT)


def _table(
    document: WordDocument, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    if title:
        document.add_heading(_clean(title), level=2)
    if not rows:
        return
    table = document.add_table(rows=1, cols=len(heads), style="Light Grid Accent 1")
    # Repeated on each page, and told as a header to screen readers.
    properties = table.rows[0]._tr.get_or_add_trPr()  # no public door
    properties.append(OxmlElement("w:tblHeader"))
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        cell.text = _clean(words)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = _clean(words)
    for line in table.rows:
        for cell in line.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(_SMALL_PT)


def _lessons(document: WordDocument, data: dict[str, Any]) -> None:
    for name in ("strengths", "gaps"):
        document.add_heading(_clean(data[f"{name}_title"]), level=3)
        for one in data[name]:
            about = f" ({one['about']})" if one["about"] else ""
            document.add_paragraph(_clean(one["text"] + about), style="List Bullet")
        if not data[name]:
            _line(document, data["none"])
        if data.get(f"{name}_more"):
            _line(document, data[f"{name}_more"], is_small=True)


def _actions(document: WordDocument, data: dict[str, Any], text: str) -> None:
    document.add_heading(_clean(data["actions_title"]), level=2)
    if text:
        _line(document, text)
    _table(
        document, "", data["actions_heads"],
        [[one["title"], one["owner"], one["due"], one["state"]] for one in data["actions"]],
    )  # fmt: skip


def _survey(document: WordDocument, data: dict[str, Any]) -> None:
    document.add_heading(_clean(data["survey_title"]), level=2)
    _line(document, data["survey"]["said"])
    rows = data["survey"]["rows"]
    _table(
        document, "", [_("Question"), _("Moyenne"), "1", "2", "3", "4", "5"],
        [[one["text"], one["mean"], *map(str, one["spread"])] for one in rows if one["spread"]],
    )  # fmt: skip
    for one in rows:
        if one["texts"]:
            document.add_heading(_clean(one["text"]), level=3)
            for text in one["texts"]:
                document.add_paragraph(_clean(text), style="List Bullet")


def _moment(one: dict[str, Any]) -> str:
    return "\n".join([one["title"], *one["decisions"], *one["notes"]])


def _clean(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() or sign in _ALLOWED)


def _bytes(document: WordDocument) -> bytes:
    found = io.BytesIO()
    document.save(found)
    return found.getvalue()
