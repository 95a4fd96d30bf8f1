"""What does the page of one rehearsed attack show?"""

import datetime as dt
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.engines.ransomware.entries import EntryKind
from hygie.engines.ransomware.parameters import BY_KEY
from hygie.foundation.design.components.numbers import number_words
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.selectors import job_progress
from hygie.operations.impact.asked import TOGETHER
from hygie.operations.impact.charts import defences_chart, histogram_chart, spread_chart
from hygie.operations.impact.choices import WorkState
from hygie.operations.impact.defence_words import ENTRY_WORDS, defence_words, doubt_words
from hygie.operations.impact.models import RansomwareRehearsal
from hygie.operations.impact.pages.rehearsals import result_sentence
from hygie.operations.impact.parameter_words import UNIT_WORDS, WORDS, shown
from hygie.operations.impact.policies import may_export, may_rehearse
from hygie.operations.impact.selectors.marks import map_mark
from hygie.operations.impact.selectors.rehearsals import attacked_assets
from hygie.territory.perimeter import Perimeter

_SHOWN_ASSETS = 10


def rehearsal_context(perimeter: Perimeter, row: RansomwareRehearsal) -> dict[str, Any]:
    """Everything the page shows, whatever the state. 2 queries once it is done."""
    place = row.organisation
    context: dict[str, Any] = {
        "rehearsal": row,
        "place": place,
        "answer": rehearsal_answer(row),
        "reason": failure_words(row) if row.state == WorkState.FAILED else "",
        "job": row.job,
        "progress": job_progress(row.job) if row.job else None,
        "is_mine": bool(row.job and row.job.owner_id == perimeter.actor.user_id),
        "asked": asked_lines(row),
        "may_rehearse": may_rehearse(perimeter, place),
        "may_export": may_export(perimeter, place),
    }
    if row.state != WorkState.DONE:
        return context
    return context | {
        "is_stale": row.revision != map_mark(place),
        "histogram": histogram_chart(row),
        "spread": spread_chart(row),
        "defences": defence_lines(row),
        "defences_chart": defences_chart(row),
        "defences_answer": defences_answer(row),
        "most_taken": list(attacked_assets(row)[:_SHOWN_ASSETS]),
        "figures": _figures(row),
        "parameters": parameter_lines(row),
        "doubts": [(doubt_words(name), count) for name, count in row.summary["doubts"].items()],
        "exposure": exposure_sentence(row),
    }


def rehearsal_answer(row: RansomwareRehearsal) -> str:
    """The sentence under the title."""
    if row.state == WorkState.RUNNING:
        return _("Les attaques se rejouent : la page se met à jour d'elle-même.")
    if row.state == WorkState.FAILED:
        return _("Cette répétition n'a pas abouti.")
    return result_sentence(row)


def failure_words(row: RansomwareRehearsal) -> str:
    """Why a rehearsal has no answer."""
    if row.job is not None and row.job.state == JobState.CANCELLED:
        return _("La répétition a été arrêtée avant la fin.")
    return row.summary.get("reason") or _(
        "Le calcul s'est interrompu : relancez la répétition, ou prévenez l'administrateur."
    )


def asked_lines(row: RansomwareRehearsal) -> list[tuple[str, str]]:
    """The settings, in words."""
    asked = row.asked
    watched = _("oui") if asked["is_watched"] else _("non : personne ne voit rien")
    lines = [
        (_("Entrée"), entry_words(asked)),
        (_("Attaques rejouées"), number_format(row.runs, force_grouping=True)),
        (_("Jours suivis"), number_format(asked["horizon_days"], 0)),
        (_("Détection"), watched),
        (_("Graine"), str(row.seed)),
    ]
    for name, words in (
        ("notice_h", _("Heures de l'alerte à sa lecture")),
        ("contain_h", _("Heures de la lecture à l'attaque contenue")),
    ):
        if asked.get(name) is not None:
            lines.append((str(words), f"{asked[name]:g}"))
    return lines


def entry_words(asked: dict[str, Any]) -> str:
    """By which door, and which asset when one was named."""
    said = str(ENTRY_WORDS[EntryKind(asked["entry"])])
    return f"{said} ({asked['entry_name']})" if asked.get("entry_name") else said


def defence_lines(row: RansomwareRehearsal) -> list[dict[str, Any]]:
    """Each variant against the map as it is, the most useful first."""
    lines = [
        {
            "name": one["name"],
            "words": defence_words(one["name"]),
            "is_together": one["name"] == TOGETHER,
            "hours": one["hours"],
            "saved": one["saved"],
            "activities": one["activities_saved"],
            "launched": 100 * one["launched"]["mean"],
            "improved": 100 * one["improved"]["mean"],
            "worsened": 100 * one["worsened"]["mean"],
            # The interval of the paired difference tells whether anything is proven.
            "is_proven": one["saved"]["low"] > 0,
        }
        for one in row.summary["defences"]
    ]
    return sorted(lines, key=lambda line: (line["is_together"], -line["saved"]["mean"]))


def defences_answer(row: RansomwareRehearsal) -> str:
    """Which single defence saves most."""
    alone = [line for line in defence_lines(row) if not line["is_together"]]
    if not alone:
        return ""
    best = alone[0]
    if not best["is_proven"]:
        return _("Aucune des défenses comparées ne change nettement le résultat.")
    mean = row.summary["hours"]["mean"]
    share = 100 * best["saved"]["mean"] / mean if mean else 0
    return _("« %(words)s » épargne le plus : %(share)s %% des heures de soins perdues.") % {
        "words": best["words"], "share": number_format(share, 0),
    }  # fmt: skip


def parameter_lines(row: RansomwareRehearsal) -> list[tuple[str, str]]:
    """Parameters that were not the default, in words."""
    lines = []
    for key, value in row.summary["parameters"].items():
        parameter = BY_KEY.get(key)
        if parameter is not None and key in WORDS:
            told = f"{shown(parameter, value):g} {UNIT_WORDS[parameter.unit]}"
            lines.append((str(WORDS[key]), told))
    return lines


def exposure_sentence(row: RansomwareRehearsal) -> str:
    """What was known of the directory."""
    found = row.summary["exposure"]
    if found["share"] is None:
        return _(
            "Aucun audit d'annuaire : la prise de l'annuaire suit la valeur par défaut. Un audit "
            "rendrait le résultat plus juste."
        )
    said = _(
        "%(share)s %% des comptes ont un chemin vers le niveau 0, d'après l'audit du %(day)s."
    ) % {
        "share": number_format(100 * found["share"], 1), "day": _day(found["on"]),
    }  # fmt: skip
    if not found["is_stale"]:
        return said
    return _("%(said)s Cet audit est périmé.") % {"said": said}


def _day(text: Any) -> str:
    return date_format(dt.date.fromisoformat(str(text)), "SHORT_DATE_FORMAT") if text else "?"


def _figures(row: RansomwareRehearsal) -> dict[str, Any]:
    found = row.summary
    half, worst = found["quantiles"]["50"], found["quantiles"]["95"]
    return {
        "launched": 100 * found["launched"]["mean"],
        "alerted_first": 100 * found["alerted_first"]["mean"],
        "half": half,
        "worst_note": _("une fois sur vingt, plus de %(worst)d") % {"worst": worst},
        "hours_note": _("entre %(low)s et %(high)s, toutes activités additionnées")
        % {
            "low": number_words(round(found["hours"]["low"])),
            "high": number_words(round(found["hours"]["high"])),
        },
        "worst": worst,
        "half_words": ngettext(
            "Une fois sur deux, %(half)d activité s'arrête au plus ; une fois sur vingt, plus de "
            "%(worst)d.",
            "Une fois sur deux, %(half)d activités s'arrêtent au plus ; une fois sur vingt, plus "
            "de %(worst)d.",
            half,
        )
        % {"half": half, "worst": worst},
    }
