"""What does the folder of an exercise say on paper: to its staff, to its players?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from hygie.engines.exercise.types import InjectRecord, ScenarioRecord
from hygie.engines.exercise.variables import inject_filled
from hygie.engines.exercise.vocabulary import Channel, Nature
from hygie.foundation.design.pdf.render import pdf_render
from hygie.governance.exercises import choices
from hygie.governance.exercises.bridge import scenario_of
from hygie.governance.exercises.models import Exercise, Participant
from hygie.governance.exercises.pages.script import simulated_clock
from hygie.governance.exercises.selectors.exercises import participants_of
from hygie.governance.exercises.selectors.plans import plan_names
from hygie.governance.exercises.selectors.requirements import requirement_names
from hygie.governance.exercises.times import moment_written

_DOCUMENT = Path(__file__).parent / "pdf" / "kit.typ"
# Handed out or read out by the staff: each has its own sheet.
_ON_A_SHEET = frozenset({Channel.PAPER, Channel.PHONE})
_NAMES_IN_A_CELL = 60


def staff_kit(exercise: Exercise) -> bytes:
    """The folder of the staff: whole timeline, then a sheet for each text to hand or read out."""
    with override(exercise.language):
        scenario = scenario_of(exercise)
        injects = [inject_filled(one, scenario.variables) for one in scenario.injects]
        names = requirement_names(one.requirement for one in scenario.objectives)
        plans = plan_names(one.plan for one in scenario.objectives)
        objectives = [
            " – ".join(
                filter(
                    None,
                    (
                        one.title, names.get(one.requirement, ""), plans.get(one.plan, ""),
                        one.competence,
                    ),
                )
            )
            for one in scenario.objectives
        ]  # fmt: skip
        cells = {one.key: one.name for one in scenario.cells}
        data = _head(exercise, _("Dossier d'animation")) | {
            "lists": [
                *([[_("Objectifs"), objectives]] if objectives else []),
                *_people(exercise, scenario),
                [_("Règles du jeu"), _rules(exercise)],
            ],
            "rows_title": _("Chronogramme"),
            "rows": [_row(exercise, one, cells, scenario) for one in injects],
            "handouts": [
                _handout(exercise, one, cells)
                for one in injects
                if one.channel in _ON_A_SHEET and not one.is_for_staff and one.body.strip()
            ],
        }
        return pdf_render(_DOCUMENT, data, language=exercise.language)


def players_kit(exercise: Exercise) -> bytes:
    """The folder of the players: when, who is where, which rules. Not one row of the timeline."""
    with override(exercise.language):
        scenario = scenario_of(exercise)
        data = _head(exercise, _("Dossier des joueurs")) | {
            "lists": [*_people(exercise, scenario), [_("Règles du jeu"), _rules(exercise)]],
            "rows_title": "",
            "rows": [],
            "handouts": [],
        }
        return pdf_render(_DOCUMENT, data, language=exercise.language)


def _head(exercise: Exercise, kicker: str) -> dict[str, Any]:
    place = exercise.organisation.name if exercise.organisation else ""
    day = _("date à fixer")
    if exercise.planned_at is not None:
        day = date_format(localtime(exercise.planned_at), "DATETIME_FORMAT")
    facts = [
        [_("Structure"), place],
        [_("Date"), day],
        [_("Durée prévue"), moment_written(exercise.duration_s)],
        [_("Niveau"), str(exercise.get_level_display())],
        [_("Forme"), str(exercise.get_play_display())],
    ]
    if exercise.stop_word:
        facts.append([_("Mot d'arrêt"), exercise.stop_word])
    return {
        "title": exercise.title,
        "answer": _("Ceci est un exercice : rien de ce qui s'y passe n'est réel."),
        "kicker": f"{_('EXERCICE')} · {kicker}",
        "footer": f"{_('EXERCICE')} – {_('EXERCICE')} – {_('EXERCICE')} · {exercise.title}",
        "stamp": " · ".join([_("EXERCICE")] * 3),
        "facts": [pair for pair in facts if pair[1]],
    }


def _people(exercise: Exercise, scenario: ScenarioRecord) -> list[list[Any]]:
    people = list(participants_of(exercise))
    found: list[list[Any]] = []
    staff = [one for one in people if one.role != choices.Role.PLAYER]
    if staff:
        found.append([_("Animation et observation"), [_person(one) for one in staff]])
    for cell in scenario.cells:
        sitting = [
            one for one in people
            if one.cell is not None and one.cell.key == cell.key
            and one.role == choices.Role.PLAYER
        ]  # fmt: skip
        named = [_person(one) for one in sitting[:_NAMES_IN_A_CELL]]
        found.append([cell.name, named or [_("à désigner")]])
    return found


def _person(one: Participant) -> str:
    told = f"{one.name}, {one.function}" if one.function else one.name
    return told if one.role == choices.Role.PLAYER else f"{told} ({one.get_role_display()})"


def _rules(exercise: Exercise) -> list[str]:
    rules = [
        _("Chaque message, appel ou document de l'exercice porte ou commence par EXERCICE."),
        _("Rien n'est coupé, isolé ni restauré pour de vrai : on dit ce que l'on ferait."),
        _("Les appels se passent entre participants ; personne d'extérieur n'est joint."),
        _("Un vrai incident passe avant tout : il se dit, et l'exercice s'arrête."),
    ]
    if exercise.stop_word:
        rules.append(
            _("« %(word)s » arrête tout, dit par n'importe qui.") % {"word": exercise.stop_word}
        )
    return rules


def _row(
    exercise: Exercise, one: InjectRecord, cells: dict[str, str], scenario: ScenarioRecord
) -> dict[str, Any]:
    objectives = {objective.key: objective.title for objective in scenario.objectives}
    deadline = f"{-(-one.deadline_s // 60)} min" if one.deadline_s else ""
    notes = [
        [_("Attendu :"), one.expected],
        [_("Décisions :"), " / ".join(one.options)],
        [_("Objectif :"), objectives.get(one.objective, "")],
        [_("Délai et points :"), " · ".join(filter(None, (deadline, str(one.score or ""))))],
        [_("Livrable :"), one.deliverable],
        [_("Pièces :"), ", ".join(one.attachments)],
        [_("Seulement si :"), _conditions(one, scenario)],
        [_("Animation :"), one.comment],
    ]
    clock = simulated_clock(exercise, one.offset_s)
    about = [str(choices.Channel(one.channel.value).label), one.sender]
    return {
        "moment": " ".join(filter(None, (moment_written(one.offset_s), clock))),
        "title": one.title,
        "about": " · ".join(filter(None, about)),
        "to": _recipients(one, cells),
        "body": one.body,
        "notes": [pair for pair in notes if pair[1].strip()],
        "staff": one.nature is Nature.FACILITATION,
    }


def _conditions(one: InjectRecord, scenario: ScenarioRecord) -> str:
    titles = {inject.key: inject.title for inject in scenario.injects}
    told = [
        " = ".join(
            filter(None, (titles.get(condition.inject, condition.inject), _value(condition)))
        )
        for condition in one.conditions
    ]
    joint = _(" et ") if one.match.value == "all" else _(" ou ")
    return joint.join(told)


def _value(condition: Any) -> str:
    if condition.value in choices.Result.values:
        return str(choices.Result(condition.value).label)
    return str(condition.value)


def _recipients(one: InjectRecord, cells: dict[str, str]) -> str:
    if one.is_for_staff:
        return _("animation")
    return ", ".join(cells.get(key, key) for key in one.cells) or _("tous")


def _handout(exercise: Exercise, one: InjectRecord, cells: dict[str, str]) -> dict[str, Any]:
    moments: Sequence[str] = (moment_written(one.offset_s), simulated_clock(exercise, one.offset_s))
    return {
        "facts": [
            [_("Heure"), " ".join(filter(None, moments))],
            [_("Canal"), str(choices.Channel(one.channel.value).label)],
            [_("De"), one.sender or "–"],
            [_("À"), _recipients(one, cells)],
        ],
        "body": one.body,
    }
