"""Who plays an exercise, and what happened while it was played?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hygie.governance.exercises.choices import (
    ClockVerb,
    EntryKind,
    Presence,
    ReactionKind,
    Result,
    Role,
)
from hygie.governance.exercises.models.script import Cell, Exercise, Inject


class Participant(models.Model):
    """Someone of an exercise, with or without an account."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="participants")
    role = models.CharField(_("rôle"), max_length=12, choices=Role.choices)
    cell = models.ForeignKey(
        Cell, null=True, blank=True, on_delete=models.SET_NULL, related_name="participants"
    )
    user = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(_("nom"), max_length=120)
    function = models.CharField(_("fonction"), max_length=120, blank=True)
    email = models.EmailField(blank=True)
    # SHA-256 of the key in a guest's link; the link itself is shown once.
    token_hash = models.CharField(max_length=64, blank=True)
    token_expires_at = models.DateTimeField(null=True, blank=True)
    presence = models.CharField(max_length=10, choices=Presence.choices, default=Presence.NOT_ASKED)
    heard_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    # That they answered, never what: the questionnaire is answered once.
    has_answered = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "user"],
                condition=models.Q(user__isnull=False),
                name="account_takes_part_once",
            )
        ]
        indexes = [models.Index(fields=["token_hash"], name="participant_by_token")]

    def __str__(self) -> str:
        return self.name


class ClockMark(models.Model):
    """Something done to time; never changed."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="clock_marks")
    verb = models.CharField(max_length=8, choices=ClockVerb.choices)
    at = models.DateTimeField()
    value = models.FloatField(default=0)
    by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%H:%M:%S}"


class Reaction(models.Model):
    """What players did with an inject; never changed."""

    inject = models.ForeignKey(Inject, on_delete=models.CASCADE, related_name="reactions")
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="reactions"
    )
    cell = models.ForeignKey(Cell, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=14, choices=ReactionKind.choices)
    text = models.TextField(blank=True)
    # The option chosen, for a decision.
    option = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    second = models.IntegerField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.inject_id}"


class Observation(models.Model):
    """What an observer saw of an expected reaction; the last one of an observer counts."""

    inject = models.ForeignKey(Inject, on_delete=models.CASCADE, related_name="observations")
    observer = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="observations"
    )
    cell = models.ForeignKey(
        Cell, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    result = models.CharField(max_length=12, choices=Result.choices)
    note = models.TextField(blank=True)
    # Made by the observer's device: the same sheet sent twice after a lost connection is one.
    device_key = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    second = models.IntegerField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["observer", "device_key"],
                condition=~models.Q(device_key=""),
                name="observation_is_kept_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.result} {self.inject_id}"


class LogEntry(models.Model):
    """A line of the crisis log; corrected by another line, never changed."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="log")
    cell = models.ForeignKey(
        Cell, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    author_name = models.CharField(max_length=120)
    kind = models.CharField(_("nature"), max_length=14, choices=EntryKind.choices)
    text = models.TextField(_("texte"))
    responsible = models.CharField(_("responsable"), max_length=120, blank=True)
    due = models.CharField(_("échéance"), max_length=60, blank=True)
    # The staff's own log stays with the staff.
    is_for_staff = models.BooleanField(default=False)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    device_key = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    second = models.IntegerField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "device_key"],
                condition=~models.Q(device_key=""),
                name="log_entry_is_kept_once",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
