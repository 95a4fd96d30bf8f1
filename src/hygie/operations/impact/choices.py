"""Which words describe a loss, a ranking, a rehearsal?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkState(models.TextChoices):
    """Life of a computed answer."""

    RUNNING = "running", _("en cours")
    DONE = "done", _("terminé")
    FAILED = "failed", _("sans réponse")


class LossFamily(models.TextChoices):
    """What is lost, as engines.ransomware names it: values are stored and written in addresses."""

    OBJECT = "object", _("l'élément seul")
    SUPPLIER = "supplier", _("fournisseur, ses accès et ce qu'il héberge")
    SITE = "site", _("site entier")
    ZONE = "zone", _("zone réseau entière")
    RANSOMWARE = "ransomware", _("machines d'une zone chiffrées")
    IDENTITY = "identity", _("service d'identité")
    BACKUP = "backup", _("sauvegarde")
    INTERNET = "internet", _("accès à Internet coupé")
    RED_BUTTON = "red_button", _("isolement volontaire (« bouton rouge »)")


# Families that name no asset: they concern the whole map.
OF_THE_WHOLE = frozenset({LossFamily.INTERNET, LossFamily.RED_BUTTON})


class RankedKind(models.TextChoices):
    """How many things a ranked loss takes away."""

    SINGLE = "single", _("seule")
    PAIR = "pair", _("deux à la fois")
