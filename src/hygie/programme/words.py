"""In which language is a row of the referential read? French unless English is asked and exists."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hygie.programme.models import Framework, Requirement

_LONGEST_LABEL = 120

KINDS = {
    "axis": _("axe"),
    "objective": _("objectif"),
    "domain": _("domaine"),
    "document": _("type de preuve"),
    "indicator": _("indicateur"),
    "target": _("cible"),
    "measure": _("mesure"),
    "framework": _("référentiel"),
    "requirement": _("exigence"),
    "mapping": _("correspondance"),
}


def kind_words(kind: str) -> str | Promise:
    """A kind of row in the reader's language; its code when it has no word."""
    return KINDS.get(kind, kind)


def localized(row: Any, field: str, language: str = "") -> str:
    """Text of a row in the reader's language.

    Args:
        row: a row with `<field>_fr` and `<field>_en`, or a framework or requirement, whose texts
            are in its own language with `translations`.
        field: `title`, `description`, `name`…
        language: `fr` or `en`; the active one by default.

    Returns:
        The text; the row's own language when the asked one is missing.
    """
    wanted = (language or get_language() or "fr")[:2]
    if isinstance(row, Framework | Requirement):
        return _translated(row, field, wanted)
    french = str(getattr(row, f"{field}_fr"))
    english = str(getattr(row, f"{field}_en"))
    return (english or french) if wanted == "en" else (french or english)


def said_in(texts: dict[str, str], language: str = "") -> str:
    """Text of a `{"fr": …, "en": …}` column."""
    wanted = (language or get_language() or "fr")[:2]
    return texts.get(wanted) or texts.get("fr") or next(iter(texts.values()), "")


def _translated(row: Framework | Requirement, field: str, wanted: str) -> str:
    own = str(getattr(row, field) or "")
    translation = row.translations.get(wanted, {}).get(field)
    said = str(translation) if translation else own
    if said or field != "name" or not isinstance(row, Requirement) or row.ref_id:
        return said
    return _first_words(row, wanted)


def _first_words(row: Requirement, wanted: str) -> str:
    """What a requirement without reference or name is recognised by: its text, or its question."""
    asked = row.questions[0] if row.questions else {}
    question = (asked.get("translations") or {}).get(wanted, {}).get("text") or asked.get("text")
    texts = (
        _translated(row, "description", wanted), question, _translated(row, "annotation", wanted)
    )  # fmt: skip
    first = next((str(text).strip() for text in texts if text), row.urn.rpartition(":")[2])
    line = first.splitlines()[0].strip("#* ")
    return line if len(line) <= _LONGEST_LABEL else f"{line[: _LONGEST_LABEL - 1].rstrip()}…"
