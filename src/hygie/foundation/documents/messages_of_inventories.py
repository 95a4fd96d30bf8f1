"""How is what the readers of inventories and maps say told in words?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

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
    MessageCode.INVENTORY_SHEET_READ: ngettext_lazy(
        "feuille « %(sheet)s » lue comme « %(subject)s » : %(count)s ligne comprise.",
        "feuille « %(sheet)s » lue comme « %(subject)s » : %(count)s lignes comprises.",
        "count",
    ),
    MessageCode.INVENTORY_EMPTY: _(
        "rien dans ce fichier ne décrit un élément de la carte : vérifiez ce qui a été exporté."
    ),
    MessageCode.INVENTORY_TRUNCATED: ngettext_lazy(
        "le fichier s'arrête au milieu : %(count)s élément lu avant la coupure est gardé, la "
        "suite manque. Relancez l'analyse jusqu'à sa fin.",
        "le fichier s'arrête au milieu : %(count)s éléments lus avant la coupure sont gardés, la "
        "suite manque. Relancez l'analyse jusqu'à sa fin.",
        "count",
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
    MessageCode.INVENTORY_PLACEHOLDERS: ngettext_lazy(
        "%(count)s numéro de série ou UUID mal formé, ou commun à toutes les machines d'une "
        "marque : il n'identifie rien, il n'est pas gardé.",
        "%(count)s numéros de série ou UUID mal formés, ou communs à toutes les machines d'une "
        "marque : ils n'identifient rien, ils ne sont pas gardés.",
        "count",
    ),
    MessageCode.INVENTORY_ADDRESS_SHARED: _(
        "%(value)s est l'adresse de n'importe quelle machine : rien ne dit de laquelle il s'agit. "
        "Analysez-la par son adresse sur le réseau."
    ),
    MessageCode.INVENTORY_NAMES_SHARED: ngettext_lazy(
        "%(count)s nom porté par plusieurs adresses de l'analyse : il ne désigne aucune machine, "
        "il n'est pas gardé.",
        "%(count)s noms portés par plusieurs adresses de l'analyse : ils ne désignent aucune "
        "machine, ils ne sont pas gardés.",
        "count",
    ),
    MessageCode.INVENTORY_HOSTS_DOWN: ngettext_lazy(
        "%(count)s adresse sans réponse : rien n'en est retenu.",
        "%(count)s adresses sans réponse : rien n'en est retenu.",
        "count",
    ),
    MessageCode.INVENTORY_SCRIPTS_IGNORED: ngettext_lazy(
        "%(count)s résultat de script ne décrit pas la carte : non lu.",
        "%(count)s résultats de scripts ne décrivent pas la carte : non lus.",
        "count",
    ),
    MessageCode.INVENTORY_VULNERABILITIES: ngettext_lazy(
        "%(count)s vulnérabilité annoncée : la carte ne la garde pas.",
        "%(count)s vulnérabilités annoncées : la carte ne les garde pas.",
        "count",
    ),
    MessageCode.INVENTORY_CONTAINERS: ngettext_lazy(
        "%(count)s conteneur laissé de côté : il se refait, la carte garde son hôte.",
        "%(count)s conteneurs laissés de côté : ils se refont, la carte garde leur hôte.",
        "count",
    ),
    MessageCode.INVENTORY_TYPE_IGNORED: ngettext_lazy(
        "« %(kind)s » : %(count)s ligne laissée de côté, la carte n'a pas de nature pour elle.",
        "« %(kind)s » : %(count)s lignes laissées de côté, la carte n'a pas de nature pour elles.",
        "count",
    ),
    MessageCode.INVENTORY_DELETED: ngettext_lazy(
        "« %(kind)s » : %(count)s ligne supprimée dans l'outil d'origine, laissée de côté.",
        "« %(kind)s » : %(count)s lignes supprimées dans l'outil d'origine, laissées de côté.",
        "count",
    ),
    MessageCode.INVENTORY_UPLINKS: ngettext_lazy(
        "%(count)s port mène à un autre équipement réseau : les machines vues derrière n'y sont "
        "pas rattachées.",
        "%(count)s ports mènent à un autre équipement réseau : les machines vues derrière n'y sont "
        "pas rattachées.",
        "count",
    ),
    MessageCode.INVENTORY_REFERENCE_UNKNOWN: ngettext_lazy(
        "%(count)s numéro d'objet « %(kind)s » absent de ce fichier : ce lien n'est pas lu. "
        "Exportez aussi cette liste, dans le même classeur.",
        "%(count)s numéros d'objets « %(kind)s » absents de ce fichier : ces liens ne sont pas "
        "lus. Exportez aussi cette liste, dans le même classeur.",
        "count",
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
