"""Which words describe a loss, a ranking, a rehearsal?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkState(models.TextChoices):
    """Life of a computed answer."""

    RUNNING = "running", _("en cours")
    DONE = "done", _("terminé")
    FAILED = "failed", _("sans réponse")


class LossFamily(models.TextChoices):
    """What is lost: values are stored and written in addresses, hence append-only."""

    ASSET = "asset", _("un élément")
    SUPPLIER = "supplier", _("un fournisseur et ce qu'il tient")
    SITE = "site", _("un site entier")
    ZONE = "zone", _("une zone réseau entière")
    IDENTITY = "identity", _("un service d'identité")
    INTERNET = "internet", _("l'accès à Internet")
    RED_BUTTON = "red_button", _("l'isolement volontaire (« bouton rouge »)")


# Families that name an asset; the others concern the whole map.
OF_AN_ASSET = frozenset({
    LossFamily.ASSET, LossFamily.SUPPLIER, LossFamily.SITE, LossFamily.ZONE, LossFamily.IDENTITY,
})  # fmt: skip


class RankedKind(models.TextChoices):
    """How many things a ranked loss takes away."""

    SINGLE = "single", _("seule")
    PAIR = "pair", _("deux à la fois")
