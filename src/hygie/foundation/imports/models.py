"""Which file was brought, what did we understand, what would it change, was it applied?"""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """Life of an import: nothing is written to the platform before `applying`."""

    READING = "reading", _("lecture en cours")
    READY = "ready", _("à vérifier")
    REFUSED = "refused", _("refusé")
    APPLYING = "applying", _("application en cours")
    APPLIED = "applied", _("appliqué")
    CANCELLED = "cancelled", _("abandonné")


ENDED = frozenset({ImportState.REFUSED, ImportState.APPLIED, ImportState.CANCELLED})


class Import(models.Model):
    """One file on its way in."""

    kind = models.CharField(max_length=40)
    # Emptied when its time is over; what was brought stays known by name, size and hash.
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT)
    file_name = models.CharField(_("fichier"), max_length=200)
    file_size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation_id = models.BigIntegerField(null=True)
    options = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    state = models.CharField(
        max_length=10, choices=ImportState.choices, default=ImportState.READING
    )
    understood = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    counts = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    plan_digest = models.CharField(max_length=64, blank=True)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["owner", "-id"]),
            models.Index(fields=["organisation_id", "state", "-id"]),
            models.Index(fields=["state", "ended_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def has_ended(self) -> bool:
        """Nothing more will happen to it."""
        return self.state in ENDED


class ImportMessage(models.Model):
    """Something said about a row of the file; the text is made from code and parameters."""

    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="messages")
    severity = models.CharField(max_length=8)
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    row = models.PositiveIntegerField(null=True)
    field = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["run", "severity"])]

    def __str__(self) -> str:
        return self.code


class ImportChange(models.Model):
    """One thing that the file adds, changes or closes; the first few thousand are kept."""

    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="changes")
    verb = models.CharField(max_length=8)
    label = models.CharField(max_length=300)
    key = models.CharField(max_length=120)
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    row = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["run", "verb"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.label}"
