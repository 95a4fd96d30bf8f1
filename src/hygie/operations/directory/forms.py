"""What is asked of whoever audits a directory?"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hygie.operations.directory.choices import ForestPurpose, TierZeroVerb
from hygie.operations.directory.services.decisions import (
    HIGHEST_COST,
    LONGEST_ACCEPTANCE,
    LOWEST_COST,
)


class SeveralFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One file or more; each is checked as a file of its own."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        """The files, in the order given."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        check = super().clean
        return [check(one, initial) for one in given]


class ExportsForm(forms.Form):
    """The exports of one forest."""

    file = SeveralFilesField(
        label=_("Exports de l'annuaire"),
        allow_empty_file=True,
        error_messages={"required": _("Choisissez au moins un fichier.")},
    )
    purpose = forms.ChoiceField(
        label=_("Cette forêt est"), choices=ForestPurpose.choices, initial=ForestPurpose.PRODUCTION
    )

    is_collected_only = forms.BooleanField(
        label=_("Ne juger que les domaines de ces exports"), required=False,
        help_text=_(
            "À cocher si les autres domaines de la forêt n'existent plus. Sinon, ce qui en dépend "
            "reste indéterminé."
        ),
    )  # fmt: skip


class LevelForm(forms.Form):
    """A level known from elsewhere: the report of the ANSSI service, an audit made outside."""

    name = forms.CharField(label=_("Forêt (nom de domaine racine)"), max_length=255)
    level = forms.TypedChoiceField(
        label=_("Niveau"), coerce=int, choices=[(level, str(level)) for level in range(1, 6)]
    )
    effective_on = forms.DateField(
        label=_("Date de la collecte"), widget=forms.DateInput(attrs={"type": "date"})
    )
    failing = forms.MultipleChoiceField(
        label=_("Points de contrôle en échec"), required=False,
        help_text=_("Ceux que le rapport cite. Les autres restent indéterminés."),
    )  # fmt: skip
    purpose = forms.ChoiceField(
        label=_("Cette forêt est"), choices=ForestPurpose.choices, initial=ForestPurpose.PRODUCTION
    )

    def __init__(self, points: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["failing"].choices = points  # type: ignore[attr-defined]  # a choice field

    def clean_effective_on(self) -> dt.date:
        """Not in the future."""
        day: dt.date = self.cleaned_data["effective_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Cette date est dans le futur."))
        return day


class RiskForm(forms.Form):
    """Why a risk is accepted, and until when."""

    identifier = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Motif"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ce qui rend le risque acceptable, et qui l'a décidé."),
    )  # fmt: skip
    expires_on = forms.DateField(
        label=_("Jusqu'au"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Un an au plus : passé ce jour, le point compte de nouveau."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        attrs = self.fields["expires_on"].widget.attrs
        attrs |= {"min": today.isoformat(), "max": (today + LONGEST_ACCEPTANCE).isoformat()}


class TierZeroForm(forms.Form):
    """An object to put in or out of tier 0."""

    identifier = forms.CharField(
        label=_("Identifiant de l'objet"), max_length=300,
        help_text=_("SID ou GUID, comme sur la page des chemins."),
    )  # fmt: skip
    verb = forms.ChoiceField(
        label=_("Décision"),
        choices=[
            (TierZeroVerb.ADD, _("à protéger : il fait partie du niveau 0")),
            (TierZeroVerb.REMOVE, _("hors du niveau 0")),
        ],
    )
    reason = forms.CharField(label=_("Motif"), widget=forms.Textarea(attrs={"rows": 2}))


class CostsForm(forms.Form):
    """What each kind of change costs here."""

    def __init__(
        self,
        actions: Mapping[str, Any],
        defaults: Mapping[str, float],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for action, words in actions.items():
            self.fields[action] = forms.FloatField(
                label=words,
                required=False,
                min_value=LOWEST_COST,
                max_value=HIGHEST_COST,
                help_text=_("Par défaut : %(cost)s") % {"cost": f"{defaults[action]:g}"},
            )
