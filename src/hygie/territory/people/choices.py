"""Which roles exist, and what may an access link be for?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is, at a node of the territory."""

    RSSI = "rssi", _("RSSI")
    DSI = "dsi", _("DSI")
    DIRECTOR = "director", _("Direction")
    QUALITY = "quality", _("Qualité et gestion des risques")
    CONTRIBUTOR = "contributor", _("Contributeur")
    AUDITOR = "auditor", _("Auditeur")
    GRADES = "grades", _("GRADeS / CRC")
    ARS = "ars", _("ARS")
    NATIONAL = "national", _("National (DNS / ANS)")
    ADMINISTRATOR = "administrator", _("Administrateur de la plateforme")


class LinkPurpose(models.TextChoices):
    """Why a person was given a link."""

    INVITATION = "invitation", _("Invitation")
    RESET = "reset", _("Nouveau mot de passe")
