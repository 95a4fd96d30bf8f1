"""Who is in the groups that should hold nobody, or nobody else?"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import BoolArray
from hygie.engines.directory.points.drafts import ABSENT_SUBJECT, Draft, LevelDraft, over_objects
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.points.permissions import dns_groups, strangers
from hygie.engines.directory.points.rights import ENOUGH, Rights, level_of_rights
from hygie.engines.directory.privileged import special
from hygie.engines.directory.tri import Tri, certain
from hygie.engines.directory.vocabulary import EdgeKind, Flag, ObjectKind
from hygie.engines.graph.components import loops as graph_loops
from hygie.engines.graph.csr import csr_from_edges

_COMPATIBLE = 554
_ANONYMOUS = "S-1-5-7"
_AUTHENTICATED = "S-1-5-11"


def _compatible_members(ground: Ground, guilty: BoolArray) -> Tri:
    """Pre-Windows 2000 groups that hold one of the guilty objects directly, (n,)."""
    groups = ground.builtin(_COMPATIBLE) & ground.scope.described & ground.scope.inside
    edges = ground.facts.edges
    stated = ground.edges_of(EdgeKind.MEMBER_OF)
    yes = np.zeros(len(ground.facts), np.bool_)
    yes[edges.target[stated[guilty[edges.source[stated]]]]] = True
    read = ground.facts.is_set(Flag.MEMBERS_COLLECTED)
    return certain(groups) & Tri(yes, read & ~yes)


def _on_compatible(ground: Ground, point: str, rows: Sequence[Row], guilty: BoolArray) -> Draft:
    """A point on the Pre-Windows 2000 group of each domain collected."""
    fault = _compatible_members(ground, guilty)
    draft = over_objects(ground, point, rows, lambda row: fault)
    groups = ground.builtin(_COMPATIBLE) & ground.scope.described
    holders = set(ground.facts.domain[groups].tolist())
    if all(domain in holders for domain in ground.scope.domains.tolist()):
        return draft
    return Draft(draft.levels, draft.measured, (ObjectKind.GROUP.name,))


def compatible_anonymous(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Anonymous is a member of the Pre-Windows 2000 group."""
    guilty = special(ground.facts, _ANONYMOUS)
    return _on_compatible(ground, "compatible_2000_anonymous", rows, guilty)


def compatible_others(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Someone else than authenticated users is a member of the Pre-Windows 2000 group."""
    guilty = ~special(ground.facts, _AUTHENTICATED)
    return _on_compatible(ground, "compatible_2000_not_default", rows, guilty)


def dns_admins(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """DnsAdmins has members who are not privileged, or someone unprivileged controls it."""
    groups = dns_groups(ground)
    if not groups.any():
        return ABSENT_SUBJECT
    row = rows[0]
    level = level_of_rights(rights, "dnsadmins", row, groups, rights.on(groups, ENOUGH))
    unread = groups & ~ground.facts.is_set(Flag.MEMBERS_COLLECTED)
    inside = np.zeros(len(ground.facts), np.bool_)
    for group in np.flatnonzero(groups).tolist():
        inside[strangers(ground, group)] = True
    spared = ground.spared.objects.get("dnsadmins", np.zeros(len(ground.facts), np.bool_))
    left_out = inside & spared
    inside &= ~spared
    is_sure = not ground.privileged.gaps
    fails = (
        True
        if level.fails or (inside.any() and is_sure)
        else None
        if level.fails is None or inside.any() or unread.any()
        else False
    )
    objects = np.unique(np.concatenate((np.flatnonzero(inside), level.objects)))
    return Draft(
        (
            LevelDraft(
                row.level,
                fails,
                is_held=(level.is_held or bool(left_out.any())) and not fails,
                objects=objects.astype(np.int32) if fails else objects[:0].astype(np.int32),
                opened=np.union1d(np.flatnonzero(unread), level.opened).astype(np.int32),
                spared=np.unique(np.concatenate((np.flatnonzero(left_out), level.spared))).astype(
                    np.int32
                ),
                relations=level.relations,
            ),
        ),
        {"members": float(inside.sum()), "relations": float(len(level.relations))},
    )


def loops(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Groups that are members of themselves through others."""
    facts, edges = ground.facts, ground.facts.edges
    groups = ground.population(ObjectKind.GROUP)
    stated = ground.edges_of(EdgeKind.MEMBER_OF)
    is_group = facts.kind == ObjectKind.GROUP
    nested = stated[is_group[edges.source[stated]] & is_group[edges.target[stated]]]
    children = csr_from_edges(len(facts), edges.source[nested], edges.target[nested])
    yes = np.zeros(len(facts), np.bool_)
    knots = graph_loops(children)
    for knot in knots:
        yes[knot.members] = True
    read = facts.is_set(Flag.MEMBERS_COLLECTED)
    fault = certain(groups) & Tri(yes, read & ~yes)
    draft = over_objects(ground, "group_loop", rows, lambda row: fault)
    shown = nested[np.concatenate([knot.cycle for knot in knots])] if knots else nested[:0]
    levels = tuple(replace(level, relations=shown) for level in draft.levels if level.fails)
    return Draft(levels or draft.levels, {**draft.measured, "loops": float(len(knots))})
