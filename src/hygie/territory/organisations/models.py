"""Where is care given, and which organisation answers for it?

Nation → region → GHT → legal entity (EJ) → establishment (ET). `parent` is the one link of the
tree; `region`, `ght` and `legal_entity` repeat an organisation's ancestors so that a perimeter is
one indexed equality, whatever the depth.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hygie.territory.organisations.choices import SHORT_KINDS, GhtRole, OrganisationKind


class Organisation(models.Model):
    """A node of the territory, from the nation to one establishment."""

    kind = models.CharField(_("niveau"), max_length=10, choices=OrganisationKind.choices)
    # FINESS number for EJ and ET, official code for a GHT ("NA-04"), INSEE code for a region.
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("nom"), max_length=200)
    long_name = models.CharField(_("nom complet"), max_length=300, blank=True)
    is_name_provisional = models.BooleanField(default=False)
    category_code = models.CharField(_("catégorie"), max_length=6, blank=True)
    category_label = models.CharField(_("libellé de catégorie"), max_length=160, blank=True)
    category_group = models.CharField(max_length=6, blank=True)
    legal_status = models.CharField(_("statut juridique"), max_length=120, blank=True)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    address = models.CharField(_("adresse"), max_length=250, blank=True)
    town = models.CharField(_("commune"), max_length=120, blank=True)
    postcode = models.CharField(_("code postal"), max_length=10, blank=True)
    department_code = models.CharField(_("département"), max_length=3, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    region = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ght = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    legal_entity = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Lists and cockpits show followed organisations; FINESS alone brings 150,000 others.
    is_followed = models.BooleanField(_("suivi par le programme"), default=False)
    opened_on = models.DateField(_("ouvert le"), null=True, blank=True)
    closed_on = models.DateField(_("fermé le"), null=True, blank=True)
    source = models.CharField(max_length=80, blank=True)
    # Date of the last extract that lists it: an older one says nothing new.
    seen_on = models.DateField(null=True, blank=True)
    # Code, names and town without accents or capitals, for the search box.
    search_key = models.CharField(max_length=700, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("organisation")
        constraints = [
            # The code first: it also serves whoever looks for a code without saying the kind.
            models.UniqueConstraint(fields=["code", "kind"], name="organisation_code_is_unique"),
        ]
        indexes = [
            models.Index(fields=["kind", "is_followed", "name"]),
            models.Index(fields=["category_code"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_short(self) -> str:
        """Its level as lists write it."""
        return str(SHORT_KINDS[OrganisationKind(self.kind)])

    @property
    def is_closed(self) -> bool:
        """Closed at the last import."""
        return self.closed_on is not None


class GhtMembership(models.Model):
    """An organisation's place in a GHT, for a time."""

    ght = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="member_of")
    role = models.CharField(_("rôle"), max_length=12, choices=GhtRole.choices)
    since = models.DateField(_("depuis"), null=True, blank=True)
    until = models.DateField(_("jusqu'au"), null=True, blank=True)
    source = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["ght_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ght", "member"],
                condition=models.Q(until__isnull=True),
                name="one_current_membership_per_ght",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(until__isnull=True, role__in=["support", "partie"]),
                name="one_ght_counts_a_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.role} {self.ght_id}"


class ActivityFigure(models.Model):
    """Combined activity and headcount of one organisation in one year."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="activity_figures"
    )
    year = models.PositiveSmallIntegerField(_("année"))
    combined_activity = models.DecimalField(
        _("activité combinée"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    headcount = models.DecimalField(
        _("effectif (ETP)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    source = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["organisation_id", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="one_figure_per_year"),
            models.CheckConstraint(
                condition=models.Q(combined_activity__isnull=True)
                | models.Q(combined_activity__gte=0),
                name="activity_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}"
