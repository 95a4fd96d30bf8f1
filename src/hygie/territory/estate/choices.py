"""Which words may the map's columns hold?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Effect, IdentifierKind, Status, Verb


class AssetKind(models.TextChoices):
    """Kinds of asset, as people say them."""

    CARE = Kind.CARE.value, _("activité de soins")
    APPLICATION = Kind.APPLICATION.value, _("application")
    INTERFACE = Kind.INTERFACE.value, _("interface")
    IDENTITY = Kind.IDENTITY.value, _("service d'identité")
    SERVER = Kind.SERVER.value, _("serveur")
    CLUSTER = Kind.CLUSTER.value, _("grappe")
    STORE = Kind.STORE.value, _("stockage de données")
    BACKUP = Kind.BACKUP.value, _("sauvegarde")
    WORKSTATION_GROUP = Kind.WORKSTATION_GROUP.value, _("groupe de postes")
    WORKSTATION = Kind.WORKSTATION.value, _("poste de travail")
    DEVICE = Kind.DEVICE.value, _("dispositif médical")
    NETWORK = Kind.NETWORK.value, _("équipement réseau")
    ZONE = Kind.ZONE.value, _("zone réseau")
    LINE = Kind.LINE.value, _("liaison opérateur")
    ACCESS = Kind.ACCESS.value, _("accès distant")
    SUPPLIER = Kind.SUPPLIER.value, _("fournisseur")
    SITE = Kind.SITE.value, _("site")


class LinkVerb(models.TextChoices):
    """What ties two assets, read from the source."""

    USES = Verb.USES.value, _("utilise")
    RUNS_ON = Verb.RUNS_ON.value, _("fonctionne sur")
    STORES_ON = Verb.STORES_ON.value, _("range ses données dans")
    AUTHENTICATES_WITH = Verb.AUTHENTICATES_WITH.value, _("s'authentifie auprès de")
    EXCHANGES_THROUGH = Verb.EXCHANGES_THROUGH.value, _("échange par")
    CONNECTED_BY = Verb.CONNECTED_BY.value, _("est relié par")
    MADE_OF = Verb.MADE_OF.value, _("est formé de")
    MAINTAINED_BY = Verb.MAINTAINED_BY.value, _("est maintenu par")
    BACKED_UP_BY = Verb.BACKED_UP_BY.value, _("est sauvegardé par")
    ADMINISTERS = Verb.ADMINISTERS.value, _("administre")
    REACHES = Verb.REACHES.value, _("peut joindre")


class LinkEffect(models.TextChoices):
    """What the source becomes once what it needs is lost."""

    STOP = Effect.STOP.value, _("s'arrête")
    DEGRADE = Effect.DEGRADE.value, _("est dégradé")


class AssetStatus(models.TextChoices):
    """Where an asset stands in its life."""

    PLANNED = Status.PLANNED.value, _("prévu")
    IN_USE = Status.IN_USE.value, _("en service")
    RETIRED = Status.RETIRED.value, _("retiré")


class Identifier(models.TextChoices):
    """By what an asset is recognised."""

    SERIAL = IdentifierKind.SERIAL.value, _("numéro de série")
    UUID = IdentifierKind.UUID.value, _("UUID")
    MAC = IdentifierKind.MAC.value, _("adresse MAC")
    HOSTNAME = IdentifierKind.HOSTNAME.value, _("nom d'hôte")
    ADDRESS = IdentifierKind.ADDRESS.value, _("adresse IP")
    PURL = IdentifierKind.PURL.value, _("purl")
    CPE = IdentifierKind.CPE.value, _("CPE")


class Criticality(models.IntegerChoices):
    """How much care suffers from a loss."""

    COMFORT = 1, _("confort")
    USEFUL = 2, _("utile")
    IMPORTANT = 3, _("importante")
    VITAL = 4, _("vitale")


class PartNature(models.TextChoices):
    """What a part of an asset is."""

    SERVICE = "service", _("service réseau")
    COMPONENT = "component", _("composant logiciel")


class PairState(models.TextChoices):
    """What was decided about two assets that look alike."""

    WAITING = "waiting", _("à décider")
    MERGED = "merged", _("fusionnés")
    APART = "apart", _("distincts")
