"""What deserves a look without changing the level? Warnings and informations of the guide."""

from collections.abc import Sequence

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import NEVER, BoolArray
from hygie.engines.directory.points.accounts import dormant_column
from hygie.engines.directory.points.drafts import Draft, over_objects, over_share, undecided
from hygie.engines.directory.points.ground import DAY, Ground
from hygie.engines.directory.privileged import BUILTIN_RIDS
from hygie.engines.directory.tri import Tri, certain
from hygie.engines.directory.vocabulary import (
    Authority,
    EdgeKind,
    Flag,
    Instant,
    ObjectKind,
)

_EMPTY_BY_RULE = (518, 519)


def marked_without_privilege(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Users marked as protected that are no longer privileged; krbtgt is, by rule."""
    ordinary = ground.users & ~ground.privileged.members & ~ground.with_rid(500, 502)
    # Where members were not all read, whoever is marked may well be privileged.
    is_sure = not ground.privileged.gaps
    fault = Tri(ordinary & is_sure, ~ordinary) & ground.flag(Flag.ADMIN_COUNT)
    return over_objects(ground, "warning_admincount", rows, lambda row: fault)


def never_expires(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Enabled users whose password never expires, one by one."""
    fault = certain(ground.users) & ground.enabled & ground.flag(Flag.PASSWORD_NEVER_EXPIRES)
    return over_objects(ground, "warning_dont_expire", rows, lambda row: fault)


def unchanged(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Enabled users that keep their password for more than `days`."""
    return over_objects(
        ground,
        "warning_password_change",
        rows,
        lambda row: (
            certain(ground.users)
            & ground.enabled
            & ground.older(Instant.PASSWORD_SET, row.thresholds["days"], ground.nowhere)
        ),
    )


def foreign_members(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Objects of another forest among the privileged ones."""
    facts = ground.facts
    if not ground.scope.forest_sids:
        return undecided(rows, ObjectKind.DOMAIN.name)
    candidates = ground.privileged.members & (facts.authority == Authority.DOMAIN)
    foreign = np.zeros(len(facts), np.bool_)
    for index in np.flatnonzero(candidates).tolist():
        prefix = facts.identifiers[index].rpartition("-")[0]
        foreign[index] = prefix not in ground.scope.forest_sids
    return over_objects(
        ground, "warning_privileged_members_foreign", rows, lambda row: certain(foreign)
    )


def disabled_members(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Privileged users that are disabled and still members."""
    users = ground.privileged_users & ~ground.with_rid(500)
    fault = certain(users) & ~ground.enabled
    return over_objects(
        ground, "warning_privileged_members_expired_disabled", rows, lambda row: fault
    )


def groups_not_empty(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Operators, replicators, schema and enterprise administrators with a lasting member.

    The built-in administrator is there by default.
    """
    facts, edges = ground.facts, ground.facts.edges
    groups = ground.builtin(*BUILTIN_RIDS[1:]) | ground.with_rid(*_EMPTY_BY_RULE)
    groups &= ground.scope.described & ground.scope.inside
    stated = ground.edges_of(EdgeKind.MEMBER_OF)
    stated = stated[~ground.with_rid(500)[edges.source[stated]]]
    yes = np.zeros(len(facts), np.bool_)
    yes[edges.target[stated]] = True
    fault = certain(groups) & Tri(yes, facts.is_set(Flag.MEMBERS_COLLECTED) & ~yes)
    return over_objects(ground, "warning_privileged_members_not_empty", rows, lambda row: fault)


def reversible(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Users whose password is stored so that it can be read back."""
    fault = certain(ground.users) & ground.enabled & ground.flag(Flag.REVERSIBLE_PASSWORD)
    return over_objects(ground, "warning_reversible_password", rows, lambda row: fault)


def built_in_administrator_used(ground: Ground, rows: Sequence[Row]) -> Draft:
    """The built-in administrator signed in less than `days` ago."""
    last = ground.facts.instant(Instant.LAST_LOGON)
    accounts = certain(ground.users & ground.with_rid(500))

    def fault(row: Row) -> Tri:
        recent = last >= ground.as_of - int(row.thresholds["days"] * DAY)
        return accounts & Tri((last > NEVER) & recent, (last == NEVER) | ((last > NEVER) & ~recent))

    return over_objects(ground, "warning_rid500", rows, fault)


def dormant_accounts(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Enabled accounts that sleep, one by one."""
    return over_objects(
        ground,
        "warning_user_accounts_dormant",
        rows,
        lambda row: dormant_column(ground, row)[1],
    )


def managed_services(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Privileged managed accounts with a service name: tolerated, to be known."""
    managed: BoolArray = (
        (ground.facts.kind == ObjectKind.MANAGED_ACCOUNT)
        | ground.facts.is_set(Flag.GMSA)
        | ground.facts.is_set(Flag.MSA)
    )
    fault = certain(ground.privileged_accounts & managed) & ground.flag(Flag.HAS_SPN)
    return over_objects(ground, "warning_spn_priv", rows, lambda row: fault)


def without_local_passwords(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Share of enabled hosts whose local administrator password LAPS does not renew."""
    population = certain(ground.computers) & ground.enabled & ~ground.controllers
    fault = population & ~ground.flag(Flag.HAS_LAPS)
    level, figures = over_share(ground, "info_laps", rows[0], population, fault)
    return Draft((level,), figures)


def units_apart(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Units that refuse the rights set above them."""
    fault = certain(ground.population(ObjectKind.OU)) & ground.flag(Flag.ACL_PROTECTED)
    return over_objects(ground, "info_sd_protected_ou", rows, lambda row: fault)
