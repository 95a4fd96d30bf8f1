"""Which title of someone's sheet is which of our columns?"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class ColumnMapping(models.Model):
    """Which title of someone's sheet is which of our columns, kept for the next time."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("nom"), max_length=80)
    # What the sheet is about, in the words of the room that reads it: "server", "chronogram".
    subject = models.CharField(max_length=20)
    # Our column → the sheet's title; and what its words stand for: column → {word: value}.
    columns: "models.JSONField[dict[str, str]]" = models.JSONField(default=dict)
    values: "models.JSONField[dict[str, Any]]" = models.JSONField(default=dict, blank=True)
    is_shared = models.BooleanField(_("offert aux autres structures du groupe"), default=False)
    made_by = models.ForeignKey(
        "people.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="mapping_name_is_unique_in_organisation"
            )
        ]

    def __str__(self) -> str:
        return self.name
