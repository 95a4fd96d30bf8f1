"""How is a type of file called in front of a person?"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Types told in words; the others are known by their extension.
_TYPES: dict[str, str | Promise] = {
    "archive": _("archive compressée"),
    "csv": _("tableau CSV"),
    "executable": _("programme"),
    "html": _("page web"),
    "jpeg": _("image JPEG"),
    "json": "JSON",
    "pdf": "PDF",
    "png": _("image PNG"),
    "svg": _("dessin SVG"),
    "text": _("texte"),
    "unknown": _("inconnu (ni texte en UTF-8, UTF-16 ou Windows-1252, ni format connu)"),
    "xml": "XML",
    "yaml": "YAML",
    "zip": _("archive ZIP"),
}


def type_words(kind: str) -> str:
    """A type in words, in the active language; its extension when it has none."""
    return str(_TYPES.get(kind, f".{kind}"))
