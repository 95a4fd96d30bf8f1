"""What has been measured, what proves it, and what was promised?

Every capability writes here and the assessment reads here: this is where the four wings meet.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hygie.progress.choices import ActionPriority, ActionState, Knowledge, Sensitivity


class Measurement(models.Model):
    """One value of one indicator for one organisation. Never changed: a newer one is added.

    `value` is null when the measure was made and could not tell. `effective_on` is the day it was
    true; `recorded_at` the instant it was written here.
    """

    indicator = models.ForeignKey("programme.Indicator", on_delete=models.PROTECT)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    value = models.FloatField(_("valeur"), null=True, blank=True)
    known_as = models.PositiveSmallIntegerField(_("connaissance"), choices=Knowledge.choices)
    effective_on = models.DateField(_("date d'effet"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Which capability or file brought it: "declared", "import:42", "operations/directory".
    origin = models.CharField(max_length=80, default="declared")
    evidence = models.ForeignKey(
        "progress.Evidence", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-effective_on", "-id"]
        indexes = [
            models.Index(
                fields=["organisation", "indicator", "-effective_on", "-known_as", "-id"],
                name="measurement_latest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}@{self.organisation_id}={self.value}"


class CurrentMeasurement(models.Model):
    """The latest value per organisation and indicator, so that reading it is one indexed read."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    indicator = models.ForeignKey("programme.Indicator", on_delete=models.PROTECT)
    measurement = models.ForeignKey(Measurement, on_delete=models.CASCADE, related_name="+")
    value = models.FloatField(null=True)
    known_as = models.PositiveSmallIntegerField(choices=Knowledge.choices)
    effective_on = models.DateField()
    # First day on which the value no longer counts; null never.
    expires_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "indicator"], name="one_current_measurement"
            ),
        ]
        indexes = [
            models.Index(fields=["indicator", "organisation"]),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}@{self.organisation_id}={self.value}"


class Evidence(models.Model):
    """A proof: a document of a kind, effective from a day, until it expires."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    kind = models.ForeignKey("programme.DocumentKind", on_delete=models.PROTECT)
    title = models.CharField(_("intitulé"), max_length=200)
    effective_on = models.DateField(_("date d'effet"))
    expires_on = models.DateField(_("expire le"), null=True, blank=True)
    known_as = models.PositiveSmallIntegerField(
        choices=Knowledge.choices, default=Knowledge.DOCUMENTED
    )
    sensitivity = models.CharField(
        max_length=12, choices=Sensitivity.choices, default=Sensitivity.INTERNAL
    )
    note = models.TextField(blank=True)
    is_withdrawn = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-effective_on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "kind", "-effective_on"]),
            models.Index(fields=["expires_on"]),
        ]

    def __str__(self) -> str:
        return self.title


class EvidenceRevision(models.Model):
    """One state of a proof: its file and dates as they were then."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT)
    effective_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["evidence_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="revision_is_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} r{self.number}"


class EvidenceLink(models.Model):
    """A proof serves a requirement, known by urn so that it outlives framework versions."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="links")
    requirement_urn = models.CharField(max_length=250)
    linked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["evidence_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "requirement_urn"], name="evidence_is_linked_once"
            ),
        ]
        indexes = [models.Index(fields=["requirement_urn", "evidence"])]

    def __str__(self) -> str:
        return f"{self.evidence_id} → {self.requirement_urn}"


class Action(models.Model):
    """A promise: who, what, by when, and what proves it is done."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    title = models.CharField(_("action"), max_length=250)
    description = models.TextField(_("description"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="actions",
    )
    owner_label = models.CharField(_("responsable"), max_length=120, blank=True)
    due_on = models.DateField(_("échéance"), null=True, blank=True)
    state = models.CharField(
        max_length=12, choices=ActionState.choices, default=ActionState.PLANNED
    )
    priority = models.PositiveSmallIntegerField(
        choices=ActionPriority.choices, default=ActionPriority.NORMAL
    )
    # Which capability asked for it, and the thing there: ("assessment", "D2.O1.C").
    origin = models.CharField(max_length=60, default="declared")
    origin_ref = models.CharField(max_length=250, blank=True)
    requirement_urn = models.CharField(max_length=250, blank=True)
    measure = models.ForeignKey(
        "programme.SecurityMeasure", null=True, blank=True, on_delete=models.SET_NULL
    )
    proof = models.ForeignKey(
        Evidence, null=True, blank=True, on_delete=models.SET_NULL, related_name="proves"
    )
    done_on = models.DateField(null=True, blank=True)
    # Counts the changes, for calendars: RFC 5545 wants a number that only grows.
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["organisation", "state", "due_on"]),
            models.Index(fields=["requirement_urn", "organisation"]),
        ]

    def __str__(self) -> str:
        return self.title
