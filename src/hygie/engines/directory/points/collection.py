"""Could the export see what the grading rests on?"""

from collections.abc import Sequence

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import BoolArray
from hygie.engines.directory.places import Place
from hygie.engines.directory.points.drafts import Draft, LevelDraft, over_objects, places
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.tri import certain
from hygie.engines.directory.vocabulary import Flag, ObjectKind, Text

_OF_EACH_DOMAIN = ((500, ObjectKind.USER), (502, ObjectKind.USER), (512, ObjectKind.GROUP))
_OF_THE_FOREST = ((518, ObjectKind.GROUP), (519, ObjectKind.GROUP))


def critical_objects(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Domains where an object needed for grading was not seen among others of its kind.

    A kind that was not collected at all tells nothing: that is a gap, not a failure.
    """
    missing = np.zeros(len(ground.facts), np.bool_)
    gaps = []
    for rid, kind in _OF_EACH_DOMAIN:
        if kind in ground.scope.kinds:
            missing |= _domains_without(ground, ground.with_rid(rid) & ground.population(kind))
        else:
            gaps.append(kind.name)
    containers = ground.population(ObjectKind.CONTAINER, ObjectKind.CONFIGURATION) & _named(ground)
    if _domains_without(ground, containers).any() or not containers.any():
        gaps.append(Text.DISTINGUISHED_NAME.name)
    else:
        missing |= _domains_without(ground, ground.at(Place.ADMIN_SD_HOLDER))
    for rid, kind in _OF_THE_FOREST:
        if kind in ground.scope.kinds and not (ground.with_rid(rid) & ground.scope.described).any():
            missing |= ground.domains
    draft = over_objects(ground, "critical_objects", rows, lambda row: certain(missing))
    return Draft(draft.levels, draft.measured, tuple(dict.fromkeys(gaps)))


def _named(ground: Ground) -> BoolArray:
    """Objects whose distinguished name is told, (n,)."""
    told = ground.facts.texts.get(Text.DISTINGUISHED_NAME, {})
    found = np.zeros(len(ground.facts), np.bool_)
    found[np.fromiter(told, np.int64, len(told))] = True
    return found


def _domains_without(ground: Ground, mask: BoolArray) -> BoolArray:
    """Domains collected that hold none of these objects, (n,)."""
    without = ground.domains.copy()
    held = ground.facts.domain[mask]
    without[held[held >= 0]] = False
    return without


def descriptors_of_privileged(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Privileged accounts whose security descriptor could not be read."""
    accounts = ground.privileged_accounts
    fault = certain(accounts) & ~ground.flag(Flag.ACES_COLLECTED)
    return over_objects(ground, "sd_failed_sd_read_on_priv", rows, lambda row: fault)


def descriptors_of_tier_zero(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Objects of tier zero and controllers whose security descriptor could not be read."""
    wanted = (ground.tier_zero | ground.controllers.yes | ground.privileged_accounts) & (
        ground.scope.described & ground.scope.inside
    )
    if not wanted.any():
        return Draft(
            tuple(LevelDraft(row.level, None, opened=places(wanted)) for row in rows),
            gaps=(Flag.ACES_COLLECTED.name,),
        )
    fault = certain(wanted) & ~ground.flag(Flag.ACES_COLLECTED)
    return over_objects(ground, "dump_error_vuln_rp", rows, lambda row: fault)
