"""The obvious answer to an exploration that bundles nothing: what the fast walk is held to."""

from collections.abc import Mapping, Sequence

from hygie.engines.exploration.types import Question, Way


def reference_levels(
    links: Sequence[tuple[int, int]], kinds: Sequence[int], question: Question
) -> Mapping[int, int]:
    """Signed level of each node shown, by relaxing every link until nothing changes.

    Args:
        links: pairs (source, target).
        kinds: of each node.
        question: its `fan`, `most`, `opened` and `folded` are passed over.

    Returns:
        Node → level; going down is decided before going up.

    Cost: O(n × m).
    """
    levels = dict.fromkeys(question.focus, 0)
    for way in Way:
        steps = links if way is Way.DOWN else [(target, source) for source, target in links]
        distance = _distances(steps, kinds, question, way)
        for node, steps_away in distance.items():
            if node not in levels and kinds[node] not in question.hidden:
                levels[node] = steps_away * way
    return levels


def _distances(
    steps: Sequence[tuple[int, int]], kinds: Sequence[int], question: Question, way: Way
) -> dict[int, int]:
    """Fewest shown nodes on a way from the focus to each node, itself included."""
    found = dict.fromkeys(question.focus, 0)
    moved = True
    while moved:
        moved = False
        for source, target in steps:
            if source not in found:
                continue
            cost = found[source] + (kinds[target] not in question.hidden)
            is_within = cost <= question.levels(way) and found[source] < question.levels(way)
            if is_within and cost < found.get(target, cost + 1):
                found[target] = cost
                moved = True
    return found


def reference_shortcuts(
    links: Sequence[tuple[int, int]], kinds: Sequence[int], hidden: frozenset[int]
) -> set[tuple[int, int]]:
    """Pairs of shown nodes with a way between them through hidden nodes alone, one at least.

    Cost: O(n × m).
    """
    found = set()
    for start in range(len(kinds)):
        if kinds[start] in hidden:
            continue
        inside: set[int] = set()
        waiting = [start]
        while waiting:
            here = waiting.pop()
            for source, target in links:
                if source != here:
                    continue
                if kinds[target] in hidden:
                    if target not in inside:
                        inside.add(target)
                        waiting.append(target)
                elif here != start and target != start:
                    found.add((start, target))
    return found - set(links)
