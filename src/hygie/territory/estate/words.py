"""How are the fields of the map, their values and what is missing said to people?"""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from hygie.engines.estate.completeness import missing_link
from hygie.engines.estate.fields import FIELDS, DetailField, FieldType
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.territory.estate.choices import AssetKind, LinkVerb
from hygie.territory.estate.models import Asset
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.words import plain

Text = str | Promise

# Above one asset of a kind: lists, menus, columns.
PLURALS: dict[str, Text] = {
    Kind.CARE: lazy("activités de soins"),
    Kind.APPLICATION: lazy("applications"),
    Kind.INTERFACE: lazy("interfaces"),
    Kind.IDENTITY: lazy("services d'identité"),
    Kind.SERVER: lazy("serveurs"),
    Kind.CLUSTER: lazy("grappes"),
    Kind.STORE: lazy("stockages de données"),
    Kind.BACKUP: lazy("sauvegardes"),
    Kind.WORKSTATION_GROUP: lazy("groupes de postes"),
    Kind.WORKSTATION: lazy("postes de travail"),
    Kind.DEVICE: lazy("dispositifs médicaux"),
    Kind.NETWORK: lazy("équipements réseau"),
    Kind.ZONE: lazy("zones réseau"),
    Kind.LINE: lazy("liaisons opérateur"),
    Kind.ACCESS: lazy("accès distants"),
    Kind.SUPPLIER: lazy("fournisseurs"),
    Kind.SITE: lazy("sites"),
}

# The same tie read from its target.
VERBS_BACK: dict[str, Text] = {
    "uses": lazy("est utilisé par"),
    "runs_on": lazy("fait fonctionner"),
    "stores_on": lazy("garde les données de"),
    "authenticates_with": lazy("authentifie"),
    "exchanges_through": lazy("achemine les échanges de"),
    "connected_by": lazy("relie"),
    "made_of": lazy("fait partie de"),
    "maintained_by": lazy("maintient"),
    "backed_up_by": lazy("sauvegarde"),
    "administers": lazy("est administré par"),
    "reaches": lazy("peut être joint par"),
    "site": lazy("abrite"),
    "zone": lazy("contient"),
    "supplier": lazy("fournit"),
}
# Ties that are fields of the asset rather than links.
VERBS_OF_PLACE: dict[str, Text] = {
    "site": lazy("se trouve sur"),
    "zone": lazy("est dans la zone"),
    "supplier": lazy("est fourni par"),
}

FIELD_WORDS: dict[str, Text] = {
    "code": lazy("Code"),
    "kind": lazy("Nature"),
    "name": lazy("Nom"),
    "description": lazy("Description"),
    "owner": lazy("Responsable"),
    "technical_owner": lazy("Responsable technique"),
    "criticality": lazy("Criticité déclarée"),
    "max_downtime_min": lazy("DMIA"),
    "max_data_loss_min": lazy("PDMA"),
    "status": lazy("État"),
    "site": lazy("Site"),
    "zone": lazy("Zone réseau"),
    "supplier": lazy("Fournisseur"),
    "minimal_service": lazy("Service minimal"),
    "holds_min": lazy("Tient sans informatique (minutes)"),
    "patients_per_day": lazy("Patients par jour"),
    "beds": lazy("Lits"),
    "vendor": lazy("Éditeur ou fabricant"),
    "model": lazy("Modèle"),
    "version": lazy("Version"),
    "domain": lazy("Domaine fonctionnel"),
    "degraded_mode": lazy("Mode dégradé"),
    "hosting": lazy("Hébergement"),
    "users": lazy("Utilisateurs"),
    "contract_end": lazy("Fin du contrat"),
    "end_of_support": lazy("Fin de support"),
    "protocol": lazy("Protocole"),
    "engine": lazy("Moteur d'interfaces"),
    "messages": lazy("Messages"),
    "port": lazy("Port"),
    "is_enabled": lazy("Active"),
    "technology": lazy("Technologie"),
    "has_admin_mfa": lazy("Second facteur pour les administrateurs"),
    "has_tiering": lazy("Administration par niveaux"),
    "os": lazy("Système d'exploitation"),
    "os_version": lazy("Version du système"),
    "patched_on": lazy("Dernier correctif"),
    "has_edr": lazy("EDR en place"),
    "role": lazy("Rôle"),
    "is_virtual": lazy("Virtuel"),
    "is_domain_joined": lazy("Joint au domaine"),
    "data": lazy("Données"),
    "capacity_gb": lazy("Capacité (Go)"),
    "medium": lazy("Support"),
    "frequency_h": lazy("Fréquence (heures)"),
    "retention_days": lazy("Rétention (jours)"),
    "is_offline": lazy("Hors ligne"),
    "is_immutable": lazy("Immuable"),
    "is_offsite": lazy("Sur un autre site"),
    "has_own_identity": lazy("Comptes distincts de l'annuaire"),
    "restored_on": lazy("Dernière restauration testée"),
    "count": lazy("Nombre"),
    "modality": lazy("Modalité"),
    "udi": lazy("IUD"),
    "may_patch": lazy("Correctifs autorisés par le fabricant"),
    "firmware": lazy("Micrologiciel"),
    "network": lazy("Réseau"),
    "vlan": lazy("VLAN"),
    "is_filtered_inside": lazy("Filtrée à l'intérieur"),
    "exposure": lazy("Exposition"),
    "operator": lazy("Opérateur"),
    "bandwidth_mbps": lazy("Débit (Mbit/s)"),
    "is_internet": lazy("Accès à Internet"),
    "method": lazy("Moyen d'accès"),
    "cut_procedure": lazy("Procédure de coupure"),
    "has_mfa": lazy("Second facteur"),
    "has_named_accounts": lazy("Comptes nominatifs"),
    "is_recorded": lazy("Sessions enregistrées"),
    "is_permanent": lazy("Permanent"),
    "last_used_on": lazy("Dernière utilisation"),
    "contact": lazy("Contact"),
    "phone": lazy("Téléphone"),
    "emergency_phone": lazy("Téléphone d'urgence"),
    "address": lazy("Adresse"),
    "town": lazy("Commune"),
    "power_backup_h": lazy("Autonomie électrique (heures)"),
}

CHOICE_WORDS: dict[str, dict[str, Text]] = {
    "hosting": {
        "internal": lazy("dans l'établissement"),
        "external": lazy("chez un hébergeur"),
        "saas": lazy("service en ligne (SaaS)"),
    },
    "protocol": {
        "hl7": "HL7", "dicom": "DICOM", "fhir": "FHIR", "http": "HTTP",
        "file": lazy("fichier"), "database": lazy("base de données"), "other": lazy("autre"),
    },
    "technology": {
        "active_directory": "Active Directory", "entra": "Entra ID", "ldap": "LDAP",
        "other": lazy("autre"),
    },
    "exposure": {
        "internal": pgettext_lazy("zone", "interne"), "dmz": "DMZ", "internet": "Internet",
        "biomedical": lazy("biomédicale"), "administration": lazy("administration"),
        "backup": lazy("sauvegarde"), "guests": lazy("visiteurs"),
    },
    "method": {
        "vpn": "VPN", "bastion": lazy("bastion"), "tool": lazy("outil de prise en main"),
        "modem": lazy("modem"), "other": lazy("autre"),
    },
}  # fmt: skip


def kind_word(kind: str) -> str:
    """One asset of this kind."""
    return str(AssetKind(kind).label)


def kinds_word(kind: str) -> str:
    """Several of them."""
    return str(PLURALS[kind])


def counted(kind: str, count: int) -> str:
    """ "3 serveurs"."""
    word = kind_word(kind) if count < 2 else kinds_word(kind)
    return _("%(count)d %(what)s") % {"count": count, "what": word}


def counted_kinds(counts: Iterable[tuple[str, int]]) -> str:
    """ "3 serveurs, 1 grappe"."""
    return ", ".join(counted(kind, count) for kind, count in counts)


def verb_word(verb: str) -> str:
    """What ties the source to the target."""
    return str(VERBS_OF_PLACE[verb]) if verb in VERBS_OF_PLACE else str(LinkVerb(verb).label)


def verb_back(verb: str) -> str:
    """The same tie read from the target."""
    return str(VERBS_BACK[verb])


def field_word(name: str) -> str:
    """Label of a field."""
    return str(FIELD_WORDS.get(name, name))


def detail_fields(kind: str) -> tuple[DetailField, ...]:
    """Further fields of a kind."""
    return FIELDS[Kind(kind)]


def choice_words(field: DetailField) -> list[tuple[str, Text]]:
    """Values that a field may take, each with its word."""
    words = CHOICE_WORDS.get(field.name, {})
    return [(value, words.get(value, value)) for value in field.choices]


def value_word(field: DetailField, value: Any) -> Any:
    """A value of a further field as people read it; dates stay dates for the page to write."""
    if field.type is FieldType.BOOLEAN:
        return _("oui") if value else _("non")
    if field.type is FieldType.CHOICE:
        return CHOICE_WORDS.get(field.name, {}).get(value, value)
    if field.type is FieldType.DATE:
        with suppress(ValueError):
            return dt.date.fromisoformat(str(value))
    return value


def duration_words(minutes: int | None) -> str:
    """Minutes as people say them: "30 min", "4 h", "1 j 12 h"."""
    if minutes is None:
        return ""
    if minutes == 0:
        return _("aucune")
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    parts = ((days, _("%(n)d j")), (hours, _("%(n)d h")), (left, _("%(n)d min")))
    return " ".join(words % {"n": count} for count, words in parts if count)


def missing_word(entry: str) -> str:
    """What is missing, as the engine names it: a field, or a link."""
    link = missing_link(entry)
    if link is None:
        return field_word(entry)
    verbs, is_incoming = link
    words = _(" ou ").join(verb_back(one) if is_incoming else verb_word(one) for one in verbs)
    return _("lien « %(verb)s »") % {"verb": words}


def group_words(needed: int, size: int) -> str:
    """ "2 parmi 3": how many of a group must hold."""
    return _("%(needed)d parmi %(size)d") % {"needed": needed, "size": size}


def effect_words(effect: str, delay_min: int) -> str:
    """What the source of a need becomes, and when."""
    said = _("dégradé") if effect == "degrade" else pgettext("besoin", "arrêté")
    if not delay_min:
        return _("%(said)s aussitôt") % {"said": said}
    return _("%(said)s au bout de %(time)s") % {"said": said, "time": duration_words(delay_min)}


def asset_called(name: str, place: str) -> str:
    """A name with the organisation it belongs to, unless it says so already."""
    return name if not place or plain(place) in plain(name) else f"{name} ({place})"


def called_at(asset: Asset, place: Organisation) -> str:
    """Name of an asset on the map of a place: with its own organisation when that is another.

    On the map of a group, every hospital has its emergency department.
    """
    owner = "" if asset.organisation_id == place.pk else asset.organisation.name
    return asset_called(asset.name, owner)


def elements_words(count: int) -> str:
    """ "12 éléments"."""
    return ngettext("%(count)d élément", "%(count)d éléments", count) % {"count": count}


def title_of_kind(kind: str) -> str:
    """Heading of the list of a kind."""
    return str(capfirst(kinds_word(kind)))


_SOURCES: dict[str, Text] = {
    "hand": lazy("saisi ici"),
    "demo": lazy("données inventées"),
    "estate.sheet": lazy("tableur"),
    "estate.links": lazy("feuille de liens"),
    "estate.interfaces": lazy("liste d'interfaces"),
    "estate.glpi": "GLPI",
    "estate.nmap": "nmap",
    "estate.cyclonedx": "CycloneDX",
    "estate.mercator": "Mercator",
    "estate.map": lazy("carte Hygie"),
}


def identifier_text(kind: str, value: str) -> str:
    """An identifier as people write it: a MAC address has colons."""
    if kind != "mac":
        return value
    return ":".join(value[at : at + 2] for at in range(0, len(value), 2))


def source_word(source: str) -> str:
    """Where an asset comes from."""
    return str(_SOURCES.get(source, source))


_SUBJECTS: dict[str, Text] = {
    "links": lazy("liens entre éléments"),
    "interfaces": lazy("interfaces (liste d'EAI)"),
    "assets": lazy("éléments de plusieurs natures"),
}


def subject_word(subject: str) -> str:
    """What a sheet contains."""
    return str(_SUBJECTS.get(subject) or kinds_word(subject))
