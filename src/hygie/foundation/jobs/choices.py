"""Which states does a job go through?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Life of a job; the last three never change again."""

    WAITING = "waiting", _("en attente")
    RUNNING = "running", _("en cours")
    DONE = "done", _("terminé")
    FAILED = "failed", _("échoué")
    CANCELLED = "cancelled", _("annulé")


FINISHED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
