"""Which bytes did we receive, and are they still the same?"""

from django.conf import settings
from django.db import models


class Document(models.Model):
    """A stored file, known by its SHA-256; never served in place, only as a download."""

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    # Relative to MEDIA_ROOT, built from the hash: no user text reaches a path.
    path = models.CharField(max_length=120)
    stored_at = models.DateTimeField(auto_now_add=True)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
