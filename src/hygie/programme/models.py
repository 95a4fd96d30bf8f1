"""What does the programme ask? Axes, objectives, indicators, frameworks, measures: versioned data.

Rows come from the package's referential or from imported libraries; an administrator may edit any
of them. `is_customised` marks a row edited here, so that a new version never silently undoes it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hygie.programme.choices import (
    Direction,
    FrameworkOrigin,
    MappingRelation,
    RowStatus,
    Unit,
)


class ReferentialRow(models.Model):
    """Common to every row: what it says in two languages, how sure we are, from where."""

    title_fr = models.CharField(_("intitulé"), max_length=400)
    title_en = models.CharField(_("intitulé en anglais"), max_length=400, blank=True)
    description_fr = models.TextField(_("description"), blank=True)
    description_en = models.TextField(_("description en anglais"), blank=True)
    status = models.CharField(
        _("statut"), max_length=10, choices=RowStatus.choices, default=RowStatus.INFERRED
    )
    source = models.TextField(_("source"), blank=True)
    as_of = models.DateField(_("constaté le"), null=True, blank=True)
    is_customised = models.BooleanField(default=False, editable=False)
    is_retired = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title_fr


class ReferentialVersion(models.Model):
    """A version of the package's referential that was loaded here."""

    urn = models.CharField(max_length=200)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["urn", "version", "digest"], name="loaded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.urn} v{self.version}"


class Axis(ReferentialRow):
    """One of the four axes of the programme."""

    number = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ["number"]


class Domain(ReferentialRow):
    """A funding domain D1…D5, with its dates."""

    code = models.CharField(max_length=10, unique=True)
    number = models.PositiveSmallIntegerField(default=0)
    published_on = models.DateField(null=True, blank=True)
    phase_start_on = models.DateField(_("début de la phase opérationnelle"), null=True, blank=True)
    applications_from = models.DateField(null=True, blank=True)
    applications_until = models.DateField(null=True, blank=True)
    attainment_from = models.DateField(null=True, blank=True)
    attainment_until = models.DateField(null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["number", "code"]


class Objective(ReferentialRow):
    """One of the twenty objectives."""

    axis = models.ForeignKey(Axis, on_delete=models.PROTECT, related_name="objectives")
    domain = models.ForeignKey(
        Domain, null=True, blank=True, on_delete=models.PROTECT, related_name="objectives"
    )
    number = models.PositiveSmallIntegerField(unique=True)
    # Its number in the package's files, which a correction made here does not change.
    packaged_number = models.PositiveSmallIntegerField(
        null=True, blank=True, unique=True, editable=False
    )
    number_status = models.CharField(
        max_length=10, choices=RowStatus.choices, default=RowStatus.INFERRED
    )

    class Meta:
        ordering = ["number"]


class DocumentKind(ReferentialRow):
    """A kind of proof: PSSI, BIA, PCRA, test report…"""

    code = models.CharField(max_length=60, unique=True)
    validity_days = models.PositiveIntegerField(null=True, blank=True)
    sensitivity = models.CharField(max_length=20, default="internal")
    # Something that an exercise can put to the test: a plan, a procedure of crisis.
    is_plan = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]


class Indicator(ReferentialRow):
    """Something measured: unit, direction, freshness, and what measures it."""

    code = models.CharField(max_length=80, unique=True)
    unit = models.CharField(max_length=10, choices=Unit.choices)
    direction = models.CharField(max_length=10, choices=Direction.choices)
    held_at = models.CharField(max_length=10, default="any")
    # How a group's figure is made from its members': sum, mean, activity_mean, worst, share…
    rollup = models.CharField(max_length=16, default="none")
    decimals = models.PositiveSmallIntegerField(default=0)
    measured_by = models.CharField(max_length=80, default="declared")
    justification = models.JSONField(default=dict, blank=True)
    freshness_days = models.PositiveIntegerField(null=True, blank=True)
    domain = models.ForeignKey(Domain, null=True, blank=True, on_delete=models.PROTECT)
    objectives = models.ManyToManyField(Objective, related_name="indicators", blank=True)

    class Meta:
        ordering = ["code"]


class IndicatorTarget(models.Model):
    """A bound to reach by a date, for kinds and categories of organisation."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    # Which target of the package's files it is; empty for one added here.
    key = models.CharField(max_length=64, blank=True, editable=False)
    kinds = models.JSONField(default=list)
    categories = models.JSONField(default=list, blank=True)
    from_on = models.DateField(null=True, blank=True)
    by_on = models.DateField(null=True, blank=True)
    at_least = models.FloatField(null=True, blank=True)
    at_most = models.FloatField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=RowStatus.choices)
    source = models.TextField(blank=True)
    is_customised = models.BooleanField(default=False)

    class Meta:
        ordering = ["indicator_id", "by_on", "id"]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.by_on}"


class Framework(models.Model):
    """A tree of requirements at one version: CaRE's own, or imported from a public library.

    `urn` and `version` are its identity; only one version is current. Titles and texts are in
    `locale`; `translations` holds the others as {"en": {"name": …, "description": …}}.
    """

    urn = models.CharField(max_length=200)
    version = models.PositiveIntegerField()
    origin = models.CharField(max_length=10, choices=FrameworkOrigin.choices)
    ref_id = models.CharField(max_length=100)
    locale = models.CharField(max_length=10, default="fr")
    name = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    translations = models.JSONField(default=dict, blank=True)
    provider = models.CharField(max_length=200, blank=True)
    packager = models.CharField(max_length=200, blank=True)
    copyright = models.TextField(blank=True)
    publication_date = models.DateField(null=True, blank=True)
    library_urn = models.CharField(max_length=200, blank=True)
    domain = models.ForeignKey(
        Domain, null=True, blank=True, on_delete=models.PROTECT, related_name="frameworks"
    )
    min_score = models.IntegerField(null=True, blank=True)
    max_score = models.IntegerField(null=True, blank=True)
    scores_definition = models.JSONField(default=list, blank=True)
    implementation_groups = models.JSONField(default=list, blank=True)
    # Values that no source gives, by name: {"title", "unit", "value", "minimum", "maximum", …}.
    parameters = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=10, choices=RowStatus.choices, default=RowStatus.CONFIRMED)
    source = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    is_customised = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["origin", "ref_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["urn", "version"], name="framework_version_is_unique"),
            models.UniqueConstraint(
                fields=["urn"],
                condition=models.Q(is_current=True),
                name="one_current_version_per_framework",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref_id} v{self.version}"


class Requirement(models.Model):
    """A node of a framework; only assessable ones get a state. `order` is the file's own."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="requirements")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    urn = models.CharField(max_length=250)
    ref_id = models.CharField(max_length=100, blank=True)
    order = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField()
    is_assessable = models.BooleanField(default=False)
    name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    annotation = models.TextField(blank=True)
    typical_evidence = models.TextField(blank=True)
    translations = models.JSONField(default=dict, blank=True)
    implementation_groups = models.JSONField(default=list, blank=True)
    weight = models.PositiveIntegerField(default=1)
    questions = models.JSONField(default=list, blank=True)
    # The rule that computes the state, in the vocabulary of docs/engines/assessment.md, where a
    # bound may be {"parameter": NAME}; null when only a questionnaire or a mapping can tell.
    rule = models.JSONField(null=True, blank=True)
    explains = models.JSONField(default=dict, blank=True)
    operational = models.JSONField(default=dict, blank=True)
    held_at = models.CharField(max_length=12, default="candidate")
    documents = models.JSONField(default=list, blank=True)
    references = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=10, choices=RowStatus.choices, default=RowStatus.CONFIRMED)
    source = models.TextField(blank=True)
    objectives = models.ManyToManyField(Objective, related_name="requirements", blank=True)
    is_customised = models.BooleanField(default=False)
    # No longer in the file: never assessable, kept for the answers that were given to it.
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["framework_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "urn"], name="requirement_urn_is_unique"),
        ]
        indexes = [models.Index(fields=["urn"])]

    def __str__(self) -> str:
        return self.ref_id or self.urn

    @property
    def indent(self) -> int:
        """Steps to the right in a page, 0 at the top."""
        return max(0, min(self.depth - 1, 6))


class SecurityMeasure(ReferentialRow):
    """A measure an establishment can take: cost, effort, prerequisites, what it serves."""

    code = models.CharField(max_length=80, unique=True)
    facts = models.JSONField(default=dict)
    prerequisites = models.ManyToManyField("self", symmetrical=False, blank=True)
    indicators = models.ManyToManyField(Indicator, related_name="measures", blank=True)
    requirements = models.ManyToManyField(Requirement, related_name="measures", blank=True)

    class Meta:
        ordering = ["code"]


class RequirementMapping(models.Model):
    """Between two requirements, by urn so that a library may come before or after its peer."""

    mapping_set_urn = models.CharField(max_length=200)
    mapping_set_name = models.CharField(max_length=300, blank=True)
    source_urn = models.CharField(max_length=250)
    target_urn = models.CharField(max_length=250)
    relation = models.CharField(max_length=10, choices=MappingRelation.choices)
    strength = models.PositiveSmallIntegerField(null=True, blank=True)
    rationale = models.TextField(blank=True)
    is_customised = models.BooleanField(default=False)

    class Meta:
        ordering = ["mapping_set_urn", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mapping_set_urn", "source_urn", "target_urn"], name="mapped_once_per_set"
            ),
        ]
        indexes = [models.Index(fields=["source_urn"]), models.Index(fields=["target_urn"])]

    def __str__(self) -> str:
        return f"{self.source_urn} {self.relation} {self.target_urn}"
