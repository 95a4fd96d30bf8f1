"""Which attacks were rehearsed, with which parameters?"""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from hygie.operations.impact.choices import WorkState


class RansomwareRehearsal(models.Model):
    """A ransomware played thousands of times on the map, with and without some defences."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("nom"), max_length=120)
    state = models.CharField(max_length=8, choices=WorkState.choices, default=WorkState.RUNNING)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    # Entry, horizon, detection, defences compared: `asked.Asked`.
    asked: "models.JSONField[dict[str, Any]]" = models.JSONField(default=dict)
    seed = models.PositiveBigIntegerField(default=1)
    runs = models.PositiveIntegerField(default=2000)
    # Of the map and of the parameters, as read when it was computed.
    revision = models.CharField(max_length=64, blank=True)
    # What pages show as it is: sentence's figures, distribution, activities, curve, defences.
    summary: "models.JSONField[dict[str, Any]]" = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder
    )
    # Arrays of each asset: probability, interval, times.
    pack = models.ForeignKey(
        "documents.Document", null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["organisation", "state", "-id"], name="rehearsal_latest")]

    def __str__(self) -> str:
        return self.name


class ImpactParameter(models.Model):
    """A parameter of the model that an establishment knows better than the default."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField(max_length=80)
    value = models.FloatField(_("valeur"))
    note = models.TextField(_("d'où vient cette valeur"))
    set_at = models.DateTimeField(auto_now=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_value_of_parameter"),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value:g}"
