"""What may be chosen when a file of the information system is brought in?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hygie.connectors.inventories.mapping import INTERFACES, LINKS, MIXED
from hygie.territory.estate.choices import AssetKind

FILE_WINS, FILL_ONLY = "file", "fill"
MAKE, LEAVE = "make", "leave"

_WINS = (FILE_WINS, _("le fichier remplace ce qui diffère"))
_FILLS = (FILL_ONLY, _("le fichier ne remplit que les champs vides"))
_CREATIONS = (
    (MAKE, _("les ajouter à la carte")),
    (LEAVE, _("les laisser de côté, et le dire")),
)


class InventoryOptions(forms.Form):
    """Options of a scan: what people wrote stays."""

    organisation = forms.CharField(
        label=_("Structure"),
        max_length=20,
        help_text=_("Numéro FINESS ou code du GHT de la structure dont c'est le système."),
    )
    on_difference = forms.ChoiceField(
        label=_("Quand un champ est déjà rempli autrement"),
        choices=(_FILLS, _WINS),
        required=False,
    )
    unknown_names = forms.ChoiceField(
        label=_("Éléments seulement cités (site, fournisseur, autre bout d'un lien)"),
        choices=_CREATIONS,
        required=False,
    )

    def clean_on_difference(self) -> str:
        """Absent means the first choice."""
        return self.cleaned_data["on_difference"] or self._first("on_difference")

    def clean_unknown_names(self) -> str:
        """Absent means the first choice."""
        return self.cleaned_data["unknown_names"] or self._first("unknown_names")

    def _first(self, name: str) -> str:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        return str(field.choices[0][0])  # type: ignore[index]  # a list, whatever the stubs say


class FileOptions(InventoryOptions):
    """Options of a file that people keep: it says what they want."""

    on_difference = forms.ChoiceField(
        label=_("Quand un champ est déjà rempli autrement"),
        choices=(_WINS, _FILLS),
        required=False,
    )


class MappedOptions(FileOptions):
    """A file whose titles someone may have mapped."""

    mapping = forms.IntegerField(
        label=_("Correspondance de colonnes"),
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text=_("Numéro d'une correspondance enregistrée ; sinon les titres sont reconnus."),
    )


class SheetOptions(MappedOptions):
    """Options of a sheet of assets."""

    subject = forms.ChoiceField(
        label=_("Ce que contient la feuille"),
        required=False,
        choices=(
            ("", _("le reconnaître, feuille par feuille")),
            *AssetKind.choices,
            (MIXED, _("des éléments de plusieurs natures")),
            (LINKS, _("des liens")),
            (INTERFACES, _("une liste d'interfaces")),
        ),
    )

    def clean(self) -> dict[str, Any]:
        """A mapping says itself what the sheet contains."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("mapping"):
            cleaned["subject"] = ""
        return cleaned
