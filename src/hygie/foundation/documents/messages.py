"""How is what a file reader says told in words, and what should be done about it?"""

from collections.abc import Mapping
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hygie.connectors.message_codes import MessageCode
from hygie.foundation.documents.messages_of_directories import DIRECTORY_TABLES
from hygie.foundation.documents.messages_of_exercises import EXERCISE_WORDS, EXERCISES, WITH_WORDS
from hygie.foundation.documents.messages_of_inventories import INVENTORIES
from hygie.foundation.documents.type_words import type_words

_FILE: dict[MessageCode, str | Promise] = {
    MessageCode.FILE_MISSING: _("le fichier est introuvable."),
    MessageCode.FILE_EMPTY: _("le fichier est vide. Vérifiez l'export et déposez-le de nouveau."),
    MessageCode.FILE_TOO_LARGE: _(
        "le fichier pèse %(size)s, la limite est de %(limit)s. Découpez-le, ou demandez à "
        "l'administrateur de relever la limite."
    ),
    MessageCode.FILE_TYPE_REFUSED: _(
        "le contenu est de type « %(found)s » ; types acceptés : %(accepted)s. Changer "
        "l'extension ne suffit pas : exportez le fichier dans un type accepté."
    ),
    MessageCode.FILE_TYPE_MISMATCH: _(
        "le contenu est de type « %(found)s » alors que le nom finit par « %(extension)s » ; le "
        "contenu a fait foi."
    ),
    MessageCode.FILE_DAMAGED: _(
        "le fichier est abîmé : %(part)s ne peut pas être lu. Refaites l'export."
    ),
    MessageCode.FILE_ENCRYPTED: _(
        "le fichier est protégé par un mot de passe. Enregistrez-le sans mot de passe."
    ),
    MessageCode.FILE_HAS_MACROS: _(
        "le fichier contient des macros. Enregistrez-le en .xlsx, .docx ou .pptx, sans macro."
    ),
    MessageCode.FILE_OLD_OFFICE: _(
        "le fichier est d'un format bureautique d'avant 2007 (.xls, .doc, .ppt). Ouvrez-le, puis "
        "enregistrez-le au format .xlsx, .docx ou .pptx."
    ),
    MessageCode.FILE_DOCTYPE: _(
        "« %(part)s » déclare un type de document (DOCTYPE), qui peut cacher des entités piégées : "
        "le fichier n'est pas ouvert. Enregistrez-le de nouveau avec votre tableur."
    ),
}
_ARCHIVE: dict[MessageCode, str | Promise] = {
    MessageCode.ARCHIVE_TOO_MANY_MEMBERS: _(
        "l'archive contient %(count)s fichiers, la limite est de %(limit)s."
    ),
    MessageCode.ARCHIVE_TOO_LARGE: _(
        "une fois décompressée, l'archive dépasse %(limit)s : elle n'est pas ouverte."
    ),
    MessageCode.ARCHIVE_RATIO: _(
        "« %(member)s » gonfle %(ratio)s fois à la décompression (limite %(limit)s) : signe d'une "
        "archive piégée, elle n'est pas ouverte."
    ),
    MessageCode.ARCHIVE_NESTED: _(
        "l'archive contient une autre archive, « %(member)s ». Déposez son contenu directement."
    ),
    MessageCode.ARCHIVE_UNSAFE_PATH: _(
        "l'archive contient un chemin dangereux, « %(member)s » : elle n'est pas ouverte."
    ),
    MessageCode.ARCHIVE_SYMLINK: _(
        "l'archive contient un lien, « %(member)s » : elle n'est pas ouverte."
    ),
    MessageCode.ARCHIVE_ENCRYPTED: _(
        "« %(member)s » est protégé par un mot de passe. Refaites l'archive sans mot de passe."
    ),
    MessageCode.ARCHIVE_DUPLICATE: _("l'archive contient deux fois « %(member)s »."),
    MessageCode.ARCHIVE_NAME_TOO_LONG: _(
        "un nom de l'archive compte %(length)s caractères, la limite est de %(limit)s."
    ),
    MessageCode.ARCHIVE_METHOD: _(
        "« %(member)s » est compressé d'une façon non acceptée. Refaites un ZIP ordinaire."
    ),
    MessageCode.ARCHIVE_OVERLAP: _(
        "les données de « %(member)s » recouvrent celles d'un autre fichier : archive piégée, elle "
        "n'est pas ouverte."
    ),
}
_TEXT: dict[MessageCode, str | Promise] = {
    MessageCode.TEXT_NUL: _("un octet nul se trouve dans le texte. Refaites l'export."),
    MessageCode.TEXT_BAD_BYTES: _(
        "des octets ne sont pas des caractères %(encoding)s. Enregistrez le fichier en UTF-8."
    ),
    MessageCode.TEXT_DOUBLE_ENCODED: _(
        "des lettres semblent encodées deux fois (« %(sample)s »). Refaites l'export en UTF-8."
    ),
    MessageCode.LINE_TOO_LONG: _(
        "la ligne dépasse %(limit)s caractères. Un guillemet n'est peut-être pas fermé."
    ),
    MessageCode.QUOTES_BROKEN: _("un guillemet n'est pas fermé, ou du texte le suit."),
}
_TABLE: dict[MessageCode, str | Promise] = {
    MessageCode.HEADER_NOT_FOUND: _(
        "colonnes introuvables dans les %(rows)s premières lignes : %(missing)s. Gardez la ligne "
        "de titres."
    ),
    MessageCode.HEADER_DUPLICATE: _(
        "une autre colonne dit déjà la même chose que « %(title)s » : celle-ci n'est pas utilisée."
    ),
    MessageCode.HEADER_UNKNOWN: _("la colonne « %(title)s » n'est pas utilisée."),
    MessageCode.SHEET_CHOSEN: _("feuille lue : « %(sheet)s » ; non lues : %(others)s."),
    MessageCode.ROWS_HIDDEN: _(
        "%(count)s lignes masquées, lues comme les autres : supprimez-les si elles sont de trop."
    ),
    MessageCode.SHEET_HIDDEN: _("la feuille masquée « %(sheet)s » n'est pas lue."),
    MessageCode.SHEET_MISSING: _("la feuille « %(sheet)s » est absente."),
    MessageCode.CELLS_MERGED: _(
        "les cellules %(range)s sont fusionnées : leur valeur a été donnée à chaque ligne."
    ),
    MessageCode.ROW_COLUMNS: _("%(found)s colonnes au lieu de %(expected)s : ligne refusée."),
    MessageCode.ROW_DUPLICATE: _("dit la même chose que la ligne %(first)s : ligne refusée."),
    MessageCode.TOO_MANY_ROWS: _("plus de %(limit)s lignes. Découpez le fichier."),
    MessageCode.TOO_MANY_COLUMNS: _("%(found)s colonnes, la limite est de %(limit)s."),
    MessageCode.NO_ROWS: _("les titres sont là, et rien dessous."),
}
_CELL: dict[MessageCode, str | Promise] = {
    MessageCode.CELL_EMPTY: _("la cellule est vide : renseignez-la."),
    MessageCode.CELL_TOO_LONG: _("%(length)s caractères, la limite est de %(limit)s."),
    MessageCode.CELL_NOT_NUMBER: _("« %(value)s » n'est pas un nombre."),
    MessageCode.CELL_NEGATIVE: _("« %(value)s » est négatif."),
    MessageCode.CELL_NOT_DATE: _("« %(value)s » n'est pas une date (attendu : 2025-12-31)."),
    MessageCode.CELL_NOT_CHOICE: _("« %(value)s » n'est pas accepté ; valeurs : %(choices)s."),
    MessageCode.CELL_OUT_OF_RANGE: _("« %(value)s » n'est pas entre %(low)s et %(high)s."),
    MessageCode.CELL_FORMULA: _(
        "une formule n'est jamais calculée : la dernière valeur enregistrée a été lue."
    ),
    MessageCode.CELL_FORMULA_EMPTY: _(
        "une formule sans valeur enregistrée. Collez les valeurs puis enregistrez."
    ),
    MessageCode.CELL_ERROR: _("le tableur affiche l'erreur « %(value)s »."),
    MessageCode.DATES_REVERSED: _("la fin (%(until)s) précède le début (%(since)s)."),
}
_FINESS: dict[MessageCode, str | Promise] = {
    MessageCode.FINESS_HAS_HEADER: _(
        "le fichier commence par un titre (« %(first)s ») : ce n'est pas l'extraction nationale "
        "FINESS, qui n'en a pas."
    ),
    MessageCode.FINESS_NOT_FINESS: _(
        "le fichier commence par « %(first)s » : ce n'est pas une extraction FINESS."
    ),
    MessageCode.FINESS_NO_METADATA: _(
        "la première ligne (finess;etalab;…) manque : la date de l'extraction est inconnue."
    ),
    MessageCode.FINESS_NO_KNOWN_ROW: _(
        "aucune ligne d'établissement ni d'entité juridique ; types de ligne vus : %(kinds)s."
    ),
    MessageCode.FINESS_UNKNOWN_ROWS: _("%(count)s lignes de type « %(kind)s » laissées de côté."),
    MessageCode.FINESS_NUMBER: _(
        "« %(value)s » n'est pas un numéro FINESS (9 chiffres ou lettres) : ligne refusée."
    ),
    MessageCode.FINESS_ZERO_RESTORED: _(
        "« %(value)s » lu comme %(number)s : le tableur avait retiré le premier zéro."
    ),
    MessageCode.FINESS_KEY_WRONG: _(
        "la clé de contrôle de %(number)s ne correspond pas : vérifiez le numéro. Ligne lue."
    ),
    MessageCode.FINESS_KEY_UNKNOWN: _(
        "la clé de contrôle de %(number)s ne peut pas être vérifiée (numéro avec lettres)."
    ),
    MessageCode.FINESS_DEPARTEMENT_UNKNOWN: _(
        "le département « %(value)s » n'appartient à aucune région connue."
    ),
    MessageCode.FINESS_TRUNCATED: _(
        "la dernière ligne s'arrête au milieu : le fichier est sans doute incomplet."
    ),
    MessageCode.GHT_CODE: _("« %(value)s » n'est pas un code de GHT (exemple : NA-04)."),
    MessageCode.GHT_ROLE_ABSENT: _(
        "la feuille n'a pas de colonne de rôle : « %(role)s » a été retenu pour chaque ligne."
    ),
}
_YAML: dict[MessageCode, str | Promise] = {
    MessageCode.YAML_SYNTAX: _("YAML mal formé : %(problem)s."),
    MessageCode.YAML_TOO_DEEP: _("plus de %(limit)s niveaux imbriqués."),
    MessageCode.YAML_TOO_MANY_NODES: _("plus de %(limit)s nœuds une fois les alias dépliés."),
    MessageCode.YAML_TAG: _("l'étiquette YAML « %(tag)s » n'est pas acceptée."),
    MessageCode.YAML_ALIAS_CYCLE: _("l'alias « %(alias)s » se contient lui-même."),
    MessageCode.YAML_DUPLICATE_KEY: _("la clé « %(key)s » est présente deux fois."),
    MessageCode.YAML_MERGE_KEY: _("les clés de fusion (<<) ne sont pas acceptées."),
}
_LIBRARY: dict[MessageCode, str | Promise] = {
    MessageCode.LIBRARY_NOT_LIBRARY: _(
        "ce n'est pas une bibliothèque de référentiels : clés absentes : %(missing)s."
    ),
    MessageCode.LIBRARY_NOTHING_USED: _(
        "la bibliothèque ne contient ni référentiel ni correspondance, seulement : %(found)s. "
        "Rien n'est à en importer : importez le référentiel qui la cite."
    ),
    MessageCode.LIBRARY_OBJECT_IGNORED: _("%(count)s objets « %(kind)s » non utilisés."),
    MessageCode.LIBRARY_FIELD_UNKNOWN: _("la clé « %(name)s » n'est pas utilisée."),
    MessageCode.FIELD_MISSING: _("champ obligatoire absent (nœud %(urn)s)."),
    MessageCode.FIELD_TYPE: _("« %(found)s » au lieu d'un %(expected)s (nœud %(urn)s)."),
    MessageCode.FIELD_CHOICE: _(
        "« %(value)s » n'est pas accepté ; valeurs : %(choices)s (nœud %(urn)s)."
    ),
    MessageCode.URN_DUPLICATE: _("l'URN %(urn)s est déjà celui de %(first)s."),
    MessageCode.URN_INVALID: _("« %(urn)s » n'est pas un URN."),
    MessageCode.PARENT_UNKNOWN: _("le parent %(parent)s de %(urn)s n'existe pas."),
    MessageCode.PARENT_CYCLE: _("%(urn)s est son propre ancêtre : %(chain)s."),
    MessageCode.DEPTH_MISMATCH: _(
        "profondeur %(declared)s annoncée pour %(urn)s ; celle de l'arbre, %(computed)s, est "
        "retenue."
    ),
    MessageCode.DEPTH_JUMP: _("on passe de la profondeur %(before)s à %(after)s."),
    MessageCode.REFERENCE_UNKNOWN: _("%(urn)s cite « %(reference)s », défini nulle part."),
    MessageCode.SCORE_RANGE: _(
        "note minimale %(low)s au-dessus ou égale à la maximale %(high)s (%(urn)s)."
    ),
    MessageCode.QUESTION_ANSWERS: _(
        "%(questions)s questions pour %(answers)s réponses (%(urn)s) : une réponse, ou autant que "
        "de questions."
    ),
}
_DIRECTORY: dict[MessageCode, str | Promise] = {
    MessageCode.JSON_TRUNCATED: _(
        "le fichier s'arrête au milieu, après %(offset)s octets : rien n'en est retenu. Refaites "
        "l'export ou la copie."
    ),
    MessageCode.JSON_DAMAGED: _(
        "ce n'est plus du JSON à partir de l'octet %(offset)s : rien n'en est retenu. Refaites "
        "l'export."
    ),
    MessageCode.JSON_TOO_DEEP: _(
        "plus de %(limit)s niveaux imbriqués à l'octet %(offset)s : le fichier n'est pas lu."
    ),
    MessageCode.DIRECTORY_NOT_EXPORT: _(
        "aucun export d'annuaire reconnu. Exports acceptés : %(accepted)s."
    ),
    MessageCode.DIRECTORY_TOO_LARGE: _(
        "l'export dépasse %(limit)s objets ou relations : il n'est pas lu. Collectez les domaines "
        "séparément."
    ),
    MessageCode.DIRECTORY_FILE_IGNORED: _("« %(member)s » ne fait pas partie d'un export."),
    MessageCode.DIRECTORY_TYPE_UNKNOWN: _(
        "%(count)s objets de type « %(kind)s » laissés de côté : rien ne les lit."
    ),
    MessageCode.DIRECTORY_COUNT: _(
        "%(stated)s objets annoncés, %(found)s présents : ceux qui sont présents ont été lus."
    ),
    MessageCode.DIRECTORY_REPEATED: _(
        "%(count)s enregistrements décrivent un objet déjà décrit : ils ont été réunis."
    ),
    MessageCode.DIRECTORY_CONTRADICTION: _(
        "deux enregistrements d'un même objet se contredisent (%(facts)s), %(count)s fois : le "
        "dernier a été retenu. Vérifiez que l'export vient d'une seule collecte."
    ),
    MessageCode.DIRECTORY_RIGHT_UNKNOWN: _(
        "%(count)s relations d'un type inconnu (%(rights)s) : comptées, jamais suivies."
    ),
    MessageCode.DIRECTORY_KEY_UNKNOWN: _(
        "clés inconnues laissées de côté dans %(count)s enregistrements : %(keys)s."
    ),
    MessageCode.DIRECTORY_SECRET_DROPPED: _(
        "%(count)s mots de passe en clair trouvés dans l'annuaire : ils n'ont pas été gardés. "
        "Videz ces attributs et changez ces mots de passe."
    ),
    MessageCode.DIRECTORY_RECORD_DAMAGED: _("l'enregistrement n'est pas du JSON : refusé."),
    MessageCode.DIRECTORY_RECORD_LONG: _(
        "l'enregistrement dépasse %(limit)s : il n'est pas lu. Vérifiez l'export."
    ),
    MessageCode.DIRECTORY_FIELD_TYPE: _(
        "« %(found)s » au lieu de « %(expected)s » : enregistrement refusé."
    ),
    MessageCode.DIRECTORY_IDENTIFIER: _(
        "« %(value)s » ne peut pas identifier un objet : enregistrement refusé."
    ),
    MessageCode.DIRECTORY_VALUE_IGNORED: _(
        "valeur non comprise (%(value)s), %(count)s fois : le fait reste inconnu."
    ),
    MessageCode.DIRECTORY_TEXT_CUT: _(
        "%(count)s textes ou listes trop longs : coupés à %(limit)s."
    ),
    MessageCode.DIRECTORY_PRODUCT: _(
        "une stratégie donnerait plus de %(limit)s droits : enregistrement refusé."
    ),
}
SENTENCES: Mapping[MessageCode, str | Promise] = {
    **_FILE, **_ARCHIVE, **_TEXT, **_TABLE, **_CELL, **_FINESS, **_YAML, **_LIBRARY, **_DIRECTORY,
    **DIRECTORY_TABLES, **INVENTORIES, **EXERCISES,
}  # fmt: skip

_BYTES = frozenset(
    {
        MessageCode.FILE_TOO_LARGE,
        MessageCode.ARCHIVE_TOO_LARGE,
        MessageCode.DIRECTORY_RECORD_LONG,
        MessageCode.INVENTORY_RECORD_LONG,
    }
)


def sentence_of(code: str, params: Mapping[str, Any]) -> str | Promise:
    """The message in words, in the language of whoever reads it.

    Args:
        code: a MessageCode.
        params: exactly the parameters that the code documents.

    Returns:
        A lazy sentence; the code itself when this version does not know it.
    """
    known = {str(one): one for one in MessageCode}.get(code)
    return code if known is None else _filled(known, dict(params))


def _fill(code: MessageCode, params: dict[str, Any]) -> str:
    shown = {name: _shown(code, params[name]) for name in params}
    if code in WITH_WORDS:
        for name in ("channel", "kind", "taken"):
            if name in shown:
                shown[name] = EXERCISE_WORDS.get(shown[name], shown[name])
    # A plural is chosen by what fills it: the sentence becomes text last.
    template: Any = SENTENCES[code]
    return str(template % shown)


_filled = lazy(_fill, str)


def _shown(code: MessageCode, value: Any) -> Any:
    if value == "":
        return gettext("son contenu") if code is MessageCode.FILE_DAMAGED else "—"
    if code is MessageCode.FILE_TYPE_REFUSED:
        return ", ".join(type_words(one) for one in str(value).split(", "))
    return filesizeformat(value) if code in _BYTES else value
