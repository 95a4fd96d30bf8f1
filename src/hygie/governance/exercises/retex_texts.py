"""Which sentences does a report say by itself, until someone writes better ones?"""

from collections.abc import Callable, Mapping

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.engines.exercise.vocabulary import Result
from hygie.governance.exercises.choices import InjectState, Role
from hygie.governance.exercises.retex import Retex
from hygie.governance.exercises.sections import SECTIONS
from hygie.progress.choices import ActionPriority


def minutes_words(seconds: float | None) -> str:
    """A delay as people say it: `4 min`, `1 h 20`; "–" when there is none."""
    if seconds is None:
        return "–"
    minutes = round(abs(seconds) / 60)
    sign = "−" if seconds < 0 and minutes else ""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return sign + _("%(count)d min") % {"count": minutes}
    return sign + (_("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": rest})


def share_words(share: float | None) -> str:
    """A share in percent; "–" when it is not known."""
    return "–" if share is None else f"{number_format(round(100 * share), 0)} %"


def answer_of(retex: Retex) -> str:
    """In one sentence: what did the exercise prove?"""
    judged, unseen = retex.judged, len(retex.objectives) - len(retex.judged)
    if not judged:
        return _("Aucun objectif n'a pu être jugé : notez-les, ou notez les réactions observées.")
    said = ngettext(
        "%(reached)d objectif atteint sur %(judged)d jugé.",
        "%(reached)d objectifs atteints sur %(judged)d jugés.",
        sum(judged),
    ) % {"reached": sum(judged), "judged": len(judged)}
    if unseen:
        said += " " + ngettext(
            "%(count)d n'a pas été observé.", "%(count)d n'ont pas été observés.", unseen
        ) % {"count": unseen}
    if retex.gaps:
        said += " " + ngettext(
            "%(gaps)d écart, dont %(orphans)d sans action.",
            "%(gaps)d écarts, dont %(orphans)d sans action.",
            len(retex.gaps),
        ) % {"gaps": len(retex.gaps), "orphans": len(retex.orphans)}
    return said


def texts_of(retex: Retex) -> list[tuple[str, str, str, bool]]:
    """Key, title and text of each section, and whether someone wrote it."""
    kept = retex.exercise.report_texts
    return [
        (key, str(title), kept.get(key) or _COMPUTED[key](retex), key in kept)
        for key, title in SECTIONS.items()
    ]


def computed_text(retex: Retex, section: str) -> str:
    """What a section says by itself."""
    return _COMPUTED[section](retex)


def _summary(retex: Retex) -> str:
    exercise = retex.exercise
    day = date_format(localtime(exercise.started_at), "DATE_FORMAT") if exercise.started_at else "?"
    said = ngettext(
        "L'exercice « %(title)s » (%(level)s, %(play)s) a été joué le %(day)s par %(players)d "
        "personne, pendant %(time)s. Cellules : %(cells)s.",
        "L'exercice « %(title)s » (%(level)s, %(play)s) a été joué le %(day)s par %(players)d "
        "personnes, pendant %(time)s. Cellules : %(cells)s.",
        retex.people[Role.PLAYER],
    ) % {
        "title": exercise.title, "level": exercise.get_level_display(),
        "play": exercise.get_play_display(), "day": day, "players": retex.people[Role.PLAYER],
        "cells": ", ".join(name for name, _players in retex.cells) or "–",
        "time": minutes_words(retex.lasted.total_seconds() if retex.lasted else None),
    }  # fmt: skip
    return f"{said} {answer_of(retex)}"


def _conduct(retex: Retex) -> str:
    states = [one.inject.state for one in retex.moments]
    improvised = sum(one.inject.is_improvised for one in retex.moments)
    said = _(
        "Lignes jouées : %(played)d ; sautées : %(skipped)d ; jamais venues : %(never)d ; "
        "improvisées : %(improvised)d. Suspensions : %(pauses)d."
    ) % {
        "played": states.count(InjectState.PLAYED), "skipped": states.count(InjectState.SKIPPED),
        "never": states.count(InjectState.PLANNED), "improvised": improvised,
        "pauses": retex.pauses,
    }  # fmt: skip
    drifts = [abs(one.drift_s) for one in retex.moments if one.drift_s is not None]
    if drifts:
        said += " " + _("Le plus grand écart au chronogramme est de %(time)s.") % {
            "time": minutes_words(max(drifts))
        }
    return said


def _reactions(retex: Retex) -> str:
    results = [one.result for one in retex.moments if one.result is not None]
    said = _(
        "Réactions attendues : %(expected)d ; atteintes : %(reached)d ; partielles : %(partial)d ; "
        "manquées : %(missed)d ; non observées : %(unseen)d."
    ) % {
        "expected": len(results), "reached": results.count(Result.REACHED),
        "partial": results.count(Result.PARTIAL), "missed": results.count(Result.MISSED),
        "unseen": results.count(Result.NOT_OBSERVED),
    }  # fmt: skip
    if retex.median_s is not None:
        said += " " + _("La moitié des réactions est venue en %(time)s ou moins.") % {
            "time": minutes_words(retex.median_s)
        }
    if retex.timed:
        said += " " + _("À donner dans un délai : %(timed)d, dont hors délai : %(late)d.") % {
            "timed": len(retex.timed), "late": retex.late,
        }  # fmt: skip
    return said


def _lessons(retex: Retex) -> str:
    if not retex.lessons:
        return _("Aucun point fort ni écart n'a encore été noté.")
    return _("Points forts à garder : %(strengths)d. Écarts à combler : %(gaps)d.") % {
        "strengths": len(retex.strengths), "gaps": len(retex.gaps),
    }  # fmt: skip


def _next_steps(retex: Retex) -> str:
    actions = [one.action for one in retex.gaps if one.action is not None]
    due = [one.due_on for one in actions if one.due_on is not None]
    said = ngettext(
        "%(count)d action décidée.", "%(count)d actions décidées.", len(actions)
    ) % {"count": len(actions)}  # fmt: skip
    if due:
        said += " " + _("Première échéance le %(first)s, dernière le %(last)s.") % {
            "first": date_format(min(due), "DATE_FORMAT"),
            "last": date_format(max(due), "DATE_FORMAT"),
        }
    if retex.orphans:
        said += " " + ngettext(
            "%(count)d écart attend encore un responsable et une échéance.",
            "%(count)d écarts attendent encore un responsable et une échéance.",
            len(retex.orphans),
        ) % {"count": len(retex.orphans)}
    return said


def _board(retex: Retex) -> str:
    asked = [
        _("Confier à quelqu'un, avec une échéance : %(gap)s") % {"gap": one.text}
        for one in retex.orphans
    ]
    asked += [
        _("Soutenir : %(action)s (%(due)s)") % {
            "action": one.action.title,
            "due": date_format(one.action.due_on, "DATE_FORMAT") if one.action.due_on else "–",
        }
        for one in retex.gaps
        if one.action is not None and one.action.priority == ActionPriority.HIGH
    ]  # fmt: skip
    return "\n".join(asked) or _("Prendre acte du retour d'expérience et du plan d'actions.")


_COMPUTED: Mapping[str, Callable[[Retex], str]] = {
    "summary": _summary,
    "conduct": _conduct,
    "reactions": _reactions,
    "lessons": _lessons,
    "next_steps": _next_steps,
    "board": _board,
}
