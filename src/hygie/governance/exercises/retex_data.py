"""What do the sheets of a report print? Plain values, in the reader's language."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hygie.engines.exercise.maturity import Progress
from hygie.governance.exercises.catalogue_questions import maturity_parts
from hygie.governance.exercises.choices import InjectState, Result
from hygie.governance.exercises.models import Lesson
from hygie.governance.exercises.retex import Moment, ObjectiveLine, Retex
from hygie.governance.exercises.retex_texts import (
    answer_of,
    minutes_words,
    share_words,
    texts_of,
)
from hygie.governance.exercises.times import moment_written

RESULT_STATES = {
    Result.REACHED.value: "passed",
    Result.PARTIAL.value: "partial",
    Result.MISSED.value: "failed",
    Result.NOT_OBSERVED.value: "not_tested",
}
# A drawing of time keeps a margin before the start and after the end, in parts of its width.
_MARGIN = 0.02


def retex_data(retex: Retex) -> dict[str, Any]:
    """Everything that the report prints; see `retex_of` for what the figures are."""
    exercise = retex.exercise
    begun = localtime(exercise.started_at) if exercise.started_at else None
    day = date_format(begun, "DATE_FORMAT") if begun else "?"
    place = exercise.organisation.name if exercise.organisation else ""
    return {
        "stamp": _("EXERCICE"),
        "title": exercise.title,
        "report_title": _("Retour d'expérience"),
        "kicker": " · ".join(part for part in (place, day) if part),
        "answer": answer_of(retex),
        "footer": _("EXERCICE · rien de ce qui est raconté ici n'est réel · Hygie"),
        "facts": _facts(retex, day),
        "texts": [
            {"key": key, "title": title, "text": text} for key, title, text, _edited in
            texts_of(retex)
        ],
        "objectives_title": _("Objectifs"),
        "objectives_heads": [
            _("Objectif"), _("Points"), _("Note officielle"), _("Cellules"), _("Joueurs"),
            _("Observées"),
        ],
        "objectives": [objective_data(one) for one in retex.objectives],
        "objectives_note": _(
            "Une réaction que personne n'a observée n'entre dans aucun point. Les notes des "
            "joueurs ne sont dites qu'à partir de %(count)d réponses."
        ) % {"count": retex.survey.minimum},
        "timeline_title": _("Attendu et observé"),
        "timeline_heads": [
            _("Prévu"), _("Joué"), _("Stimulus"), _("Sur le temps de l'exercice"), _("Réaction"),
            _("Délai"),
        ],
        "timeline_note": _("Cercle : prévu. Disque : joué. Losange : première réaction."),
        "timeline": timeline_data(retex),
        "strengths_title": _("Points forts"),
        "strengths": [lesson_data(one) for one in retex.strengths],
        "gaps_title": _("Écarts"),
        "gaps": [lesson_data(one) for one in retex.gaps],
        "none": _("Aucun n'a été noté."),
        "actions_title": _("Plan d'actions"),
        "actions_heads": [_("Action"), _("Responsable"), _("Échéance"), _("État")],
        "actions": [action_data(one) for one in retex.gaps if one.action is not None],
        "maturity_title": _("Maturité de crise, selon l'établissement"),
        "maturity_heads": [_("Partie"), _("Avant"), _("Après"), _("Progrès")],
        "maturity": maturity_data(retex.maturity),
        "maturity_note": _(
            "Part des points des questions qui ont une réponse ; le progrès ne compte que celles "
            "qui en ont une avant et après."
        ),
        "survey_title": _("Ce que les joueurs en disent"),
        "survey": survey_data(retex),
        "log_title": _("Annexe : main courante"),
        "log_heads": [_("Heure"), _("Temps"), _("Cellule"), _("Nature"), _("Texte")],
        "log": [
            {
                "clock": f"{localtime(line.at):%H:%M:%S}",
                "second": moment_written(line.second),
                "cell": line.cell.name if line.cell else _("Animation") if line.is_for_staff
                else "",
                "kind": line.get_kind_display(),
                "text": _("Corrige « %(text)s » : %(now)s")
                % {"text": line.corrects.text, "now": line.text}
                if line.corrects
                else line.text,
                "by": line.author_name,
            }
            for line in retex.log
        ],
    }  # fmt: skip


def _facts(retex: Retex, day: str) -> list[list[str]]:
    exercise = retex.exercise
    lasted = retex.lasted.total_seconds() if retex.lasted else None
    return [
        [_("Joué le"), day],
        [_("Niveau, forme"), f"{exercise.get_level_display()}, {exercise.get_play_display()}"],
        [
            _("Durée prévue, réelle"),
            f"{minutes_words(exercise.duration_s)}, {minutes_words(lasted)}",
        ],
        [
            _("Joueurs"),
            ", ".join(f"{name} ({players})" for name, players in retex.cells) or "–",
        ],
        [_("Délai médian de réaction"), minutes_words(retex.median_s)],
        [_("Hors délai"), f"{retex.late} / {len(retex.timed)}" if retex.timed else "–"],
    ]


def objective_data(one: ObjectiveLine) -> dict[str, Any]:
    """One objective, its marks side by side."""
    score = one.score
    points = f"{number_format(score.points, 1)} / {number_format(score.possible, 0)}"
    return {
        "title": one.title,
        "requirement": one.requirement,
        "plan": one.plan,
        "competence": one.competence,
        "about": " · ".join(filter(None, (one.requirement, one.plan, one.competence))),
        "state": one.state,
        "points": f"{points} ({share_words(score.share)})" if score.possible else
        share_words(score.share),
        "official": share_words(score.official),
        "team": share_words(score.team),
        "own": share_words(score.own),
        "observed": f"{score.observed} / {score.expected}",
    }  # fmt: skip


def timeline_data(retex: Retex) -> list[dict[str, Any]]:
    """Rows of the timeline, each with its places on a common axis of time, 0 … 1."""
    seconds = [
        second
        for one in retex.moments
        for second in (float(one.inject.offset_s), one.played_s, one.reacted_s)
        if second is not None
    ]
    low, high = min(seconds, default=0.0), max(seconds, default=1.0)
    span = (high - low) or 1.0

    def place(second: float | None) -> float | None:
        if second is None:
            return None
        return round(_MARGIN + (1 - 2 * _MARGIN) * (second - low) / span, 4)

    return [_moment_data(one, place(one.inject.offset_s), place(one.played_s),
                         place(one.reacted_s)) for one in retex.moments]  # fmt: skip


def _moment_data(
    one: Moment, planned: float | None, played: float | None, reacted: float | None
) -> dict[str, Any]:
    row = one.inject
    is_late = one.delay.is_late if one.delay else None
    delay = minutes_words(one.delay.delay_s) if one.delay else ""
    return {
        "key": row.key,
        "title": row.title,
        "planned": _("improvisé") if row.is_improvised else moment_written(row.offset_s),
        "played": moment_written(int(one.played_s)) if one.played_s is not None else
        str(InjectState(row.state).label),
        "cells": ", ".join(one.cells) or _("toutes"),
        "planned_at": None if row.is_improvised else planned,
        "played_at": played,
        "reacted_at": reacted,
        "state": RESULT_STATES[one.result.value] if one.result else "",
        "result": str(Result(one.result.value).label) if one.result else "",
        "delay": f"{delay} – {_('hors délai')}" if is_late and one.reacted_s is not None else
        _("aucune réaction") if one.delay and one.delay.delay_s is None else delay,
        "is_late": bool(is_late),
        "notes": list(one.notes),
        "decisions": list(one.decisions),
    }  # fmt: skip


def lesson_data(one: Lesson) -> dict[str, str]:
    """A lesson and what it is about."""
    about = [one.cell.name if one.cell else "", one.objective.title if one.objective else ""]
    return {"text": one.text, "about": " · ".join(part for part in about if part)}


def action_data(one: Lesson) -> dict[str, str]:
    """The action that closes a gap."""
    action = one.action
    if action is None:
        return {}
    owner = action.owner.get_full_name() or action.owner.email if action.owner else ""
    return {
        "title": action.title,
        "gap": one.text,
        "owner": owner or action.owner_label or "–",
        "due": date_format(action.due_on, "SHORT_DATE_FORMAT") if action.due_on else "–",
        "state": action.get_state_display(),
    }


def maturity_data(rows: Sequence[Progress]) -> list[dict[str, Any]]:
    """Crisis maturity by part, the whole last; empty when nobody has answered anything."""
    if not any(one.before.known or one.after.known for one in rows):
        return []
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    titles = {part.key: part.title for part in maturity_parts(language)}
    return [
        {
            "title": titles.get(one.part, _("Ensemble")),
            "before": _known(one.before.share, one.before.unknown),
            "after": _known(one.after.share, one.after.unknown),
            "before_share": one.before.share,
            "after_share": one.after.share,
            "gain": "–" if one.gain is None else f"{number_format(round(100 * one.gain), 0)}",
        }
        for one in rows
    ]


def _known(share: float | None, unknown: int) -> str:
    if share is None or not unknown:
        return share_words(share)
    return f"{share_words(share)} ({unknown} ?)"


def survey_data(retex: Retex) -> dict[str, Any]:
    """The questionnaires: how many came in, and what may be told."""
    survey = retex.survey
    # Two numbers, each with its own plural.
    said = _("%(answered)s sur %(players)s.") % {
        "answered": ngettext("%(count)d réponse", "%(count)d réponses", survey.answered)
        % {"count": survey.answered},
        "players": ngettext("%(count)d joueur", "%(count)d joueurs", survey.players)
        % {"count": survey.players},
    }
    if not survey.is_told and survey.answered:
        said += " " + _(
            "En dessous de %(count)d réponses, rien d'autre n'est dit : l'anonymat a été promis."
        ) % {"count": survey.minimum}
    return {
        "said": said,
        "rows": [
            {
                "text": one.question.text,
                "low": one.question.low,
                "high": one.question.high,
                "mean": "–" if one.mean is None else number_format(one.mean, 1),
                "spread": list(one.spread),
                "texts": [_said(text, count) for text, count in one.texts],
                "count": one.count,
                "is_told": one.is_told,
            }
            for one in survey.results
        ],
    }


def _said(text: str, count: int) -> str:
    """An answer, with how many gave it when it is not alone."""
    if count == 1:
        return text
    return _("%(text)s (%(count)d fois)") % {"text": text, "count": count}
