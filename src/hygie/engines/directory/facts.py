"""What is known of one Active Directory forest? Columns that readers fill and rules read.

Three values everywhere: a flag has a *known* bit beside its value, an instant or a number that was
not collected is `UNKNOWN`. Nothing here is derived or judged. See docs/engines/directory.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hygie.engines.directory.vocabulary import ExportKind, Flag, Instant, Number, ObjectKind, Text

IntArray: TypeAlias = NDArray[np.int32]
LongArray: TypeAlias = NDArray[np.int64]
ByteArray: TypeAlias = NDArray[np.uint8]
BitArray: TypeAlias = NDArray[np.uint64]
BoolArray: TypeAlias = NDArray[np.bool_]

UNKNOWN = -1
"""An instant or a number that no export tells."""
NEVER = 0
"""An instant that is known not to have happened (never logged on, password never set)."""
ABSENT = -1
"""An object index that is not there."""


@dataclass(frozen=True, slots=True)
class Trust:
    """One trust as a domain states it.

    Attributes:
        domain: index of the domain that states it.
        partner_sid, partner_name: the other domain, as stated; either may be empty.
        is_inbound, is_outbound: None = not told.
        attributes: the trustAttributes bit field, `UNKNOWN` when not told.
        trust_type: `parent_child`, `forest`, `external`, `cross_link`, `unknown`…, lower case.
        sid_filtering, tgt_delegation, is_transitive: None = not told.
        account_password_set: instant of the trust account's password, `UNKNOWN` when not told.
    """

    domain: int
    partner_sid: str
    partner_name: str
    is_inbound: bool | None
    is_outbound: bool | None
    attributes: int
    trust_type: str
    sid_filtering: bool | None
    tgt_delegation: bool | None
    is_transitive: bool | None
    account_password_set: int = UNKNOWN


@dataclass(frozen=True, slots=True)
class EdgeTable:
    """m relations: `source`, `target` (m,) object indices, `kind` (m,) EdgeKind, `flags` (m,)."""

    source: IntArray
    target: IntArray
    kind: ByteArray
    flags: ByteArray

    def __len__(self) -> int:
        return len(self.source)


@dataclass(frozen=True, slots=True)
class DirectoryFacts:
    """The facts of one export, or of several merged ones, about n objects.

    Attributes:
        identifiers: (n) SID, GUID, or `DOMAIN.FQDN-S-1-5-32-544` for well-known ones, upper case.
        names: (n) as shown to a reader (`NAME@DOMAIN.FQDN`, `HOST.DOMAIN.FQDN`), "" if not told.
        kind: (n,) ObjectKind. authority: (n,) Authority. rid: (n,) last sub-authority, `UNKNOWN`.
        domain: (n,) index of the object's domain, `ABSENT` when not told.
        known, value: (n,) one bit per Flag; a value bit outside `known` is 0.
        instants: (len(Instant), n) int64.
        numbers: a (n,) int32 column for each Number some export tells.
        texts: for each Text, values by object index.
        edges: stated relations only.
        trusts: as stated by each domain.
        collected_on: when the export was made, seconds since 1970 UTC; `UNKNOWN` if not said.
    """

    identifiers: list[str]
    names: list[str]
    kind: ByteArray
    authority: ByteArray
    rid: LongArray
    domain: IntArray
    known: BitArray
    value: BitArray
    instants: LongArray
    numbers: Mapping[Number, IntArray]
    texts: Mapping[Text, Mapping[int, str | tuple[str, ...]]]
    edges: EdgeTable
    trusts: tuple[Trust, ...] = ()
    collected_on: int = UNKNOWN

    def __len__(self) -> int:
        return len(self.identifiers)

    def is_set(self, flag: Flag) -> BoolArray:
        """Where the flag is known and true, (n,)."""
        return (self.value >> np.uint64(flag) & np.uint64(1)).astype(np.bool_)

    def is_known(self, flag: Flag) -> BoolArray:
        """Where the flag is known, true or false, (n,)."""
        return (self.known >> np.uint64(flag) & np.uint64(1)).astype(np.bool_)

    def number(self, column: Number) -> IntArray:
        """The column, (n,), all `UNKNOWN` when no export tells it."""
        found = self.numbers.get(column)
        return np.full(len(self), UNKNOWN, np.int32) if found is None else found

    def instant(self, column: Instant) -> LongArray:
        """The dated facts of one kind, (n,)."""
        row: LongArray = self.instants[column]
        return row

    def of_kind(self, *kinds: ObjectKind) -> IntArray:
        """Indices of the objects of these kinds, ascending."""
        return np.flatnonzero(np.isin(self.kind, kinds)).astype(np.int32)


@dataclass(frozen=True, slots=True)
class StatedVerdict:
    """What another tool, or a person, says of one control point.

    Attributes:
        point: catalogue id without prefix or level (`krbtgt`).
        is_failed: None = the tool looked and could not tell.
        levels: the levels at which it is said to fail, as far as told.
        details: the tool's own lines, cut and cleaned, at most 50.
    """

    point: str
    is_failed: bool | None
    levels: tuple[int, ...] = ()
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectoryExport:
    """One source: its facts, or only verdicts, and what it says about itself.

    Attributes:
        kind: which tool wrote it. name: file name, as shown. digest: SHA-256 of the file, hex.
        tool: version of the tool as it writes it, "" when it does not.
        collected_on: seconds since 1970 UTC, `UNKNOWN` when nothing says it.
        facts: None for a report that carries verdicts only.
        verdicts: by point id.
        stated_level: a level that the source itself gives (ADS), None otherwise.
        counts: what was read, in the reader's words (records, repeated, stubs, unknown rights…).
        indicators: scalars for display that no rule reads (PingCastle scores…).
    """

    kind: ExportKind
    name: str
    digest: str
    tool: str
    collected_on: int
    facts: DirectoryFacts | None
    verdicts: Mapping[str, StatedVerdict] = field(default_factory=dict)
    stated_level: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
