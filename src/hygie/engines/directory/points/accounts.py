"""What do the properties of ordinary accounts say?"""

from collections.abc import Sequence

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import BoolArray
from hygie.engines.directory.points.drafts import Draft, over_objects, over_share
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.privileged import special
from hygie.engines.directory.tri import Tri, certain
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Instant, Number, ObjectKind, Text

AES = 0x18
_DEFAULT_GROUPS = (513, 514, 515, 516, 521)
_CRITICAL_RIDS = 1000
_OWNER_RIDS = (512, 519)


def preauthentication(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Enabled users that do not require Kerberos pre-authentication."""
    fault = certain(ground.users) & ground.enabled & ground.flag(Flag.NO_PREAUTH)
    return over_objects(ground, "kerberos_properties_preauth", rows, lambda row: fault)


def des_only(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Enabled users bound to DES."""
    fault = certain(ground.users) & ground.enabled & ground.flag(Flag.DES_ONLY)
    return over_objects(ground, "kerberos_properties_deskey", rows, lambda row: fault)


def never_expires(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Share of enabled users whose password never expires."""
    population = certain(ground.users) & ground.enabled
    fault = population & ground.flag(Flag.PASSWORD_NEVER_EXPIRES)
    level, figures = over_share(ground, "dont_expire", rows[0], population, fault)
    return Draft((level,), figures)


def dormant_column(ground: Ground, row: Row) -> tuple[Tri, Tri]:
    """Enabled users and computers, and those among them that sleep.

    Asleep = password older than `password_days` and no logon for `logon_days`, or never any
    although created that long ago. A password never set counts by the age of the account.
    """
    population = certain(ground.users | ground.computers) & ground.enabled
    born = ground.created_before(row.thresholds["logon_days"])
    old = ground.older(
        Instant.PASSWORD_SET,
        row.thresholds["password_days"],
        ground.created_before(row.thresholds["password_days"]),
    )
    away = ground.older(Instant.LAST_LOGON, row.thresholds["logon_days"], born)
    return population, population & old & away


def dormant(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Share of enabled accounts that sleep."""
    population, fault = dormant_column(ground, rows[0])
    level, figures = over_share(ground, "user_accounts_dormant", rows[0], population, fault)
    return Draft((level,), figures)


def guest(ground: Ground, rows: Sequence[Row]) -> Draft:
    """The guest account (RID 501) is enabled."""
    fault = certain(ground.users & ground.with_rid(501)) & ground.enabled
    return over_objects(ground, "guest", rows, lambda row: fault)


def service_encryption(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Enabled users with a service name whose encryption types do not name AES."""
    types = ground.facts.number(Number.ENCRYPTION_TYPES)
    services = certain(ground.users & ~ground.with_rid(502)) & ground.enabled
    weak = ground.number(Number.ENCRYPTION_TYPES, (types & AES) == 0)
    fault = services & ground.flag(Flag.HAS_SPN) & weak
    return over_objects(ground, "kerberos_properties_encryption", rows, lambda row: fault)


def primary_group_below_1000(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Accounts whose primary group is a built-in one, other than the default ones."""
    group = ground.facts.number(Number.PRIMARY_GROUP_RID)
    odd = (group < _CRITICAL_RIDS) & ~np.isin(group, _DEFAULT_GROUPS)
    accounts = certain(ground.users | ground.computers)
    fault = accounts & ground.number(Number.PRIMARY_GROUP_RID, odd)
    return over_objects(ground, "primary_group_id_1000", rows, lambda row: fault)


def primary_group_changed(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Accounts whose primary group is not the default of their kind."""
    group = ground.facts.number(Number.PRIMARY_GROUP_RID)
    # A managed account is made like a host, whatever the kind under which an export gives it.
    managed = ground.facts.is_set(Flag.GMSA) | ground.facts.is_set(Flag.MSA)
    of_user = certain(ground.users & ~managed) & ground.number(
        Number.PRIMARY_GROUP_RID, ~np.isin(group, (513, 514))
    )
    is_host, is_controller = group == 515, np.isin(group, (516, 521))
    # A controller outside 516 and 521 is not known as one: its group is the only doubt.
    wrong = ~is_host & ~is_controller
    of_computer = certain(ground.computers) & ground.number(Number.PRIMARY_GROUP_RID, wrong)
    fault = of_user | of_computer
    return over_objects(ground, "primary_group_id_nochange", rows, lambda row: fault)


def sid_history_present(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Accounts and groups that carry a SID history."""
    holders = ground.population(
        ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.GROUP, ObjectKind.MANAGED_ACCOUNT
    )
    fault = certain(holders) & ground.flag(Flag.SID_HISTORY)
    return over_objects(ground, "sidhistory_present", rows, lambda row: fault)


def sid_history_dangerous(ground: Ground, rows: Sequence[Row]) -> Draft:
    """SID histories that hold a well-known SID, or one below 1000 of any domain."""
    holders = ground.population(
        ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.GROUP, ObjectKind.MANAGED_ACCOUNT
    )
    has_one = certain(holders) & ground.flag(Flag.SID_HISTORY)
    is_bad, is_read = _histories(ground)
    fault = has_one & Tri(is_bad, is_read & ~is_bad)
    return over_objects(ground, "sidhistory_dangerous", rows, lambda row: fault)


def _histories(ground: Ground) -> tuple[BoolArray, BoolArray]:
    """Where a history holds a dangerous SID, and where its SIDs are told, (n,) each."""
    is_bad = np.zeros(len(ground.facts), np.bool_)
    is_read = np.zeros(len(ground.facts), np.bool_)
    for index, value in ground.facts.texts.get(Text.SID_HISTORY, {}).items():
        is_read[index] = True
        sids = (value,) if isinstance(value, str) else value
        is_bad[index] = any(is_dangerous_sid(sid) for sid in sids)
    return is_bad, is_read


def is_dangerous_sid(sid: str) -> bool:
    """Whether a SID of a history is well-known, or of a built-in account or group of a domain."""
    upper = sid.strip().upper()
    if not upper.startswith("S-1-5-21-"):
        return bool(upper)
    tail = upper.rpartition("-")[2]
    return not tail.isdigit() or int(tail) < _CRITICAL_RIDS


def owner(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Objects older than `days` whose owner is none of the four suitable ones."""
    kinds = (
        ObjectKind.USER,
        ObjectKind.GROUP,
        ObjectKind.COMPUTER,
        ObjectKind.OU,
        ObjectKind.GPO,
        ObjectKind.MANAGED_ACCOUNT,
    )
    owned = certain(ground.population(*kinds))
    bad = _badly_owned(ground)
    read = ground.flag(Flag.ACES_COLLECTED)
    state = Tri(bad, read.yes & ~bad)
    return over_objects(
        ground,
        "owner",
        rows,
        lambda row: owned & state & ground.created_before(row.thresholds["days"]),
    )


def _badly_owned(ground: Ground) -> BoolArray:
    """Objects owned by someone else than the administrators or the system, (n,)."""
    edges = ground.facts.edges
    suitable = (
        ground.with_rid(*_OWNER_RIDS) | ground.builtin(544) | special(ground.facts, "S-1-5-18")
    )
    owns = ground.edges_of(EdgeKind.OWNS)
    wrong = owns[~suitable[edges.source[owns]]]
    found = np.zeros(len(ground.facts), np.bool_)
    found[edges.target[wrong]] = True
    return found
