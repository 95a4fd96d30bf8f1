"""What is asked after the play: lessons, actions, words of the report, doors to it?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hygie.governance.exercises.choices import LessonKind
from hygie.governance.exercises.forms import Choices
from hygie.governance.exercises.services.report import LINK_DAYS
from hygie.progress.choices import ActionPriority


class LessonForm(forms.Form):
    """A strength or a gap."""

    kind = forms.ChoiceField(label=_("C'est un"), choices=LessonKind.choices)
    text = forms.CharField(
        label=_("Constat"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ce qui s'est passé, pas qui est fautif."),
    )  # fmt: skip
    cell = forms.TypedChoiceField(label=_("Cellule"), required=False, coerce=int, empty_value=None)
    objective = forms.TypedChoiceField(
        label=_("Objectif"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, cells: Choices, objectives: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cell"].choices = [("", _("toutes")), *cells]  # type: ignore[attr-defined]
        self.fields["objective"].choices = [("", "–"), *objectives]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        said = dict(self.cleaned_data)
        return {"cell_id": said.pop("cell"), "objective_id": said.pop("objective"), **said}


class LessonActionForm(forms.Form):
    """What closes a gap: by whom, for when."""

    title = forms.CharField(label=_("Action"), max_length=250)
    owner = forms.TypedChoiceField(
        label=_("Responsable"), required=False, coerce=int, empty_value=None
    )
    owner_label = forms.CharField(
        label=_("ou sa fonction"), required=False, max_length=120,
        help_text=_("Pour qui n'a pas de compte ici."),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("Échéance"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    priority = forms.TypedChoiceField(
        label=_("Priorité"), choices=ActionPriority.choices, coerce=int,
        initial=ActionPriority.NORMAL,
    )  # fmt: skip

    def __init__(self, people: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "–"), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Someone answers for it."""
        said = super().clean() or self.cleaned_data
        if not said.get("owner") and not said.get("owner_label"):
            self.add_error("owner_label", _("Donnez un responsable, ou sa fonction."))
        return said

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        said = dict(self.cleaned_data)
        return {"owner_id": said.pop("owner"), **said}


class ReportLinkForm(forms.Form):
    """For whom the report is opened, and until when."""

    label = forms.CharField(label=_("Pour qui"), max_length=120)
    days = forms.IntegerField(
        label=_("Pendant (jours)"), min_value=LINK_DAYS[0], max_value=LINK_DAYS[1], initial=15
    )
    is_board_only = forms.BooleanField(
        label=_("Les deux pages pour la direction seulement"), required=False
    )
