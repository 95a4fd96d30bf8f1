"""How is a directory told in the reader's words: kinds of objects, relations, changes, figures?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from hygie.engines.directory.derive.draft import Unexamined
from hygie.engines.directory.edges import Action
from hygie.engines.directory.vocabulary import EdgeKind, ObjectKind

OBJECT_WORDS: Mapping[int, Promise] = {
    ObjectKind.OTHER: _l("objet non décrit"),
    ObjectKind.USER: _l("compte"),
    ObjectKind.COMPUTER: _l("machine"),
    ObjectKind.GROUP: _l("groupe"),
    ObjectKind.DOMAIN: _l("domaine"),
    ObjectKind.OU: _l("unité d'organisation"),
    ObjectKind.CONTAINER: _l("conteneur"),
    ObjectKind.GPO: _l("stratégie de groupe"),
    ObjectKind.CERT_TEMPLATE: _l("modèle de certificat"),
    ObjectKind.ENTERPRISE_CA: _l("autorité de certification"),
    ObjectKind.ROOT_CA: _l("autorité racine"),
    ObjectKind.AIA_CA: _l("autorité publiée"),
    ObjectKind.NT_AUTH_STORE: _l("magasin NTAuth"),
    ObjectKind.ISSUANCE_POLICY: _l("politique d'émission"),
    ObjectKind.MANAGED_ACCOUNT: _l("compte de service géré"),
    ObjectKind.DNS_ZONE: _l("zone DNS"),
    ObjectKind.SITE: _l("site"),
    ObjectKind.CONFIGURATION: _l("objet de configuration"),
    ObjectKind.LOCAL_GROUP: _l("groupe local d'une machine"),
    ObjectKind.FACET: _l("portée d'une stratégie"),
}

# Read "source … target".
EDGE_WORDS: Mapping[int, Promise] = {
    EdgeKind.MEMBER_OF: _l("est membre de"),
    EdgeKind.CONTAINS: _l("contient"),
    EdgeKind.GP_LINK: _l("s'applique à"),
    EdgeKind.GP_LINK_ENFORCED: _l("s'impose à"),
    EdgeKind.PRIMARY_GROUP: _l("a pour groupe principal"),
    EdgeKind.ADMIN_TO: _l("administre la machine"),
    EdgeKind.CAN_RDP: _l("ouvre une session à distance sur"),
    EdgeKind.CAN_PS_REMOTE: _l("exécute des commandes à distance sur"),
    EdgeKind.EXECUTE_DCOM: _l("exécute par DCOM sur"),
    EdgeKind.SQL_ADMIN: _l("administre la base de"),
    EdgeKind.HAS_SESSION: _l("garde une session de"),
    EdgeKind.OWNS: _l("est propriétaire de"),
    EdgeKind.WRITE_OWNER: _l("peut devenir propriétaire de"),
    EdgeKind.WRITE_DACL: _l("peut changer les droits de"),
    EdgeKind.GENERIC_ALL: _l("a tous les droits sur"),
    EdgeKind.GENERIC_WRITE: _l("peut modifier"),
    EdgeKind.ALL_EXTENDED_RIGHTS: _l("a tous les droits étendus sur"),
    EdgeKind.FORCE_CHANGE_PASSWORD: _l("peut réinitialiser le mot de passe de"),
    EdgeKind.ADD_MEMBER: _l("peut ajouter un membre à"),
    EdgeKind.ADD_SELF: _l("peut s'ajouter à"),
    EdgeKind.ADD_ALLOWED_TO_ACT: _l("peut autoriser une délégation vers"),
    EdgeKind.WRITE_ACCOUNT_RESTRICTIONS: _l("peut changer les restrictions de"),
    EdgeKind.WRITE_SPN: _l("peut changer le nom de service de"),
    EdgeKind.ADD_KEY_CREDENTIAL_LINK: _l("peut ajouter une clé à"),
    EdgeKind.WRITE_GP_LINK: _l("peut lier une stratégie à"),
    EdgeKind.WRITE_ALT_SECURITY_IDENTITIES: _l("peut lier un certificat à"),
    EdgeKind.WRITE_PUBLIC_INFORMATION: _l("peut changer les informations de"),
    EdgeKind.READ_LAPS_PASSWORD: _l("lit le mot de passe local de"),
    EdgeKind.SYNC_LAPS_PASSWORD: _l("réplique le mot de passe local de"),
    EdgeKind.READ_GMSA_PASSWORD: _l("lit le mot de passe de service de"),
    EdgeKind.DUMP_SMSA_PASSWORD: _l("détient le mot de passe de service de"),
    EdgeKind.ALLOWED_TO_DELEGATE: _l("se présente pour autrui auprès de"),
    EdgeKind.ALLOWED_TO_ACT: _l("agit pour autrui sur"),
    EdgeKind.COERCE_TO_TGT: _l("reçoit les tickets de"),
    EdgeKind.HAS_SID_HISTORY: _l("porte l'ancien identifiant de"),
    EdgeKind.DC_FOR: _l("est contrôleur de"),
    EdgeKind.SAME_FOREST_TRUST: _l("est dans la même forêt que"),
    EdgeKind.CROSS_FOREST_TRUST: _l("fait confiance à"),
    EdgeKind.SPOOF_SID_HISTORY: _l("peut se faire passer pour un compte de"),
    EdgeKind.ABUSE_TGT_DELEGATION: _l("reçoit les tickets délégués de"),
    EdgeKind.DCSYNC: _l("réplique les secrets de"),
    EdgeKind.MANAGE_CA: _l("gère l'autorité"),
    EdgeKind.MANAGE_CERTIFICATES: _l("délivre les certificats de"),
    EdgeKind.GOLDEN_CERT: _l("signe n'importe quel certificat de"),
    EdgeKind.POLICY_APPLIES: _l("agit sur"),
    EdgeKind.CLAIM_SPECIAL_IDENTITY: _l("agit comme"),
    EdgeKind.RODC_HOLDS_SECRET: _l("détient le secret de"),
    EdgeKind.MANAGED_BY: _l("est géré par"),
    **{
        kind: _l("obtient par certificat le contrôle de")
        for kind in (
            EdgeKind.ADCS_ESC1, EdgeKind.ADCS_ESC3, EdgeKind.ADCS_ESC4, EdgeKind.ADCS_ESC6A,
            EdgeKind.ADCS_ESC6B, EdgeKind.ADCS_ESC9A, EdgeKind.ADCS_ESC9B, EdgeKind.ADCS_ESC10A,
            EdgeKind.ADCS_ESC10B, EdgeKind.ADCS_ESC13,
        )
    },
}  # fmt: skip

ACTION_WORDS: Mapping[str, Promise] = {
    Action.REMOVE_RIGHT: _l("Retirer un droit posé sur un objet"),
    Action.REMOVE_INHERITED_RIGHT: _l("Retirer un droit hérité, à sa source"),
    Action.LEAVE_GROUP: _l("Sortir un compte d'un groupe"),
    Action.RESET_PRIMARY_GROUP: _l("Rétablir un groupe principal"),
    Action.KEEP_SESSIONS_APART: _l("Empêcher les sessions d'administration sur une machine"),
    Action.REMOVE_LOCAL_RIGHT: _l("Retirer un droit local sur une machine"),
    Action.CLEAR_DELEGATION: _l("Supprimer une délégation"),
    Action.CLEAR_UNCONSTRAINED: _l("Supprimer une délégation sans contrainte"),
    Action.CLEAR_ALLOWED_TO_ACT: _l("Supprimer une délégation par la ressource"),
    Action.CLEAR_SID_HISTORY: _l("Effacer un historique de SID"),
    Action.REMOVE_REPLICATION: _l("Retirer un droit de réplication"),
    Action.FILTER_TRUST: _l("Filtrer une relation d'approbation"),
    Action.RESTRICT_RODC: _l("Restreindre un contrôleur en lecture seule"),
    Action.FIX_TEMPLATE: _l("Corriger un modèle de certificat"),
    Action.SECURE_TEMPLATE: _l("Protéger un modèle de certificat"),
    Action.FIX_CA: _l("Corriger une autorité de certification"),
}

_MEASURED: Mapping[str, Promise] = {
    "count": _l("nombre"),
    "limit": _l("seuil"),
    "share": _l("part"),
    "days": _l("jours"),
    "total": _l("sur"),
    "oldest_days": _l("le plus ancien, en jours"),
    "version": _l("version"),
}


def object_word(kind: int) -> str:
    """What an object is."""
    return str(OBJECT_WORDS.get(kind, OBJECT_WORDS[ObjectKind.OTHER]))


def edge_word(kind: int) -> str:
    """The verb between two objects."""
    found = EDGE_WORDS.get(kind)
    return str(found) if found is not None else edge_code(kind)


def edge_code(kind: int) -> str:
    """The name of a relation as the field writes it."""
    try:
        return EdgeKind(kind).name
    except ValueError:
        return str(kind)


def measured_word(name: str) -> str:
    """What a figure of a decision is."""
    found = _MEASURED.get(name)
    return str(found) if found is not None else name.replace("_", " ")


def change_sentence(action: str, subject: str, verb: str, target: str) -> str:
    """One change, as one would ask it of an administrator."""
    what = str(ACTION_WORDS.get(action, action))
    if subject and target:
        return _("%(what)s : « %(subject)s » %(verb)s « %(target)s »") % {
            "what": what, "subject": subject, "verb": verb, "target": target,
        }  # fmt: skip
    return _("%(what)s : « %(subject)s »") % {"what": what, "subject": subject or target}


def level_sentence(at_best: int, at_worst: int, holding: int, undecided: int) -> str:
    """The level, in the words of the first line of a page."""
    if at_best == at_worst:
        if at_best == 5:
            return _("Niveau AD 5 : tous les points de contrôle sont atteints.")
        return ngettext(
            "Niveau AD %(level)s : %(count)s point bloque le niveau %(next)s.",
            "Niveau AD %(level)s : %(count)s points bloquent le niveau %(next)s.",
            holding,
        ) % {"level": at_best, "count": holding, "next": at_best + 1}
    return ngettext(
        "Niveau AD entre %(worst)s et %(best)s : %(count)s point n'a pas pu être décidé.",
        "Niveau AD entre %(worst)s et %(best)s : %(count)s points n'ont pas pu être décidés.",
        undecided,
    ) % {"worst": at_worst, "best": at_best, "count": undecided}


_COUNTED: Mapping[str, Promise] = {
    "records": _l("enregistrements lus"),
    "objects": _l("objets"),
    "edges": _l("relations"),
    "repeated": _l("enregistrements répétés"),
    "stubs": _l("objets sans description"),
    "unknown_rights": _l("droits inconnus"),
    "deleted": _l("objets supprimés"),
}


def count_word(name: str) -> str:
    """What a reader counted."""
    found = _COUNTED.get(name)
    return str(found) if found is not None else name.replace("_", " ")


_UNEXAMINED: Mapping[str, Promise] = {
    Unexamined.TEMPLATE: _l("modèles de certificat aux réglages incomplets"),
    Unexamined.CA_REGISTRY: _l("autorités de certification au registre non collecté"),
    Unexamined.CA_ENROLLERS: _l("autorités dont on ne sait pas qui peut demander un certificat"),
    Unexamined.CA_CHAIN: _l("autorités dont la chaîne de confiance ne se suit pas"),
    Unexamined.CERTIFICATE_BINDING: _l("contrôleurs dont la liaison des certificats est inconnue"),
    Unexamined.CERTIFICATE_MAPPING: _l(
        "contrôleurs dont la correspondance des certificats est inconnue"
    ),
    Unexamined.ACL_PROTECTION: _l("objets dont on ne sait pas s'ils héritent des droits"),
    Unexamined.OWNER_RIGHTS: _l("domaines dont le réglage des droits du propriétaire est inconnu"),
    Unexamined.RIGHTS: _l("objets dont les droits n'ont pas été collectés"),
    Unexamined.MEMBERS: _l("groupes dont les membres n'ont pas été collectés"),
    Unexamined.PRIMARY_GROUP: _l("comptes au groupe principal inconnu"),
    Unexamined.SESSIONS: _l("machines dont les sessions n'ont pas été collectées"),
    Unexamined.LOCAL_GROUPS: _l("machines dont les groupes locaux n'ont pas été collectés"),
    Unexamined.SITE_LINK: _l("stratégies liées à un site dont le contenu est inconnu"),
    Unexamined.TRUST: _l("relations d'approbation mal décrites"),
    Unexamined.DELEGATION: _l("comptes dont la délégation est inconnue"),
    Unexamined.SPECIAL_IDENTITY: _l("identités spéciales d'un domaine inconnu"),
    Unexamined.LIMIT: _l("relations laissées de côté : l'export dépasse les limites"),
}


def unknown_word(name: str) -> str:
    """What could not be examined."""
    found = _UNEXAMINED.get(name)
    return str(found) if found is not None else count_word(name)
