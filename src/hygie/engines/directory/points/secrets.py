"""Whose secret has not been renewed for too long, and who has not been seen for too long?"""

from collections.abc import Sequence

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import BoolArray
from hygie.engines.directory.points.drafts import ABSENT_SUBJECT, Draft, over_objects, undecided
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.tri import Tri, certain
from hygie.engines.directory.vocabulary import Flag, Instant, ObjectKind


def _unchanged(ground: Ground, point: str, rows: Sequence[Row], who: Tri) -> Draft:
    """Who has kept one password for more than `days`; never set counts by the account's age."""
    return over_objects(
        ground,
        point,
        rows,
        lambda row: (
            who
            & ground.older(
                Instant.PASSWORD_SET,
                row.thresholds["days"],
                ground.created_before(row.thresholds["days"]),
            )
        ),
    )


def _unseen(ground: Ground, point: str, rows: Sequence[Row], who: Tri) -> Draft:
    """Who has not signed in for more than `days`; never counts by the account's age."""
    return over_objects(
        ground,
        point,
        rows,
        lambda row: (
            who
            & ground.older(
                Instant.LAST_LOGON,
                row.thresholds["days"],
                ground.created_before(row.thresholds["days"]),
            )
        ),
    )


def controllers_unchanged(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Enabled controllers that keep their password."""
    who = ground.controllers & ground.enabled
    return _unchanged(ground, "password_change_dc_no_change", rows, who)


def controllers_unseen(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Enabled controllers that no longer sign in."""
    who = ground.controllers & ground.enabled
    return _unseen(ground, "password_change_inactive_dc", rows, who)


def servers_unchanged_90(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Enabled servers that keep their password, the long limit."""
    who = ground.servers & ground.enabled
    return _unchanged(ground, "password_change_server_no_change_90", rows, who)


def servers_unchanged_45(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Enabled servers that keep their password, the short limit."""
    who = ground.servers & ground.enabled
    return _unchanged(ground, "password_change_server_no_change_45", rows, who)


def servers_unseen(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Enabled servers that no longer sign in."""
    who = ground.servers & ground.enabled
    return _unseen(ground, "password_change_inactive_servers", rows, who)


def clusters_unchanged(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Enabled accounts of failover clusters that keep their password."""
    who = certain(ground.computers) & ground.flag(Flag.IS_CLUSTER) & ground.enabled
    return _unchanged(ground, "password_change_cluster_no_change_3years", rows, who)


def managed_unchanged(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Enabled managed service accounts that keep their password.

    A kind that may not exist: whether it was collected is told by users and computers, which carry
    the flags of managed accounts in some exports.
    """
    managed = ground.population(ObjectKind.MANAGED_ACCOUNT)
    flagged = ground.flag(Flag.GMSA) | ground.flag(Flag.MSA)
    who = (certain(managed) | (certain(ground.users) & flagged)) & ground.enabled
    return _unchanged(ground, "password_change_msa_no_change_90", rows, who)


def krbtgt(ground: Ground, rows: Sequence[Row]) -> Draft:
    """The krbtgt account of each domain (RID 502) keeps its password."""
    who = ground.users & ground.with_rid(502)
    draft = _unchanged(ground, "krbtgt", rows, certain(who))
    return draft if _in_each_domain(ground, who) else _with_gap(draft, ObjectKind.USER.name)


def privileged_unchanged(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Enabled privileged users that keep their password.

    A password that must be changed at the next logon (never set) is not an old one.
    """
    who = certain(ground.privileged_users) & ground.enabled
    return over_objects(
        ground,
        "password_change_priv",
        rows,
        lambda row: (
            who & ground.older(Instant.PASSWORD_SET, row.thresholds["days"], ground.nowhere)
        ),
    )


def trust_accounts(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Accounts of trusts that keep their password."""
    accounts = certain(ground.population(ObjectKind.USER))
    who = accounts & ground.flag(Flag.TRUST_ACCOUNT)
    if not ground.facts.trusts and not who.possible.any():
        read = ground.facts.is_set(Flag.TRUSTS_COLLECTED)[ground.scope.domains]
        if len(read) and read.all():
            return ABSENT_SUBJECT
        return undecided(rows, Flag.TRUSTS_COLLECTED.name)
    return _unchanged(ground, "trusts_accounts", rows, who)


def _in_each_domain(ground: Ground, mask: BoolArray) -> bool:
    holders = set(ground.facts.domain[mask].tolist())
    return all(domain in holders for domain in ground.scope.domains.tolist())


def _with_gap(draft: Draft, gap: str) -> Draft:
    return Draft(draft.levels, draft.measured, (*draft.gaps, gap), draft.is_absent)
