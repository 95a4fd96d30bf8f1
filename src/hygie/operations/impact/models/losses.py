"""Which losses were saved, which were ranked?"""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from hygie.operations.impact.choices import LossFamily, RankedKind, WorkState


class LossScenario(models.Model):
    """A loss worth finding again: a name, and what is lost."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("nom"), max_length=120)
    # As addresses write them: "supplier:12", "internet".
    losses: "models.JSONField[list[str]]" = models.JSONField(default=list)
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_loss_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class LossRanking(models.Model):
    """Every single loss, and the pairs worth trying, for one revision of a map."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=8, choices=WorkState.choices, default=WorkState.RUNNING)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    # Of the map and of the parameters, as read when it was computed.
    revision = models.CharField(max_length=64, blank=True)
    # How many losses were tried, how many care activities there are, what is told at once.
    summary: "models.JSONField[dict[str, Any]]" = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["organisation", "state", "-id"], name="ranking_latest")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.revision}"


class RankedLoss(models.Model):
    """One loss of a ranking, only those that touch care."""

    ranking = models.ForeignKey(LossRanking, on_delete=models.CASCADE, related_name="losses")
    size = models.CharField(max_length=6, choices=RankedKind.choices, default=RankedKind.SINGLE)
    family = models.CharField(max_length=12, choices=LossFamily.choices, default=LossFamily.OBJECT)
    asset = models.ForeignKey("estate.Asset", null=True, on_delete=models.CASCADE, related_name="+")
    # The second of a pair.
    other = models.ForeignKey("estate.Asset", null=True, on_delete=models.CASCADE, related_name="+")
    # Of the asset: what lists filter by.
    kind = models.CharField(max_length=20, blank=True)
    weight = models.FloatField(default=0)
    stopped = models.PositiveIntegerField(default=0)
    degraded = models.PositiveIntegerField(default=0)
    # Of the stopped, those of vital criticality.
    vital = models.PositiveIntegerField(default=0)
    # When the first activity stops; null = none does.
    first_min = models.FloatField(null=True)

    class Meta:
        ordering = ["-weight", "-stopped", "-degraded", "id"]
        indexes = [
            models.Index(fields=["ranking", "-weight", "id"], name="ranked_by_weight"),
            models.Index(fields=["ranking", "size", "kind"], name="ranked_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.ranking_id} {self.family} {self.asset_id}"

    @property
    def tokens(self) -> list[str]:
        """The loss as an address writes it."""
        ids = [pk for pk in (self.asset_id, self.other_id) if pk is not None]
        return [f"{self.family}:{pk}" for pk in ids] or [self.family]
