"""Which file is brought?"""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Fichier"),
        allow_empty_file=True,
        max_length=None,
        error_messages={"required": _("Choisissez un fichier.")},
    )

    @property
    def upload(self) -> "UploadedFile[Any]":
        """The file, once the form is valid."""
        found: UploadedFile[Any] = self.cleaned_data["file"]
        return found
