"""What is known of a capture while its tables are read, one after the other?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from hygie.connectors.directory_exports.descriptors import DescriptorReader, Realm
from hygie.connectors.directory_exports.oradad_tables import Row, Table, Tables
from hygie.connectors.directory_exports.oradad_values import dns_of, instant_of, integer_of
from hygie.connectors.directory_exports.sids import is_sid
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Severity
from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.facts import ABSENT
from hygie.engines.directory.vocabulary import Flag, Instant, Number, ObjectKind, Text

_SMALLEST, _LARGEST = -(1 << 31), (1 << 31) - 1


@dataclass(frozen=True, slots=True)
class Policy:
    """One fine-grained password policy, as its row tells it."""

    dn: str
    min_length: int
    max_age_days: int
    precedence: int
    applies_to: tuple[str, ...]


@dataclass(slots=True)
class Capture:
    """The state of one reading.

    Attributes:
        tables: of the capture. builder: receives the facts. descriptors: states the rights.
        forest: name of the root domain, lower case. realms: by domain name, lower case.
        domains: index of each domain object by its name.
        counts: what was read, in words.
    """

    tables: Tables
    builder: FactsBuilder
    descriptors: DescriptorReader
    forest: str
    forest_sid: str = ""
    realms: dict[str, Realm] = field(default_factory=dict)
    domains: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    # One 64-bit digest of the name in upper case each, seeded by the process: half the memory of
    # the names, which are kept once, as texts.
    _by_dn: dict[int, int] = field(default_factory=dict)
    # What one table tells and another needs
    policies: dict[str, Policy] = field(default_factory=dict)
    changed_on: dict[str, int] = field(default_factory=dict)
    enforced_silos: dict[str, frozenset[str]] = field(default_factory=dict)
    has_silos: bool = False
    hosts: dict[str, int] = field(default_factory=dict)
    members_kept: Counter[int] = field(default_factory=Counter)
    members_told: Counter[int] = field(default_factory=Counter)
    group_policies: dict[int, str] = field(default_factory=dict)
    resultant_policy: dict[int, str] = field(default_factory=dict)

    def find(self, dn: str) -> int:
        """Index of the object of a distinguished name, `ABSENT` when none has it."""
        return self._by_dn.get(hash(dn.upper()), ABSENT)

    def find_key(self, key: int) -> int:
        """The same from `hash` of the name in upper case, kept instead of the name."""
        return self._by_dn.get(key, ABSENT)

    def described(self, tables: list[Table]) -> Iterator[tuple[Table, Row, int]]:
        """Rows whose object was read before, with its index."""
        for table in tables:
            for row in self.tables.rows(table):
                index = self.find(row["dn"])
                if index != ABSENT:
                    yield table, row, index

    def bind(self, dn: str, index: int) -> None:
        """Remember the object of a distinguished name."""
        self._by_dn[hash(dn.upper())] = index
        self.builder.text(index, Text.DISTINGUISHED_NAME, dn)

    def realm(self, table: Table, dn: str = "") -> Realm:
        """The domain of an object: that of its folder, of its name, else the root."""
        found = self.realms.get(table.dns)
        if found is None and dn:
            found = self.realms.get(dns_of(dn))
        if found is not None:
            return found
        return self.realms.get(self.forest) or Realm(
            self.forest.upper(), "", self.forest.upper(), self.forest_sid
        )

    def domain(self, realm: Realm) -> int:
        """Index of the object of a domain, `ABSENT` when it was not collected."""
        return self.domains.get(realm.name.lower(), ABSENT)

    def principal(self, sid: str, realm: Realm) -> int:
        """Index of the object of a SID, made if new; `ABSENT` when it is not one."""
        if not is_sid(sid.upper()):
            return ABSENT
        return self.descriptors.principal(sid, realm)

    def account(self, table: Table, row: Row) -> int:
        """Index of the object of a row that has a SID; the row is refused when it has none."""
        dn, sid = row["dn"], row["objectsid"]
        realm = self.realm(table, dn)
        index = self.principal(sid, realm)
        if index == ABSENT:
            self.refuse_cell(table, row, "objectsid", MessageCode.SID_INVALID)
            return ABSENT
        if dn:
            self.bind(dn, index)
        return index

    def refuse_cell(self, table: Table, row: Row, column: str, code: MessageCode) -> None:
        """Say that a cell could not be read: what it tells stays unknown."""
        self.tables.note(
            Severity.ERROR, code, table, row=row.line, column=column, value=row[column]
        )

    def state_instant(
        self, table: Table, row: Row, column: str, index: int, instant: Instant
    ) -> None:
        """State a date; an empty cell that was collected means that it never happened."""
        if not row.has(column):
            return
        seconds = instant_of(row[column])
        if seconds is None:
            self.refuse_cell(table, row, column, MessageCode.CELL_NOT_DATE)
        else:
            self.builder.instant(index, instant, seconds)

    def integer(self, table: Table, row: Row, column: str) -> int | None:
        """A whole number, from the raw column (`x_int`) where there is one beside the decoded one.

        None when the cell is empty, absent or wrong (which is told).
        """
        name = f"{column}_int" if f"{column}_int" in row.columns else column
        text = row[name]
        if not text:
            return None
        value = integer_of(text)
        if value is None:
            self.refuse_cell(table, row, name, MessageCode.CELL_NOT_NUMBER)
        return value

    def state_number(
        self,
        table: Table,
        row: Row,
        column: str,
        index: int,
        number: Number,
        *,
        empty: int | None = None,
    ) -> int | None:
        """State a number of 32 bits, or `empty` for an empty cell that was collected."""
        value = self.integer(table, row, column)
        if (
            value is None
            and empty is not None
            and self.has(row, column)
            and not self.raw(row, column)
        ):
            value = empty
        if value is not None:
            self.builder.number(index, number, _signed(value))
        return value

    def has(self, row: Row, column: str) -> bool:
        """Whether a number was collected, under either of its two columns."""
        return row.has(column) or row.has(f"{column}_int")

    def raw(self, row: Row, column: str) -> str:
        """Text of a number, whichever of its two columns is there."""
        return row[f"{column}_int"] or row[column]

    def describe_domain(self, sid: str, dns: str, *, is_collected: bool) -> int:
        """The object of a domain, by its SID."""
        index = self.builder.intern(sid)
        self.builder.describe(index, ObjectKind.DOMAIN, dns.upper(), index)
        self.builder.flag(index, Flag.DOMAIN_COLLECTED, value=is_collected)
        return index


def _signed(value: int) -> int:
    """A number of 32 bits, whether it was written signed or not."""
    if value > _LARGEST:
        value -= 1 << 32
    return max(_SMALLEST, min(_LARGEST, value))
