"""What do the properties of privileged accounts say?"""

from collections.abc import Sequence

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import NEVER, UNKNOWN, BoolArray
from hygie.engines.directory.points.drafts import (
    Draft,
    LevelDraft,
    over_count,
    over_objects,
    places,
)
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.tri import Tri, certain
from hygie.engines.directory.vocabulary import Flag, Instant, Number, ObjectKind, Text

_PROTECTED_USERS = 525
_AES, _OTHERS = 0x18, 0x7
_LONGEST_DAYS = 1095
_INFINITY = float("inf")


def _users(ground: Ground) -> Tri:
    """Privileged users that may sign in."""
    return certain(ground.privileged_users) & ground.enabled


def never_expires(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Privileged users whose password never expires."""
    fault = _users(ground) & ground.flag(Flag.PASSWORD_NEVER_EXPIRES)
    return over_objects(ground, "dont_expire_priv", rows, lambda row: fault)


def preauthentication(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Privileged users that do not require Kerberos pre-authentication."""
    fault = _users(ground) & ground.flag(Flag.NO_PREAUTH)
    return over_objects(ground, "kerberos_properties_preauth_priv", rows, lambda row: fault)


def reversible(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Privileged users whose password is stored so that it can be read back."""
    fault = _users(ground) & ground.flag(Flag.REVERSIBLE_PASSWORD)
    return over_objects(ground, "reversible_password_priv_uac", rows, lambda row: fault)


def silo(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Privileged users outside an enforced authentication silo."""
    fault = _users(ground) & ~ground.flag(Flag.SILO_ENFORCED)
    return over_objects(ground, "silo_priv", rows, lambda row: fault)


def excusing_policy(ground: Ground) -> Tri:
    """Whether an account lives under what the guide tolerates for a privileged service, (n,).

    A fine-grained policy of more than 32 characters and at most 3 years, a password changed since,
    and AES alone.
    """
    facts = ground.facts
    length, days = facts.number(Number.POLICY_MIN_LENGTH), facts.number(Number.POLICY_MAX_AGE_DAYS)
    types = facts.number(Number.ENCRYPTION_TYPES)
    set_on, changed = facts.instant(Instant.PASSWORD_SET), facts.instant(Instant.POLICY_CHANGED)
    is_dated = (set_on > NEVER) & (changed > NEVER)
    renewed = Tri(
        is_dated & (set_on >= changed),
        (is_dated & (set_on < changed)) | (set_on == NEVER) | (changed == NEVER),
    )
    return (
        ground.number(Number.POLICY_MIN_LENGTH, length > 32)
        & ground.number(Number.POLICY_MAX_AGE_DAYS, (days > 0) & (days <= _LONGEST_DAYS))
        & renewed
        & ground.number(Number.ENCRYPTION_TYPES, ((types & _AES) != 0) & ((types & _OTHERS) == 0))
    )


def service_names(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Privileged users with a service name; managed accounts and tolerated ones left out."""
    managed = ground.facts.is_set(Flag.GMSA) | ground.facts.is_set(Flag.MSA)
    named = _users(ground) & certain(~managed) & ground.flag(Flag.HAS_SPN)
    fault = named & ~excusing_policy(ground)
    return over_objects(ground, "spn_priv", rows, lambda row: fault)


def members_count(ground: Ground, rows: Sequence[Row]) -> Draft:
    """How many privileged accounts, against the greater of `count` and `per_domain` a domain.

    Level 1 counts account names, so that one person with an account in each domain counts once;
    level 2 counts accounts. The built-in administrators and the controllers are left out.
    """
    accounts = ground.privileged_accounts & ~ground.with_rid(500)
    gaps = bool(ground.privileged.gaps)
    domains = max(len(ground.scope.domains) + len(ground.scope.missing), 1)
    levels: list[LevelDraft] = []
    figures: dict[str, float] = {}
    for row in rows:
        limit = max(row.thresholds["count"], row.thresholds["per_domain"] * domains)

        def bounds(surely: BoolArray, possibly: BoolArray, row: Row = row) -> tuple[float, float]:
            least, most = _names(ground, surely) if row.level == 1 else _both(surely.sum())
            return least, _INFINITY if gaps else most

        level = over_count(ground, "privileged_members", row, certain(accounts), bounds, limit)
        levels.append(level)
        figures |= {"limit": limit, "count": float(accounts.sum())}
    return Draft(tuple(levels), figures)


def _both(count: int) -> tuple[float, float]:
    return float(count), float(count)


def _names(ground: Ground, mask: BoolArray) -> tuple[float, float]:
    """Least and greatest number of distinct account names; an unknown one may repeat another."""
    told = ground.facts.texts.get(Text.SAM_NAME, {})
    names = [told.get(index) for index in places(mask).tolist()]
    distinct = len({str(name).casefold() for name in names if name is not None})
    unknown = sum(name is None for name in names)
    least = distinct if distinct or not unknown else 1
    return float(least), float(distinct + unknown)


def no_admin_count(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Members of the protected groups that the protection does not mark."""
    accounts = ground.privileged_accounts & ground.privileged.protected
    fault = certain(accounts) & ~ground.flag(Flag.ADMIN_COUNT)
    return over_objects(ground, "privileged_members_no_admincount", rows, lambda row: fault)


def protected_users(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Privileged users outside the Protected Users group (RID 525), at any depth."""
    group = ground.with_rid(_PROTECTED_USERS)
    inside = ground.nesting.members(group)
    groups = inside & (ground.facts.kind == ObjectKind.GROUP) & ground.scope.described
    unread = (groups & ~ground.facts.is_set(Flag.MEMBERS_COLLECTED)).any()
    outside = ~inside
    fault = _users(ground) & Tri(outside & (not unread), inside)
    return over_objects(ground, "protected_users", rows, lambda row: fault)


def weak_policy(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Privileged users bound to a password policy shorter than `length` or longer than `days`.

    The fine-grained policy of the account decides where one applies; that of its domain where it
    is known that none does.
    """
    own = ground.facts.number(Number.POLICY_MIN_LENGTH)
    own_days = ground.facts.number(Number.POLICY_MAX_AGE_DAYS)
    length = np.where(own > 0, own, ground.domain_value(Number.MIN_PASSWORD_LENGTH))
    days = np.where(own > 0, own_days, ground.domain_value(Number.MAX_PASSWORD_AGE_DAYS))
    is_told = own != UNKNOWN

    def fault(row: Row) -> Tri:
        is_short = length < row.thresholds["length"]
        is_long = (days > row.thresholds["days"]) | (days == 0)
        known_length, known_days = is_told & (length != UNKNOWN), is_told & (days != UNKNOWN)
        short = Tri(known_length & is_short, known_length & ~is_short)
        endless = Tri(known_days & is_long, known_days & ~is_long)
        return _users(ground) & (short | endless)

    return over_objects(ground, "privileged_members_password", rows, fault)
