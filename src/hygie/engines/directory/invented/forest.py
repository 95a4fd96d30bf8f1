"""How does an invented directory grow by blocks of objects, and change once it is made?"""

import uuid
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hygie.engines.directory.builder import authority_of
from hygie.engines.directory.facts import ABSENT, UNKNOWN, DirectoryFacts, IntArray, Trust
from hygie.engines.directory.invented.closing import control_words, sorted_edges
from hygie.engines.directory.vocabulary import (
    Authority,
    EdgeKind,
    Flag,
    Instant,
    Number,
    ObjectKind,
    Text,
)

DAY = 86_400
FIRST_RID = 1103
Where: TypeAlias = int | IntArray | list[int]
Days: TypeAlias = float | NDArray[np.float64] | NDArray[np.int64]


class Forest:
    """Columns of a known length, filled block after block; relations by kind.

    Attributes:
        name: DNS name of the domain, upper case. base: its distinguished name. sid: its SID.
        as_of: the day to which ages are counted, seconds since 1970 UTC.
        draw: the one source of randomness.
    """

    def __init__(self, objects: int, name: str, as_of: int, draw: np.random.Generator) -> None:
        self.name = name.upper()
        self.base = ",".join(f"DC={label}" for label in self.name.split("."))
        self.as_of = as_of
        self.draw = draw
        self.sid = "S-1-5-21-" + "-".join(map(str, draw.integers(10**9, 4 * 10**9, 3).tolist()))
        self.objects = objects
        self.trusts: list[Trust] = []
        self.identifiers: list[str] = []
        self.names: list[str] = []
        self.kind = np.zeros(objects, np.uint8)
        self.authority = np.zeros(objects, np.uint8)
        self.rid = np.full(objects, UNKNOWN, np.int64)
        self.domain = np.zeros(objects, np.int32)
        self.known = np.zeros(objects, np.uint64)
        self.value = np.zeros(objects, np.uint64)
        self.instants = np.full((len(Instant), objects), UNKNOWN, np.int64)
        self.numbers: dict[Number, IntArray] = {}
        self.texts: dict[Text, dict[int, str | tuple[str, ...]]] = {}
        self.relations: dict[EdgeKind, list[tuple[IntArray, IntArray, IntArray]]] = {}
        self.control: dict[int, int] = {}
        self._roles: dict[str, IntArray] = {}
        self._taken: dict[str, int] = {}
        self._next_rid = FIRST_RID

    @property
    def left(self) -> int:
        """Objects still to be made."""
        return self.objects - len(self.identifiers)

    # --- objects -------------------------------------------------------------------------------

    def principals(
        self, kind: ObjectKind, names: Sequence[str], rids: Sequence[int] | None = None
    ) -> IntArray:
        """Add objects that have a SID of the domain; without RIDs, the next free ones."""
        if rids is None:
            rids = range(self._next_rid, self._next_rid + len(names))
            self._next_rid += len(names)
        found = self._block(kind, [f"{self.sid}-{rid}" for rid in rids], names)
        self.authority[found] = Authority.DOMAIN
        self.rid[found] = np.array(rids, np.int64)
        return found

    def named(self, kind: ObjectKind, identifiers: Sequence[str], names: Sequence[str]) -> IntArray:
        """Add objects of which the identifier is given."""
        found = self._block(kind, identifiers, names)
        families = [authority_of(identifier) for identifier in identifiers]
        self.authority[found] = [family for family, _ in families]
        self.rid[found] = [rid for _, rid in families]
        return found

    def placed(
        self, kind: ObjectKind, names: Sequence[str], guids: Sequence[str] | None = None
    ) -> IntArray:
        """Add objects that have no SID, by their distinguished names."""
        guids = guids or [self.guid() for _ in names]
        labels = [name.partition(",")[0].partition("=")[2] for name in names]
        found = self._block(kind, guids, [f"{label}@{self.name}" for label in labels])
        self.text(found, Text.DISTINGUISHED_NAME, names)
        return found

    def guid(self) -> str:
        """A new GUID, version 4."""
        return str(uuid.UUID(bytes=self.draw.bytes(16), version=4)).upper()

    def _block(
        self, kind: ObjectKind, identifiers: Sequence[str], names: Sequence[str]
    ) -> IntArray:
        first = len(self.identifiers)
        if first + len(names) > self.objects:
            raise ValueError(f"{self.objects} objects do not hold a hospital")
        self.identifiers += identifiers
        self.names += names
        found = np.arange(first, first + len(names), dtype=np.int32)
        self.kind[found] = kind
        return found

    # --- roles ---------------------------------------------------------------------------------

    def mark(self, role: str, objects: Where) -> None:
        """Remember objects by what they are for."""
        self._roles[role] = np.atleast_1d(np.asarray(objects, np.int32))

    def all(self, role: str) -> IntArray:
        """The objects of a role."""
        return self._roles[role]

    def the(self, role: str) -> int:
        """The first object of a role."""
        return int(self._roles[role][0])

    def take(self, role: str, count: int = 1) -> IntArray:
        """Objects of a role that nothing took before, so that defects do not meet."""
        first = self._taken.get(role, 0)
        self._taken[role] = first + count
        found = self._roles[role][first : first + count]
        if len(found) < count:
            raise ValueError(f"this forest is too small for so many defects: {role}")
        return found

    def one(self, role: str) -> int:
        """One object of a role that nothing took before."""
        return int(self.take(role)[0])

    # --- facts ---------------------------------------------------------------------------------

    def set(self, where: Where, **flags: bool) -> None:
        """State flags, by member name."""
        for name, truth in flags.items():
            bit = np.uint64(1 << Flag[name])
            self.known[where] |= bit
            self.value[where] = self.value[where] | bit if truth else self.value[where] & ~bit

    def is_set(self, flag: Flag) -> NDArray[np.bool_]:
        """Where a flag is known and true, (objects,)."""
        return (self.value >> np.uint64(flag) & np.uint64(1)).astype(np.bool_)

    def date(self, where: Where, column: Instant, days: Days) -> None:
        """State a dated fact, in days before the day of the forest."""
        self.instants[column, where] = self.as_of - (np.asarray(days) * DAY).astype(np.int64)

    def number(self, where: Where, column: Number, value: int) -> None:
        """State a number."""
        if column not in self.numbers:
            self.numbers[column] = np.full(self.objects, UNKNOWN, np.int32)
        self.numbers[column][where] = value

    def text(
        self, where: Where, column: Text, values: Sequence[str] | Sequence[tuple[str, ...]]
    ) -> None:
        """State a text of each object, in the same order."""
        objects = np.atleast_1d(where).tolist()
        self.texts.setdefault(column, {}).update(zip(objects, values, strict=True))

    def relate(
        self, source: Where, kind: EdgeKind, target: Where, flags: int | IntArray = 0
    ) -> None:
        """State relations; a single source or target stands for all of the other."""
        columns = np.broadcast_arrays(
            np.atleast_1d(np.asarray(source, np.int32)),
            np.asarray(target, np.int32),
            np.asarray(flags, np.int32),
        )
        self.relations.setdefault(kind, []).append((columns[0], columns[1], columns[2]))

    def unrelate(
        self, kind: EdgeKind, source: Where | None = None, target: Where | None = None
    ) -> None:
        """Take relations of one kind away: of these sources, towards these targets."""
        kept = []
        for sources, targets, flags in self.relations.get(kind, ()):
            gone = np.ones(len(sources), np.bool_)
            if source is not None:
                gone &= np.isin(sources, source)
            if target is not None:
                gone &= np.isin(targets, target)
            kept.append((sources[~gone], targets[~gone], flags[~gone]))
        self.relations[kind] = kept

    def identifier(self, *objects: Where) -> tuple[str, ...]:
        """Identifiers of objects."""
        found = np.concatenate([np.atleast_1d(one) for one in objects])
        return tuple(self.identifiers[index] for index in found.tolist())

    # --- the end -------------------------------------------------------------------------------

    def facts(self) -> DirectoryFacts:
        """Close the columns. Cost: one sort of the relations."""
        if self.left:
            raise ValueError(f"{self.left} objects were not made")
        self.numbers[Number.UAC] = control_words(self.kind, self.is_set, self.control)
        return DirectoryFacts(
            identifiers=self.identifiers,
            names=self.names,
            kind=self.kind,
            authority=self.authority,
            rid=self.rid,
            domain=np.where(self.kind == ObjectKind.OTHER, ABSENT, self.domain).astype(np.int32),
            known=self.known,
            value=self.value,
            instants=self.instants,
            numbers=self.numbers,
            texts=self.texts,
            edges=sorted_edges(self.relations),
            trusts=tuple(self.trusts),
            collected_on=self.as_of,
        )
