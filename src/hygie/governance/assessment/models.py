"""Where does each organisation stand on each requirement and objective, and since when?

States are computed, never typed. `stale_on` is the first day on which the state ceases to hold by
itself: a reader on that day sees "stale" without anything having run.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hygie.governance.assessment.choices import (
    AnswerResult,
    BasisChoice,
    QuestionnaireState,
    StateChoice,
)


class Filing(models.Model):
    """When a candidate filed its application and its attainment for a domain."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    domain = models.ForeignKey("programme.Domain", on_delete=models.PROTECT)
    applied_on = models.DateField(_("candidature déposée le"), null=True, blank=True)
    attained_on = models.DateField(_("atteinte déclarée le"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "domain"], name="one_filing"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.domain_id}"


class RequirementState(models.Model):
    """The computed state of one requirement for one organisation, explained line by line."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE)
    requirement = models.ForeignKey("programme.Requirement", on_delete=models.CASCADE)
    state = models.CharField(max_length=16, choices=StateChoice.choices)
    basis = models.CharField(max_length=10, choices=BasisChoice.choices)
    stale_on = models.DateField(null=True)
    # First day on which the state changes, whatever it is: the nightly job looks at these.
    changes_on = models.DateField(null=True, db_index=True)
    known_as = models.PositiveSmallIntegerField(null=True)
    coverage = models.DecimalField(max_digits=9, decimal_places=8, null=True)
    threshold = models.DecimalField(max_digits=9, decimal_places=8, null=True)
    lines = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    # Urn of the requirement and mapping through which the state came, when basis is a mapping.
    through = models.JSONField(default=dict)
    since_on = models.DateField()
    computed_at = models.DateTimeField()
    # Of all that was computed: says that nothing changed without reading the lines again.
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "requirement"], name="one_requirement_state"
            ),
        ]
        indexes = [models.Index(fields=["requirement", "organisation"])]

    def __str__(self) -> str:
        return f"{self.requirement_id}@{self.organisation_id} {self.state}"


class RequirementStateChange(models.Model):
    """History: the state from a day on."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE)
    requirement = models.ForeignKey("programme.Requirement", on_delete=models.CASCADE)
    state = models.CharField(max_length=16, choices=StateChoice.choices)
    previous = models.CharField(max_length=16, choices=StateChoice.choices, blank=True)
    on = models.DateField()
    cause = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["organisation", "requirement", "-on"])]

    def __str__(self) -> str:
        return f"{self.requirement_id}@{self.organisation_id} {self.state} {self.on}"


class ObjectiveState(models.Model):
    """The computed state of one objective for one organisation."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE)
    objective = models.ForeignKey("programme.Objective", on_delete=models.CASCADE)
    state = models.CharField(max_length=16, choices=StateChoice.choices)
    stale_on = models.DateField(null=True)
    # Elements (requirements and indicators) behind the state, and how many in each case.
    elements = models.PositiveSmallIntegerField(default=0)
    passed = models.PositiveSmallIntegerField(default=0)
    measured = models.PositiveSmallIntegerField(default=0)
    stale = models.PositiveSmallIntegerField(default=0)
    missing = models.PositiveSmallIntegerField(default=0)
    since_on = models.DateField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "objective"], name="one_objective_state"
            ),
        ]
        indexes = [models.Index(fields=["objective", "organisation"])]

    def __str__(self) -> str:
        return f"{self.objective_id}@{self.organisation_id} {self.state}"


class ObjectiveMonth(models.Model):
    """The closed month of one node of the territory: how many organisations in each state."""

    node = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE)
    objective = models.ForeignKey("programme.Objective", on_delete=models.CASCADE)
    month = models.DateField()  # first day
    passed = models.PositiveIntegerField(default=0)
    partial = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    not_tested = models.PositiveIntegerField(default=0)
    cannot_tell = models.PositiveIntegerField(default=0)
    stale = models.PositiveIntegerField(default=0)
    not_applicable = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["node", "objective", "month"], name="one_month"),
        ]

    def __str__(self) -> str:
        return f"{self.node_id} {self.objective_id} {self.month}"


class Campaign(models.Model):
    """One framework asked of many organisations by a date."""

    name = models.CharField(_("nom"), max_length=200)
    framework = models.ForeignKey("programme.Framework", on_delete=models.PROTECT)
    node = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    implementation_groups = models.JSONField(default=list, blank=True)
    due_on = models.DateField(_("échéance"))
    is_closed = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class Questionnaire(models.Model):
    """The questions of one framework, asked of one organisation."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    framework = models.ForeignKey("programme.Framework", on_delete=models.PROTECT)
    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.SET_NULL, related_name="questionnaires"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="questionnaires",
    )
    state = models.CharField(
        max_length=18, choices=QuestionnaireState.choices, default=QuestionnaireState.DRAFT
    )
    implementation_groups = models.JSONField(default=list, blank=True)
    due_on = models.DateField(_("échéance"), null=True, blank=True)
    review_note = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "framework", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "campaign"], name="asked_once_per_campaign"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework_id}@{self.organisation_id}"


class Answer(models.Model):
    """What was answered to one requirement of a questionnaire."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="answers"
    )
    requirement = models.ForeignKey("programme.Requirement", on_delete=models.PROTECT)
    result = models.CharField(
        max_length=16, choices=AnswerResult.choices, default=AnswerResult.UNANSWERED, blank=True
    )
    score = models.IntegerField(null=True, blank=True)
    choices = models.JSONField(default=dict, blank=True)
    comment = models.TextField(blank=True)
    na_reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["questionnaire_id", "requirement_id"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "requirement"], name="answered_once"),
            models.CheckConstraint(
                condition=~models.Q(result="not_applicable") | ~models.Q(na_reason=""),
                name="not_applicable_needs_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} {self.result}"


class PendingComputation(models.Model):
    """Facts changed here and states have not followed yet; emptied by the next computation.

    One row a request, never one an organisation: whoever asks must not wait for a computation that
    is emptying the table.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE)
    asked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.organisation_id)
