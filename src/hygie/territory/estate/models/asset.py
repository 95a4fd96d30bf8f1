"""What is one thing of the map, by what is it recognised, whom does it serve?"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hygie.territory.estate.choices import (
    AssetKind,
    AssetStatus,
    Criticality,
    Identifier,
    PartNature,
)


class Asset(models.Model):
    """Something that care relies on, or care itself."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("nature"), max_length=20, choices=AssetKind.choices)
    # How the establishment names it without ambiguity; given by us when it has no such code.
    code = models.CharField(_("code"), max_length=80)
    # Ours: it tells nothing when an inventory is compared, and yields to the establishment's own.
    is_code_given = models.BooleanField(default=False, editable=False)
    name = models.CharField(_("nom"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    owner = models.CharField(_("responsable"), max_length=120, blank=True)
    technical_owner = models.CharField(_("responsable technique"), max_length=120, blank=True)
    criticality = models.PositiveSmallIntegerField(
        _("criticité déclarée"), choices=Criticality.choices, null=True, blank=True
    )
    max_downtime_min = models.PositiveIntegerField(_("DMIA (minutes)"), null=True, blank=True)
    max_data_loss_min = models.PositiveIntegerField(_("PDMA (minutes)"), null=True, blank=True)
    status = models.CharField(
        _("état"), max_length=10, choices=AssetStatus.choices, default=AssetStatus.IN_USE
    )
    site = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    zone = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    supplier = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Further fields of its kind: engines/estate/fields.py says which.
    details: "models.JSONField[dict[str, Any]]" = models.JSONField(default=dict, blank=True)
    # Computed from the care that relies on it, whenever the map changes.
    inherited_criticality = models.PositiveSmallIntegerField(
        _("criticité héritée"), choices=Criticality.choices, null=True, blank=True, editable=False
    )
    inherited_downtime_min = models.PositiveIntegerField(null=True, blank=True, editable=False)
    completeness = models.PositiveSmallIntegerField(_("complétude (%)"), default=0, editable=False)
    missing: "models.JSONField[list[str]]" = models.JSONField(
        default=list, blank=True, editable=False
    )
    # Without accents or capitals, for the search box: code, name, identifiers.
    search_key = models.TextField(blank=True, editable=False)
    source = models.CharField(_("origine"), max_length=40, blank=True)
    # Day of the last inventory that showed it.
    seen_on = models.DateField(_("vu le"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("élément de la carte")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="asset_code_is_unique_in_organisation"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "kind", "name"], name="asset_by_kind"),
            models.Index(fields=["organisation", "inherited_criticality"], name="asset_by_rank"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def known_percent(self) -> int | None:
        """How much of what should be known of it is; None once retired: it is not judged."""
        return None if self.status == AssetStatus.RETIRED else self.completeness


class AssetShare(models.Model):
    """Another establishment that an asset serves."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="shares")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "organisation"], name="asset_is_shared_once_with"
            )
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} → {self.organisation_id}"


class AssetIdentifier(models.Model):
    """By what an asset is recognised from one inventory to the next; canonical values."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=Identifier.choices)
    value = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "kind", "value"], name="asset_has_an_identifier_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "value"], name="asset_by_identifier")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class AssetPart(models.Model):
    """What listens on an asset, or of which software it is made, as a scan or a list told it."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="parts")
    nature = models.CharField(max_length=10, choices=PartNature.choices)
    # Of a service: tcp/53 and udp/53 are two.
    protocol = models.CharField(max_length=10, blank=True)
    port = models.PositiveIntegerField(null=True, blank=True)
    name = models.CharField(_("nom"), max_length=200, blank=True)
    product = models.CharField(_("produit"), max_length=200, blank=True)
    version = models.CharField(_("version"), max_length=120, blank=True)
    # Of a component: what bills of materials and vulnerability lists call it.
    purl = models.CharField(max_length=300, blank=True)
    cpe = models.CharField(max_length=300, blank=True)
    is_certain = models.BooleanField(default=True)
    origin = models.CharField(_("origine"), max_length=40, blank=True)
    seen_on = models.DateField(_("vu le"), null=True, blank=True)

    class Meta:
        ordering = ["nature", "port", "protocol", "name", "id"]
        indexes = [models.Index(fields=["purl"], name="part_by_purl")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()
