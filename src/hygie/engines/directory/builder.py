"""How do a reader's records, met in any order and possibly twice, become columns?"""

from array import array
from collections.abc import Iterable

import numpy as np

from hygie.engines.directory.facts import (
    ABSENT,
    UNKNOWN,
    DirectoryFacts,
    EdgeTable,
    IntArray,
    LongArray,
    Trust,
)
from hygie.engines.directory.vocabulary import (
    Authority,
    EdgeKind,
    Flag,
    Instant,
    Number,
    ObjectKind,
    Text,
)

_BUILTIN = "S-1-5-32-"
_DOMAIN = "S-1-5-21-"
_RID_LIMIT = 1 << 32
_PARTS_OF_ACCOUNT = 7  # dashes of S-1-5-21-a-b-c-RID


def authority_of(identifier: str) -> tuple[Authority, int]:
    """Family and RID of an identifier.

    Args:
        identifier: SID, GUID, or a well-known SID behind its domain (`DOM.FR-S-1-5-32-544`).

    Returns:
        The family, and the last sub-authority; `UNKNOWN` when there is none. A local group behind
        the SID of its host (`S-1-5-21-a-b-c-1104-544`) is of no family: 544 is not its RID.
    """
    start = identifier.find("S-1-")
    if start < 0 or (start and identifier[start - 1] != "-"):
        return Authority.NONE, UNKNOWN
    sid = identifier[start:]
    tail = sid.rpartition("-")[2]
    if not (tail.isascii() and tail.isdigit()) or len(tail) > 10 or int(tail) >= _RID_LIMIT:
        return Authority.NONE, UNKNOWN
    if sid.startswith(_DOMAIN):
        parts = sid.count("-")
        if parts > _PARTS_OF_ACCOUNT:
            return Authority.NONE, UNKNOWN
        # A domain's own SID has no RID.
        return Authority.DOMAIN, int(tail) if parts == _PARTS_OF_ACCOUNT else UNKNOWN
    if sid.startswith(_BUILTIN):
        return Authority.BUILTIN, int(tail)
    return Authority.SPECIAL, int(tail)


class FactsBuilder:
    """Grows the columns of `DirectoryFacts`; memory stays near that of the finished columns.

    An object exists as soon as something names it. Told twice, the later known value stands; the
    same relation told twice is one relation.
    """

    def __init__(self) -> None:
        self._index: dict[str, int] = {}
        self._names: list[str] = []
        self._kind = bytearray()
        self._domain = array("i")
        self._known = array("Q")
        self._value = array("Q")
        self._instants = [array("q") for _ in Instant]
        self._numbers: dict[Number, dict[int, int]] = {}
        self._texts: dict[Text, dict[int, str | tuple[str, ...]]] = {}
        self._source = array("i")
        self._target = array("i")
        self._edge_kind = bytearray()
        self._edge_flags = bytearray()
        self.trusts: list[Trust] = []
        self.collected_on = UNKNOWN

    def __len__(self) -> int:
        return len(self._names)

    def intern(self, identifier: str) -> int:
        """Index of the object of this identifier (case does not count), made if new."""
        found = self._index.get(identifier)
        if found is not None:
            return found
        upper = identifier.upper()
        found = self._index.get(upper)
        if found is not None:
            return found
        found = len(self._names)
        self._index[upper] = found
        self._names.append("")
        self._kind.append(ObjectKind.OTHER)
        self._domain.append(ABSENT)
        self._known.append(0)
        self._value.append(0)
        for column in self._instants:
            column.append(UNKNOWN)
        return found

    def is_described(self, index: int) -> bool:
        """Whether some record gave this object a kind."""
        return self._kind[index] != ObjectKind.OTHER

    def describe(self, index: int, kind: ObjectKind, name: str = "", domain: int = ABSENT) -> None:
        """Say what an object is; an empty name or an absent domain changes nothing."""
        if kind != ObjectKind.OTHER:
            self._kind[index] = kind
        if name:
            self._names[index] = name
        if domain != ABSENT:
            self._domain[index] = domain

    def flag(self, index: int, flag: Flag, *, value: bool | None) -> None:
        """State a yes-or-no fact; None states nothing."""
        if value is None:
            return
        bit = 1 << flag
        self._known[index] |= bit
        if value:
            self._value[index] |= bit
        else:
            self._value[index] &= ~bit & 0xFFFFFFFFFFFFFFFF

    def flags(self, index: int, known: int, value: int) -> None:
        """State several yes-or-no facts at once: one bit per Flag, `value` within `known`."""
        self._known[index] |= known
        self._value[index] = self._value[index] & ~known | value

    def flags_of(self, index: int) -> tuple[int, int]:
        """What has been stated so far: bits known, bits that are true."""
        return self._known[index], self._value[index]

    def kind_of(self, index: int) -> int:
        """The kind stated so far."""
        return self._kind[index]

    def instant(self, index: int, column: Instant, seconds: int) -> None:
        """State a dated fact, in seconds since 1970 UTC; `UNKNOWN` states nothing."""
        if seconds != UNKNOWN:
            self._instants[column][index] = seconds

    def number(self, index: int, column: Number, value: int) -> None:
        """State a number that fits 32 bits, sign included; `UNKNOWN` states nothing."""
        if value != UNKNOWN:
            self._numbers.setdefault(column, {})[index] = value

    def text(self, index: int, column: Text, value: str | tuple[str, ...]) -> None:
        """State a text; an empty one states nothing."""
        if value:
            self._texts.setdefault(column, {})[index] = value

    def edge(self, source: int, kind: EdgeKind, target: int, flags: int = 0) -> None:
        """State one relation."""
        self._source.append(source)
        self._target.append(target)
        self._edge_kind.append(kind)
        self._edge_flags.append(flags)

    def edges_from(self, sources: Iterable[int], kind: EdgeKind, target: int) -> None:
        """State the same relation from several objects to one."""
        for source in sources:
            self.edge(source, kind, target)

    def build(self) -> DirectoryFacts:
        """Close the columns.

        Returns:
            The facts, relations sorted by source, then kind, then target, each once (of a relation
            both inherited and stated in its own right, the latter stays).

        Cost: O(n + m log m).
        """
        count = len(self._names)
        identifiers = list(self._index)
        families = [authority_of(identifier) for identifier in identifiers]
        return DirectoryFacts(
            identifiers=identifiers,
            names=self._names,
            kind=np.frombuffer(bytes(self._kind), np.uint8),
            authority=np.array([family for family, _ in families], np.uint8),
            rid=np.array([rid for _, rid in families], np.int64),
            domain=np.array(self._domain, np.int32),
            known=np.array(self._known, np.uint64),
            value=np.array(self._value, np.uint64),
            instants=_instant_rows(self._instants, count),
            numbers={name: _dense(values, count) for name, values in self._numbers.items()},
            texts=self._texts,
            edges=unique_edges(
                np.array(self._source, np.int32),
                np.array(self._target, np.int32),
                np.frombuffer(bytes(self._edge_kind), np.uint8),
                np.frombuffer(bytes(self._edge_flags), np.uint8),
            ),
            trusts=tuple(self.trusts),
            collected_on=self.collected_on,
        )


def unique_edges(source: IntArray, target: IntArray, kind: IntArray, flags: IntArray) -> EdgeTable:
    """Sort relations and keep each (source, kind, target) once, with the fewest flags.

    Args:
        source, target, kind, flags: (m,) columns in any order.

    Returns:
        The table, sorted by source, kind, target.

    Cost: O(m log m) time, about 40 bytes a relation on top of the columns.
    """
    order = np.lexsort((flags, target, kind, source))
    source, target, kind, flags = source[order], target[order], kind[order], flags[order]
    is_new = np.ones(len(source), np.bool_)
    is_new[1:] = (source[1:] != source[:-1]) | (kind[1:] != kind[:-1]) | (target[1:] != target[:-1])
    return EdgeTable(
        source[is_new].astype(np.int32, copy=False),
        target[is_new].astype(np.int32, copy=False),
        kind[is_new].astype(np.uint8, copy=False),
        flags[is_new].astype(np.uint8, copy=False),
    )


def _instant_rows(columns: list["array[int]"], count: int) -> LongArray:
    rows = np.full((len(columns), count), UNKNOWN, np.int64)
    for position, column in enumerate(columns):
        rows[position] = np.array(column, np.int64)
    return rows


def _dense(values: dict[int, int], count: int) -> IntArray:
    column = np.full(count, UNKNOWN, np.int32)
    column[np.fromiter(values.keys(), np.int64, len(values))] = np.fromiter(
        values.values(), np.int32, len(values)
    )
    return column
