"""Which rights on an object are dangerous, and who holds them without being privileged?

Level 1 of a permission point = a right that is enough by itself; level 2 = every right that could
become one, given something else (a weak password, a certification authority, another right). The
official page publishes the principle, not the list: the lists below are our reading of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import BoolArray, IntArray
from hygie.engines.directory.points.acceptance import Acceptance
from hygie.engines.directory.points.drafts import Draft, LevelDraft, places
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.privileged import special
from hygie.engines.directory.vocabulary import EdgeKind, Flag

CONTROL = frozenset(
    (
        EdgeKind.OWNS,
        EdgeKind.WRITE_OWNER,
        EdgeKind.WRITE_DACL,
        EdgeKind.GENERIC_ALL,
        EdgeKind.GENERIC_WRITE,
    )
)
"""Rights that give an object of any kind."""
ENOUGH = CONTROL | {
    EdgeKind.ALL_EXTENDED_RIGHTS,
    EdgeKind.FORCE_CHANGE_PASSWORD,
    EdgeKind.ADD_MEMBER,
    EdgeKind.ADD_SELF,
    EdgeKind.ADD_KEY_CREDENTIAL_LINK,
    EdgeKind.ADD_ALLOWED_TO_ACT,
    EdgeKind.WRITE_ACCOUNT_RESTRICTIONS,
    EdgeKind.READ_LAPS_PASSWORD,
    EdgeKind.SYNC_LAPS_PASSWORD,
    EdgeKind.READ_GMSA_PASSWORD,
    EdgeKind.DUMP_SMSA_PASSWORD,
}
"""Rights that give an account, a group or a host, without a major prerequisite."""
CONDITIONAL = frozenset(
    (
        EdgeKind.WRITE_SPN,
        EdgeKind.WRITE_PUBLIC_INFORMATION,
        EdgeKind.WRITE_ALT_SECURITY_IDENTITIES,
        EdgeKind.WRITE_GP_LINK,
        EdgeKind.GET_CHANGES_ALL,
        EdgeKind.GET_CHANGES_FILTERED,
    )
)
"""Rights that need something else first."""
UNNAMED = frozenset((EdgeKind.OTHER_RIGHT,))
"""Rights that an export names and that are in none of these lists: nobody knows what they give."""
TEMPLATE = CONTROL | {EdgeKind.WRITE_PKI_ENROLLMENT_FLAG, EdgeKind.WRITE_PKI_NAME_FLAG}
POLICY = CONTROL
LINKING = CONTROL | {EdgeKind.WRITE_GP_LINK}

_SYSTEM = ("S-1-5-18", "S-1-5-9", "S-1-5-10", "S-1-3-0", "S-1-3-4")
"""Local system, enterprise controllers, self, creator owner, owner rights."""
_NOBODY_SPECIAL = ("S-1-1-0", "S-1-5-7", "S-1-5-11")
_ORDINARY_RIDS = (501, 513, 514, 515)
_ORDINARY_BUILTIN = (545, 546)
_REPLICATION = (EdgeKind.GET_CHANGES, EdgeKind.GET_CHANGES_FILTERED)
_RODC_REPLICATION_RID = 498


@dataclass(frozen=True, slots=True)
class Faults:
    """Relations at fault by what is known, and those at fault unless their holder is privileged."""

    certain: IntArray
    possible: IntArray


class Rights:
    """The rights of those who are not privileged; prepared once for every permission point."""

    def __init__(self, ground: Ground) -> None:
        facts = ground.facts
        edges = facts.edges
        trusted = ground.privileged.members | special(facts, *_SYSTEM)
        positions = ground.edges_of(
            *(ENOUGH | CONDITIONAL | TEMPLATE | set(_REPLICATION) | UNNAMED)
        )
        source = edges.source[positions]
        is_kept = ~trusted[source] & (source != edges.target[positions])
        is_rodc = ground.with_rid(_RODC_REPLICATION_RID)[source]
        is_kept &= ~(is_rodc & np.isin(edges.kind[positions], _REPLICATION))
        self.ground = ground
        self.positions = positions[is_kept]
        self.acceptance = Acceptance(ground)
        self._ordinary = (
            special(facts, *_NOBODY_SPECIAL)
            | ground.with_rid(*_ORDINARY_RIDS)
            | ground.builtin(*_ORDINARY_BUILTIN)
        )

    def on(self, targets: BoolArray, kinds: frozenset[EdgeKind]) -> IntArray:
        """Positions of the rights of these kinds on these objects (n,), accepted ones included."""
        edges = self.ground.facts.edges
        table = np.zeros(256, np.bool_)
        table[list(kinds)] = True
        found: IntArray = self.positions[
            table[edges.kind[self.positions]] & targets[edges.target[self.positions]]
        ]
        return found

    def faults(self, positions: IntArray) -> Faults:
        """Tell those that are certainly at fault: their holder is certainly not privileged."""
        if not self.ground.privileged.gaps:
            return Faults(positions, positions[:0])
        is_certain = self._ordinary[self.ground.facts.edges.source[positions]]
        return Faults(positions[is_certain], positions[~is_certain])


def over_rights(
    rights: Rights,
    point: str,
    rows: Sequence[Row],
    targets: BoolArray,
    kinds: Mapping[int, frozenset[EdgeKind]],
    spare: BoolArray | None = None,
) -> Draft:
    """A permission point on these objects.

    Args:
        targets: (n,). kinds: by level, the rights that fail it.
        spare: (m,) relations that a documented exception leaves out, if any.

    Returns:
        The draft; objects = holders of the rights, those of the most rights first.
    """
    levels = []
    for row in rows:
        found = rights.on(targets, kinds[row.level])
        if spare is not None:
            found = found[~spare[found]]
        levels.append(level_of_rights(rights, point, row, targets, found))
    return Draft(tuple(levels), _figures(rights.ground, levels))


def level_of_rights(
    rights: Rights, point: str, row: Row, targets: BoolArray, found: IntArray
) -> LevelDraft:
    """One level, from the positions of the rights that fail it.

    What was not read of a target leaves the level open unless it already fails; so does, at level
    2, a right that nobody knows.
    """
    ground, edges = rights.ground, rights.ground.facts.edges
    excused = rights.acceptance.excused(found)
    mask = ground.spared.objects.get(point)
    if mask is not None:
        excused = excused | mask[edges.source[found]] | mask[edges.target[found]]
    faults = rights.faults(found[~excused])
    unread = targets & ~ground.facts.is_set(Flag.ACES_COLLECTED)
    if mask is not None:
        unread = unread & ~mask
    possible, known = faults.possible, len(faults.possible)
    if row.level > 1:
        unnamed = rights.on(targets, UNNAMED)
        possible = np.concatenate((possible, unnamed[~rights.acceptance.excused(unnamed)]))
    fails = True if len(faults.certain) else None if len(possible) or unread.any() else False
    return LevelDraft(
        row.level,
        fails,
        is_held=bool(excused.any()) and not fails,
        objects=by_frequency(edges.source[faults.certain]),
        opened=places(unread),
        spared=by_frequency(edges.source[found[excused]]),
        relations=faults.certain,
        lacking=(EdgeKind.OTHER_RIGHT.name,) if fails is None and len(possible) > known else (),
    )


def by_frequency(objects: IntArray) -> IntArray:
    """Each object once, the most frequent first."""
    values, counts = np.unique(objects, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return values[order].astype(np.int32)


def _figures(ground: Ground, levels: Sequence[LevelDraft]) -> dict[str, float]:
    worst = max(levels, key=lambda level: len(level.relations), default=None)
    if worst is None or not len(worst.relations):
        return {"principals": 0.0, "targets": 0.0, "relations": 0.0}
    edges = ground.facts.edges
    return {
        "principals": float(len(worst.objects)),
        "targets": float(len(np.unique(edges.target[worst.relations]))),
        "relations": float(len(worst.relations)),
    }
