"""Which relations, named as BloodHound names them, does a DACL state on an object?

How each case is decided:
- *Inherit-only* entries say nothing of the object itself: left out. An *inherited* entry whose
  inherited class is another than the object's is left out too; in an entry that is not inherited,
  that class limits the descendants only (MS-ADTS §5.1.3.3), so the entry counts.
- *Refusals* are applied in the order of the DACL, as Windows does: what a SID, or Everyone, is
  refused before it is allowed is taken from the allowance. A refusal to a *group* is not applied to
  its members, who are not known here: such a right may be stated although refused, never the
  contrary.
- Self, Creator Owner, Creator Group and Local System are left out: no account is behind them, or
  only the machine that already holds the directory. Owner Rights is kept, and flagged.
- A right limited to a property, a set or an extended right is stated when its GUID is known to give
  control of an object of that class; reading and the other properties state nothing.

Source: MS-ADTS §5.1.3 (access checks); names, docs/engines/directory.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from hygie.connectors.directory_exports import schema_guids as guids
from hygie.connectors.directory_exports.sddl import INHERIT_ONLY, INHERITED, Ace, Descriptor
from hygie.engines.directory.vocabulary import EdgeFlag, EdgeKind, ObjectKind

_VALIDATED_WRITE = 0x8
_WRITE_PROPERTY = 0x20
_CONTROL_ACCESS = 0x100
_WRITE_DACL = 0x40000
_WRITE_OWNER = 0x80000
_FULL = 0xF01FF
_BY_TYPE = 0x1FB  # the bits that an object type limits
_GENERIC = (
    (0x10000000, _FULL),
    (0x40000000, 0x20028),
    (0x80000000, 0x20094),
    (0x20000000, 0x20004),
)

_EVERYONE = "S-1-1-0"
OWNER_RIGHTS = "S-1-3-4"
_LEFT_OUT = frozenset({"S-1-3-0", "S-1-3-1", "S-1-5-10", "S-1-5-18"})

_ACCOUNTS = frozenset({ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT})
_PERSONS = frozenset({ObjectKind.USER, ObjectKind.MANAGED_ACCOUNT})
_LINKED = frozenset({ObjectKind.OU, ObjectKind.DOMAIN, ObjectKind.SITE})
# The roots of the other partitions are objects of the configuration too.
_PARTITIONS = frozenset({ObjectKind.DOMAIN, ObjectKind.CONFIGURATION})
_ALL_EXTENDED = _ACCOUNTS | {
    ObjectKind.DOMAIN,
    ObjectKind.CERT_TEMPLATE,
    ObjectKind.ENTERPRISE_CA,
}
_PROPERTIES: dict[str, tuple[tuple[frozenset[ObjectKind], EdgeKind], ...]] = {
    guids.MEMBER: ((frozenset({ObjectKind.GROUP}), EdgeKind.ADD_MEMBER),),
    guids.MEMBERSHIP: ((frozenset({ObjectKind.GROUP}), EdgeKind.ADD_MEMBER),),
    guids.SERVICE_PRINCIPAL_NAME: ((_PERSONS, EdgeKind.WRITE_SPN),),
    guids.ALLOWED_TO_ACT: ((frozenset({ObjectKind.COMPUTER}), EdgeKind.ADD_ALLOWED_TO_ACT),),
    guids.KEY_CREDENTIAL_LINK: ((_ACCOUNTS, EdgeKind.ADD_KEY_CREDENTIAL_LINK),),
    guids.ACCOUNT_RESTRICTIONS: ((_ACCOUNTS, EdgeKind.WRITE_ACCOUNT_RESTRICTIONS),),
    guids.PUBLIC_INFORMATION: ((_ACCOUNTS, EdgeKind.WRITE_PUBLIC_INFORMATION),),
    guids.ALT_SECURITY_IDENTITIES: ((_ACCOUNTS, EdgeKind.WRITE_ALT_SECURITY_IDENTITIES),),
    guids.GP_LINK: ((_LINKED, EdgeKind.WRITE_GP_LINK),),
    guids.PKI_ENROLLMENT_FLAG: (
        (frozenset({ObjectKind.CERT_TEMPLATE}), EdgeKind.WRITE_PKI_ENROLLMENT_FLAG),
    ),
    guids.PKI_NAME_FLAG: ((frozenset({ObjectKind.CERT_TEMPLATE}), EdgeKind.WRITE_PKI_NAME_FLAG),),
}
_EXTENDED: dict[str, tuple[frozenset[ObjectKind], EdgeKind]] = {
    guids.RESET_PASSWORD: (_PERSONS, EdgeKind.FORCE_CHANGE_PASSWORD),
    guids.GET_CHANGES: (_PARTITIONS, EdgeKind.GET_CHANGES),
    guids.GET_CHANGES_ALL: (_PARTITIONS, EdgeKind.GET_CHANGES_ALL),
    guids.GET_CHANGES_FILTERED: (_PARTITIONS, EdgeKind.GET_CHANGES_FILTERED),
    guids.ENROLL: (
        frozenset({ObjectKind.CERT_TEMPLATE, ObjectKind.ENTERPRISE_CA}),
        EdgeKind.ENROLL,
    ),
}


@dataclass(slots=True)
class _Refused:
    """Bits refused so far to one SID, to all of the object and by object type."""

    whole: int = 0
    typed: dict[str, int] = field(default_factory=dict)


def stated_rights(
    descriptor: Descriptor,
    kind: ObjectKind,
    class_guid: str = "",
    laps_guids: frozenset[str] = frozenset(),
) -> list[tuple[str, EdgeKind, int]]:
    """The rights that a DACL gives on its object.

    Args:
        descriptor: read from the object.
        kind: of the object. class_guid: of its structural class, "" when not known.
        laps_guids: of the attributes that hold the passwords of LAPS in this forest.

    Returns:
        (SID, relation, EdgeFlag bits), each pair once; the owner is not among them.

    Cost: O(entries).
    """
    if descriptor.is_null:
        return [(_EVERYONE, EdgeKind.GENERIC_ALL, 0)]
    refused: dict[str, _Refused] = {}
    found: dict[tuple[str, EdgeKind], int] = {}
    for ace in descriptor.aces:
        if ace.flags & INHERIT_ONLY or ace.sid in _LEFT_OUT or not _is_for(ace, class_guid):
            continue
        mask = _expanded(ace.mask)
        if not ace.is_allowed:
            _refuse(refused.setdefault(ace.sid, _Refused()), ace.object_type, mask)
            continue
        mask = _remaining(refused, ace, mask)
        flags = EdgeFlag.INHERITED if ace.flags & INHERITED else 0
        for edge in _edges(mask, ace.object_type, kind, laps_guids):
            key = (ace.sid, edge)
            found[key] = min(found.get(key, flags), flags)
    return [(sid, edge, flags) for (sid, edge), flags in found.items()]


def has_owner_rights(descriptor: Descriptor) -> bool:
    """Whether an entry replaces what the owner may do without being named."""
    return any(ace.sid == OWNER_RIGHTS and not ace.flags & INHERIT_ONLY for ace in descriptor.aces)


def _is_for(ace: Ace, class_guid: str) -> bool:
    is_limited = bool(ace.flags & INHERITED and ace.inherited_type and class_guid)
    return not is_limited or ace.inherited_type == class_guid


def _expanded(mask: int) -> int:
    for generic, bits in _GENERIC:
        if mask & generic:
            mask |= bits
    return mask & 0xFFFFFFF


def _refuse(refused: _Refused, object_type: str, mask: int) -> None:
    if object_type:
        refused.typed[object_type] = refused.typed.get(object_type, 0) | mask & _BY_TYPE
    else:
        refused.whole |= mask


def _remaining(refused: dict[str, _Refused], ace: Ace, mask: int) -> int:
    """What is left of an allowance. A refusal limited to a type leaves an allowance of all of them:
    it still gives the other ones."""
    for sid in (ace.sid, _EVERYONE):
        one = refused.get(sid)
        if one is not None:
            mask &= ~(one.whole | one.typed.get(ace.object_type, 0))
    return mask


def _edges(
    mask: int, object_type: str, kind: ObjectKind, laps_guids: frozenset[str]
) -> Iterator[EdgeKind]:
    if mask & _FULL == _FULL and not object_type:
        yield EdgeKind.GENERIC_ALL
        return
    if mask & _WRITE_DACL:
        yield EdgeKind.WRITE_DACL
    if mask & _WRITE_OWNER:
        yield EdgeKind.WRITE_OWNER
    if mask & _WRITE_PROPERTY:
        if not object_type:
            yield EdgeKind.GENERIC_WRITE
        for kinds, edge in _PROPERTIES.get(object_type, ()):
            if kind in kinds:
                yield edge
    if mask & _VALIDATED_WRITE and kind == ObjectKind.GROUP and object_type in ("", guids.MEMBER):
        yield EdgeKind.ADD_SELF
    if mask & _CONTROL_ACCESS:
        yield from _extended(object_type, kind, laps_guids)


def _extended(object_type: str, kind: ObjectKind, laps_guids: frozenset[str]) -> Iterator[EdgeKind]:
    if not object_type:
        if kind in _ALL_EXTENDED:
            yield EdgeKind.ALL_EXTENDED_RIGHTS
        return
    if kind == ObjectKind.COMPUTER and object_type in laps_guids:
        yield EdgeKind.READ_LAPS_PASSWORD
        return
    kinds, edge = _EXTENDED.get(object_type, (frozenset(), EdgeKind.OTHER_RIGHT))
    if kind in kinds:
        yield edge
