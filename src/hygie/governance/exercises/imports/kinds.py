"""Which files hold the script of an exercise, and how is each brought in?"""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from hygie.connectors.exercise_formats.chronogram import read_chronogram
from hygie.connectors.exercise_formats.opening import read_exercise
from hygie.connectors.exercise_formats.types import EXERCISE_FILES, ScenarioFile
from hygie.connectors.files.limits import Limits
from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.imports.types import Applied, Made, Plan, Text
from hygie.foundation.jobs.watch import Watch
from hygie.governance.exercises.choices import CellKind, Channel, Level, Nature, Play
from hygie.governance.exercises.imports.options import ChronogramOptions, ScenarioOptions
from hygie.governance.exercises.policies import DESIGNING, may_design
from hygie.governance.exercises.rooms import TIMELINES
from hygie.governance.exercises.selectors.exercises import script_get_in
from hygie.governance.exercises.services.brought import (
    SCRIPT_CLOSED,
    Destination,
    script_apply,
    script_plan,
)
from hygie.territory.organisations.selectors import organisation_by_code
from hygie.territory.perimeter import Perimeter
from hygie.territory.sheets.models import ColumnMapping
from hygie.territory.sheets.selectors import mapping_get_at

FIELDS: Mapping[str, Text] = {
    "format": _("Format"),
    "title": _("Titre"),
    "summary": _("Résumé"),
    "language": _("Langue"),
    "level": _("Niveau"),
    "play": _("Forme"),
    "duration_s": _("Durée prévue"),
    "simulated_start": _("Heure simulée du début"),
    "variables": _("Variables"),
    "injects": _("Lignes"),
    "cells": _("Cellules"),
    "objectives": _("Objectifs"),
    "name": _("Nom"),
    "kind": _("Nature"),
    "requirement": _("Exigence"),
    "competence": _("Compétence"),
    "plan": _("Plan"),
    "offset_s": _("Heure"),
    "nature": _("Nature"),
    "channel": _("Canal"),
    "sender": _("Émetteur simulé"),
    "body": _("Contenu"),
    "expected": _("Réaction attendue"),
    "objective": _("Objectif"),
    "options": _("Décisions proposées"),
    "score": _("Points"),
    "deadline_s": _("Délai de réaction (secondes)"),
    "comment": _("Note d'animation"),
    "deliverable": _("Livrable"),
    "attachments": _("Pièces jointes"),
    "conditions": _("Conditions"),
    "match": _("Conditions réunies"),
    "after_s": _("Attente (secondes)"),
    "chronogram": _("chronogramme"),
    "openaev": "OpenAEV",
    "cexf": "CEXF",
}


VALUES: Mapping[str, Mapping[Any, Text]] = {
    name: dict(choices.choices)
    for name, choices in (
        ("nature", Nature), ("channel", Channel), ("kind", CellKind), ("level", Level),
        ("play", Play),
    )
}  # fmt: skip


class ScriptImport:
    """What the three formats share."""

    kind: ClassVar[str]
    label: ClassVar[Text]
    help: ClassVar[Text]
    accepts: ClassVar[tuple[str, ...]]
    right: ClassVar[Any] = DESIGNING
    options_form: ClassVar[type[Form] | None] = ScenarioOptions
    notes: ClassVar[Mapping[str, Text]] = {
        SCRIPT_CLOSED: _(
            "L'exercice à remplacer n'est plus en préparation : son chronogramme est figé."
        ),
    }
    fields: ClassVar[Mapping[str, Text]] = FIELDS
    values: ClassVar[Mapping[str, Mapping[Any, Text]]] = VALUES
    limits: ClassVar[Limits] = EXERCISE_FILES

    def scope(self, perimeter: Perimeter, options: Mapping[str, Any]) -> int | None:
        """The organisation whose exercise it is."""
        place = self._destination(perimeter, options).organisation
        if options.get("mapping"):
            mapping_get_at(perimeter, TIMELINES, place, options["mapping"])
        return place.pk

    def read(
        self, path: Path, *, options: Mapping[str, Any], perimeter: Perimeter, watch: Watch
    ) -> Plan:
        """What it would make or change."""
        destination = self._destination(perimeter, options)
        brought = self._opened(path, options, perimeter, destination, watch)
        return script_plan(brought=brought, destination=destination)

    def apply(
        self,
        path: Path,
        *,
        options: Mapping[str, Any],
        perimeter: Perimeter,
        watch: Watch,
        plan_digest: str,
    ) -> Applied:
        """Do it."""
        destination = self._destination(perimeter, options)
        return script_apply(
            perimeter=perimeter,
            brought=self._opened(path, options, perimeter, destination, watch),
            destination=destination,
            plan_digest=plan_digest,
        )

    def made(self, perimeter: Perimeter, outcome: Mapping[str, Any]) -> Made | None:
        """The exercise that the import made or whose script it replaced, while it is there."""
        try:
            exercise = script_get_in(perimeter, int(outcome["exercise"]))
        except (KeyError, NotFound):
            return None
        return Made(exercise.title, reverse("exercises:exercise_prepare", args=[exercise.pk]))

    def _destination(self, perimeter: Perimeter, options: Mapping[str, Any]) -> Destination:
        place = organisation_by_code(perimeter, options["organisation"])
        if not may_design(perimeter, place):
            raise NotAllowed
        exercise = None
        if options.get("exercise"):
            exercise = script_get_in(perimeter, options["exercise"])
            # The draft says whose it is, whatever the place named beside it.
            assert exercise.organisation is not None  # noqa: S101  # one's own, hence someone's
            place = exercise.organisation
        return Destination(place, exercise, options.get("kind") or "run", options.get("title", ""))

    def _opened(
        self, path: Path, options: Mapping[str, Any], perimeter: Perimeter,
        destination: Destination, watch: Watch,
    ) -> ScenarioFile:  # fmt: skip
        def cancelled() -> bool:
            watch.check()
            return False

        watch.stage(gettext_noop("Lecture du fichier"))
        mapping = None
        if options.get("mapping"):
            place = destination.organisation
            mapping = mapping_get_at(perimeter, TIMELINES, place, options["mapping"])
        return self._scenario(path, options, mapping, cancelled)

    def _scenario(
        self, path: Path, options: Mapping[str, Any], mapping: ColumnMapping | None,
        cancelled: Callable[[], bool],
    ) -> ScenarioFile:  # fmt: skip
        raise NotImplementedError


class ChronogramImport(ScriptImport):
    """A timeline in a sheet."""

    kind = "exercises.chronogram"
    label = _("Chronogramme d'exercice")
    help = _(
        "Votre chronogramme Excel, OpenDocument ou CSV, avec vos titres : horaire, type, "
        "émetteur, destinataire, stimuli, réaction attendue… Un chronogramme sorti de Hygie y "
        "revient tel quel."
    )
    accepts = (".xlsx", ".ods", ".csv")
    options_form = ChronogramOptions

    def _scenario(
        self, path: Path, options: Mapping[str, Any], mapping: ColumnMapping | None,
        cancelled: Callable[[], bool],
    ) -> ScenarioFile:  # fmt: skip
        start = options.get("start") or ""
        return read_chronogram(
            path,
            start=dt.datetime.fromisoformat(start) if start else None,
            columns=options.get("columns") or (mapping.columns if mapping else {}),
            words=mapping.values if mapping else {},
            sheet=options.get("sheet") or "",
            cancelled=cancelled,
        )


class OpenAevImport(ScriptImport):
    """A scenario of OpenAEV."""

    kind = "exercises.openaev"
    label = _("Scénario OpenAEV")
    help = _(
        "L'export d'un scénario ou d'une simulation d'OpenAEV (ZIP ou JSON) : équipes, stimuli, "
        "objectifs, variables, attentes et dépendances. Les personnes ne sont jamais lues."
    )
    accepts = (".zip", ".json")

    def _scenario(
        self, path: Path, options: Mapping[str, Any], mapping: ColumnMapping | None,
        cancelled: Callable[[], bool],
    ) -> ScenarioFile:  # fmt: skip
        return read_exercise(path)


class CexfImport(ScriptImport):
    """An exercise in the Common Exercise Format."""

    kind = "exercises.cexf"
    label = _("Exercice au format CEXF")
    help = _(
        "Le format d'échange d'exercices de MISP, en JSON ; ce qu'un chronogramme ne peut pas "
        "tenir est gardé pour la sortie."
    )
    accepts = (".json", ".zip")

    def _scenario(
        self, path: Path, options: Mapping[str, Any], mapping: ColumnMapping | None,
        cancelled: Callable[[], bool],
    ) -> ScenarioFile:  # fmt: skip
        return read_exercise(path)
