"""What may be chosen when the file of a scenario is brought in?"""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hygie.connectors.exercise_formats.columns import CHRONOGRAM_COLUMNS
from hygie.governance.exercises.choices import ExerciseKind


class ScenarioOptions(forms.Form):
    """Where the script goes; an exercise is made unless a draft is named."""

    organisation = forms.CharField(
        label=_("Structure"), max_length=20,
        help_text=_("Numéro FINESS, code du GHT ou de la région."),
    )  # fmt: skip
    exercise = forms.IntegerField(
        label=_("Exercice à remplacer"), required=False, min_value=1, max_value=2**63 - 1,
        help_text=_("Numéro d'un exercice en préparation, dont le chronogramme est remplacé."),
    )  # fmt: skip
    title = forms.CharField(
        label=_("Titre"), required=False, max_length=200,
        help_text=_("Celui du fichier sinon."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("En faire"), required=False,
        choices=((ExerciseKind.RUN, _("un exercice")), (ExerciseKind.TEMPLATE, _("un modèle"))),
    )  # fmt: skip

    def clean_kind(self) -> str:
        """Absent means an exercise."""
        return self.cleaned_data["kind"] or ExerciseKind.RUN.value


class ChronogramOptions(ScenarioOptions):
    """A sheet: when it starts, and what its titles are."""

    start = forms.CharField(
        label=_("Début de l'exercice"), required=False, max_length=30,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Nécessaire quand le fichier donne des heures d'horloge comme 09:05."),
    )  # fmt: skip
    mapping = forms.IntegerField(
        label=_("Correspondance de colonnes"), required=False, min_value=1, max_value=2**63 - 1,
        help_text=_("Numéro d'une correspondance enregistrée ; sinon les titres sont reconnus."),
    )  # fmt: skip
    sheet = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    columns = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def clean_start(self) -> str:
        """An instant without zone, as text; "" when nobody said."""
        told = self.cleaned_data["start"].strip()
        if not told:
            return ""
        instant = forms.DateTimeField().to_python(told)
        if instant is None:
            raise forms.ValidationError(_("Écrivez une date et une heure : 2027-03-01 14:00."))
        return f"{instant:%Y-%m-%dT%H:%M:%S}"

    def clean_columns(self) -> dict[str, str]:
        """Our column → title of the sheet, "" for none; empty when all are recognised."""
        told = self.cleaned_data["columns"]
        if not told:
            return {}
        try:
            found: Any = json.loads(told)
        except (ValueError, RecursionError):
            found = None
        known = {column.name for column in CHRONOGRAM_COLUMNS}
        if (
            not isinstance(found, dict)
            or not set(found) <= known
            or not all(isinstance(title, str) for title in found.values())
        ):
            raise forms.ValidationError(_("Correspondance de colonnes illisible."))
        return found
