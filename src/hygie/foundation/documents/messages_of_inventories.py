"""How is what the readers of inventories and maps say told in words?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hygie.connectors.message_codes import MessageCode

INVENTORIES: Mapping[MessageCode, str | Promise] = {
    MessageCode.INVENTORY_NOT_KNOWN: _(
        "ce fichier n'est aucun des inventaires connus : %(accepted)s. Vérifiez l'export, ou "
        "préparez la correspondance des colonnes."
    ),
    MessageCode.INVENTORY_TOO_LARGE: _(
        "plus de %(limit)s éléments ou liens dans un seul fichier : découpez-le."
    ),
    MessageCode.INVENTORY_FILE_IGNORED: _("« %(member)s » n'est pas un inventaire : non lu."),
    MessageCode.INVENTORY_SHEET_IGNORED: _(
        "la feuille « %(sheet)s » n'est pas lue : ses titres ne sont ceux d'aucune nature "
        "d'élément."
    ),
    MessageCode.INVENTORY_SHEET_READ: _(
        "feuille « %(sheet)s » lue comme « %(subject)s » : %(count)s lignes comprises."
    ),
    MessageCode.INVENTORY_TRUNCATED: _(
        "le fichier s'arrête au milieu : %(count)s éléments lus avant la coupure sont gardés, la "
        "suite manque. Relancez l'analyse jusqu'à sa fin."
    ),
    MessageCode.INVENTORY_RECORD_DAMAGED: _(
        "l'enregistrement n'a pas la forme attendue : il est laissé de côté. Refaites l'export."
    ),
    MessageCode.INVENTORY_RECORD_LONG: _(
        "l'enregistrement dépasse %(limit)s : il n'est pas lu. Vérifiez l'export."
    ),
    MessageCode.INVENTORY_NAMELESS: _(
        "rien ne permet de nommer cet élément : renseignez son nom. Ligne refusée."
    ),
    MessageCode.INVENTORY_NAMED_AFTER_FILE: _(
        "rien dans le fichier ne nomme ce qu'il décrit : « %(name)s », tiré du nom du fichier, a "
        "été retenu. Renommez-le au besoin."
    ),
    MessageCode.INVENTORY_VALUE_IGNORED: _(
        "« %(value)s » n'est pas compris : le champ reste inconnu."
    ),
    MessageCode.INVENTORY_VALUE_CUT: _(
        "%(length)s caractères, la limite est de %(limit)s : la fin du texte n'est pas gardée."
    ),
    MessageCode.INVENTORY_PLACEHOLDERS: _(
        "%(count)s numéros de série ou UUID mal formés, ou communs à toutes les machines d'une "
        "marque : ils n'identifient rien, ils ne sont pas gardés."
    ),
    MessageCode.INVENTORY_HOSTS_DOWN: _("%(count)s adresses sans réponse : rien n'en est retenu."),
    MessageCode.INVENTORY_SCRIPTS_IGNORED: _(
        "%(count)s résultats de scripts ne décrivent pas la carte : non lus."
    ),
    MessageCode.INVENTORY_VULNERABILITIES: _(
        "%(count)s vulnérabilités annoncées : la carte ne les garde pas."
    ),
    MessageCode.INVENTORY_CONTAINERS: _(
        "%(count)s conteneurs laissés de côté : ils se refont, la carte garde leur hôte."
    ),
    MessageCode.INVENTORY_TYPE_IGNORED: _(
        "« %(kind)s » : %(count)s lignes laissées de côté, la carte n'a pas de nature pour elles."
    ),
    MessageCode.INVENTORY_UPLINKS: _(
        "%(count)s ports mènent à un autre équipement réseau : les machines vues derrière n'y sont "
        "pas rattachées."
    ),
    MessageCode.INVENTORY_REFERENCE_UNKNOWN: _(
        "%(count)s numéros d'objets « %(kind)s » absents de ce fichier : ces liens ne sont pas "
        "lus. Exportez aussi cette liste, dans le même classeur."
    ),
    MessageCode.ESTATE_VERSION: _(
        "carte écrite à la version %(found)s du format, cette version de Hygie connaît %(known)s : "
        "mettez Hygie à jour."
    ),
    MessageCode.ESTATE_KEY_REPEATED: _(
        "« %(key)s » nomme déjà l'élément de l'enregistrement %(first)s : celui-ci est refusé."
    ),
    MessageCode.ESTATE_KEY_UNKNOWN: _(
        "« %(key)s » n'est le code d'aucun élément du fichier : ce lien est refusé."
    ),
    MessageCode.LINK_TO_ITSELF: _("« %(name)s » serait lié à lui-même : lien refusé."),
    MessageCode.LINK_GROUP_DIFFERS: _(
        "les liens du groupe « %(group)s » n'ont pas tous la même relation, le même nombre "
        "nécessaire, le même délai et le même effet : accordez-les. Lien refusé."
    ),
    MessageCode.LINK_NEEDS_TOO_MANY: _(
        "%(needed)s nécessaires pour un groupe de %(size)s : corrigez l'un ou l'autre."
    ),
}
