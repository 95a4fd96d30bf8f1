"""Which long works were asked for, by whom, how far are they, how did they end?"""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext

from hygie.foundation.jobs.choices import FINISHED, JobState

__all__ = ["FollowUp", "Job", "JobState", "ScheduleTick"]


def _said(msgid: str, params: dict[str, Any]) -> str:
    """The sentence in the reader's language; a bad parameter never hides the sentence itself."""
    if not msgid:
        return ""
    sentence = gettext(msgid)
    try:
        return sentence % params if params else sentence
    except (KeyError, ValueError, TypeError):
        return sentence


class Job(models.Model):
    """One long work. Progress in between lies in the cache, so that no transaction hides it."""

    kind = models.CharField(max_length=60)
    # French source sentences; translated when shown.
    title = models.CharField(max_length=200)
    title_params = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # No foreign key: this floor knows no territory.
    organisation_id = models.BigIntegerField(null=True)
    # The queued call that runs this job; also the key of its progress in the cache.
    task_id = models.UUIDField(null=True, unique=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    stage = models.CharField(max_length=200, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    result_url = models.CharField(max_length=300, blank=True)
    outcome = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    error_code = models.CharField(max_length=60, blank=True)
    error_template = models.TextField(blank=True)
    error_params = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # Times the job was started. The number also proves who holds it: a worker that was believed
    # dead and wakes up holds an old number.
    attempts = models.PositiveIntegerField(default=0)
    is_cancel_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["owner", "-id"]),
            models.Index(fields=["state", "finished_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_finished(self) -> bool:
        """Done, failed or cancelled: nothing will change any more."""
        return self.state in FINISHED

    @property
    def title_text(self) -> str:
        """What the job is, in the reader's language."""
        return _said(self.title, self.title_params)

    @property
    def stage_text(self) -> str:
        """The last stage written in the row, in the reader's language."""
        return _said(self.stage, {})

    @property
    def error_text(self) -> str:
        """Why it failed, in the reader's language; empty when it did not."""
        return _said(self.error_template, self.error_params)


class FollowUp(models.Model):
    """Something that happened and that upper floors must hear of; deleted once they have."""

    launcher = models.CharField(max_length=200)
    ids = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.launcher


class ScheduleTick(models.Model):
    """The last tick of a schedule that was served: each is served once, whoever sees it first."""

    name = models.CharField(max_length=80, primary_key=True)
    tick_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.tick_at}"
