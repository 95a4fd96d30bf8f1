"""What does each object's descriptor state, when most of them are the same?"""

from dataclasses import dataclass, field

from hygie.connectors.directory_exports.rights import has_owner_rights, stated_rights
from hygie.connectors.directory_exports.sddl import SddlError, parse_descriptor
from hygie.connectors.directory_exports.sids import WELL_KNOWN, identifier_of
from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.vocabulary import EdgeKind, Flag, ObjectKind

_MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Realm:
    """The domain in whose words a descriptor is written: names upper case, SIDs "" when unknown."""

    name: str
    sid: str
    forest_name: str
    forest_sid: str


@dataclass(frozen=True, slots=True)
class _Stated:
    """What one descriptor states on every object of one kind and realm, sources as indices."""

    owner: int
    edges: tuple[tuple[int, EdgeKind, int], ...]
    is_protected: bool
    has_dacl: bool
    has_owner_rights: bool
    has_sacl: bool
    skipped: int


@dataclass(slots=True)
class DescriptorReader:
    """States the rights of objects; a descriptor met again costs a look-up.

    Attributes:
        builder: receives the relations. laps_guids: see `stated_rights`.
        skipped: entries not understood. has_sacl: some descriptor had its audit part.
    """

    builder: FactsBuilder
    laps_guids: frozenset[str] = frozenset()
    skipped: int = 0
    has_sacl: bool = False
    _kept: dict[tuple[str, ObjectKind, str, Realm], _Stated] = field(default_factory=dict)

    def state(
        self, target: int, text: str, kind: ObjectKind, class_guid: str, realm: Realm
    ) -> None:
        """State what a descriptor says of one object.

        Raises:
            SddlError: it cannot be read; nothing is stated then.
        """
        key = (text, kind, class_guid, realm)
        stated = self._kept.get(key)
        if stated is None:
            stated = self._read(text, kind, class_guid, realm)
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = stated
        builder = self.builder
        builder.flag(target, Flag.ACES_COLLECTED, value=stated.has_dacl)
        if stated.has_dacl:
            builder.flag(target, Flag.ACL_PROTECTED, value=stated.is_protected)
            builder.flag(target, Flag.OWNER_RIGHTS_ACE, value=stated.has_owner_rights)
        if stated.owner >= 0:
            builder.edge(stated.owner, EdgeKind.OWNS, target)
        for source, edge, flags in stated.edges:
            builder.edge(source, edge, target, flags)
        self.skipped += stated.skipped
        self.has_sacl = self.has_sacl or stated.has_sacl

    def _read(self, text: str, kind: ObjectKind, class_guid: str, realm: Realm) -> _Stated:
        descriptor = parse_descriptor(text, realm.sid, realm.forest_sid)
        rights = stated_rights(descriptor, kind, class_guid, self.laps_guids)
        return _Stated(
            owner=self.principal(descriptor.owner, realm) if descriptor.owner else -1,
            edges=tuple((self.principal(sid, realm), edge, flags) for sid, edge, flags in rights),
            is_protected=descriptor.is_protected,
            has_dacl=descriptor.has_dacl,
            has_owner_rights=has_owner_rights(descriptor),
            has_sacl=descriptor.has_sacl,
            skipped=descriptor.skipped,
        )

    def principal(self, sid: str, realm: Realm) -> int:
        """Index of the object of a SID, made if new; those of the system take their usual name."""
        identifier = identifier_of(sid, realm.name, realm.forest_name)
        index = self.builder.intern(identifier)
        name = WELL_KNOWN.get(sid.upper())
        if name is not None and not self.builder.is_described(index):
            domain = identifier.partition("-S-1-")[0]
            self.builder.describe(index, ObjectKind.GROUP, f"{name}@{domain}")
        return index

    def allowed(self, text: str, realm: Realm, mask: int) -> list[int]:
        """Who a short descriptor kept in an attribute lets do something (delegation, gMSA).

        Args:
            text: the cell. realm: where the object is. mask: bits, one of which is enough.

        Raises:
            SddlError: it cannot be read.
        """
        descriptor = parse_descriptor(text, realm.sid, realm.forest_sid)
        sids = [ace.sid for ace in descriptor.aces if ace.is_allowed and ace.mask & mask]
        return [self.principal(sid, realm) for sid in dict.fromkeys(sids)]


__all__ = ["DescriptorReader", "Realm", "SddlError"]
