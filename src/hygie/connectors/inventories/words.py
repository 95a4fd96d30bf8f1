"""Which words stand for the values of the map?"""

from collections.abc import Mapping
from functools import lru_cache

from hygie.connectors.inventories.titles import KIND_WORDS
from hygie.connectors.tables.titles import normalised
from hygie.engines.estate.vocabulary import AssetKind, Effect, Status, Verb

# What people write where they do not know: it is told as unknown, never kept as a value.
_UNKNOWN = frozenset(
    {
        "", "nsp", "ne sait pas", "nesaitpas", "inconnu", "inconnue", "non connu", "non renseigne",
        "non renseignee", "a completer", "a definir", "a preciser", "unknown", "tbd", "todo", "n a",
        "na", "nc", "nr", "non communique", "null", "indefini", "undefined",
    }
)  # fmt: skip
_LONGEST_UNKNOWN = 24
_NOBODY = frozenset({"aucun", "aucune", "neant", "none", "sans", "rien", "pas", "non", "no", "0"})

_TRUE = frozenset(
    {
        "oui", "o", "yes", "y", "true", "vrai", "v", "x", "1", "ok", "actif", "active", "activee",
        "enabled", "on", "started", "deployed",
    }
)  # fmt: skip
_FALSE = frozenset(
    {
        "non", "n", "no", "false", "faux", "f", "0", "inactif", "inactive", "desactive",
        "desactivee", "disabled", "off", "stopped", "aucun", "aucune", "neant",
    }
)  # fmt: skip

STATUS_WORDS: Mapping[Status, tuple[str, ...]] = {
    Status.PLANNED: (
        "prévu", "prévue", "en projet", "projet", "à venir", "en cours de déploiement", "planifié",
        "en stock", "stock", "commandé", "en commande", "staged", "in stock", "inventory",
        "planned", "in project",
    ),
    Status.IN_USE: (
        "en service", "en production", "production", "prod", "actif", "active", "en fonction",
        "exploité", "oui", "en exploitation", "in use", "live", "running",
    ),
    Status.RETIRED: (
        "retiré", "retirée", "hors service", "décommissionné", "décommissionnée", "arrêté",
        "arrêtée", "obsolète", "supprimé", "archivé", "non", "inactif", "réformé", "réformée",
        "rebut", "mis au rebut", "au rebut", "hors d'usage", "HS", "retired", "decommissioned",
        "decommissioning",
    ),
}  # fmt: skip

EFFECT_WORDS: Mapping[Effect, tuple[str, ...]] = {
    Effect.STOP: ("s'arrête", "arrêt", "arrêtée", "bloquant", "bloquante", "stop", "stops", "oui"),
    Effect.DEGRADE: (
        "est dégradé", "dégradé", "dégradée", "dégradation", "mode dégradé", "degrade", "degraded",
        "non bloquant",
    ),
}  # fmt: skip

VERB_WORDS: Mapping[Verb, tuple[str, ...]] = {
    Verb.USES: ("utilise", "dépend de", "a besoin de", "uses", "depends on"),
    Verb.RUNS_ON: ("fonctionne sur", "est hébergé sur", "tourne sur", "s'exécute sur", "runs on"),
    Verb.STORES_ON: ("range ses données dans", "stocke dans", "stocke sur", "stores on"),
    Verb.AUTHENTICATES_WITH: (
        "s'authentifie auprès de", "s'authentifie sur", "s'authentifie avec", "authenticates with",
    ),
    Verb.EXCHANGES_THROUGH: ("échange par", "échange via", "exchanges through"),
    Verb.CONNECTED_BY: ("est relié par", "relié par", "relié à", "connected by", "connected to"),
    Verb.MADE_OF: ("est formé de", "formé de", "est composé de", "contient", "made of"),
    Verb.MAINTAINED_BY: ("est maintenu par", "maintenu par", "maintained by"),
    Verb.BACKED_UP_BY: ("est sauvegardé par", "sauvegardé par", "sauvegardé dans", "backed up by"),
    Verb.ADMINISTERS: ("administre", "administers"),
    Verb.REACHES: ("peut joindre", "joint", "accède à", "reaches"),
}  # fmt: skip
# The same tie told from the other end.
BACK_WORDS: Mapping[Verb, tuple[str, ...]] = {
    Verb.USES: ("est utilisé par", "utilisé par", "sert à", "used by"),
    Verb.RUNS_ON: ("fait fonctionner", "héberge", "fait tourner", "hosts"),
    Verb.STORES_ON: ("garde les données de", "stores data of"),
    Verb.AUTHENTICATES_WITH: ("authentifie", "authenticates"),
    Verb.EXCHANGES_THROUGH: ("achemine les échanges de", "carries exchanges of"),
    Verb.CONNECTED_BY: ("relie", "connects"),
    Verb.MADE_OF: ("fait partie de", "appartient à", "est membre de", "part of"),
    Verb.MAINTAINED_BY: ("maintient", "maintains"),
    Verb.BACKED_UP_BY: ("sauvegarde", "backs up"),
    Verb.ADMINISTERS: ("est administré par", "administered by"),
    Verb.REACHES: ("peut être joint par", "reached by"),
}  # fmt: skip

CRITICALITY_WORDS: Mapping[int, tuple[str, ...]] = {
    1: ("confort", "faible", "mineure", "non critique", "basse", "low", "comfort", "1/4"),
    2: ("utile", "moyenne", "modérée", "standard", "medium", "moderate", "useful", "2/4"),
    3: ("importante", "forte", "élevée", "haute", "majeure", "high", "important", "3/4"),
    4: ("vitale", "critique", "très forte", "très élevée", "vital", "critical", "4/4"),
}

CHOICE_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "hosting": {
        "internal": (
            "dans l'établissement", "interne", "local", "sur site", "on premise", "on premises",
            "internal",
        ),
        "external": (
            "chez un hébergeur", "externe", "externalisé", "hébergeur", "HDS", "datacenter externe",
            "GHT", "hosted", "external",
        ),
        "saas": ("service en ligne (SaaS)", "SaaS", "cloud", "service en ligne"),
    },
    "protocol": {
        "hl7": ("HL7", "MLLP", "HL7 MLLP", "HL7 v2", "HPRIM", "LLP"),
        "dicom": ("DICOM", "DICOMweb", "C-STORE", "worklist"),
        "fhir": ("FHIR", "HL7 FHIR"),
        "http": ("HTTP", "HTTPS", "web service", "webservice", "SOAP", "REST", "API", "ws"),
        "file": ("fichiers", "fichier", "file", "FTP", "SFTP", "FTPS", "SMB", "répertoire", "plat"),
        "database": ("base de données", "BDD", "SQL", "JDBC", "ODBC", "database", "DB"),
        "other": ("autre", "other", "TCP", "JMS", "MQ", "série", "RS232"),
    },
    "technology": {
        "active_directory": ("Active Directory", "AD", "AD DS", "Windows"),
        "entra": ("Entra ID", "Entra", "Azure AD", "Azure Active Directory"),
        "ldap": ("LDAP", "OpenLDAP", "389 Directory"),
        "other": ("autre", "other"),
    },
    "exposure": {
        "internal": ("interne", "réseau interne", "LAN", "utilisateurs", "serveurs", "internal"),
        "dmz": ("DMZ", "zone démilitarisée"),
        "internet": ("Internet", "exposée à Internet", "WAN"),
        "biomedical": ("biomédical", "biomédicale", "biomed", "dispositifs médicaux", "biomedical"),
        "administration": ("administration", "admin", "management", "supervision"),
        "backup": ("sauvegarde", "sauvegardes", "backup"),
        "guests": ("invités", "visiteurs", "patients", "Wi-Fi invités", "guests", "guest"),
    },
    "method": {
        "vpn": ("VPN", "VPN IPsec", "VPN SSL", "tunnel"),
        "bastion": ("bastion", "PAM", "rebond", "serveur de rebond", "jump host"),
        "tool": ("outil de prise en main", "outil", "TeamViewer", "AnyDesk", "BeyondTrust", "tool"),
        "modem": ("modem", "RTC", "4G"),
        "other": ("autre", "other"),
    },
}  # fmt: skip

FREQUENCY_WORDS: Mapping[int, tuple[str, ...]] = {
    1: ("horaire", "toutes les heures", "hourly", "continue"),
    24: ("quotidienne", "quotidien", "journalière", "tous les jours", "daily", "jour"),
    168: ("hebdomadaire", "toutes les semaines", "weekly", "semaine"),
    720: ("mensuelle", "mensuel", "tous les mois", "monthly", "mois"),
}


def is_unknown(text: str) -> bool:
    """Tell whether a cell says that nobody knows."""
    return len(text) <= _LONGEST_UNKNOWN and normalised(text) in _UNKNOWN


def is_nobody(text: str) -> bool:
    """Tell whether a cell that should name something says that there is nothing to name."""
    return normalised(text) in _NOBODY


def flag_of(text: str) -> bool | None:
    """Read a boolean; None when the text is none."""
    said = normalised(text)
    if said in _TRUE:
        return True
    return False if said in _FALSE else None


def kind_of_word(text: str) -> AssetKind | None:
    """The kind of asset that a word names, singular or plural; None when it names none."""
    return _kinds().get(normalised(text))


def verb_of_word(text: str) -> tuple[Verb, bool] | None:
    """The verb that some words say, and whether they say it from its target; None when none."""
    return _verbs().get(normalised(text))


@lru_cache(maxsize=1)
def _kinds() -> dict[str, AssetKind]:
    found: dict[str, AssetKind] = {}
    for kind, words in KIND_WORDS.items():
        for word in (kind.value, kind.value.replace("_", " "), *words):
            found.setdefault(normalised(word), kind)
    return found


@lru_cache(maxsize=1)
def _verbs() -> dict[str, tuple[Verb, bool]]:
    found: dict[str, tuple[Verb, bool]] = {}
    for is_back, table in ((False, VERB_WORDS), (True, BACK_WORDS)):
        for verb, words in table.items():
            ours = () if is_back else (verb.value, verb.value.replace("_", " "))
            for word in (*ours, *words):
                found.setdefault(normalised(word), (verb, is_back))
    return found
