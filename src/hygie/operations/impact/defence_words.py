"""How are doors and defences said to people, and which measure of the catalogue sets each up?"""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hygie.engines.ransomware.defences import DefenceKind, defence_of
from hygie.engines.ransomware.entries import EntryKind
from hygie.operations.impact.asked import TOGETHER

ENTRY_WORDS: dict[EntryKind, Promise] = {
    EntryKind.ANY: lazy("n'importe laquelle, aux fréquences observées"),
    EntryKind.PHISHING: lazy("hameçonnage d'un poste"),
    EntryKind.EXPOSED: lazy("faille d'un serveur exposé à Internet"),
    EntryKind.ACCOUNT: lazy("compte de télétravail volé"),
    EntryKind.SUPPLIER: lazy("accès d'un fournisseur"),
    EntryKind.ASSET: lazy("un élément choisi"),
}

DEFENCE_WORDS: dict[DefenceKind, Promise] = {
    DefenceKind.SEGMENTATION: lazy("Cloisonner les zones réseau"),
    DefenceKind.ADMIN_MFA: lazy("Deux facteurs pour qui administre"),
    DefenceKind.TIERING: lazy("Séparer l'administration de l'annuaire par niveaux"),
    DefenceKind.LOCAL_SECRETS: lazy("Un secret local propre à chaque machine"),
    DefenceKind.EDR: lazy("Déployer l'EDR partout où il peut l'être"),
    DefenceKind.PATCHING: lazy("Appliquer les correctifs à temps"),
    DefenceKind.OFFLINE_BACKUP: lazy("Mettre une sauvegarde hors d'atteinte"),
    DefenceKind.SUPPLIER_BASTION: lazy("Faire passer les fournisseurs par un bastion"),
    DefenceKind.WATCH: lazy("Faire lire les alertes jour et nuit"),
    DefenceKind.FAST_CONTAINMENT: lazy("Savoir contenir une attaque en quelques heures"),
}

# Codes of the catalogue of security measures.
MEASURES: dict[DefenceKind, str] = {
    DefenceKind.SEGMENTATION: "network-segmentation",
    DefenceKind.ADMIN_MFA: "strong-authentication",
    DefenceKind.TIERING: "ad-tiering",
    DefenceKind.LOCAL_SECRETS: "local-admin-passwords",
    DefenceKind.EDR: "edr-rollout",
    DefenceKind.PATCHING: "patch-cycle",
    DefenceKind.OFFLINE_BACKUP: "immutable-backup",
    DefenceKind.SUPPLIER_BASTION: "bastion",
    DefenceKind.WATCH: "soc-24-7",
    DefenceKind.FAST_CONTAINMENT: "crisis-procedures",
}


def defence_words(name: str) -> str:
    """A variant in words: "Déployer l'EDR (80 %)", "Tout cela ensemble"."""
    if name == TOGETHER:
        return _("Tout cela ensemble")
    defence = defence_of(name)
    said = str(DEFENCE_WORDS[defence.kind])
    if defence.share is None:
        return said
    return _("%(defence)s (%(share)s %%)") % {
        "defence": said, "share": f"{100 * defence.share:g}",
    }  # fmt: skip


# What the map does not say, as engines.ransomware counts it.
DOUBT_WORDS: dict[str, Promise] = {
    "patch_unknown": lazy("machines dont la date des correctifs n'est pas connue"),
    "edr_unknown": lazy("machines dont on ne sait pas si elles ont un EDR"),
    "zone_unknown": lazy("machines sans zone réseau"),
    "flows_unknown": lazy("zones dont aucun flux n'est sur la carte"),
    "access_targets_unknown": lazy("accès distants dont on ne sait pas ce qu'ils atteignent"),
    "admin_mfa_unknown": lazy(
        "annuaires dont on ne sait pas si l'administration exige deux facteurs"
    ),
}


def doubt_words(name: str) -> str:
    """What is unknown."""
    return str(DOUBT_WORDS.get(name, name))
