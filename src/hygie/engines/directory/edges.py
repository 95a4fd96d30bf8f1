"""What does each kind of relation allow, and what does taking it away cost?

One reviewed row a kind. Direction is that of control: who holds `source` gets hold of `target`.
Source: BloodHound CE edge documentation (see docs/engines/attack-paths.md §2); ANSSI checklist.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hygie.engines.directory.facts import BoolArray, ByteArray, EdgeTable
from hygie.engines.directory.vocabulary import EdgeKind, ObjectKind


class Action(StrEnum):
    """How a relation is taken away; also the first word of a `Change.key`."""

    REMOVE_RIGHT = "remove"
    REMOVE_INHERITED_RIGHT = "remove_inherited"
    LEAVE_GROUP = "leave"
    RESET_PRIMARY_GROUP = "primary_group"
    KEEP_SESSIONS_APART = "sessions"
    REMOVE_LOCAL_RIGHT = "local"
    CLEAR_DELEGATION = "delegation"
    CLEAR_UNCONSTRAINED = "unconstrained"
    CLEAR_ALLOWED_TO_ACT = "allowed_to_act"
    CLEAR_SID_HISTORY = "sid_history"
    REMOVE_REPLICATION = "replication"
    FILTER_TRUST = "trust"
    RESTRICT_RODC = "rodc"
    FIX_TEMPLATE = "fix_template"
    SECURE_TEMPLATE = "secure_template"
    FIX_CA = "fix_ca"
    BIND_CERTIFICATES = "bind_certificates"
    MAP_CERTIFICATES = "map_certificates"


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One kind of relation.

    Attributes:
        kind: which. is_walked: whether an attack path may use it, or it only feeds a derivation.
        weight: steps of effort for an attacker, 1 (immediate) … 5 (rare conditions); 0 not walked.
        action: how to take it away, None = structural (cannot be, or must not be, removed).
        cost: default cost of that action; any unit, one for one object-level right.
        points: control points that it concerns.
        remedy: code of the advice shown; its texts are in the product.
        on: kinds of target it has a meaning for; empty = any.
    """

    kind: EdgeKind
    is_walked: bool
    weight: int = 0
    action: Action | None = None
    cost: float = float("inf")
    points: tuple[str, ...] = ()
    remedy: str = ""
    on: tuple[ObjectKind, ...] = ()


def _fact(kind: EdgeKind, remedy: str = "", points: tuple[str, ...] = ()) -> EdgeRow:
    return EdgeRow(kind, is_walked=False, remedy=remedy, points=points)


def _structure(kind: EdgeKind, weight: int, points: tuple[str, ...] = ()) -> EdgeRow:
    return EdgeRow(kind, is_walked=True, weight=weight, points=points, remedy="structure")


def _row(
    kind: EdgeKind,
    weight: int,
    action: Action,
    cost: float,
    points: tuple[str, ...],
    remedy: str = "",
    on: tuple[ObjectKind, ...] = (),
) -> EdgeRow:
    return EdgeRow(kind, True, weight, action, cost, points, remedy or action.value, on)


_K, _A, _O = EdgeKind, Action, ObjectKind
_RIGHTS = (
    "privileged_members_perm", "permissions_dc", "permissions_adminsdholder",
    "permissions_naming_context", "permissions_gpo_priv", "permissions_gpo_container_priv",
    "adcs_template_control", "adcs_control",
)  # fmt: skip
_ACCOUNT = ("privileged_members_perm", "permissions_dc")
_ACCOUNTS = (_O.OTHER, _O.USER, _O.COMPUTER, _O.MANAGED_ACCOUNT)
_GROUPS = (_O.OTHER, _O.GROUP)
_SECRETS = (*_ACCOUNTS, _O.DOMAIN)
_TEMPLATE = ("adcs_template_control", "adcs_template_auth_enroll_with_name")
_LINKED = (_O.OTHER, _O.OU, _O.DOMAIN, _O.SITE)

ROWS: tuple[EdgeRow, ...] = (
    # Structure
    _row(_K.MEMBER_OF, 1, _A.LEAVE_GROUP, 3, ("privileged_members", "dnsadmins")),
    _row(_K.PRIMARY_GROUP, 1, _A.RESET_PRIMARY_GROUP, 3, ("primary_group_id_nochange",)),
    _structure(_K.CONTAINS, 1, ("permissions_gpo_container_priv",)),
    _structure(_K.GP_LINK, 1, ("permissions_gpo_priv",)),
    _structure(_K.GP_LINK_ENFORCED, 1, ("permissions_gpo_priv",)),
    _structure(_K.POLICY_APPLIES, 1, ("permissions_gpo_priv", "permissions_gpo_container_priv")),
    _structure(_K.CLAIM_SPECIAL_IDENTITY, 1),
    # Hosts
    _row(_K.ADMIN_TO, 1, _A.REMOVE_LOCAL_RIGHT, 2, ()),
    _row(_K.CAN_RDP, 2, _A.REMOVE_LOCAL_RIGHT, 2, ()),
    _row(_K.CAN_PS_REMOTE, 2, _A.REMOVE_LOCAL_RIGHT, 2, ()),
    _row(_K.EXECUTE_DCOM, 2, _A.REMOVE_LOCAL_RIGHT, 2, ()),
    _row(_K.SQL_ADMIN, 2, _A.REMOVE_LOCAL_RIGHT, 3, ()),
    _row(_K.HAS_SESSION, 2, _A.KEEP_SESSIONS_APART, 5, ()),
    _fact(_K.REMOTE_INTERACTIVE_RIGHT),
    _row(_K.MEMBER_OF_LOCAL_GROUP, 1, _A.REMOVE_LOCAL_RIGHT, 2, ()),
    # Rights on objects
    _row(_K.OWNS, 1, _A.REMOVE_RIGHT, 1, ("owner", *_RIGHTS), "owner"),
    _row(_K.WRITE_OWNER, 1, _A.REMOVE_RIGHT, 1, _RIGHTS),
    _row(_K.WRITE_DACL, 1, _A.REMOVE_RIGHT, 1, _RIGHTS),
    _row(_K.GENERIC_ALL, 1, _A.REMOVE_RIGHT, 1, _RIGHTS),
    _row(_K.GENERIC_WRITE, 1, _A.REMOVE_RIGHT, 1, _RIGHTS),
    _row(_K.ALL_EXTENDED_RIGHTS, 1, _A.REMOVE_RIGHT, 1, _RIGHTS, on=_SECRETS),
    _row(_K.FORCE_CHANGE_PASSWORD, 2, _A.REMOVE_RIGHT, 1, _ACCOUNT, on=_ACCOUNTS),
    _row(_K.ADD_MEMBER, 1, _A.REMOVE_RIGHT, 1, ("privileged_members_perm",), on=_GROUPS),
    _row(_K.ADD_SELF, 1, _A.REMOVE_RIGHT, 1, ("privileged_members_perm",), on=_GROUPS),
    _row(_K.ADD_ALLOWED_TO_ACT, 2, _A.REMOVE_RIGHT, 1, ("permissions_dc",), on=_ACCOUNTS),
    _row(_K.WRITE_ACCOUNT_RESTRICTIONS, 2, _A.REMOVE_RIGHT, 1, _ACCOUNT, on=_ACCOUNTS),
    _row(_K.WRITE_SPN, 3, _A.REMOVE_RIGHT, 1, _ACCOUNT, on=_ACCOUNTS),
    _row(_K.ADD_KEY_CREDENTIAL_LINK, 2, _A.REMOVE_RIGHT, 1, _ACCOUNT, on=_ACCOUNTS),
    _row(_K.WRITE_GP_LINK, 2, _A.REMOVE_RIGHT, 1, ("permissions_gpo_container_priv",), on=_LINKED),
    _row(_K.WRITE_ALT_SECURITY_IDENTITIES, 3, _A.REMOVE_RIGHT, 1, _ACCOUNT, on=_ACCOUNTS),
    _row(_K.WRITE_PUBLIC_INFORMATION, 3, _A.REMOVE_RIGHT, 1, _ACCOUNT, on=_ACCOUNTS),
    _row(_K.READ_LAPS_PASSWORD, 1, _A.REMOVE_RIGHT, 1, (), "laps", on=(_O.OTHER, _O.COMPUTER)),
    _row(_K.SYNC_LAPS_PASSWORD, 2, _A.REMOVE_REPLICATION, 1, ("permissions_naming_context",)),
    _row(_K.READ_GMSA_PASSWORD, 1, _A.REMOVE_RIGHT, 1, ("permissions_gmsa_keys",), on=_ACCOUNTS),
    _row(_K.DUMP_SMSA_PASSWORD, 2, _A.REMOVE_RIGHT, 4, (), "service_account", on=_ACCOUNTS),
    # Delegation, histories, trusts
    _row(
        _K.ALLOWED_TO_DELEGATE,
        2,
        _A.CLEAR_DELEGATION,
        3,
        ("delegation_a2d2", "delegation_t2a4d"),
    ),
    _row(_K.ALLOWED_TO_ACT, 2, _A.CLEAR_ALLOWED_TO_ACT, 1, ("delegation_sourcedeleg",)),
    _row(_K.COERCE_TO_TGT, 2, _A.CLEAR_UNCONSTRAINED, 4, ("delegation_t4d",)),
    _row(
        _K.HAS_SID_HISTORY,
        2,
        _A.CLEAR_SID_HISTORY,
        2,
        ("sidhistory_present", "sidhistory_dangerous"),
    ),
    _structure(_K.DC_FOR, 1),
    _structure(_K.SAME_FOREST_TRUST, 2),
    _fact(_K.CROSS_FOREST_TRUST, "trust"),
    _row(
        _K.SPOOF_SID_HISTORY,
        3,
        _A.FILTER_TRUST,
        8,
        ("trusts_domain_notfiltered", "trusts_forest_sidhistory"),
    ),
    _row(_K.ABUSE_TGT_DELEGATION, 3, _A.FILTER_TRUST, 8, ("trusts_tgt_deleg",)),
    # Replication
    _fact(_K.GET_CHANGES, "replication", ("permissions_naming_context",)),
    _fact(_K.GET_CHANGES_ALL, "replication", ("permissions_naming_context",)),
    _fact(_K.GET_CHANGES_FILTERED, "replication"),
    _row(_K.DCSYNC, 1, _A.REMOVE_REPLICATION, 1, ("permissions_naming_context",)),
    # Certificates
    _fact(_K.ENROLL),
    _fact(_K.ENROLL_ON_BEHALF_OF),
    _row(_K.MANAGE_CA, 2, _A.REMOVE_RIGHT, 1, ("adcs_control",)),
    _row(_K.MANAGE_CERTIFICATES, 3, _A.REMOVE_RIGHT, 1, ("adcs_control",)),
    _fact(_K.PUBLISHED_TO),
    _fact(_K.ENTERPRISE_CA_FOR),
    _fact(_K.ROOT_CA_FOR),
    _fact(_K.NT_AUTH_STORE_FOR),
    _fact(_K.TRUSTED_FOR_NT_AUTH),
    _fact(_K.ISSUED_SIGNED_BY),
    _fact(_K.HOSTS_CA_SERVICE),
    _fact(_K.OID_GROUP_LINK),
    _fact(_K.EXTENDED_BY_POLICY),
    _structure(_K.GOLDEN_CERT, 1, ("adcs_control",)),
    _row(_K.ADCS_ESC1, 1, _A.FIX_TEMPLATE, 2, ("adcs_template_auth_enroll_with_name",)),
    _row(_K.ADCS_ESC3, 2, _A.FIX_TEMPLATE, 2, _TEMPLATE),
    _row(_K.ADCS_ESC4, 2, _A.SECURE_TEMPLATE, 2, ("adcs_template_control",)),
    _row(_K.ADCS_ESC6A, 2, _A.FIX_CA, 2, ("adcs_control",)),
    _row(_K.ADCS_ESC6B, 2, _A.FIX_CA, 2, ("adcs_control",)),
    _row(_K.ADCS_ESC9A, 3, _A.FIX_TEMPLATE, 2, _TEMPLATE),
    _row(_K.ADCS_ESC9B, 3, _A.FIX_TEMPLATE, 2, _TEMPLATE),
    _row(_K.ADCS_ESC10A, 3, _A.FIX_TEMPLATE, 2, _TEMPLATE),
    _row(_K.ADCS_ESC10B, 3, _A.FIX_TEMPLATE, 2, _TEMPLATE),
    _row(_K.ADCS_ESC13, 2, _A.FIX_TEMPLATE, 2, _TEMPLATE),
    _fact(_K.WRITE_PKI_ENROLLMENT_FLAG, "secure_template", ("adcs_template_control",)),
    _fact(_K.WRITE_PKI_NAME_FLAG, "secure_template", ("adcs_template_control",)),
    _fact(_K.DELEGATED_ENROLLMENT_AGENT),
    # RODC
    _fact(_K.RODC_REVEALED, "rodc", ("rodc_priv_revealed",)),
    _fact(_K.RODC_MAY_REVEAL, "rodc", ("rodc_allowed_group",)),
    _fact(_K.RODC_NEVER_REVEAL, "rodc", ("rodc_denied_group",)),
    _row(
        _K.RODC_HOLDS_SECRET,
        2,
        _A.RESTRICT_RODC,
        2,
        ("rodc_priv_revealed", "rodc_allowed_group", "rodc_reveal"),
    ),
    _fact(_K.MANAGED_BY, "rodc"),
    _fact(_K.OTHER_RIGHT),
)

ALSO: Mapping[EdgeKind, tuple[Action, float]] = {
    _K.ADCS_ESC9A: (_A.BIND_CERTIFICATES, 3.0),
    _K.ADCS_ESC9B: (_A.BIND_CERTIFICATES, 3.0),
    _K.ADCS_ESC6B: (_A.MAP_CERTIFICATES, 3.0),
    _K.ADCS_ESC10A: (_A.MAP_CERTIFICATES, 3.0),
    _K.ADCS_ESC10B: (_A.MAP_CERTIFICATES, 3.0),
}
"""Kinds that another action takes away as well, for all of a forest at once, and its cost."""

BY_KIND: Mapping[EdgeKind, EdgeRow] = {row.kind: row for row in ROWS}
TRAVERSABLE = frozenset(row.kind for row in ROWS if row.is_walked)
_KINDS = 256


def cost_of(kind: EdgeKind, costs: Mapping[str, float] | None = None) -> float:
    """Cost of taking away a relation of this kind.

    Args:
        kind: which. costs: the caller's own table, by `EdgeKind` name, or by `Action` value for all
            kinds that it takes away; what is not in it keeps its default.

    Returns:
        A positive number; inf for what is structural, whatever the table says.

    Raises:
        ValueError: the caller's cost is not a positive finite number.
    """
    row = BY_KIND[kind]
    if row.action is None:
        return float("inf")
    table = costs or {}
    return _checked(kind.name, table.get(kind.name, table.get(row.action, row.cost)))


def other_cost_of(kind: EdgeKind, costs: Mapping[str, float] | None = None) -> float:
    """Cost of the other action of a kind that is in `ALSO`; arguments as for `cost_of`."""
    action, cost = ALSO[kind]
    return _checked(action, (costs or {}).get(action, cost))


def _checked(name: str, cost: float) -> float:
    if not 0 < cost < float("inf"):
        raise ValueError(f"cost of {name}: {cost}")
    return float(cost)


def walked(edges: EdgeTable, kind_of: ByteArray) -> BoolArray:
    """Which stated relations an attack path may use.

    Args:
        edges: m relations. kind_of: (n,) ObjectKind of each object.

    Returns:
        (m,) true where the kind is walked and has a meaning for such a target.

    Cost: O(m).
    """
    allowed = np.zeros((_KINDS, max(ObjectKind) + 1), np.bool_)
    for row in ROWS:
        if row.is_walked:
            allowed[row.kind, list(row.on) if row.on else slice(None)] = True
    answer: BoolArray = allowed[edges.kind, kind_of[edges.target]]
    return answer
