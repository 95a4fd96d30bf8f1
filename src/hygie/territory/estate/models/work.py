"""What waits for a decision, what has changed?"""

from typing import Any

from django.db import models

from hygie.territory.estate.choices import PairState
from hygie.territory.estate.models.asset import Asset


class LookAlike(models.Model):
    """Two assets that may be one: to merge, or to keep apart. Undoing is always possible."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    kept = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="+")
    # Gone once merged; `undo` then holds all that is needed to bring it back.
    other = models.ForeignKey(Asset, null=True, on_delete=models.SET_NULL, related_name="+")
    other_name = models.CharField(max_length=200, blank=True)
    # What they share, and what sets them against each other: [[field, value], …].
    reasons: "models.JSONField[list[Any]]" = models.JSONField(default=list)
    doubts: "models.JSONField[list[Any]]" = models.JSONField(default=list)
    score = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=PairState.choices, default=PairState.WAITING)
    undo: "models.JSONField[dict[str, Any]]" = models.JSONField(default=dict, blank=True)
    decided_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kept", "other"], name="look_alike_is_asked_once")
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="look_alike_by_state")]

    def __str__(self) -> str:
        return f"{self.kept_id} ~ {self.other_name}"


class EstateRevision(models.Model):
    """How many times the map of an organisation has changed: what was computed from it may stay."""

    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    number = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.number}"
