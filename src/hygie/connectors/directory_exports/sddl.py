"""What does a security descriptor say, in its text form or in its bytes?

Source: Microsoft, MS-DTYP §2.5.1 (SDDL), §2.4.4 (ACE), §2.4.6 (self-relative descriptor).
"""

import re
from dataclasses import dataclass

from hygie.connectors.directory_exports.sids import alias_sid, sid_of_bytes

OBJECT_INHERIT = 0x01
CONTAINER_INHERIT = 0x02
NO_PROPAGATE = 0x04
INHERIT_ONLY = 0x08
INHERITED = 0x10

LONGEST_SDDL = 4_000_000
MOST_ACES = 20_000

_FLAGS = {
    "OI": OBJECT_INHERIT,
    "CI": CONTAINER_INHERIT,
    "NP": NO_PROPAGATE,
    "IO": INHERIT_ONLY,
    "ID": INHERITED,
    "SA": 0x40,
    "FA": 0x80,
    "TP": 0,
    "CR": 0,
}
_RIGHTS = {
    "CC": 0x1,
    "DC": 0x2,
    "LC": 0x4,
    "SW": 0x8,
    "RP": 0x10,
    "WP": 0x20,
    "DT": 0x40,
    "LO": 0x80,
    "CR": 0x100,
    "SD": 0x10000,
    "RC": 0x20000,
    "WD": 0x40000,
    "WO": 0x80000,
    "GA": 0x10000000,
    "GX": 0x20000000,
    "GW": 0x40000000,
    "GR": 0x80000000,
    "FA": 0x1F01FF,
    "FR": 0x120089,
    "FW": 0x120116,
    "FX": 0x1200A0,
    "KA": 0xF003F,
    "KR": 0x20019,
    "KW": 0x20006,
    "KX": 0x20019,
}
# Conditional forms (XA, XD, XU, ZA) are kept by their first fields: whether the condition holds is
# not known here, so an allowance counts and a refusal does not.
_ALLOWED = frozenset({"A", "OA", "XA", "ZA"})
_DENIED = frozenset({"D", "OD"})
_SID = re.compile(r"S-1-(?:0[xX][0-9A-Fa-f]{1,12}|\d{1,15})(?:-\d{1,10}){0,15}|[A-Za-z]{2}")
_CONTROL = re.compile(r"NO_ACCESS_CONTROL|P|AR|AI")
_GUID = re.compile(r"[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}")
_PARENTHESIS = re.compile(r"[()]")
_HEX = re.compile(r"[0-9A-Fa-f]{40,}")
_NO_GUID = "00000000-0000-0000-0000-000000000000"


class SddlError(ValueError):
    """The text is not a security descriptor; the argument says where it stops being one."""


@dataclass(frozen=True, slots=True)
class Ace:
    """One entry of a DACL.

    Attributes:
        is_allowed: False = refused.
        flags: the inheritance bits above.
        mask: 32 access bits.
        object_type: GUID of the property, set, right or class that the entry is about, upper case
            without braces; "" = all of them.
        inherited_type: GUID of the only class that inherits the entry; "" = every class.
        sid: who, upper case.
    """

    is_allowed: bool
    flags: int
    mask: int
    object_type: str
    inherited_type: str
    sid: str


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What a descriptor says.

    Attributes:
        owner: SID, "" when not told. is_protected: inheritance from the parent is stopped.
        has_dacl: False = the part was not given. is_null: a DACL that lets everybody do all.
        has_sacl: the audit part was given, hence collected with administrator rights.
        aces: in order. skipped: entries of other types, or whose SID cannot be resolved.
    """

    owner: str
    is_protected: bool
    has_dacl: bool
    is_null: bool
    has_sacl: bool
    aces: tuple[Ace, ...]
    skipped: int = 0


def parse_descriptor(text: str, domain_sid: str = "", forest_sid: str = "") -> Descriptor:
    """Read a descriptor in whichever form it is written: SDDL, or its bytes in hexadecimal.

    Args:
        text: the cell.
        domain_sid, forest_sid: for the two-letter names that are relative to a domain (`DA`) or to
            the root of the forest (`EA`); "" leaves those unresolved, hence skipped and counted.

    Raises:
        SddlError: neither form, too long, or cut.

    Cost: O(length).
    """
    if len(text) > LONGEST_SDDL:
        raise SddlError("length")
    if len(text) % 2 == 0 and _HEX.fullmatch(text):
        return parse_binary(bytes.fromhex(text))
    return parse_sddl(text, domain_sid, forest_sid)


def parse_sddl(text: str, domain_sid: str = "", forest_sid: str = "") -> Descriptor:
    """Read an SDDL text; see `parse_descriptor`. The group and the audit part are not kept."""
    owner, has_sacl, dacl, control, position = "", False, None, "", 0
    while position < len(text):
        part = text[position : position + 2]
        position += 2
        if part in ("O:", "G:"):
            found = _SID.match(text, position)
            # An empty owner or group is written when there is none.
            if found is not None:
                position = found.end()
            if part == "O:":
                owner = _sid(found.group() if found else "", domain_sid, forest_sid)
        elif part in ("D:", "S:"):
            flags_text, entries, position = _acl(text, position)
            if part == "S:":
                has_sacl = True
            else:
                dacl, control = entries, flags_text
        else:
            raise SddlError(f"position {position - 2}")
    aces = [_ace(entry, domain_sid, forest_sid) for entry in dacl or ()]
    return Descriptor(
        owner=owner,
        is_protected="P" in control,
        has_dacl=dacl is not None,
        is_null="NO_ACCESS_CONTROL" in control,
        has_sacl=has_sacl,
        aces=tuple(ace for ace in aces if ace is not None),
        skipped=sum(ace is None for ace in aces),
    )


def _acl(text: str, position: int) -> tuple[str, list[str], int]:
    """Control flags, entries without their parentheses, and where the part ends."""
    start = position
    while (found := _CONTROL.match(text, position)) is not None:
        position = found.end()
    control, entries = text[start:position], []
    while position < len(text) and text[position] == "(":
        end = _closing(text, position)
        entries.append(text[position + 1 : end])
        position = end + 1
        if len(entries) > MOST_ACES:
            raise SddlError("entries")
    return control, entries, position


def _closing(text: str, start: int) -> int:
    """Where the parenthesis opened at `start` closes; conditions have some inside."""
    end = text.find(")", start)
    if end >= 0 and text.find("(", start + 1, end) < 0:
        return end
    depth = 0
    for found in _PARENTHESIS.finditer(text, start):
        depth += 1 if found.group() == "(" else -1
        if depth == 0:
            return found.start()
    raise SddlError(f"position {start}")


def _ace(entry: str, domain_sid: str, forest_sid: str) -> Ace | None:
    fields = entry.split(";", 6)
    if len(fields) < 6:
        raise SddlError(f"entry {entry[:40]}")
    kind = fields[0].strip().upper()
    sid = _sid(fields[5].strip(), domain_sid, forest_sid)
    if not sid or (kind not in _ALLOWED and kind not in _DENIED):
        return None
    return Ace(
        kind in _ALLOWED,
        _bits(fields[1], _FLAGS),
        _mask(fields[2]),
        _guid(fields[3]),
        _guid(fields[4]),
        sid,
    )


def _sid(text: str, domain_sid: str, forest_sid: str) -> str:
    if not text:
        return ""
    if _SID.fullmatch(text) is None:
        raise SddlError(f"sid {text[:40]}")
    return text.upper() if len(text) > 2 else alias_sid(text.upper(), domain_sid, forest_sid)


def _bits(text: str, names: dict[str, int]) -> int:
    bits, cleaned = 0, text.strip().upper()
    for start in range(0, len(cleaned), 2):
        name = cleaned[start : start + 2]
        if name not in names:
            raise SddlError(f"rights {text[:40]}")
        bits |= names[name]
    return bits


def _mask(text: str) -> int:
    cleaned = text.strip()
    if cleaned[:1].isdigit() and len(cleaned) <= 12:
        try:
            return int(cleaned, 0) & 0xFFFFFFFF
        except ValueError as error:
            raise SddlError(f"rights {text[:40]}") from error
    if len(cleaned) > 100:
        raise SddlError(f"rights {text[:40]}")
    return _bits(cleaned, _RIGHTS)


def _guid(text: str) -> str:
    cleaned = text.strip().strip("{}").upper()
    if not cleaned:
        return ""
    if _GUID.fullmatch(cleaned) is None:
        raise SddlError(f"guid {text[:40]}")
    return "" if cleaned == _NO_GUID else cleaned


def parse_binary(data: bytes) -> Descriptor:
    """Read a self-relative descriptor.

    Raises:
        SddlError: offsets or sizes go out of the bytes.
    """
    if len(data) < 20 or data[0] != 1:
        raise SddlError("header")
    control = int.from_bytes(data[2:4], "little")
    owner_at, _group, sacl_at, dacl_at = (
        int.from_bytes(data[at : at + 4], "little") for at in (4, 8, 12, 16)
    )
    has_dacl = bool(control & 0x4)
    aces, skipped = _binary_aces(data, dacl_at) if has_dacl and dacl_at else ([], 0)
    return Descriptor(
        owner=_binary_sid(data, owner_at) if owner_at else "",
        is_protected=bool(control & 0x1000),
        has_dacl=has_dacl,
        is_null=has_dacl and not dacl_at,
        has_sacl=bool(control & 0x10 and sacl_at),
        aces=tuple(aces),
        skipped=skipped,
    )


def _binary_aces(data: bytes, start: int) -> tuple[list[Ace], int]:
    if start + 8 > len(data):
        raise SddlError("acl")
    count = int.from_bytes(data[start + 4 : start + 6], "little")
    if count > MOST_ACES:
        raise SddlError("entries")
    aces, skipped, position = [], 0, start + 8
    for _ in range(count):
        size = int.from_bytes(data[position + 2 : position + 4], "little")
        entry = data[position : position + size]
        if size < 8 or len(entry) != size:
            raise SddlError(f"position {position}")
        ace = _binary_ace(entry)
        if ace is None:
            skipped += 1
        else:
            aces.append(ace)
        position += size
    return aces, skipped


def _binary_ace(entry: bytes) -> Ace | None:
    kind, flags = entry[0], entry[1]
    if kind not in (0, 1, 5, 6, 9, 11):  # allowed, denied, their object forms, conditional allowed
        return None
    mask = int.from_bytes(entry[4:8], "little")
    position, object_type, inherited_type = 8, "", ""
    if kind in (5, 6, 11):
        present = int.from_bytes(entry[8:12], "little")
        position = 12
        if present & 1:
            object_type, position = _binary_guid(entry, position), position + 16
        if present & 2:
            inherited_type, position = _binary_guid(entry, position), position + 16
    sid = _binary_sid(entry, position)
    return Ace(kind not in (1, 6), flags, mask, object_type, inherited_type, sid)


def _binary_guid(entry: bytes, at: int) -> str:
    raw = entry[at : at + 16]
    if len(raw) != 16:
        raise SddlError("guid")
    parts = (raw[3::-1], raw[5:3:-1], raw[7:5:-1], raw[8:10], raw[10:])
    guid = "-".join(part.hex() for part in parts).upper()
    return "" if guid == _NO_GUID else guid


def _binary_sid(data: bytes, at: int) -> str:
    sid = sid_of_bytes(data, at)
    if not sid:
        raise SddlError("sid")
    return sid
