"""How is a directory told in the reader's words: kinds of objects, relations, changes, figures?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hygie.engines.directory.derive.draft import Unexamined
from hygie.engines.directory.edges import Action
from hygie.engines.directory.vocabulary import EdgeKind, ObjectKind

OBJECT_WORDS: Mapping[int, Promise] = {
    ObjectKind.OTHER: _("objet non décrit"),
    ObjectKind.USER: _("compte"),
    ObjectKind.COMPUTER: _("machine"),
    ObjectKind.GROUP: _("groupe"),
    ObjectKind.DOMAIN: _("domaine"),
    ObjectKind.OU: _("unité d'organisation"),
    ObjectKind.CONTAINER: _("conteneur"),
    ObjectKind.GPO: _("stratégie de groupe"),
    ObjectKind.CERT_TEMPLATE: _("modèle de certificat"),
    ObjectKind.ENTERPRISE_CA: _("autorité de certification"),
    ObjectKind.ROOT_CA: _("autorité racine"),
    ObjectKind.AIA_CA: _("autorité publiée"),
    ObjectKind.NT_AUTH_STORE: _("magasin NTAuth"),
    ObjectKind.ISSUANCE_POLICY: _("politique d'émission"),
    ObjectKind.MANAGED_ACCOUNT: _("compte de service géré"),
    ObjectKind.DNS_ZONE: _("zone DNS"),
    ObjectKind.SITE: _("site"),
    ObjectKind.CONFIGURATION: _("objet de configuration"),
    ObjectKind.LOCAL_GROUP: _("groupe local d'une machine"),
    ObjectKind.FACET: _("portée d'une stratégie"),
}

# Read "source … target".
EDGE_WORDS: Mapping[int, Promise] = {
    EdgeKind.MEMBER_OF: _("est membre de"),
    EdgeKind.CONTAINS: _("contient"),
    EdgeKind.GP_LINK: _("s'applique à"),
    EdgeKind.GP_LINK_ENFORCED: _("s'impose à"),
    EdgeKind.PRIMARY_GROUP: _("a pour groupe principal"),
    EdgeKind.ADMIN_TO: _("administre la machine"),
    EdgeKind.CAN_RDP: _("ouvre une session à distance sur"),
    EdgeKind.CAN_PS_REMOTE: _("exécute des commandes à distance sur"),
    EdgeKind.EXECUTE_DCOM: _("exécute par DCOM sur"),
    EdgeKind.SQL_ADMIN: _("administre la base de"),
    EdgeKind.HAS_SESSION: _("garde une session de"),
    EdgeKind.OWNS: _("est propriétaire de"),
    EdgeKind.WRITE_OWNER: _("peut devenir propriétaire de"),
    EdgeKind.WRITE_DACL: _("peut changer les droits de"),
    EdgeKind.GENERIC_ALL: _("a tous les droits sur"),
    EdgeKind.GENERIC_WRITE: _("peut modifier"),
    EdgeKind.ALL_EXTENDED_RIGHTS: _("a tous les droits étendus sur"),
    EdgeKind.FORCE_CHANGE_PASSWORD: _("peut réinitialiser le mot de passe de"),
    EdgeKind.ADD_MEMBER: _("peut ajouter un membre à"),
    EdgeKind.ADD_SELF: _("peut s'ajouter à"),
    EdgeKind.ADD_ALLOWED_TO_ACT: _("peut autoriser une délégation vers"),
    EdgeKind.WRITE_ACCOUNT_RESTRICTIONS: _("peut changer les restrictions de"),
    EdgeKind.WRITE_SPN: _("peut changer le nom de service de"),
    EdgeKind.ADD_KEY_CREDENTIAL_LINK: _("peut ajouter une clé à"),
    EdgeKind.WRITE_GP_LINK: _("peut lier une stratégie à"),
    EdgeKind.WRITE_ALT_SECURITY_IDENTITIES: _("peut lier un certificat à"),
    EdgeKind.WRITE_PUBLIC_INFORMATION: _("peut changer les informations de"),
    EdgeKind.READ_LAPS_PASSWORD: _("lit le mot de passe local de"),
    EdgeKind.SYNC_LAPS_PASSWORD: _("réplique le mot de passe local de"),
    EdgeKind.READ_GMSA_PASSWORD: _("lit le mot de passe de service de"),
    EdgeKind.DUMP_SMSA_PASSWORD: _("détient le mot de passe de service de"),
    EdgeKind.ALLOWED_TO_DELEGATE: _("se présente pour autrui auprès de"),
    EdgeKind.ALLOWED_TO_ACT: _("agit pour autrui sur"),
    EdgeKind.COERCE_TO_TGT: _("reçoit les tickets de"),
    EdgeKind.HAS_SID_HISTORY: _("porte l'ancien identifiant de"),
    EdgeKind.DC_FOR: _("est contrôleur de"),
    EdgeKind.SAME_FOREST_TRUST: _("est dans la même forêt que"),
    EdgeKind.CROSS_FOREST_TRUST: _("fait confiance à"),
    EdgeKind.SPOOF_SID_HISTORY: _("peut se faire passer pour un compte de"),
    EdgeKind.ABUSE_TGT_DELEGATION: _("reçoit les tickets délégués de"),
    EdgeKind.DCSYNC: _("réplique les secrets de"),
    EdgeKind.MANAGE_CA: _("gère l'autorité"),
    EdgeKind.MANAGE_CERTIFICATES: _("délivre les certificats de"),
    EdgeKind.GOLDEN_CERT: _("signe n'importe quel certificat de"),
    EdgeKind.POLICY_APPLIES: _("agit sur"),
    EdgeKind.CLAIM_SPECIAL_IDENTITY: _("agit comme"),
    EdgeKind.RODC_HOLDS_SECRET: _("détient le secret de"),
    EdgeKind.MANAGED_BY: _("gère"),
    EdgeKind.MEMBER_OF_LOCAL_GROUP: _("est membre du groupe local"),
    **{
        kind: _("obtient par certificat le contrôle de")
        for kind in (
            EdgeKind.ADCS_ESC1, EdgeKind.ADCS_ESC3, EdgeKind.ADCS_ESC4, EdgeKind.ADCS_ESC6A,
            EdgeKind.ADCS_ESC6B, EdgeKind.ADCS_ESC9A, EdgeKind.ADCS_ESC9B, EdgeKind.ADCS_ESC10A,
            EdgeKind.ADCS_ESC10B, EdgeKind.ADCS_ESC13,
        )
    },
}  # fmt: skip

ACTION_WORDS: Mapping[str, Promise] = {
    Action.REMOVE_RIGHT: _("Retirer un droit posé sur un objet"),
    Action.REMOVE_INHERITED_RIGHT: _("Retirer un droit hérité, à sa source"),
    Action.LEAVE_GROUP: _("Sortir un compte d'un groupe"),
    Action.RESET_PRIMARY_GROUP: _("Rétablir un groupe principal"),
    Action.KEEP_SESSIONS_APART: _("Garder les sessions de ce compte hors des machines ordinaires"),
    Action.REMOVE_LOCAL_RIGHT: _("Retirer ses droits locaux sur des machines"),
    Action.CLEAR_DELEGATION: _("Supprimer une délégation"),
    Action.CLEAR_UNCONSTRAINED: _("Supprimer une délégation sans contrainte"),
    Action.CLEAR_ALLOWED_TO_ACT: _("Supprimer une délégation par la ressource"),
    Action.CLEAR_SID_HISTORY: _("Effacer un historique de SID"),
    Action.REMOVE_REPLICATION: _("Retirer un droit de réplication"),
    Action.FILTER_TRUST: _("Filtrer une relation d'approbation"),
    Action.RESTRICT_RODC: _("Restreindre un contrôleur en lecture seule"),
    Action.FIX_TEMPLATE: _("Corriger un modèle de certificat"),
    Action.SECURE_TEMPLATE: _("Protéger un modèle de certificat"),
    Action.FIX_CA: _("Corriger une autorité de certification"),
    Action.BIND_CERTIFICATES: _(
        "Lier strictement les certificats aux comptes, sur les contrôleurs"
    ),
    Action.MAP_CERTIFICATES: _(
        "Refuser les correspondances faibles de certificats, sur les contrôleurs"
    ),
}

_MEASURED: Mapping[str, Promise] = {
    "count": _("Objets en défaut"),
    "limit": _("Seuil"),
    "share": _("Part"),
    "share_low": _("Part, au moins"),
    "share_high": _("Part, au plus"),
    "population": _("Sur un total de"),
    "open": _("Objets qu'on ne peut juger"),
    "days": _("Seuil en jours"),
    "version": _("Version"),
    "length": _("Longueur"),
    "principals": _("Comptes et groupes qui ont un droit dangereux"),
    "targets": _("Objets exposés à ces droits"),
    "relations": _("Droits en cause"),
    "loops": _("Boucles"),
    "trusts": _("Relations d'approbation"),
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
        return gettext("%(what)s : « %(subject)s » %(verb)s « %(target)s »") % {
            "what": what, "subject": subject, "verb": verb, "target": target,
        }  # fmt: skip
    return gettext("%(what)s : « %(subject)s »") % {"what": what, "subject": subject or target}


def level_sentence(at_best: int, at_worst: int, holding: int, undecided: int) -> str:
    """The level, in the words of the first line of a page."""
    if at_best == at_worst:
        if at_best == 5:
            return gettext("Niveau AD 5 : tous les points de contrôle sont atteints.")
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
    "records": _("Enregistrements lus"),
    "rows": _("Lignes lues"),
    "rows_refused": _("Lignes refusées"),
    "objects": _("Objets"),
    "edges": _("Relations"),
    "files": _("Fichiers"),
    "repeated": _("Enregistrements répétés"),
    "refused": _("Enregistrements refusés"),
    "skipped": _("Enregistrements d'un type inconnu"),
    "secrets": _("Secrets rencontrés, non gardés"),
    "stubs": _("Objets sans description"),
    "unknown_rights": _("Droits inconnus"),
    "unknown_names": _("Noms que rien ne décrit"),
    "unknown_services": _("Services que rien ne décrit"),
    "without_descriptor": _("Objets sans leurs droits"),
    "dns_records": _("Enregistrements DNS laissés de côté"),
    "foreign_principals": _("Comptes d'autres domaines"),
    "deleted": _("Objets supprimés"),
    "users": _("Comptes"),
    "computers": _("Machines"),
    "groups": _("Groupes"),
    "domains": _("Domaines"),
    "trusts": _("Relations d'approbation"),
    "points": _("Points cités"),
}


def count_word(name: str) -> str:
    """What a reader counted."""
    found = _COUNTED.get(name)
    return str(found) if found is not None else name.replace("_", " ")


_UNEXAMINED: Mapping[str, Promise] = {
    Unexamined.TEMPLATE: _("modèles de certificat aux réglages incomplets"),
    Unexamined.CA_REGISTRY: _("autorités de certification au registre non collecté"),
    Unexamined.CA_ENROLLERS: _("autorités dont on ne sait pas qui peut demander un certificat"),
    Unexamined.CA_CHAIN: _("autorités dont la chaîne de confiance ne se suit pas"),
    Unexamined.CERTIFICATE_BINDING: _("contrôleurs dont la liaison des certificats est inconnue"),
    Unexamined.CERTIFICATE_MAPPING: _(
        "contrôleurs dont la correspondance des certificats est inconnue"
    ),
    Unexamined.ACL_PROTECTION: _("objets dont on ne sait pas s'ils héritent des droits"),
    Unexamined.OWNER_RIGHTS: _("domaines dont le réglage des droits du propriétaire est inconnu"),
    Unexamined.RIGHTS: _("objets dont les droits n'ont pas été collectés"),
    Unexamined.MEMBERS: _("groupes dont les membres n'ont pas été collectés"),
    Unexamined.PRIMARY_GROUP: _("comptes au groupe principal inconnu"),
    Unexamined.SESSIONS: _("machines dont les sessions n'ont pas été collectées"),
    Unexamined.LOCAL_GROUPS: _("machines dont les groupes locaux n'ont pas été collectés"),
    Unexamined.SITE_LINK: _("stratégies liées à un site dont le contenu est inconnu"),
    Unexamined.TRUST: _("relations d'approbation mal décrites"),
    Unexamined.DELEGATION: _("comptes dont la délégation est inconnue"),
    Unexamined.SPECIAL_IDENTITY: _("identités spéciales d'un domaine inconnu"),
    Unexamined.LIMIT: _("relations laissées de côté : l'export dépasse les limites"),
}


def unknown_word(name: str) -> str:
    """What could not be examined."""
    found = _UNEXAMINED.get(name)
    return str(found) if found is not None else count_word(name)
