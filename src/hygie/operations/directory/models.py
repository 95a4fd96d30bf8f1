"""Which forests were audited, from what, with which result, and what was decided about them?

The objects of a forest are not rows: they lie in the audit's pack, a document of arrays that pages
read in part (`engines.directory.packing`). Rows hold what lists, trends and rights need.
"""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from hygie.operations.directory.choices import (
    AuditState,
    ExportChoice,
    ForestPurpose,
    PointChoice,
    SimulationState,
    TierZeroVerb,
)


class Forest(models.Model):
    """A forest of one organisation, known by the SID of its root domain."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    root_sid = models.CharField(max_length=100, blank=True)
    name = models.CharField(_("nom"), max_length=255)
    purpose = models.CharField(
        _("rôle"),
        max_length=12,
        choices=ForestPurpose.choices,
        default=ForestPurpose.PRODUCTION,
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "root_sid", "name"], name="one_forest_row"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DirectoryAudit(models.Model):
    """One audit of one forest: the level, the exposure, and how both are known."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    purpose = models.CharField(
        max_length=12, choices=ForestPurpose.choices, default=ForestPurpose.PRODUCTION
    )
    # Judged on the domains collected alone, whatever else the forest holds.
    is_collected_only = models.BooleanField(default=False)
    # Known once the exports are read.
    forest = models.ForeignKey(Forest, null=True, on_delete=models.PROTECT, related_name="audits")
    state = models.CharField(max_length=8, choices=AuditState.choices, default=AuditState.RUNNING)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    # The day the directory was collected: what the audit is true of.
    effective_on = models.DateField(null=True)
    level_at_best = models.PositiveSmallIntegerField(null=True)
    level_at_worst = models.PositiveSmallIntegerField(null=True)
    failing = models.PositiveIntegerField(default=0)
    undecided = models.PositiveIntegerField(default=0)
    objects_count = models.PositiveIntegerField(default=0)
    users = models.PositiveIntegerField(null=True)
    exposed_users = models.PositiveIntegerField(null=True)
    computers = models.PositiveIntegerField(null=True)
    exposed_computers = models.PositiveIntegerField(null=True)
    hosts = models.PositiveIntegerField(null=True)
    unknown_hosts = models.PositiveIntegerField(null=True)
    any_user_exposed = models.BooleanField(null=True)
    privileged = models.PositiveIntegerField(null=True)
    krbtgt_age_days = models.PositiveIntegerField(null=True)
    # What pages show as it is: counts by kind, unknowns, contradictions, curve of changes…
    summary = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    pack = models.ForeignKey(
        "documents.Document", null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-effective_on", "-id"]),
            models.Index(fields=["forest", "-effective_on", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.effective_on}"

    @property
    def is_level_decided(self) -> bool:
        """Whether nothing unknown could change the level."""
        return self.level_at_best is not None and self.level_at_best == self.level_at_worst


class AuditExport(models.Model):
    """One source of an audit. Its file goes once the audit is done; name, size and hash stay."""

    audit = models.ForeignKey(DirectoryAudit, on_delete=models.CASCADE, related_name="exports")
    position = models.PositiveSmallIntegerField()
    document = models.ForeignKey(
        "documents.Document", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    file_name = models.CharField(max_length=200)
    file_size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["audit_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "position"], name="one_export_position"),
        ]

    def __str__(self) -> str:
        return self.file_name


class AuditSource(models.Model):
    """What one file, or one part of it, turned out to be."""

    audit = models.ForeignKey(DirectoryAudit, on_delete=models.CASCADE, related_name="sources")
    # As the verdicts number them.
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=ExportChoice.choices)
    name = models.CharField(max_length=200)
    tool = models.CharField(max_length=80, blank=True)
    collected_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    # What the reader remarked: severity, code, parameters, row, field.
    remarks = models.JSONField(default=list)
    stated_level = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["audit_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "position"], name="one_source_position"),
        ]

    def __str__(self) -> str:
        return self.name


class PointResult(models.Model):
    """One control point of one audit, decided or not; its objects lie in the pack."""

    audit = models.ForeignKey(DirectoryAudit, on_delete=models.CASCADE, related_name="points")
    point = models.CharField(max_length=80)
    # Place in the catalogue: lowest level first.
    order = models.PositiveSmallIntegerField()
    levels = models.JSONField(default=list)
    state = models.CharField(max_length=16, choices=PointChoice.choices)
    failed_levels = models.JSONField(default=list)
    undecided_levels = models.JSONField(default=list)
    # Lowest level at which it fails, else the lowest undecided: what lists sort by.
    weighs_at = models.PositiveSmallIntegerField(null=True)
    objects_count = models.PositiveIntegerField(default=0)
    measured = models.JSONField(default=dict)
    facts = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    stated_by = models.JSONField(default=list)
    contradicted_by = models.JSONField(default=list)
    excepted_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["audit_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "point"], name="one_point_result"),
        ]

    def __str__(self) -> str:
        return f"{self.audit_id} {self.point} {self.state}"


class AcceptedRisk(models.Model):
    """A documented exception: for one point, one object or all, for a time."""

    forest = models.ForeignKey(Forest, on_delete=models.CASCADE, related_name="accepted")
    point = models.CharField(max_length=80)
    identifier = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=300, blank=True)
    reason = models.TextField(_("motif"))
    expires_on = models.DateField(_("jusqu'au"))
    is_withdrawn = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["expires_on", "id"]

    def __str__(self) -> str:
        return f"{self.point} {self.identifier}"


class TierZeroEdit(models.Model):
    """An object put in or out of tier 0 by hand, against the default."""

    forest = models.ForeignKey(Forest, on_delete=models.CASCADE, related_name="tier_zero")
    identifier = models.CharField(max_length=300)
    name = models.CharField(max_length=300, blank=True)
    verb = models.CharField(max_length=6, choices=TierZeroVerb.choices)
    reason = models.TextField(_("motif"))
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["forest", "identifier"], name="one_tier_zero_edit"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.identifier}"


class ChangeCost(models.Model):
    """What a kind of change costs here, when it is not the default."""

    forest = models.ForeignKey(Forest, on_delete=models.CASCADE, related_name="costs")
    action = models.CharField(max_length=60)
    cost = models.FloatField(_("coût"))

    class Meta:
        ordering = ["action"]
        constraints = [
            models.UniqueConstraint(fields=["forest", "action"], name="one_change_cost"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.cost}"


class Simulation(models.Model):
    """A what-if: the changes ticked, and the level and exposure before and after."""

    audit = models.ForeignKey(DirectoryAudit, on_delete=models.CASCADE, related_name="simulations")
    state = models.CharField(
        max_length=8, choices=SimulationState.choices, default=SimulationState.RUNNING
    )
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    keys = models.JSONField(default=list)
    result = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.audit_id} {len(self.keys)}"
