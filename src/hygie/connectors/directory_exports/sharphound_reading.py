"""How do the records of the files of one export become the facts of a directory?"""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, cast

import numpy as np
from msgspec import UNSET

from hygie.connectors.directory_exports.json_stream import JsonExport, Outline, Record
from hygie.connectors.directory_exports.limits import ExportLimits
from hygie.connectors.directory_exports.sharphound_decoding import Decoding
from hygie.connectors.directory_exports.sharphound_files import Member, Watched, is_json_object
from hygie.connectors.directory_exports.sharphound_hosts import Hosts
from hygie.connectors.directory_exports.sharphound_identifiers import Identifiers
from hygie.connectors.directory_exports.sharphound_names import (
    METHOD_GROUPS,
    METHOD_TRUSTS,
    TYPES,
)
from hygie.connectors.directory_exports.sharphound_notes import Notes
from hygie.connectors.directory_exports.sharphound_objects import ObjectFacts
from hygie.connectors.directory_exports.sharphound_records import ObjectRecord, Properties
from hygie.connectors.directory_exports.sharphound_relations import Relations
from hygie.connectors.directory_exports.sharphound_values import truth_of, whole_of
from hygie.connectors.directory_exports.sids import domain_of
from hygie.connectors.files.archive import ZIP_ERRORS
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, ReadingCancelled, Report, refusal
from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.facts import ABSENT, DirectoryFacts, EdgeTable
from hygie.engines.directory.vocabulary import Flag, ObjectKind

_OPEN_GRAPH = "opengraph"
_SESSIONS = "sessions"
_DELETED = "deleted"
_LONGEST_DOMAIN = 255


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A member that is part of the export, and what is beside its records."""

    member: Member
    kind: str
    methods: int
    stated: int | None
    collector: str
    version: int


class Watch:
    """Adds up what streams tell."""

    def __init__(
        self, total: int, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> None:
        self._done = 0
        self._total = total
        self._progress = progress
        self._cancelled = cancelled

    def over(self, stream: BinaryIO) -> BinaryIO:
        """The same stream, watched."""
        return cast("BinaryIO", Watched(stream, self._told, self._cancelled))

    def _told(self, size: int) -> None:
        self._done += size
        self._progress(min(self._done, self._total), self._total)


class Reading:
    """Everything that one export fills while it is read."""

    def __init__(self, report: Report, limits: ExportLimits, name: str) -> None:
        self.builder = FactsBuilder()
        self.notes = Notes()
        self._report = report
        self._limits = limits
        self._name = name
        self._decoding = Decoding(report, self.notes, limits)
        self._ids = Identifiers(self.builder, self.notes, limits)
        self._facts = ObjectFacts(self.builder, self.notes, limits)
        self._relations = Relations(self.builder, self._ids, self.notes, limits)
        self._hosts = Hosts(self.builder, self._ids, self._relations, self.notes)
        self._groups: dict[bool | None, array[int]] = {}
        self._domains: list[tuple[int, int]] = []
        self._seen = bytearray()
        self._methods = 0

    def survey(self, members: tuple[Member, ...], watch: Watch) -> Iterator[ExportFile]:
        """Follow every member to its end, and give those that are part of the export."""
        for member in members:
            self._report.file = member.name
            if not is_json_object(member):
                self._report.info(MessageCode.DIRECTORY_FILE_IGNORED, member=member.name)
                continue
            *_records, (outline, _none) = _followed(member, watch, self._limits, keep=False)
            file = _file_of(member, outline)
            if file is None:
                self._report.info(MessageCode.DIRECTORY_FILE_IGNORED, member=member.name)
            else:
                self._methods |= file.methods
                yield file

    def read(self, file: ExportFile, watch: Watch) -> None:
        """Read the records of one file."""
        self._report.file = file.member.name
        handle = self._handler(file)
        found = 0
        for _outline, record in _followed(file.member, watch, self._limits, keep=True):
            if record is None:
                continue
            found += 1
            handle(record)
            if max(len(self.builder), 1) > self._limits.most_objects:
                raise self._too_large(self._limits.most_objects)
            if self._relations.count > self._limits.most_edges:
                raise self._too_large(self._limits.most_edges)
        if file.kind not in TYPES and file.kind not in (_SESSIONS, _DELETED):
            self.notes.skipped += found
            self._report.info(MessageCode.DIRECTORY_TYPE_UNKNOWN, kind=file.kind, count=found)
        elif file.stated is not None and file.stated != found and file.kind in TYPES:
            self._report.info(MessageCode.DIRECTORY_COUNT, stated=file.stated, found=found)

    def settled(self) -> DirectoryFacts:
        """Close the facts, once everything has been read."""
        self._hosts.settle(is_trusted=self._methods != 0)
        for is_collected, groups in self._groups.items():
            value = self._relations.has_members if is_collected is None else is_collected
            for index in groups:
                self.builder.flag(index, Flag.MEMBERS_COLLECTED, value=value)
        for index, methods in self._domains:
            told = bool(methods & METHOD_TRUSTS) if methods else bool(self.builder.trusts) or None
            self.builder.flag(index, Flag.TRUSTS_COLLECTED, value=told)
        self.notes.tell(self._report, self._limits)
        return _without_deleted(self.builder.build())

    def _too_large(self, limit: int) -> FileRefused:
        return refusal(MessageCode.DIRECTORY_TOO_LARGE, file=self._name, limit=limit)

    def _handler(self, file: ExportFile) -> Callable[[Record], None]:
        if file.kind == _SESSIONS:
            return self._session
        if file.kind == _DELETED:
            return self._deleted
        kind = TYPES.get(file.kind)
        if kind is None:
            return _pass
        return lambda record: self._object(record, kind, file.methods)

    def _session(self, record: Record) -> None:
        session = self._decoding.session(record)
        if session is not None:
            self._hosts.session(session, ABSENT, "")

    def _deleted(self, record: Record) -> None:
        identifier = self._decoding.deleted(record)
        if identifier:
            self.notes.deleted += 1
            index = self._ids.index_of(identifier, "")
            if index != ABSENT:
                self.builder.flag(index, Flag.DELETED, value=True)

    def _object(self, raw: Record, kind: ObjectKind, methods: int) -> None:
        record = self._decoding.object(raw)
        if record is None:
            return
        identifier = record.identifier or ""
        if not self._ids.accepts(identifier):
            self.notes.refused += 1
            self._report.error(
                MessageCode.DIRECTORY_IDENTIFIER,
                row=raw.rank,
                field="ObjectIdentifier",
                value=identifier[:200],
            )
            return
        if self._relations.is_too_broad(record):
            self.notes.refused += 1
            limit = self._limits.product
            self._report.error(
                MessageCode.DIRECTORY_PRODUCT, row=raw.rank, field="GPOChanges", limit=limit
            )
            return
        properties = record.properties or Properties()
        domain = _domain_name(properties, kind)
        index = self._ids.index_of(identifier, domain)
        kind = self._facts.kind_of(record, kind)
        if kind == ObjectKind.USER and self.builder.kind_of(index) == ObjectKind.MANAGED_ACCOUNT:
            kind = ObjectKind.MANAGED_ACCOUNT
        repeated = self._is_repeated(index, kind)
        self.builder.describe(
            index,
            kind,
            self._facts.clean(properties.name or ""),
            index if kind == ObjectKind.DOMAIN else self._domain(record, domain),
        )
        self._facts.state(index, record, kind, repeated=repeated)
        if properties.distinguishedname is None:
            self.notes.stubs += 1
        if record.deleted:
            self.notes.deleted += 1
            return
        self._relations.state(index, record, kind, domain)
        if kind in (ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT):
            self._hosts.state(index, record, domain)
        self._remember(index, record, kind, methods)

    def _remember(self, index: int, record: ObjectRecord, kind: ObjectKind, methods: int) -> None:
        """Keep what can only be decided at the end: whether lists that are empty were read."""
        properties = record.properties
        if properties is None or properties.distinguishedname is None:
            return
        if kind == ObjectKind.GROUP and record.members is not UNSET:
            told = bool(methods & METHOD_GROUPS) if methods else None
            self._groups.setdefault(told, array("i")).append(index)
        elif kind == ObjectKind.DOMAIN and truth_of(properties.collected) is not False:
            self._domains.append((index, methods))

    def _is_repeated(self, index: int, kind: ObjectKind) -> bool:
        """Count a record, and tell whether an earlier one described the same object."""
        self.notes.records += 1
        if index >= len(self._seen):
            self._seen.extend(bytes(index + 65_536 - len(self._seen)))
        if not self._seen[index]:
            self._seen[index] = 1
            return False
        self.notes.repeated += 1
        if self.builder.kind_of(index) != kind:
            self.notes.contradictions["kind"] += 1
        return True

    def _domain(self, record: ObjectRecord, domain: str) -> int:
        told = record.properties.domainsid if record.properties is not None else None
        sid = told or record.domain_sid or domain_of((record.identifier or "").upper())
        return self._ids.index_of(sid, domain)


def _followed(
    member: Member, watch: Watch, limits: ExportLimits, *, keep: bool
) -> Iterator[tuple[Outline, Record | None]]:
    """The records of a member, then its outline with None."""
    try:
        with member.open() as stream:
            export = JsonExport(watch.over(stream), member.name, limits)
            for record in export.records(keep=keep):
                yield export.outline, record
            yield export.outline, None
    except (FileRefused, ReadingCancelled):
        raise
    except ZIP_ERRORS as error:
        raise refusal(MessageCode.FILE_DAMAGED, file=member.name, part="") from error


def _pass(_record: Record) -> None:
    return None


def _file_of(member: Member, outline: Outline) -> ExportFile | None:
    kind = outline.meta.get("type")
    if not outline.has_data or not isinstance(kind, str):
        if "graph" in outline.others:
            return ExportFile(member, _OPEN_GRAPH, 0, None, "", 0)
        return None
    collector = outline.meta.get("collectorversion")
    return ExportFile(
        member=member,
        kind=kind.strip().lower()[:50],
        methods=max(0, whole_of(outline.meta.get("methods")) or 0),
        stated=whole_of(outline.meta.get("count")),
        collector=collector[:100] if isinstance(collector, str) else "",
        version=whole_of(outline.meta.get("version")) or 0,
    )


def _domain_name(properties: Properties, kind: ObjectKind) -> str:
    name = properties.domain or (
        properties.name if kind == ObjectKind.DOMAIN else (properties.name or "").rpartition("@")[2]
    )
    name = (name or "").strip().upper()
    is_usable = len(name) <= _LONGEST_DOMAIN and name.isprintable() and " " not in name
    return name if is_usable else ""


def _without_deleted(facts: DirectoryFacts) -> DirectoryFacts:
    """Leave out the relations of objects that are deleted."""
    gone = facts.is_set(Flag.DELETED)
    if not gone.any():
        return facts
    edges = facts.edges
    kept = ~(gone[edges.source] | gone[edges.target])
    table = EdgeTable(
        np.ascontiguousarray(edges.source[kept]),
        np.ascontiguousarray(edges.target[kept]),
        np.ascontiguousarray(edges.kind[kept]),
        np.ascontiguousarray(edges.flags[kept]),
    )
    return replace(facts, edges=table)
