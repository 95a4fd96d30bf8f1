"""What did an exercise teach?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hygie.governance.exercises.choices import LessonKind, ScoredBy, When
from hygie.governance.exercises.models.play import Participant
from hygie.governance.exercises.models.script import Cell, Exercise, ExerciseObjective


class ObjectiveScore(models.Model):
    """A mark given to an objective, 0 to 3."""

    objective = models.ForeignKey(
        ExerciseObjective, on_delete=models.CASCADE, related_name="scores"
    )
    by = models.CharField(max_length=10, choices=ScoredBy.choices)
    cell = models.ForeignKey(
        Cell, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Empty for marks given under the promise of anonymity.
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    value = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.by} {self.value}"


class Lesson(models.Model):
    """A strength to keep, or a gap to close by an action."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="lessons")
    kind = models.CharField(max_length=10, choices=LessonKind.choices)
    text = models.TextField(_("constat"))
    requirement = models.CharField(_("exigence"), max_length=200, blank=True)
    objective = models.ForeignKey(
        ExerciseObjective, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cell = models.ForeignKey(
        Cell, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Said right after the end, or thought over later.
    is_hot = models.BooleanField(default=True)
    # The region may read it, without the establishment's name.
    is_shared = models.BooleanField(_("partagé avec la région"), default=False)
    action = models.ForeignKey(
        "progress.Action", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class SurveyAnswer(models.Model):
    """A player's answer to one question of the questionnaire."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="survey_answers")
    # Empty when anonymity was promised; answers of one person then share nothing but the exercise.
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    question = models.CharField(max_length=60)
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.question


class MaturityAnswer(models.Model):
    """One answer of the crisis-maturity self-assessment, 0 to 3; None = cannot tell."""

    exercise = models.ForeignKey(
        Exercise, on_delete=models.CASCADE, related_name="maturity_answers"
    )
    when = models.CharField(max_length=6, choices=When.choices)
    item = models.CharField(max_length=60)
    value = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "when", "item"], name="maturity_item_is_answered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.when}"


class ReportLink(models.Model):
    """A door to the report for people without account, until a day or until it is shut.

    Only the key's hash is kept: whoever reads the database opens nothing.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="report_links")
    label = models.CharField(_("pour qui"), max_length=120)
    # The two pages for the board alone, or the whole.
    is_board_only = models.BooleanField(_("version courte seulement"), default=False)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    expires_at = models.DateTimeField(_("expire le"))
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.label
