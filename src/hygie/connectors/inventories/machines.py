"""What kind of machine is it, going by its system, its case and what is installed on it?"""

import re
from collections.abc import Collection

from hygie.engines.estate.vocabulary import AssetKind

_SERVER_SYSTEM = re.compile(
    r"\bserver\b|serveur|\besxi?\b|vsphere|vmkernel|hyper-v|proxmox|xenserver|xcp-ng|\baix\b|hp-ux"
    r"|solaris|netapp|ontap|truenas|freenas|data ?ontap|nutanix|\b(?:rhel|sles)\b|oracle linux",
    re.IGNORECASE,
)
_DESKTOP_SYSTEM = re.compile(
    r"windows (?:11|10|8(?:\.1)?|7|vista|xp|2000 pro)\b|windows .*\b(?:pro(?:fessional|fessionnel)?"
    r"|home|famille|entreprise|enterprise|education)\b|mac ?os|os x|android|\bios\b|ipados"
    r"|chrome ?os|workstation",
    re.IGNORECASE,
)
_SERVER_CASES = ("server", "rack", "blade", "main system", "multi-system", "expansion", "raid")
_DESKTOP_CASES = (
    "laptop", "notebook", "portable", "desktop", "all in one", "all-in-one", "tower", "tablet",
    "convertible", "detachable", "mini pc", "stick pc", "lunch", "pizza", "space-saving",
    "hand held", "docking", "sub notebook",
)  # fmt: skip
# Detection and response, not mere antivirus: named by the publishers in their own installers.
_EDR = re.compile(
    r"crowdstrike|falcon sensor|sentinel ?(?:one|agent)|cortex xdr|traps agent|harfanglab|hurukai"
    r"|defender for endpoint|advanced threat protection|microsoft sense|tehtris|cybereason"
    r"|carbon black|cb defense|vision one|intercept x|eset inspect|enterprise inspector"
    r"|(?:withsecure|f-secure) elements|gravityzone|fortiedr|elastic (?:defend|endpoint)"
    r"|cisco (?:secure endpoint|amp)|trellix (?:edr|hx)|fireeye|mvision edr|symantec edr"
    r"|kaspersky endpoint detection|watchguard epdr|panda adaptive defense|cylanceoptics"
    r"|secureworks|taegis",
    re.IGNORECASE,
)
# Part of Windows: its detection and response leaves no trace among the programs.
_BUILT_IN = re.compile(r"(?:windows|microsoft) defender", re.IGNORECASE)


def kind_of_machine(system: str, case: str, *, is_virtual: bool | None) -> tuple[AssetKind, bool]:
    """Tell a server from a workstation.

    Args:
        system: name of the operating system.
        case: kind of case, as firmware tells it.
        is_virtual: None = unknown.

    Returns:
        The kind, and whether it is a guess.
    """
    if _SERVER_SYSTEM.search(system) and not _DESKTOP_SYSTEM.search(system):
        return AssetKind.SERVER, False
    if _DESKTOP_SYSTEM.search(system):
        return AssetKind.WORKSTATION, False
    lowered = case.lower()
    if any(word in lowered for word in _SERVER_CASES):
        return AssetKind.SERVER, False
    if not is_virtual and any(word in lowered for word in _DESKTOP_CASES):
        return AssetKind.WORKSTATION, "tower" in lowered
    if is_virtual or system:
        return AssetKind.SERVER, True
    return AssetKind.WORKSTATION, True


def has_edr(
    programs: Collection[str], protections: Collection[str], *, is_windows: bool
) -> bool | None:
    """Tell whether something on a machine detects and answers to attacks.

    Args:
        programs: names of what is installed; none when they were not listed.
        protections: names of antivirus.
        is_windows: whether the machine runs Windows.

    Returns:
        True when a known one is named. False when programs were listed and none is, unless the
        detection that is part of Windows may be at work. None otherwise.
    """
    if any(_EDR.search(name) for name in (*programs, *protections)):
        return True
    if not programs:
        return None
    others = [name for name in protections if not _BUILT_IN.search(name)]
    return None if is_windows and not others else False
