"""What is set for the whole forest, and what do the services of the directory say of themselves?"""

from collections.abc import Iterator
from dataclasses import dataclass

from hygie.connectors.directory_exports.oradad_capture import Capture
from hygie.connectors.directory_exports.oradad_tables import Row
from hygie.connectors.directory_exports.oradad_values import (
    binaries_of,
    boolean_of,
    parent_of,
    values_of,
)
from hygie.engines.directory.facts import ABSENT
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Number, Text

# MS-DNSP §2.3.2.1: length, length of the name, flag, version, identifier, then the data.
_ZONE_ALLOW_UPDATE = 0x2
_UPDATE_ANYONE = 1
_PROPERTY_HEADER = 20
# MS-FRS1: a replica set of SYSVOL; MS-FRS2: msDFSR-Flags of the settings, once migrated.
_SYSVOL_SET = 2
_MIGRATED = 0x30
# msDS-Behavior-Version of a controller by its system (MS-ADTS §6.1.4.4)
_SYSTEM_LEVELS = (
    ("2008 R2", 4),
    ("2008", 3),
    ("2012 R2", 6),
    ("2012", 5),
    ("2016", 7),
    ("2019", 7),
    ("2022", 7),
    ("2025", 10),
)


def read_forest_settings(capture: Capture) -> None:
    """dSHeuristics, the functional level of the forest, the menus of the administration tools."""
    tables = capture.tables
    for _, row, index in capture.described(tables.of("configuration", "ntdsservice")):
        if row.has("dsheuristics"):
            for told in (index, *capture.domains.values()):
                capture.builder.flag(told, Flag.DS_HEURISTICS_COLLECTED, value=True)
                capture.builder.text(told, Text.DS_HEURISTICS, row["dsheuristics"])
    for table, row, index in capture.described(tables.of("configuration", "crossrefcontainer")):
        column = "msds-behavior-version"
        capture.state_number(table, row, column, index, Number.FUNCTIONAL_LEVEL)
    for _, row, index in capture.described(tables.of("configuration", "displayspecifier")):
        menus = tuple(values_of(row["admincontextmenu"]))
        capture.builder.text(index, Text.ADMIN_CONTEXT_MENU, menus)


def read_zones(capture: Capture) -> None:
    """Who may write in each DNS zone?"""
    for _, row, index in capture.described(capture.tables.named("dnszone")):
        if row.has("dnsproperty"):
            _zone(capture, row, index)


def _zone(capture: Capture, row: Row, index: int) -> None:
    capture.counts["zones"] += 1
    for blob in binaries_of(row["dnsproperty"]):
        update = allowed_update(blob or b"")
        if update is not None:
            capture.builder.number(index, Number.DNS_ZONE_UPDATE, update)
            capture.builder.flag(index, Flag.ZONE_UNSECURE_UPDATE, value=update == _UPDATE_ANYONE)


def allowed_update(blob: bytes) -> int | None:
    """Who may update a zone: 0 nobody, 1 anyone, 2 accounts only; None for another property."""
    if len(blob) <= _PROPERTY_HEADER:
        return None
    length = int.from_bytes(blob[:4], "little")
    identifier = int.from_bytes(blob[16:20], "little")
    if identifier != _ZONE_ALLOW_UPDATE or not 1 <= length <= len(blob) - _PROPERTY_HEADER:
        return None
    return blob[_PROPERTY_HEADER]


def read_replication(capture: Capture) -> None:
    """Is SYSVOL still replicated by the former service?"""
    migrated = {
        table.dns
        for table in capture.tables.of("domain", "msdfsr-globalsettings")
        for row in capture.tables.rows(table)
        if ((capture.integer(table, row, "msdfsr-flags") or 0) & _MIGRATED) == _MIGRATED
    }
    for table in capture.tables.of("domain", "ntfrsreplicaset"):
        domain = capture.domains.get(table.dns, ABSENT)
        kinds = [
            capture.integer(table, row, "frsreplicasettype") for row in capture.tables.rows(table)
        ]
        uses = any(kind in (None, _SYSVOL_SET) for kind in kinds) and table.dns not in migrated
        if domain != ABSENT:
            capture.builder.flag(domain, Flag.SYSVOL_NTFRS, value=uses)


@dataclass(frozen=True, slots=True)
class _Settings:
    """The "NTDS Settings" object of a controller."""

    level: int | None
    is_read_only: bool | None


def read_controllers(capture: Capture) -> None:
    """Do the objects of each controller in the configuration agree with its account?

    Agree = a server object points to the account, with settings below it, of the same nature
    (read-only or not), and of the level that its system has.
    """
    if not (capture.tables.named("server") and capture.tables.named("ntdsdsa")):
        return
    settings = {parent_of(row["dn"]).upper(): value for row, value in _settings(capture)}
    servers: dict[str, list[str]] = {}
    for table in capture.tables.named("server"):
        for row in capture.tables.rows(table):
            if row["serverreference"]:
                servers.setdefault(row["serverreference"].upper(), []).append(row["dn"].upper())
    for table, row, index in capture.described(capture.tables.of("domain", "computer")):
        if not _is_set(capture, index, Flag.IS_DC):
            continue
        found = [settings[dn] for dn in servers.get(row["dn"].upper(), ()) if dn in settings]
        is_rodc = _is_set(capture, index, Flag.IS_RODC)
        agrees = any(_agrees(row, is_rodc, one) for one in found)
        capture.builder.flag(index, Flag.SERVER_OBJECT_CONSISTENT, value=agrees)
        domain = capture.domain(capture.realm(table, row["dn"]))
        if domain != ABSENT:
            capture.builder.edge(index, EdgeKind.DC_FOR, domain)


def _is_set(capture: Capture, index: int, flag: Flag) -> bool:
    return bool(capture.builder.flags_of(index)[1] >> flag & 1)


def _settings(capture: Capture) -> Iterator[tuple[Row, _Settings]]:
    for table in capture.tables.named("ntdsdsa"):
        for row in capture.tables.rows(table):
            level = capture.integer(table, row, "msds-behavior-version")
            is_read_only = boolean_of(row["msds-isrodc"])
            if is_read_only is None and row["objectcategory"]:
                is_read_only = row["objectcategory"].upper().startswith("CN=NTDS-DSA-RO,")
            yield row, _Settings(level, is_read_only)


def _agrees(row: Row, is_rodc: bool, settings: _Settings) -> bool:
    if settings.is_read_only is not None and settings.is_read_only != is_rodc:
        return False
    system = row["operatingsystem"].upper()
    expected = next((level for name, level in _SYSTEM_LEVELS if name in system), None)
    return settings.level is None or expected is None or settings.level == expected
