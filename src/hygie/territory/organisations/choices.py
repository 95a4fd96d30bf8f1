"""Which words describe an organisation?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """Levels of the territory."""

    NATION = "nation", _("Nation")
    REGION = "region", _("Région")
    GHT = "ght", _("Groupement hospitalier de territoire (GHT)")
    EJ = "ej", _("Entité juridique (EJ)")
    ET = "et", _("Établissement (ET)")


# In lists, where the whole words would take two lines.
SHORT_KINDS = {
    OrganisationKind.NATION: _("Nation"),
    OrganisationKind.REGION: _("Région"),
    OrganisationKind.GHT: _("GHT"),
    OrganisationKind.EJ: _("EJ"),
    OrganisationKind.ET: _("ET"),
}


class GhtRole(models.TextChoices):
    """A member's role, in FINESS' own four values."""

    SUPPORT = "support", _("Établissement support")
    PARTIE = "partie", _("Établissement partie")
    ASSOCIE = "associe", _("Établissement associé")
    PARTENAIRE = "partenaire", _("Établissement partenaire")


# Only these share the group's application, hence its combined activity and its place in the tree.
COUNTED_ROLES = (GhtRole.SUPPORT, GhtRole.PARTIE)
