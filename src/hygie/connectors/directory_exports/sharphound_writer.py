"""How are the facts of a directory written as a SharpHound v6 archive?

Reading what was written gives the facts back, for all that the format can say
(docs/engines/directory-exports.md §4): relations that are derived, objects of kinds it has no file
for, and flags it has no property for are left out.
"""

import datetime as dt
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import msgspec
import numpy as np

from hygie.connectors.directory_exports.sharphound_names import (
    ALL_METHODS,
    METHOD_GROUPS,
    METHOD_TRUSTS,
    TYPES,
)
from hygie.connectors.directory_exports.sharphound_sides import Sides
from hygie.connectors.directory_exports.sharphound_written import WrittenObjects
from hygie.engines.directory.facts import UNKNOWN, DirectoryFacts, IntArray
from hygie.engines.directory.vocabulary import EdgeKind, Flag, ObjectKind

_VERSION = 6
_LEVEL = 3  # of compression: a third of the time of the usual one, a tenth larger
_FLUSH = 1024 * 1024
# Kinds that have no file of their own: their rights and places are kept, their kind is not.
_AS_CONTAINERS = (
    ObjectKind.CONTAINER, ObjectKind.DNS_ZONE, ObjectKind.SITE, ObjectKind.CONFIGURATION,
)  # fmt: skip
_AS_USERS = (ObjectKind.USER, ObjectKind.MANAGED_ACCOUNT)
_NO_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: records and relations, and how many relations the format cannot say."""

    records: int
    edges: int
    left_out: int


@dataclass(frozen=True, slots=True)
class _Part:
    """The objects of one file: its type, the methods it claims, (k,) indices."""

    kind: str
    methods: int
    indices: IntArray


def write_sharphound(
    facts: DirectoryFacts, target: Path, *, collected_on: int = UNKNOWN, split: int = 0
) -> Written:
    """Write the facts as a zip of `<instant>_<type>.json`.

    Args:
        facts: of any source.
        target: file to write; replaced if it exists.
        collected_on: seconds since 1970, in the names of the files; `UNKNOWN` = no instant.
        split: objects in a file at most; 0 = one file a type.

    Returns:
        How much was written, and left out.

    Cost: one pass over objects and relations; about 60 bytes of memory a relation, and one record.
    """
    sides = Sides.of(facts)
    objects = WrittenObjects(facts, sides)
    moment = dt.datetime.fromtimestamp(collected_on, dt.UTC) if collected_on > 0 else None
    stamp = f"{moment:%Y%m%d%H%M%S}_" if moment else ""
    date = moment.timetuple()[:6] if moment else _NO_DATE
    count = 0
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        names: dict[str, int] = {}
        for part in _parts(facts, split):
            number = names.get(part.kind, 0)
            names[part.kind] = number + 1
            suffix = f"_{number:02d}" if number else ""
            records = (objects.record(index) for index in part.indices.tolist())
            with _opened(archive, f"{stamp}{part.kind}{suffix}.json", date) as stream:
                count += _write(stream, part.kind, part.methods, records)
        sessions = objects.sessions_apart()
        if sessions:
            with _opened(archive, f"{stamp}sessions.json", date) as stream:
                _write(stream, "sessions", ALL_METHODS, iter(sessions))
    return Written(count, objects.edges, sides.count - objects.edges)


def _opened(archive: zipfile.ZipFile, name: str, date: Sequence[int]) -> IO[bytes]:
    info = zipfile.ZipInfo(name, tuple(date))  # type: ignore[arg-type] # six numbers
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    info._compresslevel = _LEVEL  # type: ignore[attr-defined]
    return archive.open(info, "w", force_zip64=True)


def _write(stream: IO[bytes], kind: str, methods: int, records: Iterator[Mapping[str, Any]]) -> int:
    encoder = msgspec.json.Encoder()
    buffer = bytearray(b'{"data":[')
    count = 0
    for record in records:
        if count:
            buffer += b","
        buffer += encoder.encode(record)
        count += 1
        if len(buffer) > _FLUSH:
            stream.write(buffer)
            buffer.clear()
    meta = {"methods": methods, "type": kind, "count": count, "version": _VERSION}
    buffer += b'],"meta":' + encoder.encode(meta) + b"}"
    stream.write(buffer)
    return count


def _parts(facts: DirectoryFacts, split: int) -> Iterator[_Part]:
    for name, kind in TYPES.items():
        kinds: tuple[ObjectKind, ...] = (kind,)
        if kind == ObjectKind.USER:
            kinds = _AS_USERS
        elif kind == ObjectKind.CONTAINER:
            kinds = _AS_CONTAINERS
        for methods, objects in _by_methods(facts, kind, facts.of_kind(*kinds)):
            size = split or len(objects)
            for start in range(0, len(objects), max(1, size)):
                yield _Part(name, methods, objects[start : start + size])


def _by_methods(
    facts: DirectoryFacts, kind: ObjectKind, objects: IntArray
) -> Iterator[tuple[int, IntArray]]:
    """Objects of one type by what their file must claim: some facts are told by the file alone."""
    if kind == ObjectKind.GROUP:
        told = facts.is_known(Flag.MEMBERS_COLLECTED) & ~facts.is_set(Flag.MEMBERS_COLLECTED)
        choices = ((ALL_METHODS, ~told), (ALL_METHODS & ~METHOD_GROUPS, told))
    elif kind == ObjectKind.DOMAIN:
        known, value = facts.is_known(Flag.TRUSTS_COLLECTED), facts.is_set(Flag.TRUSTS_COLLECTED)
        choices = (
            (ALL_METHODS, value),
            (ALL_METHODS & ~METHOD_TRUSTS, known & ~value),
            (0, ~known),
        )  # type: ignore[assignment]
    else:
        choices = ((ALL_METHODS, np.ones(len(facts), np.bool_)),)  # type: ignore[assignment]
    for methods, chosen in choices:
        found = objects[chosen[objects]]
        if len(found):
            yield methods, found


def carried_kinds() -> frozenset[EdgeKind]:
    """Kinds of relations that the format can say."""
    return WrittenObjects.CARRIED
