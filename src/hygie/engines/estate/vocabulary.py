"""Of which nouns is the map of an information system made, and how are they tied?

Values are stored and exported: they are append-only.
"""

from enum import StrEnum


class AssetKind(StrEnum):
    """Kinds of asset, from what is cared for down to where it stands."""

    CARE = "care"  # care activity: emergency, imaging, pharmacy… (primary asset of ISO 27005)
    APPLICATION = "application"
    INTERFACE = "interface"  # a channel of the interface engine: HL7, DICOM, files
    IDENTITY = "identity"  # directory, single sign-on
    SERVER = "server"
    CLUSTER = "cluster"  # several servers that stand for one: virtualisation, database
    STORE = "store"  # where data lie: database, storage array, file share
    BACKUP = "backup"
    WORKSTATION_GROUP = "workstation_group"  # workstations of a ward, counted
    WORKSTATION = "workstation"
    DEVICE = "device"  # medical or biomedical
    NETWORK = "network"  # switch, router, firewall, radio controller
    ZONE = "zone"  # network zone
    LINE = "line"  # operator's line, Internet access
    ACCESS = "access"  # remote access of a supplier
    SUPPLIER = "supplier"
    SITE = "site"


class Verb(StrEnum):
    """What ties two assets; reads "source VERB target"."""

    USES = "uses"
    RUNS_ON = "runs_on"
    STORES_ON = "stores_on"
    AUTHENTICATES_WITH = "authenticates_with"
    EXCHANGES_THROUGH = "exchanges_through"
    CONNECTED_BY = "connected_by"
    MADE_OF = "made_of"
    MAINTAINED_BY = "maintained_by"
    BACKED_UP_BY = "backed_up_by"
    ADMINISTERS = "administers"  # holds administration rights over the target
    REACHES = "reaches"  # the network lets the source open a connection to the target


# The source needs the target to give service; the others tell about control, flow or recovery.
NEEDS = frozenset({
    Verb.USES, Verb.RUNS_ON, Verb.STORES_ON, Verb.AUTHENTICATES_WITH, Verb.EXCHANGES_THROUGH,
    Verb.CONNECTED_BY, Verb.MADE_OF, Verb.MAINTAINED_BY,
})  # fmt: skip


class Effect(StrEnum):
    """What the source becomes when what it needs is lost."""

    STOP = "stop"
    DEGRADE = "degrade"


class IdentifierKind(StrEnum):
    """By what an asset is recognised from one inventory to the next."""

    SERIAL = "serial"
    UUID = "uuid"
    MAC = "mac"  # 12 hexadecimal digits, lower case, no separator
    HOSTNAME = "hostname"  # lower case, as found: with or without domain
    ADDRESS = "address"  # IPv4 or IPv6, canonical
    PURL = "purl"
    CPE = "cpe"


class Status(StrEnum):
    """Where an asset stands in its life."""

    PLANNED = "planned"
    IN_USE = "in_use"
    RETIRED = "retired"
