"""What does a rehearsal say on paper? The same figures as its page, in the reader's language."""

from pathlib import Path
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hygie.foundation.design.components.numbers import (
    number_words,
    percent_words,
    with_unit,
)
from hygie.foundation.design.pdf.render import pdf_render
from hygie.operations.impact.models import RansomwareRehearsal
from hygie.operations.impact.pages.rehearsal import (
    asked_lines,
    defence_lines,
    defences_answer,
    exposure_sentence,
    parameter_lines,
    rehearsal_answer,
)
from hygie.operations.impact.pages.rehearsals import care_rows
from hygie.operations.impact.selectors.rehearsals import attacked_assets
from hygie.operations.impact.words import hours_words

_DOCUMENT = Path(__file__).parent / "pdf" / "rehearsal.typ"
_SHOWN_ASSETS = 25


def rehearsal_paper(rehearsal: RansomwareRehearsal) -> bytes:
    """The PDF of a finished rehearsal."""
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    return pdf_render(_DOCUMENT, paper_data(rehearsal), language=language)


def paper_data(rehearsal: RansomwareRehearsal) -> dict[str, Any]:
    """What the sheet prints."""
    care = sorted(care_rows(rehearsal), key=lambda one: -one.hours)
    day = date_format(rehearsal.finished_at, "DATE_FORMAT") if rehearsal.finished_at else "?"
    return {
        "title": rehearsal.name,
        "kicker": f"{rehearsal.organisation.name} · {_('rejoué le %(day)s') % {'day': day}}",
        "answer": rehearsal_answer(rehearsal),
        "footer": _("Hygie · une attaque rejouée n'est pas une prévision : elle compare."),
        "care_title": _("Les soins perdus"),
        "care_heads": [
            _("Activité"), _("Criticité"), _("S'arrête"), _("Temps médian"), _("Heures perdues"),
        ],
        "care": [
            {
                "name": one.name,
                "rank": one.rank_words,
                "stopped": with_unit(number_words(one.stopped, 1), "%"),
                "when": "" if one.median_h is None else hours_words(one.median_h),
                "hours": f"{_whole(one.hours)} ({_whole(one.hours_low)}–{_whole(one.hours_high)})",
            }
            for one in care
        ],
        "defences_title": _("Les défenses comparées"),
        "defences_answer": defences_answer(rehearsal),
        "defences_heads": [
            _("Défense ajoutée"), _("Heures épargnées"), _("Intervalle"), _("Heures restantes"),
        ],
        "defences": [
            {
                "words": line["words"],
                "state": "passed" if line["is_proven"] else "cannot_tell",
                "saved": _whole(line["saved"]["mean"]),
                "interval": f"{_whole(line['saved']['low'])}–{_whole(line['saved']['high'])}",
                "left": _whole(line["hours"]["mean"]),
            }
            for line in defence_lines(rehearsal)
        ],
        "assets_title": _("Ce qui est perdu le plus souvent"),
        "assets_heads": [_("Élément"), _("Nature"), _("Pris"), _("Perdu pour les soins")],
        "assets": [
            {
                "name": one.name,
                "kind": one.kind_words,
                "taken": percent_words(one.taken),
                "lost": percent_words(one.lost),
            }
            for one in attacked_assets(rehearsal)[:_SHOWN_ASSETS]
        ],
        "known_title": _("Réglages, et ce que l'on sait"),
        "known": [
            *(_line(*one) for one in asked_lines(rehearsal)),
            exposure_sentence(rehearsal),
            *(_line(*one) for one in parameter_lines(rehearsal)),
        ],
    }  # fmt: skip


def _line(words: str, value: object) -> str:
    return _("%(field)s : %(value)s") % {"field": words, "value": value}


def _whole(value: float) -> str:
    return number_format(round(value), 0, force_grouping=True)
