"""What does a report say on paper: whole, or in two pages for the board?"""

from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hygie.foundation.design.pdf.render import pdf_render
from hygie.governance.exercises.retex import Retex
from hygie.governance.exercises.retex_data import retex_data

_FOLDER = Path(__file__).parent / "pdf"
# Two pages hold no more; the whole report has the rest.
_BOARD_LESSONS, _BOARD_ACTIONS, _LESSON_LENGTH = 4, 8, 220


def retex_paper(retex: Retex) -> bytes:
    """The whole report, PDF."""
    return pdf_render(_FOLDER / "retex.typ", retex_data(retex), language=_language())


def board_paper(retex: Retex) -> bytes:
    """Two pages for the board, PDF: what was proven, what is to decide."""
    return pdf_render(_FOLDER / "board.typ", board_data(retex), language=_language())


def board_data(retex: Retex) -> dict[str, object]:
    """What the two pages print: the head of each list, and how much the report holds besides."""
    found = retex_data(retex)
    for name, most in (
        ("strengths", _BOARD_LESSONS), ("gaps", _BOARD_LESSONS), ("actions", _BOARD_ACTIONS),
    ):  # fmt: skip
        rows = found[name]
        found[f"{name}_more"] = (
            _("… et %(count)d autres dans le rapport.") % {"count": len(rows) - most}
            if len(rows) > most
            else ""
        )
        found[name] = rows[:most]
    for lesson in (*found["strengths"], *found["gaps"]):
        lesson["text"] = _short(lesson["text"])
    return {**found, "log": [], "timeline": [], "survey": {"said": found["survey"]["said"]}}


def _short(text: str) -> str:
    return text if len(text) <= _LESSON_LENGTH else text[: _LESSON_LENGTH - 1].rstrip() + "…"


def _language() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"
