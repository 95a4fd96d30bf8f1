"""What is asked of whoever saves a loss, sets a parameter or rehearses an attack?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hygie.operations.impact.selectors.parameters import ParameterRow


class ScenarioForm(forms.Form):
    """The name under which a loss is found again."""

    name = forms.CharField(label=_("Nom de cette perte"), max_length=120)
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Pourquoi elle compte, ce qui a été décidé."),
    )  # fmt: skip


class ParameterForm(forms.Form):
    """A value and where it comes from."""

    value = forms.FloatField(label=_("Valeur ici"))
    note = forms.CharField(
        label=_("D'où vient cette valeur"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mesure, contrat, retour d'expérience : ce qui permet de la vérifier."),
    )  # fmt: skip

    def __init__(self, row: ParameterRow, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = _(
            "En %(unit)s, de %(low)s à %(high)s. Par défaut : %(default)s."
        ) % {
            "unit": row.unit, "low": f"{row.low:g}", "high": f"{row.high:g}",
            "default": f"{row.default:g}",
        }  # fmt: skip
        self.fields["value"].widget.attrs |= {"step": "any", "min": row.low, "max": row.high}
