"""How is a message of an import told in words: the file reader's, or the kind's own?"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hygie.connectors.messages import Message, Severity
from hygie.foundation.documents.messages import SENTENCES, sentence_of
from hygie.foundation.imports.models import ImportMessage
from hygie.foundation.imports.types import ImportKind, Note, Text

__all__ = ["SENTENCES", "message_line", "message_sentence", "row_sentence"]


UNDERSTOOD: Mapping[str, Text] = {
    "kind": _("Type"),
    "file_type": _("Format"),
    "format": _("Format"),
    "urn": _("Identifiant"),
    "locale": _("Langue"),
    "unknown_titles": _("Colonnes non utilisées"),
    "ignored": _("Laissé de côté"),
    "encoding": _("Encodage"),
    "delimiter": _("Séparateur"),
    "sheet": _("Feuille"),
    "header_row": _("Ligne des titres"),
    "rows": _("Lignes"),
    "extracted_on": _("Date de l'extraction"),
    "records": _("Contenu"),
    "columns": _("Colonnes reconnues"),
    "unknown_columns": _("Colonnes non utilisées"),
    "version": _("Version"),
    "name": _("Nom"),
    "organisation": _("Organisation"),
}


def message_sentence(kind: ImportKind, code: str, params: Mapping[str, Any]) -> str | Promise:
    """The sentence of a code: the kind's own notes first, then those of the file readers."""
    template: Any = getattr(kind, "notes", {}).get(code)
    if template is not None:
        # A plural is chosen by what fills it: the sentence becomes text last.
        return str(template % params) if params else str(template)
    return sentence_of(code, params)


def row_sentence(kind: ImportKind, stored: ImportMessage) -> str:
    """The sentence of a stored message."""
    return str(message_sentence(kind, stored.code, stored.params))


def message_line(kind: ImportKind, message: Message | Note) -> str:
    """Row, field and sentence on one line, for a terminal."""
    where = []
    if message.row is not None:
        where.append(str(_("ligne %(row)s")) % {"row": message.row})
    if message.field:
        where.append(message.field)
    said = message_sentence(kind, message.code, message.params)
    mark = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "·"}[message.severity]
    return f"{mark} {', '.join(where)} : {said}" if where else f"{mark} {said}"
