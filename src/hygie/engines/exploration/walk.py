"""Which nodes are met, level by level, when one looks around a few of them?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hygie.engines.exploration.types import Bundle, ExplorationError, Ground, Question, Way

_Group = tuple[int, int]  # parent, kind


@dataclass(slots=True)
class Walk:
    """What has been met so far.

    Attributes:
        level: node shown by itself → signed distance from the focus.
        bundles: what stands together.
        bundled: nodes in a bundle.
        passed: hidden nodes gone through.
        left_out: nodes found without room.
    """

    ground: Ground
    question: Question
    level: dict[int, int] = field(default_factory=dict)
    bundles: list[Bundle] = field(default_factory=list)
    bundled: set[int] = field(default_factory=set)
    passed: set[int] = field(default_factory=set)
    left_out: int = 0

    def is_met(self, node: int) -> bool:
        """Whether it already has its place."""
        return node in self.level or node in self.bundled

    @property
    def room(self) -> int:
        """How many more may be shown."""
        return self.question.most - len(self.level) - len(self.bundles)


def walk(ground: Ground, question: Question) -> Walk:
    """Meet what stands around the focus, each way, as far as asked.

    Args:
        ground: the graph.
        question: where to start, how far to go, what to pass through.

    Returns:
        Nodes with their level, and bundles; never more of both than `question.most`, unless the
        focus alone is more.

    Raises:
        ExplorationError: a node of the question is not of the graph.

    Cost: O(n + m) at worst, whatever is hidden; a node is looked at once each way.
    """
    for node in (*question.focus, *question.folded, *(one for one, _way in question.opened)):
        if not 0 <= node < ground.nodes:
            raise ExplorationError(f"node {node} of a graph of {ground.nodes}")
    found = Walk(ground, question)
    found.level.update(dict.fromkeys(question.focus, 0))
    for way in Way:
        _go(found, way)
    return found


def _go(found: Walk, way: Way) -> None:
    """Go one way, level by level, until nothing more is asked."""
    trail = _Trail(set(found.question.focus))
    frontier = list(found.question.focus)
    distance = 0
    while frontier:
        distance += 1
        groups, through = _groups(found, frontier, way, distance, trail)
        frontier = _place(found, groups, way, distance * way) + through
    found.passed |= trail.crossed


@dataclass(slots=True)
class _Trail:
    """What one way has gone through: nodes reached, hidden nodes crossed."""

    reached: set[int]
    crossed: set[int] = field(default_factory=set)


def _groups(
    found: Walk, frontier: Iterable[int], way: Way, distance: int, trail: _Trail
) -> tuple[dict[_Group, list[int]], list[int]]:
    """Neighbours not met yet, by the first node next to which they stand, and by kind.

    Beside them, those that the other way has shown already: on a circle they lead further.
    """
    asked = found.question
    is_within = distance <= asked.levels(way)
    through: list[int] = []
    groups: dict[_Group, list[int]] = {}
    for node in frontier:
        if node in asked.folded or not (is_within or (node, way) in asked.opened):
            continue
        for near in _neighbours(found, node, way, trail.crossed):
            if near in trail.reached:
                continue
            trail.reached.add(near)
            if near in found.level:
                through.append(near)
            elif not found.is_met(near):
                groups.setdefault((node, int(found.ground.kind[near])), []).append(near)
    for members in groups.values():
        members.sort(key=lambda one: (-int(found.ground.rank[one]), one))
    return groups, through


def _neighbours(found: Walk, node: int, way: Way, crossed: set[int]) -> list[int]:
    """Next nodes that may be shown, those behind hidden ones included.

    A hidden node already crossed this way led to all that stands behind it.
    """
    rows, kind, hidden = found.ground.rows(way), found.ground.kind, found.question.hidden
    answer, waiting = [], [node]
    while waiting:
        here = waiting.pop()
        for near in rows.indices[rows.indptr[here] : rows.indptr[here + 1]].tolist():
            if int(kind[near]) not in hidden or near in found.level:
                answer.append(near)
            elif near not in crossed:
                crossed.add(near)
                waiting.append(near)
    return answer


def _place(found: Walk, groups: dict[_Group, list[int]], way: Way, level: int) -> list[int]:
    """Give each group its place: one by one, as a bundle, or with all of its kind."""
    alone = {key: _alone(found.question, key, len(some), way) for key, some in groups.items()}
    _fit(groups, alone, found.room)
    if _cost(groups, alone) > found.room:
        return _by_kind(found, groups, way, level)
    shown: list[int] = []
    for (parent, kind), members in groups.items():
        first, rest = members[: alone[parent, kind]], members[alone[parent, kind] :]
        found.level.update(dict.fromkeys(first, level))
        shown += first
        if rest:
            found.bundles.append(Bundle(parent, way, kind, level, tuple(rest)))
            found.bundled.update(rest)
    return shown


def _alone(asked: Question, key: _Group, size: int, way: Way) -> int:
    """How many of a group are shown one by one; the rest stands as a bundle."""
    if (key[0], way) in asked.opened:
        return min(size, asked.wide)
    return size if size <= asked.fan else 0


def _cost(groups: dict[_Group, list[int]], alone: dict[_Group, int]) -> int:
    return sum(alone[key] + (len(members) > alone[key]) for key, members in groups.items())


def _fit(groups: dict[_Group, list[int]], alone: dict[_Group, int], room: int) -> None:
    """Bundle the largest groups until the rest has room."""
    cost = _cost(groups, alone)
    for key in sorted(groups, key=lambda one: alone[one], reverse=True):
        if cost <= room or alone[key] < 2:
            return
        cost -= alone[key] - (len(groups[key]) == alone[key])
        alone[key] = 0


def _by_kind(found: Walk, groups: dict[_Group, list[int]], way: Way, level: int) -> list[int]:
    """One bundle a kind for the whole level: there is no room for more."""
    kinds: dict[int, list[int]] = {}
    for (_parent, kind), members in groups.items():
        kinds.setdefault(kind, []).extend(members)
    for kind, members in sorted(kinds.items(), key=lambda one: -len(one[1])):
        if found.room > 0:
            found.bundles.append(Bundle(-1, way, kind, level, _by_rank(found, members)))
            found.bundled.update(members)
        else:
            found.left_out += len(members)
    return []


def _by_rank(found: Walk, members: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted(members, key=lambda one: (-int(found.ground.rank[one]), one)))
