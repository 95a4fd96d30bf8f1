"""What is asked of whoever prepares an exercise?"""

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hygie.governance.exercises.choices import (
    CellKind,
    Channel,
    Level,
    Nature,
    Play,
    Role,
    Sharing,
)
from hygie.governance.exercises.errors import TimeRefused
from hygie.governance.exercises.models import Exercise, Inject
from hygie.governance.exercises.times import moment_read, moment_written

Choices = Sequence[tuple[Any, Any]]
LANGUAGES = (("fr", _("français")), ("en", _("anglais")))
_INSTANT = "%Y-%m-%dT%H:%M"


class MomentField(forms.CharField):
    """A moment of the scenario, in the words of people; its value is in seconds."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, **options)
        self.widget.attrs |= {"inputmode": "text", "autocomplete": "off", "size": 8}

    def prepare_value(self, value: Any) -> Any:
        """Seconds as people write them."""
        return moment_written(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Seconds, or None when nothing is asked."""
        told = super().clean(value)
        if not told:
            return None
        try:
            return moment_read(told)
        except TimeRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


def instant_field(
    label: Any, *, required: bool = False, help_text: Any = ""
) -> forms.DateTimeField:
    """A day and an hour, in the browser's own control."""
    return forms.DateTimeField(
        label=label, required=required, help_text=help_text,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_INSTANT),
    )  # fmt: skip


class StartForm(forms.Form):
    """An exercise made from a model, or from another exercise."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    planned_at = instant_field(_("Prévu le"), help_text=_("Peut attendre."))


class BlankForm(StartForm):
    """An exercise, or a model, that begins with nothing."""

    language = forms.ChoiceField(label=_("Langue du scénario"), choices=LANGUAGES)
    is_model = forms.BooleanField(
        label=_("C'est un modèle : il ne se joue pas, il se reprend"), required=False
    )


class SettingsForm(forms.Form):
    """What an exercise says of itself."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    summary = forms.CharField(
        label=_("Résumé"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Pour l'animation : les joueurs ne le lisent pas."),
    )  # fmt: skip
    planned_at = instant_field(_("Prévu le"))
    duration_s = MomentField(
        label=_("Durée prévue"), help_text=_("En heures et minutes : 2:30."), required=False
    )
    simulated_start_at = instant_field(
        _("Heure simulée du début"),
        help_text=_(
            "L'heure que les joueurs imaginent quand l'exercice commence ; vide : la vraie."
        ),
    )
    level = forms.ChoiceField(label=_("Niveau"), choices=Level.choices)
    play = forms.ChoiceField(label=_("Forme"), choices=Play.choices)
    language = forms.ChoiceField(label=_("Langue du scénario"), choices=LANGUAGES)
    stop_word = forms.CharField(
        label=_("Mot d'arrêt"), required=False, max_length=40,
        help_text=_("Qui le prononce arrête tout : un vrai incident est survenu."),
    )  # fmt: skip
    is_survey_anonymous = forms.BooleanField(
        label=_("Le questionnaire des joueurs est anonyme"), required=False
    )

    def __init__(self, exercise: Exercise, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(exercise, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if exercise.kind == "template":
            del self.fields["planned_at"], self.fields["is_survey_anonymous"]

    def clean_duration_s(self) -> int:
        """Not before the start."""
        seconds: int = self.cleaned_data["duration_s"] or 0
        if seconds < 0:
            raise forms.ValidationError(_("Une durée ne peut pas être négative."))
        return seconds


class RowForm(forms.Form):
    """A row of the timeline, changed where it stands."""

    offset_s = MomentField(label=_("Heure"))
    title = forms.CharField(label=_("Sujet"), max_length=300)
    channel = forms.ChoiceField(label=_("Canal"), choices=Channel.choices)
    sender = forms.CharField(label=_("Émetteur simulé"), max_length=200, required=False)
    cells = forms.MultipleChoiceField(
        label=_("Destinataires"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, inject: Inject | None, cells: Choices, *args: Any, **kwargs: Any) -> None:
        initial = {} if inject is None else self.initial_of(inject)
        kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["cells"].choices = cells  # type: ignore[attr-defined]  # a choice field

    def initial_of(self, inject: Inject) -> dict[str, Any]:
        """What the row holds."""
        return {
            "title": inject.title, "offset_s": inject.offset_s, "channel": inject.channel,
            "sender": inject.sender, "cells": [cell.pk for cell in inject.cells.all()],
        }  # fmt: skip

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        said = dict(self.cleaned_data)
        cells = said.pop("cells")
        return {**said, "cell_ids": [int(pk) for pk in cells]}


class InjectForm(RowForm):
    """Everything of a row of the timeline."""

    nature = forms.ChoiceField(
        label=_("Nature"), choices=Nature.choices,
        help_text=_("« Animation » : seule l'animation la voit, quoi qu'elle contienne."),
    )  # fmt: skip
    body = forms.CharField(
        label=_("Contenu"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Ce que les joueurs lisent ou entendent. {{nom}} est remplacé par sa valeur."),
    )  # fmt: skip
    expected = forms.CharField(
        label=_("Réaction attendue"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    objective_id = forms.TypedChoiceField(
        label=_("Objectif testé"), required=False, coerce=int, empty_value=None
    )
    score = forms.IntegerField(label=_("Points"), min_value=0, max_value=100, required=False)
    deadline_min = forms.IntegerField(
        label=_("Délai de réaction (minutes)"), min_value=1, max_value=1440, required=False
    )
    options = forms.CharField(
        label=_("Décisions proposées"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une par ligne. Vide : aucune décision n'est demandée."),
    )  # fmt: skip
    comment = forms.CharField(
        label=_("Note d'animation"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    deliverable = forms.CharField(label=_("Livrable"), max_length=300, required=False)
    match = forms.ChoiceField(
        label=_("Elle n'est jouée que si"), required=False,
        choices=(("all", _("toutes ces conditions sont réunies")), ("any", _("l'une suffit"))),
    )  # fmt: skip
    after_min = forms.IntegerField(
        label=_("Puis attendre (minutes)"), min_value=0, max_value=1440, required=False
    )

    def __init__(
        self, inject: Inject | None, cells: Choices, objectives: Choices, conditions: Choices,
        *args: Any, **kwargs: Any,
    ) -> None:  # fmt: skip
        held = [json.dumps(one) for one in inject.conditions] if inject else []
        super().__init__(inject, cells, *args, **kwargs)
        self.fields["objective_id"].choices = [("", "–"), *objectives]  # type: ignore[attr-defined]
        self.condition_names = [f"condition_{number}" for number in range(len(held) + 2)]
        for number, name in enumerate(self.condition_names):
            self.fields[name] = forms.ChoiceField(
                label=_("Condition %(number)s") % {"number": number + 1}, required=False,
                choices=[("", "–"), *conditions],
                initial=held[number] if number < len(held) else "",
            )  # fmt: skip

    def initial_of(self, inject: Inject) -> dict[str, Any]:
        """What the row holds."""
        whole = ("nature", "body", "expected", "objective_id", "score", "comment", "deliverable",
                 "match")  # fmt: skip
        return {
            **super().initial_of(inject),
            **{name: getattr(inject, name) for name in whole},
            "deadline_s": inject.deadline_s,
            "after_s": inject.after_s,
            "deadline_min": None if inject.deadline_s is None else -(-inject.deadline_s // 60),
            "after_min": inject.after_s // 60 or None,
            "options": "\n".join(inject.options),
        }

    @property
    def conditions(self) -> list[Any]:
        """The fields of the conditions, for the page."""
        return [self[name] for name in self.condition_names]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        said = super().values
        asked = [said.pop(name) for name in self.condition_names]
        deadline, after = said.pop("deadline_min"), said.pop("after_min")
        # Minutes asked, seconds kept: what was not touched keeps its seconds.
        return said | {
            "conditions": [json.loads(one) for one in dict.fromkeys(asked) if one],
            "deadline_s": _seconds("deadline_min" in self.changed_data, deadline, self, "deadline"),
            "after_s": _seconds("after_min" in self.changed_data, after, self, "after") or 0,
            "options": said["options"].splitlines(),
            "score": said["score"] or 0,
            "match": said["match"] or "all",
        }


def _seconds(is_changed: bool, minutes: int | None, form: Any, name: str) -> int | None:
    kept = form.initial.get(f"{name}_s")
    if not is_changed and kept is not None:
        return int(kept)
    return None if minutes is None else minutes * 60


class ShiftForm(forms.Form):
    """From which moment on, and by how much, the timeline moves."""

    from_s = MomentField(label=_("À partir de"))
    by_min = forms.IntegerField(
        label=_("Décaler de (minutes)"), min_value=-1440, max_value=1440,
        help_text=_("Négatif : avancer."),
    )  # fmt: skip


class CellForm(forms.Form):
    """A group of players."""

    name = forms.CharField(label=_("Nom"), max_length=120)
    kind = forms.ChoiceField(label=_("Nature"), choices=CellKind.choices)


class ObjectiveForm(forms.Form):
    """What the exercise must prove."""

    title = forms.CharField(label=_("Objectif"), max_length=300)
    requirement = forms.CharField(
        label=_("Exigence prouvée"), required=False, max_length=250,
        help_text=_("Sa référence, par exemple D2.O1.C ; tapez quelques mots pour chercher."),
    )  # fmt: skip
    plan = forms.ChoiceField(
        label=_("Plan mis à l'épreuve"), required=False,
        help_text=_("Le rapport et la page des plans diront s'il a tenu."),
    )  # fmt: skip
    competence = forms.CharField(label=_("Compétence exercée"), required=False, max_length=200)

    def __init__(self, plans: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Fields are typed without what a choice adds to them.
        self.fields["plan"].choices = [("", _("aucun")), *plans]  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    """Someone who takes part."""

    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices, initial=Role.PLAYER)
    cell = forms.TypedChoiceField(label=_("Cellule"), required=False, coerce=int, empty_value=None)
    user = forms.TypedChoiceField(
        label=_("Compte"), required=False, coerce=int, empty_value=None,
        help_text=_("Une personne qui a un compte ici ; sinon donnez un nom."),
    )  # fmt: skip
    name = forms.CharField(label=_("Nom"), required=False, max_length=120)
    function = forms.CharField(label=_("Fonction"), required=False, max_length=120)
    email = forms.EmailField(
        label=_("Adresse"), required=False, help_text=_("Pour envoyer son lien à un invité.")
    )

    def __init__(self, cells: Choices, users: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cell"].choices = [("", "–"), *cells]  # type: ignore[attr-defined]
        self.fields["user"].choices = [("", _("un invité, sans compte")), *users]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        said = dict(self.cleaned_data)
        cell, user = said.pop("cell"), said.pop("user")
        return {**said, "cell_id": cell, "user_id": user}


class EditPersonForm(PersonForm):
    """Someone who takes part already: their account does not change."""

    def __init__(self, cells: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(cells, (), *args, **kwargs)
        del self.fields["user"]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        said = dict(self.cleaned_data)
        cell = said.pop("cell")
        return {**said, "cell_id": cell}


class ShareForm(forms.Form):
    """Who may take a model up."""

    sharing = forms.ChoiceField(label=_("Partagé avec"), choices=Sharing.choices)


class AttachmentForm(forms.Form):
    """A file that comes with a row of the timeline."""

    file = forms.FileField(label=_("Pièce jointe"))


class GenerateForm(forms.Form):
    """A scenario drawn from the map."""

    loss = forms.ChoiceField(label=_("Ce qui est perdu d'abord"))
    level = forms.ChoiceField(label=_("Niveau"), choices=Level.choices)
    duration_min = forms.TypedChoiceField(
        label=_("Durée du jeu"), coerce=int, initial=120,
        choices=[(minutes, moment_written(minutes * 60)) for minutes in (60, 90, 120, 180, 240)],
    )  # fmt: skip
    play = forms.ChoiceField(label=_("Forme"), choices=Play.choices)
    language = forms.ChoiceField(label=_("Langue du scénario"), choices=LANGUAGES)
    start = instant_field(
        _("Heure simulée du début"),
        help_text=_("Quand tout commence pour les joueurs : une nuit, un week-end…"),
    )
    until_h = forms.TypedChoiceField(
        label=_("Ce qui se joue"), coerce=int, required=False, empty_value=None, initial=0,
        choices=[
            (0, _("tout ce qui tombe")), (12, _("les 12 premières heures")),
            (24, _("les 24 premières heures")), (72, _("les 3 premiers jours")),
        ],
        help_text=_("Une longue panne se joue en parties, avec des sauts dans le temps."),
    )  # fmt: skip
    seed = forms.IntegerField(
        label=_("Tirage"), min_value=1, max_value=2**31 - 1, initial=1,
        help_text=_("Un autre nombre donne d'autres appels ; le même redonne le même scénario."),
    )  # fmt: skip
    title = forms.CharField(label=_("Titre"), max_length=200, required=False)
    planned_at = instant_field(_("Prévu le"), help_text=_("Peut attendre."))

    def __init__(self, losses: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["loss"].choices = losses  # type: ignore[attr-defined]  # a choice field
