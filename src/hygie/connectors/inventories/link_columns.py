"""Which columns of a sheet of assets name other assets?"""

from collections.abc import Mapping
from dataclasses import dataclass

from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Verb


@dataclass(frozen=True, slots=True)
class LinkColumn:
    """A column whose cells hold one or several names of other assets.

    Attributes:
        name: key of the column. verb: of the link.
        kinds: what the names may be, the first one being created when nothing bears the name.
        titles: as `tables.Column`.
        is_incoming: the named asset is the source of the link.
    """

    name: str
    verb: Verb
    kinds: tuple[Kind, ...]
    titles: tuple[str, ...]
    is_incoming: bool = False


# Under what a list of machines says that guests run: a cluster, which lasts, before a host.
ON_CLUSTER = LinkColumn(
    "cluster", Verb.RUNS_ON, (Kind.CLUSTER, Kind.SERVER), ("Cluster", "Grappe", "Ferme")
)
ON_HOST = LinkColumn(
    "host", Verb.RUNS_ON, (Kind.SERVER, Kind.CLUSTER),
    ("Hôte", "Hyperviseur", "Fonctionne sur", "Host", "Runs on"),
)  # fmt: skip


def _out(name: str, verb: Verb, *titles: str, to: tuple[Kind, ...]) -> LinkColumn:
    return LinkColumn(name, verb, to, titles)


def _in(name: str, verb: Verb, *titles: str, of: tuple[Kind, ...]) -> LinkColumn:
    return LinkColumn(name, verb, of, titles, is_incoming=True)


_MAINTAINED = _out(
    "maintained_by", Verb.MAINTAINED_BY, "Maintenu par", "Maintenue par", "Mainteneur",
    "Maintenance", "TMA", "Infogérant", "Maintained by", to=(Kind.SUPPLIER, Kind.ACCESS),
)  # fmt: skip
_BACKED_UP = _out(
    "backed_up_by", Verb.BACKED_UP_BY, "Sauvegardé par", "Sauvegardée par", "Sauvegarde",
    "Sauvegardes", "Plan de sauvegarde", "Backed up by", "Backup", to=(Kind.BACKUP,),
)  # fmt: skip
_AUTHENTICATES = _out(
    "authenticates_with", Verb.AUTHENTICATES_WITH, "S'authentifie auprès de", "Authentification",
    "Annuaire", "SSO", "Active Directory", "Domaine AD", "Authentication", "Identity provider",
    to=(Kind.IDENTITY,),
)  # fmt: skip
_CONNECTED = _out(
    "connected_by", Verb.CONNECTED_BY, "Relié par", "Relié à", "Commutateur", "Switch",
    "Équipement réseau", "Connected by", "Connected to", to=(Kind.NETWORK, Kind.LINE),
)  # fmt: skip
_STORES = _out(
    "stores_on", Verb.STORES_ON, "Range ses données dans", "Bases de données", "Base de données",
    "BDD", "Base", "Stockage", "Baie de stockage", "Databases", "Database", "Stores on", "Storage",
    to=(Kind.STORE,),
)  # fmt: skip
_SERVERS = (
    "Fonctionne sur", "Serveurs", "Serveur", "Serveur applicatif", "Serveurs applicatifs",
    "Hébergé sur", "Hébergée sur", "Machine", "Machines", "Runs on", "Servers", "Server",
)  # fmt: skip
_INTERFACES = _out(
    "exchanges_through", Verb.EXCHANGES_THROUGH, "Échange par", "Interfaces", "Interface", "Flux",
    "Exchanges through", to=(Kind.INTERFACE,),
)  # fmt: skip
_CARE = (
    "Utilisé par", "Utilisée par", "Activités de soins", "Activité de soins", "Activités",
    "Services utilisateurs", "Services", "Unités de soins", "Processus", "Used by",
)  # fmt: skip

LINK_COLUMNS: Mapping[Kind, tuple[LinkColumn, ...]] = {
    Kind.CARE: (
        _out(
            "uses_applications", Verb.USES, "Applications", "Applications utilisées", "Logiciels",
            "Utilise", "Dépend de", "Uses", "Depends on", to=(Kind.APPLICATION,),
        ),
        _out(
            "uses_devices", Verb.USES, "Dispositifs médicaux", "Dispositifs", "Devices",
            "Équipements biomédicaux", to=(Kind.DEVICE,),
        ),
        _out(
            "uses_workstations", Verb.USES, "Groupes de postes", "Postes de travail", "Postes",
            "Workstations", to=(Kind.WORKSTATION_GROUP,),
        ),
    ),
    Kind.APPLICATION: (
        _out("runs_on", Verb.RUNS_ON, *_SERVERS, to=(Kind.SERVER, Kind.CLUSTER)),
        _STORES,
        _AUTHENTICATES,
        _out(
            "uses_applications", Verb.USES, "Applications liées", "Dépend de", "Utilise",
            "Dépendances", "Uses", "Depends on", to=(Kind.APPLICATION,),
        ),
        _INTERFACES,
        _BACKED_UP,
        _MAINTAINED,
        _in("used_by", Verb.USES, *_CARE, of=(Kind.CARE, Kind.APPLICATION)),
    ),
    Kind.INTERFACE: (
        _out(
            "uses_applications", Verb.USES, "Utilise", "Dépend de", "Uses", to=(Kind.APPLICATION,),
        ),
        _out("runs_on", Verb.RUNS_ON, *_SERVERS, to=(Kind.SERVER, Kind.CLUSTER)),
        _in(
            "used_by", Verb.EXCHANGES_THROUGH, "Échangée par", "Applications", "Used by",
            of=(Kind.APPLICATION,),
        ),
    ),
    Kind.IDENTITY: (
        _out(
            "runs_on", Verb.RUNS_ON, "Contrôleurs de domaine", "Domain controllers", *_SERVERS,
            to=(Kind.SERVER, Kind.CLUSTER),
        ),
        _BACKED_UP,
        _MAINTAINED,
    ),
    Kind.SERVER: (
        _out(
            "runs_on", Verb.RUNS_ON, "Fonctionne sur", "Hôte", "Hyperviseur", "Grappe", "Cluster",
            "Ferme", "Runs on", "Host", to=(Kind.CLUSTER, Kind.SERVER),
        ),
        _STORES,
        _CONNECTED,
        _out(
            "authenticates_with", Verb.AUTHENTICATES_WITH, "Domaine", "Annuaire",
            "Active Directory", "Domaine AD", "Domain", to=(Kind.IDENTITY,),
        ),
        _BACKED_UP,
        _MAINTAINED,
        _in(
            "hosts", Verb.RUNS_ON, "Applications hébergées", "Applications", "Application",
            "Héberge", "Hosts", of=(Kind.APPLICATION,),
        ),
    ),
    Kind.CLUSTER: (
        _out(
            "made_of", Verb.MADE_OF, "Formé de", "Nœuds", "Serveurs", "Membres", "Hôtes", "Nodes",
            "Made of", to=(Kind.SERVER,),
        ),
        _STORES,
        _CONNECTED,
        _AUTHENTICATES,
        _MAINTAINED,
        _in(
            "hosts", Verb.RUNS_ON, "Machines hébergées", "Machines virtuelles", "VM", "Guests",
            of=(Kind.SERVER,),
        ),
    ),
    Kind.STORE: (
        _out("runs_on", Verb.RUNS_ON, *_SERVERS, to=(Kind.SERVER, Kind.CLUSTER)),
        _out(
            "stores_on", Verb.STORES_ON, "Range ses données dans", "Baie", "Baie de stockage",
            "Stores on", "Array", to=(Kind.STORE,),
        ),
        _BACKED_UP,
        _MAINTAINED,
        _in(
            "used_by", Verb.STORES_ON, "Utilisé par", "Applications", "Application", "Used by",
            of=(Kind.APPLICATION,),
        ),
    ),
    Kind.BACKUP: (
        _out("runs_on", Verb.RUNS_ON, *_SERVERS, to=(Kind.SERVER,)),
        _out(
            "stores_on", Verb.STORES_ON, "Écrit dans", "Stockage", "Cible", "Dépôt", "Repository",
            "Stores on", to=(Kind.STORE,),
        ),
        _AUTHENTICATES,
        _in(
            "protects", Verb.BACKED_UP_BY, "Protège", "Éléments sauvegardés",
            "Applications", "Protects", of=(Kind.APPLICATION, Kind.SERVER, Kind.STORE),
        ),
    ),
    Kind.WORKSTATION_GROUP: (
        _CONNECTED,
        _AUTHENTICATES,
        _out("made_of", Verb.MADE_OF, "Formé de", "Postes", "Made of", to=(Kind.WORKSTATION,)),
        _in("used_by", Verb.USES, *_CARE, of=(Kind.CARE,)),
    ),
    Kind.WORKSTATION: (
        _CONNECTED,
        _AUTHENTICATES,
        _in("part_of", Verb.MADE_OF, "Groupe de postes", "Groupe", "Part of",
            of=(Kind.WORKSTATION_GROUP,)),
    ),
    Kind.DEVICE: (
        _out(
            "uses_applications", Verb.USES, "Applications", "Application", "Connecté à", "Utilise",
            "Uses", to=(Kind.APPLICATION,),
        ),
        _INTERFACES,
        _CONNECTED,
        _MAINTAINED,
        _in("used_by", Verb.USES, *_CARE, of=(Kind.CARE,)),
    ),
    Kind.NETWORK: (_CONNECTED, _MAINTAINED),
    Kind.ZONE: (
        _out(
            "connected_by", Verb.CONNECTED_BY, "Reliée par", "Équipements réseau", "Pare-feu",
            "Routeur", "Firewall", "Connected by", to=(Kind.NETWORK,),
        ),
        _out(
            "reaches", Verb.REACHES, "Peut joindre", "Flux ouverts vers", "Reaches",
            to=(Kind.ZONE,),
        ),
    ),
    Kind.LINE: (
        _out("connected_by", Verb.CONNECTED_BY, "Reliée par", "Routeur", "Connected by",
             to=(Kind.NETWORK,)),
        _MAINTAINED,
    ),
    Kind.ACCESS: (
        _out(
            "reaches", Verb.REACHES, "Peut joindre", "Cibles", "Cible", "Accède à", "Targets",
            "Reaches", to=(Kind.SERVER, Kind.APPLICATION, Kind.ZONE, Kind.DEVICE),
        ),
        _out(
            "administers", Verb.ADMINISTERS, "Administre", "Administers",
            to=(Kind.SERVER, Kind.APPLICATION, Kind.DEVICE),
        ),
        _in("maintains", Verb.MAINTAINED_BY, "Maintient", "Applications", "Maintains",
            of=(Kind.APPLICATION,)),
    ),
    Kind.SUPPLIER: (
        _in(
            "maintains", Verb.MAINTAINED_BY, "Maintient", "Applications maintenues", "Applications",
            "Maintains", of=(Kind.APPLICATION,),
        ),
    ),
    Kind.SITE: (),
}  # fmt: skip
