"""How is a security identifier written, resolved and told apart from the same one elsewhere?

Source: Microsoft, MS-DTYP §2.4.2 (SID) and §2.5.1.1 (two-letter names).
"""

import re

_DOMAIN = {
    "DA": 512,
    "DU": 513,
    "DG": 514,
    "DC": 515,
    "DD": 516,
    "CA": 517,
    "PA": 520,
    "CN": 522,
    "AP": 525,
    "KA": 526,
    "RS": 553,
    "LA": 500,
    "LG": 501,
}
_FOREST = {"RO": 498, "SA": 518, "EA": 519, "EK": 527}
_FIXED = {
    "WD": "S-1-1-0",
    "CO": "S-1-3-0",
    "CG": "S-1-3-1",
    "OW": "S-1-3-4",
    "NU": "S-1-5-2",
    "IU": "S-1-5-4",
    "SU": "S-1-5-6",
    "AN": "S-1-5-7",
    "ED": "S-1-5-9",
    "PS": "S-1-5-10",
    "AU": "S-1-5-11",
    "RC": "S-1-5-12",
    "SY": "S-1-5-18",
    "LS": "S-1-5-19",
    "NS": "S-1-5-20",
    "WR": "S-1-5-33",
    "UD": "S-1-5-84-0-0-0-0-0",
    "AC": "S-1-15-2-1",
    "LW": "S-1-16-4096",
    "ME": "S-1-16-8192",
    "MP": "S-1-16-8448",
    "HI": "S-1-16-12288",
    "SI": "S-1-16-16384",
    "AS": "S-1-18-1",
    "SS": "S-1-18-2",
    "BA": "S-1-5-32-544",
    "BU": "S-1-5-32-545",
    "BG": "S-1-5-32-546",
    "PU": "S-1-5-32-547",
    "AO": "S-1-5-32-548",
    "SO": "S-1-5-32-549",
    "PO": "S-1-5-32-550",
    "BO": "S-1-5-32-551",
    "RE": "S-1-5-32-552",
    "RU": "S-1-5-32-554",
    "RD": "S-1-5-32-555",
    "NO": "S-1-5-32-556",
    "MU": "S-1-5-32-558",
    "LU": "S-1-5-32-559",
    "IS": "S-1-5-32-568",
    "CY": "S-1-5-32-569",
    "ER": "S-1-5-32-573",
    "CD": "S-1-5-32-574",
    "RA": "S-1-5-32-575",
    "ES": "S-1-5-32-576",
    "MS": "S-1-5-32-577",
    "HA": "S-1-5-32-578",
    "AA": "S-1-5-32-579",
    "RM": "S-1-5-32-580",
}
# Names in English, as SharpHound gives them: the directory does not hold any.
WELL_KNOWN = {
    "S-1-1-0": "EVERYONE",
    "S-1-3-4": "OWNER RIGHTS",
    "S-1-5-2": "NETWORK",
    "S-1-5-4": "INTERACTIVE",
    "S-1-5-6": "SERVICE",
    "S-1-5-7": "ANONYMOUS LOGON",
    "S-1-5-9": "ENTERPRISE DOMAIN CONTROLLERS",
    "S-1-5-11": "AUTHENTICATED USERS",
    "S-1-5-13": "TERMINAL SERVER USERS",
    "S-1-5-15": "THIS ORGANIZATION",
    "S-1-5-17": "IUSR",
    "S-1-5-18": "LOCAL SYSTEM",
    "S-1-5-19": "LOCAL SERVICE",
    "S-1-5-20": "NETWORK SERVICE",
}
_SID = re.compile(r"S-1-\d{1,15}(?:-\d{1,10}){0,15}")
_ENTERPRISE_DOMAIN_CONTROLLERS = "S-1-5-9"


def is_sid(text: str) -> bool:
    """Whether a text is a whole SID in its usual form."""
    return _SID.fullmatch(text) is not None


def alias_sid(alias: str, domain_sid: str, forest_sid: str) -> str:
    """The SID of a two-letter name, "" when it is unknown or relative to a domain not given."""
    if alias in _FIXED:
        return _FIXED[alias]
    base, rid = (
        (domain_sid, _DOMAIN[alias]) if alias in _DOMAIN else (forest_sid, _FOREST.get(alias, 0))
    )
    return f"{base}-{rid}" if base and rid else ""


def sid_of_bytes(data: bytes, at: int = 0) -> str:
    """The SID written in bytes at a position, "" when it goes out of them."""
    if len(data) < at + 8 or data[at] != 1 or data[at + 1] > 15:
        return ""
    count, start = data[at + 1], at + 8
    if len(data) < start + 4 * count:
        return ""
    parts = (
        int.from_bytes(data[start + 4 * i : start + 4 * i + 4], "little") for i in range(count)
    )
    authority = int.from_bytes(data[at + 2 : start], "big")
    return "-".join(["S-1", str(authority), *(str(part) for part in parts)])


def domain_of(sid: str) -> str:
    """The SID of the domain of an account's SID, "" when it has none."""
    return sid.rpartition("-")[0] if sid.startswith("S-1-5-21-") and sid.count("-") == 7 else ""


def identifier_of(sid: str, domain_name: str, forest_name: str) -> str:
    """The identifier that all readers give to a SID.

    SIDs that are the same in every domain are told apart by its name; the group of the domain
    controllers of the forest takes the name of its root.
    """
    upper = sid.upper()
    if upper.startswith("S-1-5-21-") or not upper.startswith("S-1-"):
        return upper
    name = forest_name if upper == _ENTERPRISE_DOMAIN_CONTROLLERS else domain_name
    return f"{name}-{upper}".upper()
