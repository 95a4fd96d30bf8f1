"""What does an audit say on paper? The same plain values as the JSON, in the reader's language."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hygie.foundation.design.components.states import STATES
from hygie.foundation.design.pdf.render import pdf_render
from hygie.operations.directory.catalogue import point_title
from hygie.operations.directory.choices import ExportChoice, PointChoice
from hygie.operations.directory.models import DirectoryAudit
from hygie.operations.directory.report import audit_as_data
from hygie.operations.directory.words import level_sentence

_DOCUMENT = Path(__file__).parent / "pdf" / "audit.typ"
_RANK = {state.code: rank for rank, state in enumerate(STATES)}
_SHOWN_STATES = ("passed", "partial", "cannot_tell", "failed", "not_applicable")


def audit_paper(audit: DirectoryAudit) -> bytes:
    """The PDF of a kept audit."""
    return answer_paper(audit_as_data(audit), place=audit.organisation.name)


def answer_paper(data: dict[str, Any], *, place: str = "") -> bytes:
    """The PDF of an audit given as plain values (`report`)."""
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    return pdf_render(_DOCUMENT, paper_data(data, place), language=language)


def paper_data(data: dict[str, Any], place: str) -> dict[str, Any]:
    """What the sheet prints."""
    level, exposure = data["level"], data["exposure"]
    points = sorted(
        data["points"], key=lambda one: (-_RANK[one["state"]], min(one["levels"], default=9))
    )
    holding = [one for one in points if level["at_best"] in one["failed_levels"]]
    return {
        "title": _("Annuaire %(forest)s") % {"forest": data["forest"] or "?"},
        "kicker": " · ".join(
            part for part in (place, _("collecté le %(day)s") % {"day": _day(data)}) if part
        ),
        "answer": level_sentence(
            level["at_best"], level["at_worst"], len(level["holding"]), len(level["undecided"])
        ),
        "footer": _("Hygie · un point indéterminé ne compte jamais comme atteint."),
        "level": level,
        "level_note": _("Vert : tenu. Tireté : possible si ce qui est indéterminé s'avère bon."),
        "holding_title": _("Ce qui bloque la marche suivante"),
        "holding_none": _("Rien : tous les points connus sont atteints."),
        "holding_heads": [_("Point de contrôle"), _("Niveau"), _("Objets")],
        "holding": [_point(one) for one in holding],
        "exposure_title": _("Qui peut atteindre le niveau 0"),
        "exposure": _exposure(exposure) if exposure else None,
        "unknown": _unknown(exposure) if exposure else "",
        "steps_title": _("Les coupures utiles, dans l'ordre"),
        "steps_heads": ["", _("Changement"), _("Comptes encore exposés"), _("Coût cumulé")],
        "steps": [
            {
                "sentence": one["sentence"],
                "exposed": number_format(one["exposed_users"], force_grouping=True),
                "cost": number_format(one["cumulated_cost"], 1),
            }
            for one in data["steps"]
        ],
        "points_title": _("Tous les points de contrôle"),
        "points_heads": [_("Point de contrôle"), _("Résultat"), _("Niveau"), _("Objets")],
        "points": [_point(one) for one in points],
        "legend": [
            [state.code, str(state.word)] for state in STATES if state.code in _SHOWN_STATES
        ],
        "sources_title": _("Sources"),
        "sources": [_source(one) for one in data["sources"]],
    }


def _day(data: dict[str, Any]) -> str:
    if not data["effective_on"]:
        return "?"
    return date_format(dt.date.fromisoformat(data["effective_on"]), "DATE_FORMAT")


def _point(one: dict[str, Any]) -> dict[str, str]:
    levels = one["failed_levels"] or one["undecided_levels"] or one["levels"]
    count = one["objects_count"]
    return {
        "title": point_title(one["point"]),
        "state": one["state"],
        "word": str(PointChoice(one["state"]).label),
        "levels": ", ".join(str(level) for level in levels),
        "concerned": number_format(count, force_grouping=True) if count else "",
    }


def _exposure(found: dict[str, Any]) -> str:
    words = {
        "exposed": number_format(found["exposed_users"], force_grouping=True),
        "users": number_format(found["users"], force_grouping=True),
    }
    said = (
        ngettext(
            "%(exposed)s compte sur %(users)s a un chemin vers le niveau 0.",
            "%(exposed)s comptes sur %(users)s ont un chemin vers le niveau 0.",
            found["exposed_users"],
        )
        % words
    )
    if found["any_user_exposed"]:
        said += " " + _("N'importe quel utilisateur authentifié y parvient.")
    return said


def _unknown(found: dict[str, Any]) -> str:
    if not found["unknown_hosts"]:
        return ""
    return _(
        "Sur %(unknown)s machines des %(hosts)s, sessions ou droits locaux n'ont pas été "
        "collectés : d'autres chemins sont possibles."
    ) % {"unknown": found["unknown_hosts"], "hosts": found["hosts"]}


def _source(one: dict[str, Any]) -> str:
    kind = str(ExportChoice(one["kind"]).label)
    return f"{kind} : {one['name']}" if one["name"] else kind
