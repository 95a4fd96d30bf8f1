"""Which words describe what an import does?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VerbWord(models.TextChoices):
    """What a line of a plan does, in words."""

    ADD = "add", _("ajout")
    CHANGE = "change", _("modification")
    CLOSE = "close", _("fermeture")


class MessageSeverity(models.TextChoices):
    """How much a message weighs, in words."""

    ERROR = "error", _("refusé")
    WARNING = "warning", _("à vérifier")
    INFO = "info", _("pour information")
