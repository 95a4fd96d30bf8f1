"""How are the rights on an object written as a descriptor, so that they read back the same?"""

from hygie.connectors.directory_exports import schema_guids as guids
from hygie.engines.directory.vocabulary import EdgeFlag, EdgeKind

# Of the attribute that a forest adds to hold the passwords of LAPS, in the exports we write.
LAPS_GUID = "F3531EC6-6330-4F8E-8D39-7A671FBAC605"

_ENTRIES: dict[int, tuple[str, str]] = {
    EdgeKind.GENERIC_ALL: ("CCDCLCSWRPWPDTLOCRSDRCWDWO", ""),
    EdgeKind.GENERIC_WRITE: ("WP", ""),
    EdgeKind.WRITE_DACL: ("WD", ""),
    EdgeKind.WRITE_OWNER: ("WO", ""),
    EdgeKind.ALL_EXTENDED_RIGHTS: ("CR", ""),
    EdgeKind.FORCE_CHANGE_PASSWORD: ("CR", guids.RESET_PASSWORD),
    EdgeKind.ADD_MEMBER: ("WP", guids.MEMBER),
    EdgeKind.ADD_SELF: ("SW", guids.MEMBER),
    EdgeKind.ADD_ALLOWED_TO_ACT: ("WP", guids.ALLOWED_TO_ACT),
    EdgeKind.WRITE_ACCOUNT_RESTRICTIONS: ("WP", guids.ACCOUNT_RESTRICTIONS),
    EdgeKind.WRITE_SPN: ("WP", guids.SERVICE_PRINCIPAL_NAME),
    EdgeKind.ADD_KEY_CREDENTIAL_LINK: ("WP", guids.KEY_CREDENTIAL_LINK),
    EdgeKind.WRITE_GP_LINK: ("WP", guids.GP_LINK),
    EdgeKind.WRITE_ALT_SECURITY_IDENTITIES: ("WP", guids.ALT_SECURITY_IDENTITIES),
    EdgeKind.WRITE_PUBLIC_INFORMATION: ("WP", guids.PUBLIC_INFORMATION),
    EdgeKind.READ_LAPS_PASSWORD: ("CR", LAPS_GUID),
    EdgeKind.GET_CHANGES: ("CR", guids.GET_CHANGES),
    EdgeKind.GET_CHANGES_ALL: ("CR", guids.GET_CHANGES_ALL),
    EdgeKind.GET_CHANGES_FILTERED: ("CR", guids.GET_CHANGES_FILTERED),
    EdgeKind.ENROLL: ("CR", guids.ENROLL),
    EdgeKind.WRITE_PKI_ENROLLMENT_FLAG: ("WP", guids.PKI_ENROLLMENT_FLAG),
    EdgeKind.WRITE_PKI_NAME_FLAG: ("WP", guids.PKI_NAME_FLAG),
}
_INHERITED = int(EdgeFlag.INHERITED)
CARRIED: frozenset[int] = frozenset(_ENTRIES) | {EdgeKind.OWNS}
"""Relations that a descriptor carries."""


def entry_of(sid: str, kind: int, flags: int) -> str:
    """One entry of a DACL."""
    rights, guid = _ENTRIES[kind]
    inherited = "CIID" if flags & _INHERITED else ""
    return f"({'OA' if guid else 'A'};{inherited};{rights};{guid.lower()};;{sid})"


def descriptor_of(
    owner: str, entries: list[str], *, is_protected: bool, is_audited: bool = False
) -> str:
    """A descriptor from its parts; entries not inherited come first, as Windows keeps them."""
    ordered = sorted(entries, key=lambda entry: ";CIID;" in entry)
    head = f"O:{owner}" if owner else ""
    tail = "S:AI" if is_audited else ""
    return f"{head}D:{'P' if is_protected else ''}AI{''.join(ordered)}{tail}"


def allowance_of(sids: list[str]) -> str:
    """The short descriptor of an attribute that lists who may do something."""
    return "O:SYD:" + "".join(f"(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;{sid})" for sid in sids)
