"""What is asked of whoever keeps what they said of a sheet?"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class KeepForm(forms.Form):
    """The name under which what was said of a sheet is kept, and whether others may use it."""

    name = forms.CharField(
        label=_("Nom de la correspondance"), max_length=80,
        help_text=_("Par exemple : tableur des applications de la DSI."),
    )  # fmt: skip
    is_shared = forms.BooleanField(
        label=_("L'offrir aux autres structures du groupe"), required=False,
        help_text=_("Seuls les titres de colonnes sont partagés, jamais le contenu."),
    )  # fmt: skip


class MappingForm(KeepForm):
    """The same, with the words of the sheet that stand for others."""

    values = forms.CharField(
        label=_("Mots à traduire"), required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Un par ligne : colonne = mot → valeur. Par exemple : criticality = C1 → 4. Les mots "
            "courants sont déjà compris."
        ),
    )  # fmt: skip

    def clean_values(self) -> dict[str, dict[str, str]]:
        """Column → word of the sheet → what it stands for."""
        found: dict[str, dict[str, str]] = {}
        for line in self.cleaned_data["values"].splitlines():
            if not line.strip():
                continue
            column, is_told, rest = line.partition("=")
            word, is_given, value = rest.replace("->", "→").partition("→")
            if not (is_told and is_given and column.strip() and word.strip()):
                raise ValidationError(
                    _("« %(line)s » ne se lit pas : écrivez colonne = mot → valeur."),
                    params={"line": line.strip()[:80]},
                )
            found.setdefault(column.strip(), {})[word.strip()] = value.strip()
        return found


class MappingFileForm(forms.Form):
    """A mapping that someone gave."""

    file = forms.FileField(
        label=_("Fichier de correspondance"), allow_empty_file=True,
        error_messages={"required": _("Choisissez un fichier.")},
    )  # fmt: skip
