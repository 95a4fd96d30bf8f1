"""What ties two assets?"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hygie.territory.estate.choices import LinkEffect, LinkVerb
from hygie.territory.estate.models.asset import Asset


class Link(models.Model):
    """ "Source verb target"; links of one group stand for one another, `needed` of them."""

    source = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="links_out")
    verb = models.CharField(max_length=20, choices=LinkVerb.choices)
    target = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="links_in")
    group = models.CharField(_("groupe de secours"), max_length=80, blank=True)
    needed = models.PositiveSmallIntegerField(_("nombre nécessaire"), default=1)
    delay_min = models.PositiveIntegerField(_("délai avant effet (minutes)"), default=0)
    effect = models.CharField(max_length=10, choices=LinkEffect.choices, default=LinkEffect.STOP)
    details: "models.JSONField[dict[str, Any]]" = models.JSONField(default=dict, blank=True)
    origin = models.CharField(_("origine"), max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "verb", "target"], name="link_is_unique"),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="link_ties_two_assets"
            ),
            models.CheckConstraint(condition=models.Q(needed__gte=1), name="link_needs_something"),
        ]
        indexes = [models.Index(fields=["target", "verb"], name="link_by_target")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.verb} {self.target_id}"
