"""How is what the readers of directory tables, reports and stated levels say told in words?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hygie.connectors.message_codes import MessageCode

DIRECTORY_TABLES: Mapping[MessageCode, str | Promise] = {
    MessageCode.SID_INVALID: _(
        "« %(value)s » n'est pas un identifiant de sécurité (SID) : ce qu'il désigne est laissé de "
        "côté."
    ),
    MessageCode.DESCRIPTOR_UNREADABLE: _(
        "descripteur de sécurité illisible (%(problem)s) : les droits sur cet objet restent "
        "inconnus."
    ),
    MessageCode.DESCRIPTOR_ENTRIES_SKIPPED: _(
        "%(count)s entrées de droits d'un type ou d'un compte qui ne peut pas être déterminé : "
        "laissées de côté."
    ),
    MessageCode.DESCRIPTOR_MISSING: _(
        "%(count)s objets sans descripteur de sécurité : leurs droits restent inconnus. Refaites "
        "la collecte avec un compte qui peut les lire."
    ),
    MessageCode.ORADAD_NO_TABLES: _(
        "tables.tsv est absent ou vide : sans lui, les colonnes n'ont pas de nom. Déposez le "
        "dossier entier de la collecte ORADAD, ou son archive ZIP."
    ),
    MessageCode.ORADAD_SEALED: _(
        "« %(part)s » est une collecte ORADAD chiffrée pour l'ANSSI : elle ne peut pas être lue "
        "ici. Relancez ORADAD avec outputFiles=1 dans config-oradad.xml, puis déposez le dossier "
        "écrit."
    ),
    MessageCode.ORADAD_TABLE_LINE: _(
        "les colonnes de « %(table)s » ne sont pas décrites correctement : cette table n'est pas "
        "lue."
    ),
    MessageCode.ORADAD_TABLE_MISSING: _(
        "la table « %(table)s » est annoncée et absente : ce qu'elle dit reste inconnu."
    ),
    MessageCode.ORADAD_NOT_UTF_16: _(
        "la table est en %(encoding)s au lieu d'UTF-16 : elle a sans doute été réenregistrée. Elle "
        "est lue ; vérifiez les accents."
    ),
    MessageCode.ORADAD_DOMAIN_UNKNOWN: _(
        "le domaine « %(domain)s » n'a pas d'objet racine lisible (root.tsv) : ses comptes ne lui "
        "sont pas rattachés. Refaites la collecte."
    ),
    MessageCode.ORADAD_NO_IDENTIFIER: _("« %(value)s » n'a ni SID ni GUID : objet laissé de côté."),
    MessageCode.ORADAD_MEMBERS_CUT: _(
        "liste des membres de « %(group)s » coupée à la collecte : %(kept)s y figurent, %(told)s "
        "objets disent en être. Les deux sources ont été réunies."
    ),
    MessageCode.ORADAD_NAMES_UNKNOWN: _(
        "%(count)s noms désignent un objet qui n'est pas dans l'export : ces liens sont laissés de "
        "côté."
    ),
    MessageCode.ORADAD_SERVICES_UNKNOWN: _(
        "%(count)s délégations vont vers un service dont le compte n'est pas dans l'export."
    ),
    MessageCode.XML_DOCTYPE: _(
        "le fichier XML déclare un type de document (DOCTYPE), ce qu'aucun rapport ne fait : il "
        "n'est pas lu."
    ),
    MessageCode.PINGCASTLE_ENCRYPTED: _(
        "ce rapport PingCastle est chiffré. Refaites-le sans chiffrement, ou déchiffrez-le avec "
        "PingCastle, puis déposez le fichier XML."
    ),
    MessageCode.PINGCASTLE_NOT_REPORT: _(
        "le premier élément est « %(root)s » : ce n'est pas un rapport « healthcheck » de "
        "PingCastle. Déposez le fichier ad_hc_….xml."
    ),
    MessageCode.PINGCASTLE_LEVEL: _(
        "rapport de niveau « %(level)s » : ce qu'il ne liste pas reste inconnu. Un rapport de "
        "niveau « Full » décide davantage de points."
    ),
    MessageCode.PINGCASTLE_RULES_UNKNOWN: _(
        "%(count)s règles sans point de contrôle correspondant, affichées sans compter : %(rules)s."
    ),
    MessageCode.ADS_NOTHING: _(
        "ni niveau ni point de contrôle. Indiquez « level » (1 à 5), « date » et « failing »."
    ),
    MessageCode.ADS_LEVEL: _("« %(value)s » n'est pas un niveau de 1 à 5."),
    MessageCode.ADS_POINT_UNKNOWN: _(
        "« %(value)s » n'a pas la forme d'un point de contrôle, telle que vuln1_krbtgt, "
        "vuln_krbtgt-l2 ou krbtgt."
    ),
    MessageCode.ADS_CONTRADICTION: _(
        "niveau %(level)s annoncé, alors que « %(point)s » échoue au niveau %(lower)s : l'un des "
        "deux est faux. Vérifiez le rapport."
    ),
}
