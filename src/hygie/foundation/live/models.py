"""What has been told, in which order, and to whom?"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from hygie.foundation.live.vocabulary import NAME_LENGTH


class LiveEvent(models.Model):
    """One thing told on a channel. Its id is the cursor that a listener resumes from."""

    channel = models.CharField(max_length=NAME_LENGTH)
    # Who may hear it; a reader brings the audiences that are theirs.
    audience = models.CharField(max_length=NAME_LENGTH)
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["channel", "id"], name="live_event_by_channel")]

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"
