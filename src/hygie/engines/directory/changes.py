"""What could an administrator do about the relations that paths use, and what would it remove?

One change = one thing done once: an inherited right goes with the right it is inherited from, a
local right given everywhere goes at once, a template is fixed for all who may enrol.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hygie.engines.directory.derive.derivation import Derivation
from hygie.engines.directory.edges import ALSO, BY_KIND, ROWS, Action, cost_of, other_cost_of
from hygie.engines.directory.facts import BoolArray, DirectoryFacts, IntArray, LongArray
from hygie.engines.directory.verdicts import Change
from hygie.engines.directory.vocabulary import EdgeFlag, EdgeKind
from hygie.engines.graph.types import FloatArray

_A = Action
_BY_SOURCE = (_A.CLEAR_DELEGATION, _A.CLEAR_UNCONSTRAINED, _A.CLEAR_SID_HISTORY, _A.RESTRICT_RODC)
_BY_TARGET = (_A.KEEP_SESSIONS_APART, _A.CLEAR_ALLOWED_TO_ACT)
_BY_BOTH = (_A.LEAVE_GROUP, _A.RESET_PRIMARY_GROUP)
_BY_CAUSE = (_A.FIX_TEMPLATE, _A.SECURE_TEMPLATE)
_SECOND_RIGHT = {
    EdgeKind.DCSYNC: EdgeKind.GET_CHANGES_ALL,
    EdgeKind.SYNC_LAPS_PASSWORD: EdgeKind.GET_CHANGES_FILTERED,
}
_SHARED = (_A.FIX_TEMPLATE, _A.SECURE_TEMPLATE, _A.FIX_CA, _A.FILTER_TRUST)
"""Actions that take relations of several kinds away."""
ACTIONS = tuple(Action)
_MOST_DEEP = 64
_Key = tuple[Action, int, int, int]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which change removes each relation.

    Attributes:
        of_edge: (m,) number of the change, -1 = nothing can remove it, or it was not asked about.
        also: (m,) another change that removes it as well, -1 = none.
        action: (c,) position in `ACTIONS` of each change. subject: (c,) object. right: (c,) kind of
            right, -1 = none. target: (c,) object, -1 = none. cost: (c,).
    """

    of_edge: IntArray
    also: IntArray
    action: IntArray
    subject: IntArray
    right: IntArray
    target: IntArray
    cost: FloatArray

    def __len__(self) -> int:
        return len(self.cost)

    def key(self, number: int) -> _Key:
        """Action, subject, kind of right, target of one change."""
        return (
            ACTIONS[self.action[number]],
            int(self.subject[number]),
            int(self.right[number]),
            int(self.target[number]),
        )


def grouping(
    found: Derivation, useful: BoolArray, costs: Mapping[str, float] | None = None
) -> Grouping:
    """Name, for each useful relation, the change that removes it.

    Args:
        found: the derivation searched. useful: (m,) relations to look at. costs: see
            `edges.cost_of`.

    Cost: O(k log k), k useful relations.
    """
    work = _Work(found, costs)
    positions = np.flatnonzero(useful)
    kinds = found.edges.kind[positions]
    for row in ROWS:
        if row.is_walked and row.action is not None:
            chosen = positions[kinds == row.kind]
            if len(chosen):
                work.name(row.kind, row.action, chosen)
                if row.kind in ALSO:
                    work.name_other(row.kind, chosen)
    columns = np.concatenate([np.zeros((5, 0)), *work.chunks], axis=1)
    action, subject, right, target = (column.astype(np.int32) for column in columns[:4])
    return Grouping(work.of_edge, work.also, action, subject, right, target, columns[4])


class _Work:
    def __init__(self, found: Derivation, costs: Mapping[str, float] | None) -> None:
        self.found = found
        self.costs = costs
        self.parent = containers(found.facts)
        self.of_edge = np.full(len(found.edges), -1, np.int32)
        self.also = np.full(len(found.edges), -1, np.int32)
        self.chunks: list[FloatArray] = []
        self._count = 0
        self._shared: dict[_Key, int] = {}
        self._causes = np.array(found.causes, np.int32).reshape(-1, 2)

    def name(self, kind: EdgeKind, action: Action, chosen: LongArray) -> None:
        edges, base = self.found.edges, self.found.base
        source, target = edges.source[chosen], base[edges.target[chosen]]
        none = np.full(len(chosen), -1, np.int32)
        cause = self.found.cause[chosen]
        if action == _A.REMOVE_RIGHT:
            self._rights(kind, chosen, source, target)
        elif action == _A.REMOVE_LOCAL_RIGHT:
            self._local(kind, chosen, source, cause)
        elif action in _BY_SOURCE:
            self._put(action, -1, kind, chosen, base[source], none)
        elif action in _BY_TARGET:
            self._put(action, -1, kind, chosen, target, none)
        elif action in _BY_BOTH:
            self._put(action, -1, kind, chosen, source, target)
        elif action in _BY_CAUSE:
            self._put(action, -1, kind, chosen, self._causes[cause, 0], none)
        elif action == _A.FIX_CA:
            self._put(action, -1, kind, chosen, self._causes[cause, 1], none)
        elif action == _A.REMOVE_REPLICATION:
            stated = cause < 0
            right = int(_SECOND_RIGHT[kind])
            caused = self._causes[cause[~stated]]
            self._put(action, right, kind, chosen[~stated], caused[:, 1], caused[:, 0])
        elif action == _A.FILTER_TRUST:
            caused = self._causes[cause[cause >= 0]]
            self._put(action, -1, kind, chosen[cause >= 0], caused[:, 0], caused[:, 1])

    def name_other(self, kind: EdgeKind, chosen: LongArray) -> None:
        """A setting of all DCs of the forest closes these relations too."""
        action, _ = ALSO[kind]
        base = self.found.base[self.found.edges.target[chosen]]
        price = other_cost_of(kind, self.costs)
        for forest in np.unique(self.found.forest[base]).tolist():
            here = chosen[self.found.forest[base] == forest]
            self.also[here] = self._number((action, forest, -1, -1), price)

    def _number(self, key: _Key, price: float) -> int:
        """The number of a change that relations of several kinds may share."""
        number = self._shared.setdefault(key, self._count)
        if number == self._count:
            self._new(key[0], np.array([key[1]]), key[2], np.array([key[3]]), price)
        return number

    def _new(
        self, action: Action, subject: LongArray, right: int, target: LongArray, price: float
    ) -> None:
        rows = np.empty((5, len(subject)))
        rows[0], rows[1], rows[2] = ACTIONS.index(action), subject, right
        rows[3], rows[4] = target, price
        self.chunks.append(rows)
        self._count += len(subject)

    def _rights(
        self, kind: EdgeKind, chosen: LongArray, source: IntArray, target: IntArray
    ) -> None:
        flags = self.found.edges.flags[chosen]
        inherited = flags & EdgeFlag.INHERITED > 0
        origin, is_found = origins(self.parent, self._explicit(kind), source, target, inherited)
        own = ~inherited | is_found
        self._put(_A.REMOVE_RIGHT, int(kind), kind, chosen[own], source[own], origin[own])
        rest = ~own
        self._put(
            _A.REMOVE_INHERITED_RIGHT, int(kind), kind, chosen[rest], source[rest], origin[rest]
        )

    def _explicit(self, kind: EdgeKind) -> LongArray:
        edges = self.found.facts.edges
        own = (edges.kind == kind) & (edges.flags & EdgeFlag.INHERITED == 0)
        return packed(edges.source[own], edges.target[own])

    def _local(self, kind: EdgeKind, chosen: LongArray, source: IntArray, cause: IntArray) -> None:
        stated = self.found.stated[chosen] >= 0
        none = np.full(len(chosen), -1, np.int32)
        action = _A.REMOVE_LOCAL_RIGHT
        self._put(action, int(kind), kind, chosen[stated], source[stated], none[stated])
        caused = cause >= 0
        pairs = self._causes[cause[caused]]
        if kind == EdgeKind.CAN_RDP:
            self._put(action, int(kind), kind, chosen[caused], pairs[:, 0], none[caused])
        else:
            right = int(EdgeKind.MANAGED_BY)
            self._put(_A.REMOVE_RIGHT, right, kind, chosen[caused], pairs[:, 0], pairs[:, 1])

    def _put(
        self,
        action: Action,
        right: int,
        kind: EdgeKind,
        chosen: LongArray,
        subject: IntArray,
        target: IntArray,
    ) -> None:
        pairs = (subject.astype(np.int64) << 32) | (target.astype(np.int64) & 0xFFFFFFFF)
        values, which = np.unique(pairs, return_inverse=True)
        subjects, targets = values >> 32, (values & 0xFFFFFFFF).astype(np.uint32).view(np.int32)
        price = cost_of(kind, self.costs)
        numbers = self._count + np.arange(len(values), dtype=np.int32)
        if action in _SHARED:
            rows = zip(subjects.tolist(), targets.tolist(), strict=True)
            numbers = np.array(
                [self._number((action, one, right, other), price) for one, other in rows], np.int32
            )
        else:
            self._new(action, subjects, right, targets.astype(np.int64), price)
        self.of_edge[chosen] = numbers[which]


def origins(
    parent: IntArray,
    explicit: LongArray,
    source: IntArray,
    target: IntArray,
    inherited: BoolArray,
) -> tuple[IntArray, BoolArray]:
    """Where inherited rights of one kind come from.

    Args:
        parent: (n,) container of each object (`containers`). explicit: what is stated in its own
            name, as `packed` gives it. source, target: (k,) who holds the right on what.
        inherited: (k,) which of them are inherited.

    Returns:
        (k,) nearest container above that states the same right in its own name; the container just
        above when none does; the target itself when not inherited. And (k,) where one was found.

    Cost: O(k × depth), depth 64 at most.
    """
    is_found = np.zeros(len(target), np.bool_)
    above = np.where(inherited, parent[target], -1)
    origin = np.where(above >= 0, above, target).astype(np.int32)
    for _ in range(_MOST_DEEP):
        open_ones = np.flatnonzero((above >= 0) & ~is_found)
        if not len(open_ones) or not len(explicit):
            break
        wanted = source[open_ones].astype(np.int64) << 32 | above[open_ones]
        at = np.minimum(np.searchsorted(explicit, wanted), len(explicit) - 1)
        here = explicit[at] == wanted
        origin[open_ones[here]] = above[open_ones[here]]
        is_found[open_ones[here]] = True
        above[open_ones] = parent[above[open_ones]]
    return origin, is_found


def packed(source: IntArray, target: IntArray) -> LongArray:
    """Pairs as sorted numbers."""
    return np.sort(source.astype(np.int64) << 32 | target)


def containers(facts: DirectoryFacts) -> IntArray:
    """(n,) the container of each object, the lowest index when several are stated, -1 without."""
    edges = facts.edges
    kept = np.flatnonzero(edges.kind == EdgeKind.CONTAINS)
    kept = kept[np.argsort(-edges.source[kept], kind="stable")]
    parent = np.full(len(facts), -1, np.int32)
    parent[edges.target[kept]] = edges.source[kept]
    return parent


def key_text(facts: DirectoryFacts, key: _Key) -> str:
    """The stable text of a change: `remove:SID:GENERIC_ALL:SID`, `sessions:SID`…"""
    action, subject, right, target = key
    parts = [str(action), facts.identifiers[subject]]
    if right >= 0:
        parts.append(EdgeKind(right).name)
    if target >= 0:
        parts.append(facts.identifiers[target])
    return ":".join(parts)


def change_of(found: Derivation, groups: Grouping, number: int, edges: IntArray) -> Change:
    """One change in full; `edges` are the positions that it removes."""
    key = groups.key(number)
    kinds = sorted(set(found.edges.kind[edges].tolist()))
    points = [point for kind in kinds for point in BY_KIND[EdgeKind(kind)].points]
    return Change(
        key=key_text(found.facts, key),
        action=str(key[0]),
        cost=float(groups.cost[number]),
        edges=edges,
        subject=key[1],
        target=key[3],
        closes=tuple(dict.fromkeys(points)),
    )


def members_of_groups(groups: Grouping, wanted: Sequence[int]) -> list[IntArray]:
    """Positions of the relations of each of these changes.

    Cost: O(m + k log k), k relations of the changes wanted.
    """
    is_wanted = np.zeros(len(groups) + 1, np.bool_)  # the last one stands for no change
    is_wanted[list(wanted)] = True
    first, second = (
        np.flatnonzero(is_wanted[numbers]).astype(np.int32)
        for numbers in (groups.of_edge, groups.also)
    )
    position: IntArray = np.concatenate((first, second))
    number = np.concatenate((groups.of_edge[first], groups.also[second]))
    order = np.argsort(number, kind="stable")
    number, position = number[order], position[order]
    asked = np.array(wanted, np.int32)
    starts = np.searchsorted(number, asked)
    ends = np.searchsorted(number, asked, side="right")
    return [position[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
