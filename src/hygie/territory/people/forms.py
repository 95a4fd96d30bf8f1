"""What does one fill in to invite, give a role or describe oneself?"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import NotFound
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_by_code
from hygie.territory.people.choices import Role
from hygie.territory.perimeter import Perimeter


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RoleForm(forms.Form):
    """A role, where and for how long."""

    organisation = forms.CharField(
        label=_("Où"),
        max_length=20,
        help_text=_("Numéro FINESS, code du GHT ou code de la région."),
        widget=forms.TextInput(attrs={"list": "known-nodes", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Rôle"))
    since = forms.DateField(label=_("Depuis"), required=False, widget=_Day())
    until = forms.DateField(
        label=_("Jusqu'au"), required=False, widget=_Day(), help_text=_("Dernier jour, inclus.")
    )

    def __init__(self, *args: Any, perimeter: Perimeter, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.perimeter = perimeter
        named = [(role.value, role.label) for role in roles]
        self.fields["role"].choices = [("", _("Choisir…")), *named]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_organisation(self) -> Organisation:
        """The node that bears this code in the perimeter."""
        code = self.cleaned_data["organisation"].strip()
        try:
            return organisation_by_code(self.perimeter, code)
        except NotFound as error:
            raise forms.ValidationError(
                _("Aucune organisation de votre périmètre ne porte ce code.")
            ) from error

    def clean_role(self) -> Role:
        """The role itself."""
        return Role(self.cleaned_data["role"])


class InvitationForm(RoleForm):
    """Whom to invite, with a first role."""

    email = forms.EmailField(
        label=_("Adresse électronique professionnelle"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    first_name = forms.CharField(label=_("Prénom"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Nom"), max_length=150, required=False)

    field_order = ("email", "first_name", "last_name", "organisation", "role", "since", "until")


class ProfileForm(forms.Form):
    """How a person is named and spoken to."""

    first_name = forms.CharField(
        label=_("Prénom"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Nom"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    language = forms.ChoiceField(label=_("Langue de l'interface"), choices=settings.LANGUAGES)
