"""What is the verdict of every point of a day's catalogue, on these facts and statements?"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from hygie.engines.directory.catalogue import CatalogueDay, PointDay
from hygie.engines.directory.exceptions import PointException, spared_on
from hygie.engines.directory.facts import UNKNOWN, BoolArray, IntArray
from hygie.engines.directory.merge import Merged
from hygie.engines.directory.points.drafts import Draft, LevelDraft
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.points.rights import Rights
from hygie.engines.directory.points.rules import Field, Rule, name_of
from hygie.engines.directory.points.stated import with_statements
from hygie.engines.directory.points.table import RULES
from hygie.engines.directory.verdicts import PointState, PointVerdict
from hygie.engines.directory.vocabulary import Flag, Instant, Number, ObjectKind, Text

_NONE = np.zeros(0, np.int32)


def decide_all(
    merged: Merged,
    catalogue: CatalogueDay,
    as_of: int,
    tier_zero: BoolArray,
    exceptions: Sequence[PointException] = (),
    *,
    is_whole_forest: bool = True,
) -> tuple[PointVerdict, ...]:
    """Decide every point that counts on the catalogue's day; warnings and informations too.

    Args:
        merged: facts about n objects, and the statements of the exports.
        as_of: instant to which ages are counted, seconds since 1970 UTC: that of the export.
        tier_zero: (n,) what must be protected.
        exceptions: those that have expired on the catalogue's day are not applied.
        is_whole_forest: a domain of the forest that was not collected leaves open what holds
            elsewhere; False judges the collected domains alone.

    Returns:
        One verdict a point, in the catalogue's order.

    Cost: O(points · n + relations · log n): about 5 s for 1 M objects and 10 M relations.
    Source: docs/engines/directory.md.
    """
    spared = spared_on(merged.facts, exceptions, catalogue.day)
    ground = Ground(merged.facts, catalogue, as_of, tier_zero, spared)
    ground.is_whole_forest = is_whole_forest
    rights = Rights(ground)
    return tuple(
        with_statements(_decided(ground, rights, merged, point), merged, point)
        for point in catalogue.points
    )


def _decided(ground: Ground, rights: Rights, merged: Merged, point: PointDay) -> PointVerdict:
    rule = RULES.get(point.id)
    if rule is None:
        return PointVerdict(point.id, PointState.CANNOT_TELL, undecided_levels=point.levels)
    draft = _draft(rule, ground, rights, point)
    gaps = _gaps(rule, ground, draft)
    levels = tuple(_without(level, gaps) for level in draft.levels)
    if draft.is_absent and gaps:
        levels = tuple(LevelDraft(level, None) for level in point.levels)
    if draft.is_absent and not gaps:
        verdict = PointVerdict(point.id, PointState.NOT_APPLICABLE)
    else:
        verdict = _verdict(point.id, levels, point.id in ground.spared.points)
    opened = _joined(level.opened for level in draft.levels if level.fails is None)
    lacking = [name for level in levels if level.fails is None for name in level.lacking]
    missing = (*gaps, *lacking, *_unknown(rule, ground, opened))
    return replace(
        verdict,
        measured={**draft.measured, **({"open": float(len(opened))} if len(opened) else {})},
        fields=rule.names,
        missing=tuple(dict.fromkeys(missing)) if verdict.undecided_levels else (),
        sources=merged.sources(rule.names),
    )


def _draft(rule: Rule, ground: Ground, rights: Rights, point: PointDay) -> Draft:
    if rule.weigh is not None:
        return rule.weigh(ground, point.rows, rights)
    if rule.decide is not None:
        return rule.decide(ground, point.rows)
    return Draft(tuple(LevelDraft(level, None) for level in point.levels))


def _gaps(rule: Rule, ground: Ground, draft: Draft) -> tuple[str, ...]:
    """Names of what was not collected, and without which the point cannot pass."""
    gaps = [kind.name for kind in rule.kinds if kind not in ground.scope.kinds]
    if rule.is_privileged:
        gaps += ground.privileged.gaps
    is_lacking = ground.is_whole_forest and bool(ground.scope.missing)
    if is_lacking or not len(ground.scope.domains):
        gaps.append(Flag.DOMAIN_COLLECTED.name)
    if ObjectKind.COMPUTER in rule.kinds and not _has_controllers(ground):
        gaps.append(Flag.IS_DC.name)
    return tuple(dict.fromkeys((*draft.gaps, *gaps)))


def _has_controllers(ground: Ground) -> bool:
    """Whether each domain collected shows a controller: without, computers are not all there."""
    holders = set(ground.facts.domain[ground.controllers.yes].tolist())
    return all(domain in holders for domain in ground.scope.domains.tolist())


def _without(level: LevelDraft, gaps: Sequence[str]) -> LevelDraft:
    """The level once it is known that something was not collected."""
    if not gaps or level.fails is None or (level.fails and level.is_lasting):
        return level
    return replace(level, fails=None)


def _verdict(point: str, levels: Sequence[LevelDraft], is_accepted: bool) -> PointVerdict:
    if is_accepted:
        return PointVerdict(
            point,
            PointState.PASSED,
            excepted=_joined((*(level.objects for level in levels), *(x.spared for x in levels))),
            is_held_by_exceptions=any(level.fails is not False for level in levels),
        )
    failed = tuple(level.level for level in levels if level.fails)
    undecided = tuple(level.level for level in levels if level.fails is None)
    state = state_of(levels[0].fails, failed, undecided) if levels else PointState.CANNOT_TELL
    holds = state in (PointState.PASSED, PointState.PARTIAL)
    return PointVerdict(
        point,
        state,
        failed_levels=failed,
        undecided_levels=undecided,
        objects=_joined(level.objects for level in levels if level.fails),
        excepted=_joined(level.spared for level in levels),
        relations=_joined(level.relations for level in levels if level.fails),
        is_held_by_exceptions=holds and any(level.is_held for level in levels),
    )


def state_of(lowest: bool | None, failed: Sequence[int], undecided: Sequence[int]) -> PointState:
    """The state of a point.

    Args:
        lowest: whether its lowest level fails. failed, undecided: its levels of either kind.
    """
    if failed:
        return PointState.PARTIAL if lowest is False else PointState.FAILED
    return PointState.CANNOT_TELL if undecided else PointState.PASSED


def _joined(parts: Iterable[IntArray]) -> IntArray:
    """Each index once, in the order of the parts."""
    arrays = [part for part in parts if len(part)]
    if not arrays:
        return _NONE
    joined = np.concatenate(arrays)
    _, first = np.unique(joined, return_index=True)
    return joined[np.sort(first)].astype(np.int32)


def _unknown(rule: Rule, ground: Ground, opened: IntArray) -> tuple[str, ...]:
    """Names of the facts that some opened object lacks: needed ones, else those that help."""
    if not len(opened):
        return ()
    for fields in (rule.fields, rule.helps):
        lacking = [field for field in fields if not _is_known(ground, field, opened).all()]
        if lacking:
            return tuple(name_of(field) for field in lacking)
    return ()


def _is_known(ground: Ground, field: Field, objects: IntArray) -> BoolArray:
    facts = ground.facts
    known: BoolArray = np.ones(len(objects), np.bool_)
    if isinstance(field, Flag):
        is_told = facts.is_set if field.name.endswith("_COLLECTED") else facts.is_known
        known = is_told(field)[objects]
    elif isinstance(field, Instant):
        known = facts.instant(field)[objects] != UNKNOWN
    elif isinstance(field, Number):
        known = facts.number(field)[objects] != UNKNOWN
    elif isinstance(field, Text):
        told = facts.texts.get(field, {})
        known = np.array([int(place) in told for place in objects], np.bool_)
    return known
