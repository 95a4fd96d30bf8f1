"""Which columns have the lists of imports, of changes and of messages?"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hygie.foundation.design.tables import Column, Filter, TablePage
from hygie.foundation.imports.choices import MessageSeverity, VerbWord
from hygie.foundation.imports.kinds import field_words, kind_get, value_words
from hygie.foundation.imports.messages import UNDERSTOOD, row_sentence
from hygie.foundation.imports.models import Import, ImportChange, ImportMessage, ImportState
from hygie.foundation.imports.selectors import changes_of, imports_in, messages_of
from hygie.foundation.imports.types import ImportKind, Reader, Text

_FILE_COLUMNS = (
    Column("file", _("Fichier"), sort="file_name", value="file_name"),
    Column("kind", _("Type"), sort="kind", value=lambda run: kind_label(run)),
    Column("state", _("État"), sort="state", value="get_state_display"),
    Column("counts", _("Effet"), value=lambda run: counts_words(run.counts)),
    Column("created", _("Déposé"), sort="created_at", kind="date", value="created_at",
           is_first_down=True),
)  # fmt: skip


def imports_page(request: HttpRequest, reader: Reader) -> TablePage:
    """Files of this person, as the address asks for them; rows carry their words."""
    page = TablePage(
        request,
        imports_in(reader),
        _FILE_COLUMNS,
        filters=(Filter("state", _("État"), choices=ImportState.choices, lookup="state"),),
        sort="-created",
        caption=_("Mes imports"),
    )
    for run in page.page_rows:
        run.kind_words, run.counts_words = kind_label(run), counts_words(run.counts)
    return page


def changes_page(request: HttpRequest, run: Import, kind: ImportKind) -> TablePage:
    """Changes kept of an import; rows carry their lines."""
    columns = (
        Column("label", _("Quoi"), sort="label"),
        Column("key", _("Identifiant"), sort="key"),
        Column("verb", _("Effet"), sort="verb", value=lambda row: VerbWord(row.verb).label),
        Column("detail", _("Avant → après"), value=lambda row: change_words(kind, row)),
        Column("row", _("Ligne"), sort="row", kind="number"),
    )
    page = TablePage(
        request,
        changes_of(run),
        columns,
        filters=(
            Filter("verb", _("Effet"), choices=VerbWord.choices, lookup="verb"),
            Filter("q", _("Rechercher"), lookup=("label", "key")),
        ),
        name="changes",
        caption=_("Ce que fait le fichier"),
    )
    for row in page.page_rows:
        row.verb_words, row.lines = VerbWord(row.verb).label, change_lines(kind, row)
    return page


def messages_page(request: HttpRequest, run: Import, kind: ImportKind) -> TablePage:
    """Messages kept of an import; rows carry their sentence."""
    columns = (
        Column("row", _("Ligne"), sort="row", kind="number"),
        Column("field", _("Champ"), sort="field", value=lambda row: field_word(kind, row)),
        Column("sentence", _("Message"), value=lambda row: row_sentence(kind, row)),
        Column("severity", _("Suite"), sort="severity",
               value=lambda row: MessageSeverity(row.severity).label),
    )  # fmt: skip
    page = TablePage(
        request,
        messages_of(run),
        columns,
        filters=(
            Filter("severity", _("Suite"), choices=MessageSeverity.choices, lookup="severity"),
        ),
        name="messages",
        caption=_("Lignes refusées et remarques"),
    )
    for row in page.page_rows:
        row.field_shown = field_word(kind, row)
        row.sentence = row_sentence(kind, row)
        row.severity_words = MessageSeverity(row.severity).label
    return page


def field_word(kind: ImportKind, message: ImportMessage) -> str:
    """The column that a message is about, in words; as it is when the file named it."""
    return str(field_words(kind).get(message.field, message.field))


def change_lines(kind: ImportKind, change: ImportChange) -> list[tuple[str, str, str]]:
    """Field, value before and value after, in words."""
    words, values_by_field = field_words(kind), value_words(kind)
    lines = []
    for name, values in change.detail.items():
        pair = values if isinstance(values, list) and len(values) == 2 else [None, values]
        said = values_by_field.get(name, {})
        before, after = (_value(_said(said, value)) for value in pair)
        lines.append((str(words.get(name, name)), before, after))
    return lines


def _said(words: Mapping[Any, Text], value: Any) -> Any:
    """The word of a value; what has none, or is no single value, stays."""
    return words.get(value, value) if isinstance(value, str | int) else value


def change_words(kind: ImportKind, change: ImportChange) -> str:
    """The same on one line, for a spreadsheet."""
    return " ; ".join(
        f"{name} : {before} → {after}" if before else f"{name} : {after}"
        for name, before, after in change_lines(kind, change)
    )


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("oui") if value else gettext("non")
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)


def kind_label(run: Import) -> str:
    """Name of the kind of an import."""
    return str(kind_get(run.kind).label)


def counts_words(counts: Mapping[str, int]) -> str:
    """What a file does, in a few words; "" before it has been read."""
    if not counts:
        return ""
    parts = [
        ngettext("%(n)d ajout", "%(n)d ajouts", counts["add"]) % {"n": counts["add"]},
        ngettext("%(n)d modification", "%(n)d modifications", counts["change"])
        % {"n": counts["change"]},
        ngettext("%(n)d fermeture", "%(n)d fermetures", counts["close"]) % {"n": counts["close"]},
        ngettext("%(n)d ligne refusée", "%(n)d lignes refusées", counts["refused"])
        % {"n": counts["refused"]},
    ]
    said = [part for part in parts if not part.startswith("0 ")]
    return capfirst(", ".join(said)) if said else gettext("Rien à changer")


def understood_lines(run: Import, kind: ImportKind) -> list[tuple[Text, str]]:
    """What was understood of the file: words and values, empty ones left out."""
    words = {**UNDERSTOOD, **field_words(kind)}
    return [
        (words.get(name, name), _understood(value, words))
        for name, value in run.understood.items()
        if value and value != kind.kind
    ]


def _understood(value: Any, words: Mapping[str, Text]) -> str:
    if isinstance(value, Mapping):
        said = [f"{words.get(name, name)} : {_understood(v, words)}" for name, v in value.items()]
        return ", ".join(said)
    if isinstance(value, list):
        return " ; ".join(_understood(one, words) for one in value)
    if isinstance(value, str) and (day := _day(value)):
        return date_format(day, "DATE_FORMAT")
    # Names of columns or of records, each perhaps with its number: "finess, name", "site : 40".
    parts = [part.partition(" : ") for part in str(value).split(", ")]
    return ", ".join(f"{words.get(name, name)}{colon}{rest}" for name, colon, rest in parts)


def _day(written: str) -> dt.date | None:
    try:
        return parse_date(written)
    except ValueError:
        return None
