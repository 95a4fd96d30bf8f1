"""Do read-only controllers keep away the secrets they must not hold?"""

from collections.abc import Sequence

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import BoolArray
from hygie.engines.directory.points.drafts import (
    ABSENT_SUBJECT,
    Draft,
    over_objects,
    undecided,
)
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.tri import Tri, certain
from hygie.engines.directory.vocabulary import Authority, EdgeKind, Flag, ObjectKind

_ALLOWED, _DENIED = 571, 572
_DENIED_DEFAULTS = (516, 521, 520, 512, 517, 519, 518, 502)
_NEVER_BUILTIN = (544, 549, 548, 551)
_LIMIT = 1000


def _without_any(ground: Ground, rows: Sequence[Row]) -> Draft | None:
    """The answer when there is no read-only controller, or when that is not known."""
    if ground.read_only.yes.any():
        return None
    if ground.read_only.maybe.any():
        return undecided(rows, Flag.IS_RODC.name)
    return ABSENT_SUBJECT


def _on_read_only(ground: Ground, point: str, rows: Sequence[Row], guilty: BoolArray) -> Draft:
    """Read-only controllers whose lists hold guilty relations (m,); objects = the controllers."""
    nothing = _without_any(ground, rows)
    if nothing is not None:
        return nothing
    yes = np.zeros(len(ground.facts), np.bool_)
    yes[ground.facts.edges.target[guilty]] = True
    read = ground.facts.is_set(Flag.RODC_POLICY_COLLECTED)
    fault = ground.read_only & Tri(yes, read & ~yes)
    return over_objects(ground, point, rows, lambda row: fault)


def revealed(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Secrets of privileged accounts are kept on a read-only controller."""
    edges = ground.facts.edges
    guilty = (edges.kind == EdgeKind.RODC_REVEALED) & ground.privileged_accounts[edges.source]
    return _on_read_only(ground, "rodc_priv_revealed", rows, guilty)


def may_reveal(ground: Ground, rows: Sequence[Row]) -> Draft:
    """The list of what may be revealed names something privileged, or below RID 1000.

    The group that is there by default (RID 571) is judged by a point of its own.
    """
    facts, edges = ground.facts, ground.facts.edges
    is_account = np.isin(facts.authority, (Authority.DOMAIN, Authority.BUILTIN))
    low = is_account & (facts.rid >= 0) & (facts.rid < _LIMIT) & (facts.rid != _ALLOWED)
    guilty = (edges.kind == EdgeKind.RODC_MAY_REVEAL) & (low | ground.privileged.members)[
        edges.source
    ]
    return _on_read_only(ground, "rodc_reveal", rows, guilty)


def never_reveal(ground: Ground, rows: Sequence[Row]) -> Draft:
    """The list of what is never revealed lacks one of its five groups."""
    nothing = _without_any(ground, rows)
    if nothing is not None:
        return nothing
    edges = ground.facts.edges
    stated = ground.edges_of(EdgeKind.RODC_NEVER_REVEAL)
    complete = np.ones(len(ground.facts), np.bool_)
    wanted = [ground.builtin(rid) for rid in _NEVER_BUILTIN] + [ground.with_rid(_DENIED)]
    for group in wanted:
        holds = np.zeros(len(ground.facts), np.bool_)
        holds[edges.target[stated[group[edges.source[stated]]]]] = True
        complete &= holds
    read = ground.facts.is_set(Flag.RODC_POLICY_COLLECTED)
    fault = ground.read_only & Tri(read & ~complete, complete)
    return over_objects(ground, "rodc_never_reveal", rows, lambda row: fault)


def _groups(ground: Ground, rid: int) -> BoolArray:
    groups = ground.with_rid(rid) & ground.scope.described & ground.scope.inside
    found: BoolArray = groups & (ground.facts.kind == ObjectKind.GROUP)
    return found


def allowed_group(ground: Ground, rows: Sequence[Row]) -> Draft:
    """The group of what every read-only controller may reveal (RID 571) is not empty."""
    groups = _groups(ground, _ALLOWED)
    if not groups.any():
        return ABSENT_SUBJECT
    edges = ground.facts.edges
    yes = np.zeros(len(ground.facts), np.bool_)
    yes[edges.target[ground.edges_of(EdgeKind.MEMBER_OF)]] = True
    read = ground.facts.is_set(Flag.MEMBERS_COLLECTED)
    fault = certain(groups) & Tri(yes, read & ~yes)
    return over_objects(ground, "rodc_allowed_group", rows, lambda row: fault)


def denied_group(ground: Ground, rows: Sequence[Row]) -> Draft:
    """The group of what no read-only controller reveals (RID 572) lacks a default member."""
    groups = _groups(ground, _DENIED)
    if not groups.any():
        return ABSENT_SUBJECT
    facts, edges = ground.facts, ground.facts.edges
    stated = ground.edges_of(EdgeKind.MEMBER_OF)
    inside = stated[groups[edges.target[stated]]]
    complete = groups.copy()
    for rid in _DENIED_DEFAULTS:
        holds = np.zeros(len(facts), np.bool_)
        holds[edges.target[inside[ground.with_rid(rid)[edges.source[inside]]]]] = True
        complete &= holds
    read = facts.is_set(Flag.MEMBERS_COLLECTED)
    fault = certain(groups) & Tri(read & ~complete, complete)
    return over_objects(ground, "rodc_denied_group", rows, lambda row: fault)


def orphan_krbtgt(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Krbtgt accounts of read-only controllers that no longer exist."""
    users = certain(ground.population(ObjectKind.USER))
    fault = users & ground.flag(Flag.SECONDARY_KRBTGT) & ~ground.flag(Flag.KRBTGT_LINKED)
    return over_objects(ground, "rodc_orphan_krbtgt", rows, lambda row: fault)
