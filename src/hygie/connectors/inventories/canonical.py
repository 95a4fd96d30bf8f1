"""Does this text identify a machine, and how is it written once for all?

A serial number that a whole series bears, or an address that every machine has, identifies nothing:
taken as an identity it would merge machines that have nothing in common.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from hygie.connectors.tables.titles import normalised
from hygie.engines.estate.vocabulary import IdentifierKind

_BLANKS = re.compile(r"\s+")
_MAC = re.compile(
    r"[0-9a-f]{12}|[0-9a-f]{1,2}(?:([:-])[0-9a-f]{1,2})(?:\1[0-9a-f]{1,2}){4}"
    r"|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}",
    re.IGNORECASE,
)
_UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_LONGEST = 300
_LONGEST_HOSTNAME = 253

# What makers and agents write where a number should stand, punctuation and case aside.
_NO_SERIAL = frozenset(
    {
        "0", "1", "none", "null", "na", "n a", "nil", "unknown", "inconnu", "default", "empty",
        "default string", "system serial number", "systemserialnumber", "chassis serial number",
        "base board serial number", "serial number", "serial", "serial no", "sn",
        "to be filled by o e m", "to be filled by oem", "tobefilledbyoem", "to be filled",
        "not specified", "not available", "not applicable", "not defined", "not settable",
        "not provided", "no serial", "no serial number", "non renseigne", "neant", "aucun", "oem",
        "invalid", "test", "123456789", "0123456789", "1234567890", "01234567890123456789",
        "mb 1234567890", "evaluation", "permission denied", "bad index", "error", "undefined",
        "system manufacturer", "virtual machine", "vmware virtual platform", "null string",
        "eval", "iatpass", "tulip computers", "unknow", "not", "reserved", "standard", "type1sku0",
        "system product name", "product name", "system name", "none specified", "part of chassis",
        "no asset tag", "notavailable", "oem serial", "systemserialnumb", "insyde", "phoenix",
        "qemu", "bochs", "virtualbox", "0xffffffff", "sans", "sans objet", "sans numero",
        "non communique", "a completer", "nsp", "123456789000",
    }
)  # fmt: skip
# Beside which makers write digits in a row, or one character repeated: "SN-1234567890".
_SERIAL_PREFIX = re.compile(r"(?:serial ?(?:number|no)?|sys|bss|ser|sn|mb) ?(?=.)")
_SHORTEST_RUN = 5
# Written into every board of some series.
_NO_UUID = frozenset(
    {
        "03000200-0400-0500-0006-000700080009", "00020003-0004-0005-0006-000700080009",
        "12345678-1234-5678-90ab-cddeefaabbcc", "12345678-1234-1234-1234-123456789012",
        "fefefefe-fefe-fefe-fefe-fefefefefefe", "11111111-2222-3333-4444-555555555555",
        "01234567-89ab-cdef-0123-456789abcdef", "6ab5b300-538d-1014-9fb5-b0684d007b53",
        "00112233-4455-6677-8899-aabbccddeeff", "33221100-5544-7766-8899-aabbccddeeff",
        "00010203-0405-0607-0809-0a0b0c0d0e0f", "03020100-0504-0706-0809-0a0b0c0d0e0f",
        # Dell, where the service tag is blank.
        "4c4c4544-0000-2010-8020-80c04f202020", "44454c4c-2000-1020-8020-80c04f202020",
    }
)  # fmt: skip
# The same on every machine where the software is installed: dial-up, tunnels, host-only networks.
_SHARED_MACS = frozenset(
    {
        "505054503030", "33506f453030", "204153594eff", "00059a3c7a00", "00059a3c7800",
        "005056c00001", "005056c00008", "005056c00002", "00090ffe0001", "00090faa0001",
        "00ff00000001", "02004c4f4f50", "028037ec0200", "001500000000", "001986002200",
        "feffffffffff", "0205857f0080", "025041000001", "027a00000001", "000bcafe0000",
        "000bcafe0001", "001c42000008", "001c42000009", "acde48001122", "001a7dda7113",
        "00e04c000001", "0022bdf819ff", "001122334455", "000102030405",
    }
)  # fmt: skip
# Addresses that a group of routers shares, and that move from one to the other; the networks that
# VMware makes on each host; what no maker has.
_SHARED_PREFIXES = (
    "00005e0001", "00005e0002", "00000c07ac", "00000c9ff", "0007b400", "005056c0", "000000",
)  # fmt: skip
# A card that nobody numbered; the adapters of remote access of Windows.
_SHARED_ENDINGS = ("000000", "20524153")
# Docker and its bridges; KVM and Xen draw the rest of the address for one machine.
_VIRTUAL_MACHINES = ("525400", "00163e")
_NO_HOSTNAME = frozenset(
    {
        "localhost", "localhost.localdomain", "localhost6", "localhost6.localdomain6", "unknown",
        "none", "null", "n/a", "na", "inconnu", "default", "host", "hostname", "gateway",
        "_gateway", "router", "switch", "computer", "pc", "new-host", "android", "iphone", "ipad",
        "printer", "raspberrypi", "ubuntu", "debian", "kali", "livecd", "minint", "win-pe",
        "localhost4", "localhost4.localdomain4", "template", "openwrt", "diskstation", "user-pc",
        "utilisateur-pc", "admin-pc", "windows", "cisco", "ap", "esxi", "(none)",
    }
)  # fmt: skip
# The bridge of Docker and the network of libvirt: the same address on every host.
_SHARED_ADDRESSES = frozenset(
    {"172.17.0.1", "192.168.122.1", "192.168.56.1", "192.168.137.1", "10.0.2.15"}
)


def serial_of(text: str) -> str:
    """Write a serial number as it is compared: upper case, single blanks.

    Args:
        text: as a tool or a person wrote it.

    Returns:
        The number; "" for what is no number: a maker's placeholder, one character repeated, digits
        in a row, fewer than three letters or digits.
    """
    cleaned = _BLANKS.sub(" ", _plain(text)).strip(" .-_/").upper()[:_LONGEST]
    words = normalised(cleaned)
    bare = words.replace(" ", "")
    if len(bare) < 3 or words in _NO_SERIAL or bare in _NO_SERIAL:
        return ""
    rest = _SERIAL_PREFIX.sub("", words, count=1).replace(" ", "")
    return "" if any(_is_repeated(one) or _is_run(one) for one in (bare, rest)) else cleaned


def _is_repeated(text: str) -> bool:
    """Whether this is one character again and again: "SN 0000", not "SER0"."""
    return len(text) > 2 and len(set(text)) == 1


def _is_run(text: str) -> bool:
    """Whether these are digits one after the other, up or down: 0123456789, 9876543210."""
    if not (text.isascii() and text.isdigit()) or len(text) < _SHORTEST_RUN:
        return False
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(text)}
    return steps in ({1}, {9})


def uuid_of(text: str) -> str:
    """Write a UUID as RFC 9562 does; "" for anything else, and for what a whole series bears."""
    cleaned = text.strip().strip("{}").lower().removeprefix("urn:uuid:")
    if not _UUID.fullmatch(cleaned):
        return ""
    bare = cleaned.replace("-", "")
    # Drawn at random, or made of a number, one has more than two digits that differ.
    if len(set(bare)) < 3:
        return ""
    uuid = f"{bare[:8]}-{bare[8:12]}-{bare[12:16]}-{bare[16:20]}-{bare[20:]}"
    return "" if uuid in _NO_UUID else uuid


def swapped_uuid(uuid: str) -> str:
    """The same UUID as read by a tool that takes its first three fields the other way round.

    Args:
        uuid: canonical.

    Returns:
        The other reading: firmware stores them little-endian, hypervisors often tell them so.

    Source: DMTF DSP0134 (SMBIOS 3.7), §7.2.1.
    """
    one, two, three, rest = uuid[:8], uuid[9:13], uuid[14:18], uuid[18:]
    turned = ["".join(reversed(re.findall("..", part))) for part in (one, two, three)]
    return f"{turned[0]}-{turned[1]}-{turned[2]}{rest}"


def mac_of(text: str) -> str:
    """Write a MAC address as 12 lower-case hexadecimal digits.

    Args:
        text: with colons, hyphens, dots (`0050.56ab.cdef`) or nothing between its parts.

    Returns:
        The digits; "" for what is no address, a group or all zeros or ones.
    """
    cleaned = text.strip()
    if not _MAC.fullmatch(cleaned):
        return ""
    parts = re.split("[:-]", cleaned)
    bare = "".join(part.zfill(2) for part in parts) if len(parts) == 6 else cleaned
    digits = bare.replace(".", "").lower()
    is_group = bool(int(digits[:2], 16) & 1)
    return "" if is_group or digits == "0" * 12 else digits


def is_weak_mac(mac: str) -> bool:
    """Tell whether an address names no machine for certain.

    Args:
        mac: canonical.

    Returns:
        True for an address given by a software to all its users, shared by a group of routers, or
        locally administered (containers, tunnels, telephones that change it); those of virtual
        machines under KVM are drawn once for each and do identify.

    Source: IEEE 802-2014, §8.2.2; RFC 5798, RFC 2281.
    """
    is_shared = mac.startswith(_SHARED_PREFIXES) or mac.endswith(_SHARED_ENDINGS)
    if is_shared or mac in _SHARED_MACS:
        return True
    return bool(int(mac[:2], 16) & 2) and not mac.startswith(_VIRTUAL_MACHINES)


def address_of(text: str) -> str:
    """Write an IPv4 or IPv6 address as RFC 5952 does, without prefix or zone; "" if it is none."""
    bare = text.strip().strip("[]").partition("/")[0].partition("%")[0]
    try:
        found = ipaddress.ip_address(bare)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(found)


def is_shared_address(address: str) -> bool:
    """Tell whether an address is that of many machines: loopback, link, group, local bridge.

    Args:
        address: canonical.
    """
    found = ipaddress.ip_address(address)
    return (
        found.is_loopback
        or found.is_link_local
        or found.is_multicast
        or found.is_unspecified
        or found.is_reserved
        or address in _SHARED_ADDRESSES
    )


def hostname_of(text: str) -> str:
    """Write a host name as it is compared: lower case, no final dot.

    Args:
        text: with or without domain.

    Returns:
        The name; "" for an address, for what cannot be a name, and for those of every machine.
    """
    name = text.strip().rstrip(".").lower()
    if not name or len(name) > _LONGEST_HOSTNAME or name in _NO_HOSTNAME or address_of(name):
        return ""
    if not all(_LABEL.fullmatch(label) for label in name.split(".")) or name.isdigit():
        return ""
    return name


def named_apart(names: Iterable[str], identifiers: Iterable[tuple[IdentifierKind, str]]) -> str:
    """The name of a machine, which no other bears by default.

    Args:
        names: as told, the best first; "" = not told.
        identifiers: canonical.

    Returns:
        The first name that is not that of every machine; else the first one with an identifier
        beside it ("localhost (CZC1234567)"); "" when nothing sets the machine apart.
    """
    told = [name for name in names if name]
    for name in told:
        if name.strip().rstrip(".").lower() not in _NO_HOSTNAME:
            return name
    value = next((value for _kind, value in identifiers), "")
    return f"{told[0]} ({value})" if told and value else ""


def purl_of(text: str) -> str:
    """A package URL, as written; "" when it is none."""
    cleaned = text.strip()
    is_one = cleaned.startswith("pkg:") and "/" in cleaned and not _BLANKS.search(cleaned)
    return cleaned if is_one and len(cleaned) <= _LONGEST else ""


def cpe_of(text: str) -> str:
    """A name of the CPE dictionary, 2.2 or 2.3, lower case; "" when it is none."""
    cleaned = text.strip().lower()
    is_one = cleaned.startswith(("cpe:/", "cpe:2.3:")) and not _BLANKS.search(cleaned)
    return cleaned if is_one and len(cleaned) <= _LONGEST else ""


_READERS = {
    IdentifierKind.SERIAL: serial_of,
    IdentifierKind.UUID: uuid_of,
    IdentifierKind.MAC: mac_of,
    IdentifierKind.HOSTNAME: hostname_of,
    IdentifierKind.ADDRESS: address_of,
    IdentifierKind.PURL: purl_of,
    IdentifierKind.CPE: cpe_of,
}


def canonical(kind: IdentifierKind, text: str) -> str:
    """Write an identifier of this kind once for all; "" when the text identifies nothing.

    Args:
        kind: of identifier.
        text: as a tool or a person wrote it.

    Returns:
        The canonical value. Weak MAC addresses and shared addresses are "" too.
    """
    value = _READERS[kind](text)
    if kind is IdentifierKind.MAC and value and is_weak_mac(value):
        return ""
    if kind is IdentifierKind.ADDRESS and value and is_shared_address(value):
        return ""
    return value


def identifiers_of(
    found: Iterable[tuple[IdentifierKind, str]],
) -> tuple[tuple[IdentifierKind, str], ...]:
    """Keep what identifies, once, in the order of the kinds then of the values.

    Args:
        found: (kind, text as written) pairs.

    Returns:
        Canonical pairs.
    """
    kept = {(kind, canonical(kind, text)) for kind, text in found}
    return tuple(
        (kind, value)
        for kind in IdentifierKind
        for value in sorted(value for one, value in kept if one is kind and value)
    )


def _plain(text: str) -> str:
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKC", text)
        if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co"}
    )
