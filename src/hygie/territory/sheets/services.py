"""How is what people said of their sheets kept, offered to others, and carried in a file?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.journal.services import journal_write
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter
from hygie.territory.sheets.errors import MappingNameTaken, MappingRefused
from hygie.territory.sheets.models import ColumnMapping
from hygie.territory.sheets.policies import may_keep, may_read
from hygie.territory.sheets.rooms import Room

FORMAT, VERSION = "hygie-mapping", 1
_LONGEST_NAME, _LONGEST_TEXT, _MOST_WORDS = 80, 300, 500
LARGEST_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A mapping on its way between two establishments; says nothing of either."""

    name: str
    subject: str
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


@transaction.atomic
def mapping_save(
    *,
    perimeter: Perimeter,
    room: Room,
    organisation: Organisation,
    told: MappingFile,
    mapping: ColumnMapping | None = None,
) -> ColumnMapping:
    """Keep which title of a sheet is which of our columns, for the next time.

    Args:
        perimeter: must hold a right of the room at the organisation.
        room: that reads such sheets.
        organisation: whose it is.
        told: its name, unique there; its subject; our column → title, "" = the sheet has not this
            column; our column → {word of the sheet: what it stands for}.
        mapping: one to change; None makes another.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights.
        MappingRefused: a subject or a column that does not exist, or nothing is mapped.
        MappingNameTaken.
    """
    if not may_read(perimeter, room, organisation):
        raise NotFound
    is_elsewhere = mapping is not None and mapping.organisation_id != organisation.pk
    if is_elsewhere or not may_keep(perimeter, room, organisation):
        raise NotAllowed
    told = _checked(room, told)
    others = ColumnMapping.objects.filter(organisation=organisation, name=told.name)
    if mapping is not None:
        others = others.exclude(pk=mapping.pk)
    if others.exists():
        raise MappingNameTaken(name=told.name)
    row = mapping or ColumnMapping(organisation=organisation, made_by_id=perimeter.actor.user_id)
    row.name, row.subject = told.name, told.subject
    row.columns = dict(told.columns)
    row.values = {column: dict(words) for column, words in told.values.items()}
    row.save()
    _told(perimeter, row, "column_mapping.saved")
    return row


@transaction.atomic
def mapping_share(
    *, perimeter: Perimeter, room: Room, mapping: ColumnMapping, is_shared: bool
) -> None:
    """Offer a mapping to the other organisations of the group and region, or take it back.

    Raises:
        NotAllowed: it is not theirs.
    """
    _take(perimeter, room, mapping)
    if mapping.is_shared == is_shared:
        return
    mapping.is_shared = is_shared
    mapping.save(update_fields=["is_shared", "updated_at"])
    action = "column_mapping.shared" if is_shared else "column_mapping.unshared"
    _told(perimeter, mapping, action)


@transaction.atomic
def mapping_remove(*, perimeter: Perimeter, room: Room, mapping: ColumnMapping) -> None:
    """Forget a mapping; imports already made keep what they brought.

    Raises:
        NotAllowed: it is not theirs.
    """
    _take(perimeter, room, mapping)
    _told(perimeter, mapping, "column_mapping.removed")
    mapping.delete()


def mapping_as_json(mapping: ColumnMapping) -> bytes:
    """A mapping as a file to give away: titles and words, no name of person or place."""
    return json.dumps(
        {
            "format": FORMAT, "version": VERSION, "name": mapping.name,
            "subject": mapping.subject, "columns": mapping.columns, "values": mapping.values,
        },
        ensure_ascii=False, indent=1, sort_keys=True,
    ).encode()  # fmt: skip


def mapping_from_json(room: Room, content: bytes) -> MappingFile:
    """Read a mapping that someone gave.

    Raises:
        MappingRefused: not such a file, or columns that do not exist.
    """
    if len(content) > LARGEST_FILE:
        raise MappingRefused(reason=_("ce fichier est trop grand."))
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise MappingRefused(reason=_("ce n'est pas un fichier JSON.")) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise MappingRefused(reason=_("ce n'est pas une correspondance exportée par Hygie."))
    if found.get("version") != VERSION:
        raise MappingRefused(reason=_("elle vient d'une version plus récente de Hygie."))
    name, subject = found.get("name"), found.get("subject")
    columns, values = found.get("columns"), found.get("values") or {}
    if not isinstance(columns, dict) or not isinstance(values, dict):
        raise MappingRefused(reason=_("ses colonnes sont illisibles."))
    return _checked(room, MappingFile(str(name or ""), str(subject or ""), columns, values))


def _checked(room: Room, told: MappingFile) -> MappingFile:
    name = " ".join(told.name.replace("\x00", "").split())
    if not name or len(name) > _LONGEST_NAME:
        raise MappingRefused(reason=_("donnez-lui un nom de 80 caractères au plus."))
    if told.subject not in room.columns:
        raise MappingRefused(reason=_("dites ce que contient la feuille."))
    ours = room.columns[told.subject]
    unknown = sorted(str(column) for column in {*told.columns, *told.values} - ours)
    if unknown:
        raise MappingRefused(
            reason=_("colonnes inconnues : %(names)s.") % {"names": ", ".join(unknown)[:200]}
        )
    if not any(told.columns.values()):
        raise MappingRefused(reason=_("associez au moins une colonne."))
    for title in told.columns.values():
        if not isinstance(title, str) or len(title) > _LONGEST_TEXT or "\x00" in title:
            raise MappingRefused(reason=_("un titre est illisible ou trop long."))
    for words in told.values.values():
        if not isinstance(words, Mapping) or len(words) > _MOST_WORDS:
            raise MappingRefused(reason=_("les mots d'une colonne sont illisibles."))
        if not all(map(_is_word, [*words, *words.values()])):
            raise MappingRefused(reason=_("les mots d'une colonne sont illisibles."))
    return MappingFile(name, told.subject, told.columns, told.values)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_TEXT and "\x00" not in value


def _take(perimeter: Perimeter, room: Room, mapping: ColumnMapping) -> None:
    if not may_keep(perimeter, room, mapping.organisation):
        raise NotAllowed


def _told(perimeter: Perimeter, mapping: ColumnMapping, action: str) -> None:
    journal_write(
        actor=perimeter.actor,
        action=action,
        object_type="column_mapping",
        object_id=mapping.pk,
        organisation_id=mapping.organisation_id,
        detail={"title": mapping.name, "kind": mapping.subject},
    )
