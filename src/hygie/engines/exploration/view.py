"""What is shown of a graph around a few nodes: nodes, bundles, and the lines between them?"""

from collections import Counter
from collections.abc import Iterator, Mapping

from hygie.engines.exploration.types import Ground, Question, Tie, View, Way
from hygie.engines.exploration.walk import Walk, walk
from hygie.engines.graph.types import Csr


def view_of(ground: Ground, question: Question) -> View:
    """Show the neighbourhood of the focus without ever drawing more than can be read.

    A kind that is hidden is gone through: what stands on both sides is tied by a shortcut. Many
    neighbours of one kind stand as one bundle, which says how many they are.

    Args:
        ground: the graph.
        question: what is asked.

    Returns:
        Nodes, bundles and ties; the same for the same question.

    Raises:
        ExplorationError: a node of the question is not of the graph.

    Cost: O(n + m) at worst; some milliseconds for a few hundred nodes shown.
    """
    found = walk(ground, question)
    nodes = list(found.level)
    place = {node: where for where, node in enumerate(nodes)}
    for where, bundle in enumerate(found.bundles, start=len(nodes)):
        place.update(dict.fromkeys(bundle.members, where))
    ties = [*_direct(ground, place), *_shortcuts(ground, found, place)]
    kinds = Counter(int(ground.kind[node]) for node in found.passed)
    return View(
        nodes=nodes,
        level=list(found.level.values()),
        bundles=found.bundles,
        ties=ties[: question.most_ties],
        passed=dict(kinds.most_common()),
        more=[_more(ground, node, place, found.passed) for node in nodes],
        left_out=found.left_out,
        ties_left_out=max(0, len(ties) - question.most_ties),
    )


def _near(rows: Csr, node: int) -> list[int]:
    found: list[int] = rows.indices[rows.indptr[node] : rows.indptr[node + 1]].tolist()
    return found


def _direct(ground: Ground, place: Mapping[int, int]) -> Iterator[Tie]:
    """Links between what is shown; several between the same two places make one tie."""
    ties: dict[tuple[int, int], tuple[int, int]] = {}
    for node, source in place.items():
        start = int(ground.down.indptr[node])
        for step, near in enumerate(_near(ground.down, node)):
            target = place.get(near)
            if target is None or target == source:
                continue
            count, edge = ties.get((source, target), (0, int(ground.down.edge[start + step])))
            ties[source, target] = (count + 1, edge)
    for (source, target), (count, edge) in ties.items():
        yield Tie(source, target, count, edge)


def _shortcuts(ground: Ground, found: Walk, place: Mapping[int, int]) -> Iterator[Tie]:
    """Ways from one place to another through hidden nodes alone, where no link says it already."""
    if not found.passed:
        return
    reach = _reach(ground, found.passed, place)
    direct: dict[int, int] = {}
    through: dict[int, int] = {}
    for node, source in place.items():
        for near in _near(ground.down, node):
            if near in place:
                direct[source] = direct.get(source, 0) | 1 << place[near]
            elif near in reach:
                through[source] = through.get(source, 0) | reach[near]
    for source, bits in through.items():
        bits &= ~(direct.get(source, 0) | 1 << source)
        while bits:
            lowest = bits & -bits
            yield Tie(source, lowest.bit_length() - 1, 0, -1)
            bits ^= lowest


def _reach(ground: Ground, passed: set[int], place: Mapping[int, int]) -> dict[int, int]:
    """Places behind each hidden node, one bit each: a fixpoint, since hidden nodes may loop."""
    inner = {node: [one for one in _near(ground.down, node) if one in passed] for node in passed}
    reach = {
        node: sum(
            1 << where for where in {place[o] for o in _near(ground.down, node) if o in place}
        )
        for node in passed
    }
    users: dict[int, list[int]] = {}
    for node, targets in inner.items():
        for target in targets:
            users.setdefault(target, []).append(node)
    waiting = list(passed)
    while waiting:
        node = waiting.pop()
        for user in users.get(node, ()):
            if reach[user] | reach[node] != reach[user]:
                reach[user] |= reach[node]
                waiting.append(user)
    return reach


def _more(ground: Ground, node: int, place: Mapping[int, int], passed: set[int]) -> dict[Way, int]:
    """How many neighbours of a node are neither shown nor gone through."""
    return {
        way: len({one for one in _near(ground.rows(way), node) if one not in place} - passed)
        for way in Way
    }
