"""Of what is the script of an exercise made?

A model and a run are one table, with a kind: playing a model copies its script, and a run worth
playing again becomes a model the same way.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hygie.governance.exercises.choices import (
    CellKind,
    Channel,
    ExerciseKind,
    ExerciseState,
    InjectState,
    Level,
    Nature,
    Play,
    Sharing,
    Verdict,
)


class Exercise(models.Model):
    """A script, and the play made of it."""

    kind = models.CharField(max_length=10, choices=ExerciseKind.choices)
    # None: a model that comes with the platform.
    organisation = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Key of a model that comes with the platform; "" for all others.
    code = models.CharField(max_length=60, blank=True)
    template = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="runs"
    )
    title = models.CharField(_("titre"), max_length=200)
    summary = models.TextField(_("résumé"), blank=True)
    language = models.CharField(_("langue"), max_length=2, default="fr")
    level = models.CharField(_("niveau"), max_length=12, choices=Level.choices)
    play = models.CharField(_("forme"), max_length=10, choices=Play.choices)
    duration_s = models.PositiveIntegerField(_("durée (secondes)"), default=0)
    # The instant that scenario second 0 stands for; None = the real one.
    simulated_start_at = models.DateTimeField(_("heure simulée du début"), null=True, blank=True)
    planned_at = models.DateTimeField(_("prévu le"), null=True, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=ExerciseState.choices, default=ExerciseState.DRAFT
    )
    sharing = models.CharField(
        _("partage"), max_length=10, choices=Sharing.choices, default=Sharing.OWN
    )
    variables: "models.JSONField[dict[str, str]]" = models.JSONField(default=dict, blank=True)
    # The word that stops everything, whoever says it.
    stop_word = models.CharField(_("mot d'arrêt"), max_length=40, blank=True)
    is_survey_anonymous = models.BooleanField(_("questionnaire anonyme"), default=True)
    # Grows whenever a calendar must follow.
    calendar_sequence = models.PositiveIntegerField(default=0)
    # Text of the report, by section, once someone has changed what was computed.
    report_texts: "models.JSONField[dict[str, str]]" = models.JSONField(default=dict, blank=True)
    # What the file it came from holds and a script does not; given back to files of that format.
    kept_aside: "models.JSONField[dict[str, str]]" = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-planned_at", "-id"]
        verbose_name = _("exercice")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "language"],
                condition=~models.Q(code=""),
                name="platform_model_is_unique",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "kind", "state"], name="exercise_by_state"),
        ]

    def __str__(self) -> str:
        return self.title


class ExerciseSite(models.Model):
    """Another establishment that plays the same exercise."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="sites")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "organisation"], name="site_plays_an_exercise_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id} @ {self.organisation_id}"


class Cell(models.Model):
    """A group of players."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="cells")
    key = models.CharField(max_length=40)
    kind = models.CharField(_("nature"), max_length=14, choices=CellKind.choices)
    name = models.CharField(_("nom"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "key"], name="cell_key_is_unique")
        ]

    def __str__(self) -> str:
        return self.name


class ExerciseObjective(models.Model):
    """What an exercise must prove."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="objectives")
    key = models.CharField(max_length=40)
    title = models.CharField(_("objectif"), max_length=300)
    # URN of the requirement that it proves: the referential is renewed, the words stay.
    requirement = models.CharField(_("exigence"), max_length=200, blank=True)
    competence = models.CharField(_("compétence"), max_length=200, blank=True)
    # Code of the kind of plan that it puts to the test: a kind of document of the referential.
    plan = models.CharField(_("plan"), max_length=60, blank=True)
    # As the report told it on the day the review was closed.
    verdict = models.CharField(max_length=12, choices=Verdict.choices, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "key"], name="objective_key_is_unique")
        ]

    def __str__(self) -> str:
        return self.title


class Inject(models.Model):
    """One row of the timeline."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="injects")
    key = models.CharField(max_length=60)
    title = models.CharField(_("sujet"), max_length=300)
    offset_s = models.IntegerField(_("heure prévue (secondes)"))
    nature = models.CharField(max_length=14, choices=Nature.choices, default=Nature.INJECT)
    channel = models.CharField(
        _("canal"), max_length=10, choices=Channel.choices, default=Channel.MAIL
    )
    sender = models.CharField(_("émetteur simulé"), max_length=200, blank=True)
    cells = models.ManyToManyField(Cell, related_name="injects", blank=True)
    # Without a cell named, it is for all of them.
    body = models.TextField(_("contenu"), blank=True)
    expected = models.TextField(_("réaction attendue"), blank=True)
    objective = models.ForeignKey(
        ExerciseObjective, null=True, blank=True, on_delete=models.SET_NULL, related_name="injects"
    )
    options: "models.JSONField[list[str]]" = models.JSONField(default=list, blank=True)
    score = models.PositiveSmallIntegerField(_("points"), default=0)
    deadline_s = models.PositiveIntegerField(_("délai de réaction"), null=True, blank=True)
    comment = models.TextField(_("note d'animation"), blank=True)
    deliverable = models.CharField(_("livrable"), max_length=300, blank=True)
    # [[on, key of the inject, value], …]
    conditions: "models.JSONField[list[list[str]]]" = models.JSONField(default=list, blank=True)
    match = models.CharField(max_length=4, default="all")
    after_s = models.PositiveIntegerField(default=0)
    state = models.CharField(
        max_length=10, choices=InjectState.choices, default=InjectState.PLANNED
    )
    # Improvised while playing.
    is_improvised = models.BooleanField(default=False)
    played_at = models.DateTimeField(null=True, blank=True)
    played_second = models.IntegerField(null=True, blank=True)

    class Meta:
        ordering = ["offset_s", "id"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "key"], name="inject_key_is_unique")
        ]
        indexes = [
            models.Index(fields=["exercise", "state", "offset_s"], name="inject_by_time"),
        ]

    def __str__(self) -> str:
        return self.title


class InjectAttachment(models.Model):
    """A file that comes with an inject."""

    inject = models.ForeignKey(Inject, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name
