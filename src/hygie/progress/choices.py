"""Which words describe what has been measured, proven and promised?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Knowledge(models.IntegerChoices):
    """How a value is known; a higher one weighs more."""

    DECLARED = 1, _("déclaré")
    DOCUMENTED = 2, _("documenté")
    MEASURED = 3, _("mesuré")
    VERIFIED = 4, _("vérifié")


class Sensitivity(models.TextChoices):
    """Who may read a proof, within those who see the establishment in detail."""

    INTERNAL = "internal", _("interne")
    RESTRICTED = "restricted", _("restreint")
    CONFIDENTIAL = "confidential", _("confidentiel")


class ActionState(models.TextChoices):
    """Life of an action."""

    PLANNED = "planned", _("prévue")
    IN_PROGRESS = "in_progress", _("en cours")
    DONE = "done", _("terminée")
    CANCELLED = "cancelled", _("abandonnée")


class ActionPriority(models.IntegerChoices):
    """Order of urgency."""

    HIGH = 1, _("haute")
    NORMAL = 2, _("normale")
    LOW = 3, _("basse")
