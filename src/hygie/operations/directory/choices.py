"""Which words describe a directory audit?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditState(models.TextChoices):
    """Life of an audit."""

    RUNNING = "running", _("en cours")
    DONE = "done", _("terminé")
    FAILED = "failed", _("refusé")


class PointChoice(models.TextChoices):
    """The result of a control point, as engines.directory names it."""

    PASSED = "passed", _("atteint")
    PARTIAL = "partial", _("partiel")
    FAILED = "failed", _("non atteint")
    CANNOT_TELL = "cannot_tell", _("indéterminé")
    NOT_APPLICABLE = "not_applicable", _("sans objet")


class ExportChoice(models.TextChoices):
    """Where the facts of an audit come from."""

    SHARPHOUND = "sharphound", _("SharpHound (BloodHound CE)")
    RUSTHOUND = "rusthound", _("RustHound-CE")
    BLOODHOUND_PY = "bloodhound_py", _("BloodHound.py")
    ORADAD = "oradad", _("ORADAD, arborescence en clair")
    PINGCASTLE = "pingcastle", _("PingCastle, rapport XML")
    ADS = "ads", _("niveau ADS saisi ou importé")


class TierZeroVerb(models.TextChoices):
    """How an object was put in or out of tier 0 by hand."""

    ADD = "add", _("ajouté")
    REMOVE = "remove", _("retiré")


class SimulationState(models.TextChoices):
    """Life of a what-if."""

    RUNNING = "running", _("en cours")
    DONE = "done", _("terminée")
    FAILED = "failed", _("impossible")


class ForestPurpose(models.TextChoices):
    """What a forest serves: decides which indicators its audits measure."""

    PRODUCTION = "production", _("annuaire de production")
    BACKUP = "backup", _("annuaire dédié à la sauvegarde")
