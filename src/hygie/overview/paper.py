"""What does the director's sheet say? The cockpit as plain data for the PDF."""

from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hygie.foundation.design.components.states import state_counts
from hygie.foundation.design.pdf.render import pdf_render
from hygie.governance.assessment.choices import StateChoice
from hygie.overview.selectors.cockpit import Cockpit, ObjectiveRow
from hygie.overview.selectors.focus import Focus
from hygie.overview.selectors.trend import Move
from hygie.overview.selectors.words import answer, axis_sentence, percent
from hygie.programme.words import localized

_DOCUMENT = Path(__file__).parent / "pdf" / "cockpit.typ"
_CHILDREN_SHOWN = 25


def cockpit_pdf(cockpit: Cockpit, focus: Focus) -> bytes:
    """The sheet of a node, in the reader's language."""
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    return pdf_render(_DOCUMENT, _data(cockpit, focus, language), language=language)


def _data(cockpit: Cockpit, focus: Focus, language: str) -> dict[str, Any]:
    return {
        "title": cockpit.node.name,
        "kicker": _("Programme CaRE · situation au %(date)s")
        % {"date": date_format(cockpit.today, "DATE_FORMAT")},
        "answer": answer(cockpit),
        "footer": _("Hygie · « non testé », « indéterminé » et « périmé » ne comptent jamais "
                    "comme atteints."),
        "basis": _basis(cockpit),
        "axes_title": _("Les quatre axes"),
        "advice_title": _("Le plus utile aujourd'hui"),
        "advice": [{"title": act.title, "why": act.why} for act in focus.advice],
        "detail_title": _("Objectif par objectif"),
        "heads": [
            _("N°"),
            _("Objectif"),
            _("Entités atteignant l'objectif") if cockpit.is_aggregate else _("État"),
            _("Tendance sur un mois"),
        ],
        "axes": [
            {
                "number": block.axis.number,
                "title": localized(block.axis, "title", language),
                "sentence": axis_sentence(block, is_aggregate=cockpit.is_aggregate),
                "parts": [
                    [one.state.code, one.count, one.word] for one in state_counts(block.states)
                ],
                "rows": [_row(row, language) for row in block.rows],
            }
            for block in cockpit.axes
        ],
        "due_title": _("Prochaines échéances"),
        "due": [
            {
                "on": date_format(action.due_on, "SHORT_DATE_FORMAT") if action.due_on else "",
                "title": action.title,
                "place": action.organisation.name,
            }
            for action in focus.due
        ],
        "children_title": _("Sous ce niveau"),
        "children_heads": [_("Organisation"), _("Atteints"), _("Objectifs par état")],
        "children": [
            {
                "name": child.organisation.name,
                "share": percent(child.passed_share),
                "parts": _parts(child.states),
            }
            for child in cockpit.children[:_CHILDREN_SHOWN]
        ],
        "legend": [[state.value, str(state.label)] for state in StateChoice],
    }  # fmt: skip


def _basis(cockpit: Cockpit) -> str:
    """How what is written here is known."""
    if cockpit.confidence is None:
        return ""
    return _(
        "%(share)s des éléments sont mesurés ou vérifiés ; les autres sont déclarés, documentés ou "
        "inconnus"
    ) % {"share": percent(cockpit.confidence)}


def _row(row: ObjectiveRow, language: str) -> dict[str, Any]:
    state = row.state or (None if row.states else StateChoice.NOT_TESTED.value)
    return {
        "number": row.objective.number,
        "title": localized(row.objective, "title", language),
        "state": state,
        "word": str(StateChoice(state).label) if state else "",
        "parts": _parts(row.states),
        "share": _share(row.states),
        "trend": move_word(row.trend.month),
        "trend_move": row.trend.month.value,
    }


def _parts(states: dict[str, int]) -> list[list[Any]]:
    return [[state.value, states[state]] for state in StateChoice if states.get(state)]


def _share(states: dict[str, int]) -> str:
    """What the bar shows, in figures: how many of those concerned reach it."""
    total = sum(n for state, n in states.items() if state != StateChoice.NOT_APPLICABLE)
    return _("%(passed)d sur %(total)d") % {"passed": states.get("passed", 0), "total": total}


def move_word(found: Move) -> str:
    """A movement in words."""
    return {
        Move.BETTER: _("en progrès"),
        Move.WORSE: _("en recul"),
        Move.STEADY: _("stable"),
        Move.UNKNOWN: _("sans historique"),
    }[found]
