"""Which parts of a loss, as small as can be, suffice to fail a node?"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.below import Below, below, reached_below, with_targets
from hygie.engines.dependency.checks import as_nodes
from hygie.engines.dependency.scenarios import LANES, loss_blocks, scenario_words
from hygie.engines.dependency.types import (
    BoolArray,
    CompiledNeeds,
    DependencyError,
    IntArray,
    WordArray,
)
from hygie.engines.dependency.weak_points import alone_or_weakening, failing_pairs, lanes_of

_EFFORT = 3_000
_MOST_PAIRS = 1_000_000
_BATCH = 512
_ITSELF = 0


@dataclass(frozen=True, slots=True)
class CauseSets:
    """Minimal sets of losses that suffice to fail a node.

    Attributes:
        sets: nodes ascending, by size and then by nodes; no set contains another one.
        is_complete: there is no other one, of the size asked for; False = there may be.
    """

    sets: list[tuple[int, ...]]
    is_complete: bool


def cause_sets(
    compiled: CompiledNeeds,
    lost: NDArray[np.integer],
    node: int,
    *,
    full: bool = False,
    most: int = 20,
    largest: int | None = None,
    effort: int = _EFFORT,
) -> CauseSets:
    """Find the minimal parts of a loss that suffice to stop a node.

    Args:
        compiled: needs of n nodes.
        lost: nodes lost, in any order.
        node: whose failing is to be told.
        full: its full service, instead of service.
        most: how many sets are wanted.
        largest: how many nodes the largest set wanted has; None = any number.
        effort: how many sets of three nodes and more may be looked at, before giving up the proof
            that no other exists.

    Returns:
        The sets, proven: each fails the node, and none does without one of its nodes. None when the
        whole loss does not fail it. Single losses come first, the nearest ones of them when there
        are more than `most`, then pairs, then larger sets.

    Raises:
        DependencyError: a node is not there; `most` or `largest` is below 1; or the proof failed,
            which would be a defect of this engine.

    Cost: the part of the map below the node is evaluated for each lost node in it, for pairs (while
        there are less than a million) of those that can matter, and for up to `effort` sets more.
    Source: hitting sets as Reiter 1987; shrinking by the element of transition, as for minimal
        unsatisfiable subsets, Marques-Silva et al. 2013; docs/engines/dependency.md §5.
    """
    if most < 1 or (largest is not None and largest < 1):
        raise DependencyError(f"most {most}, largest {largest}: at least 1 is wanted")
    part, targets = with_targets(below(compiled, node, full=full))
    size = part.compiled.needs.nodes if largest is None else largest
    tried = part.numbers(as_nodes(compiled.needs.nodes, lost))
    alone, weakens = alone_or_weakening(part, tried)
    single = [(each,) for each in tried[alone].tolist()]
    search = _Search(part, tried[weakens & ~alone], most - len(single), size, effort)
    is_complete = search.run(targets)
    found = [*single, *sorted(search.found(), key=len)][:most]
    _prove(part, found)
    named = (tuple(sorted(part.nodes[list(each)].tolist())) for each in found)
    return CauseSets(sorted(named, key=lambda each: (len(each), each)), is_complete)


def _prove(part: Below, found: Sequence[tuple[int, ...]]) -> None:
    """Try again each set, which must fail the node, and each without one of its nodes."""
    smaller = [each[:i] + each[i + 1 :] for each in found for i in range(len(each))]
    tried = [*found, *smaller]
    indptr = np.cumsum([0, *(len(each) for each in tried)])
    member = np.fromiter(chain.from_iterable(tried), np.int32)
    place = 0
    for block in loss_blocks(part.compiled.needs.nodes, indptr, member):
        for fails in lanes_of(~part.standing(block.failed)[_ITSELF])[: block.count]:
            if fails != (place < len(found)):
                raise DependencyError(f"{tried[place]} contradicts that sets of causes are minimal")
            place += 1


@dataclass
class _Search:
    """Search of minimal sets of two nodes and more. A set is a number: bit i = the ith of `rest`.

    Attributes:
        part: the map below the node.
        rest: (k,) numbers of the lost nodes that do not suffice alone but may with others,
            the nearest first.
        room: how many sets are still wanted.
        largest: how many nodes a wanted set has at most.
        effort: how many more sets may be looked at.
        known: minimal sets found, those larger than wanted included.
    """

    part: Below
    rest: IntArray
    room: int
    largest: int
    effort: int
    known: list[int] = field(default_factory=list)

    def found(self) -> Iterator[tuple[int, ...]]:
        """The wanted sets found, as numbers of the map."""
        for each in self.known:
            if each.bit_count() <= self.largest:
                yield tuple(int(self.rest[i]) for i in _bits(each))

    def run(self, targets: IntArray) -> bool:
        """Search; tells whether nothing else is to be found."""
        everything = (1 << len(self.rest)) - 1
        standing = self._standing([everything])
        if self.largest == 1 or not self._fails(standing, _ITSELF)[0]:
            return self.room >= 0
        if self.room <= 0:
            return False
        if len(self.rest) * (len(self.rest) - 1) // 2 <= _MOST_PAIRS:
            place = {number: i for i, number in enumerate(self.rest.tolist())}
            pairs = islice(failing_pairs(self.part, self.rest), self.room + 1)
            self.known = [1 << place[one] | 1 << place[other] for one, other in pairs]
            if self.largest == 2 or len(self.known) > self.room:
                return len(self.known) <= self.room
        failing = [each for each in targets.tolist() if self._fails(standing, each)[0]]
        return self._search({target: self._scope(target) for target in failing})

    def _search(self, scopes: dict[int, int]) -> bool:
        """Find the sets that fail one of the targets; tells whether all are known.

        Of the losses below a target (`scopes`), some are put back (`back`): one of each known set.
        Where the target then stands, it has no other set there, nor with more put back. Targets
        take turns, so that none uses up the effort of all.
        """
        closed: dict[int, list[int]] = {target: [] for target in scopes}
        waiting = deque((target, 0) for target in scopes)
        seen = set(waiting)
        while waiting:
            turn = [waiting.popleft() for _ in range(min(len(waiting), _BATCH))]
            self.effort -= len(turn)
            if self.effort < 0:
                return False
            turn = [
                (target, back)
                for target, back in turn
                if not any(back & each == each for each in closed[target])
            ]
            if not turn:
                continue
            standing = self._standing([scopes[target] & ~back for target, back in turn])
            fails = {target: self._fails(standing, target) for target in {each for each, _ in turn}}
            for lane, (target, back) in enumerate(turn):
                if not fails[target][lane]:
                    closed[target].append(back)
                    continue
                missed = self._missed(scopes[target] & ~back)
                more = [(target, back | 1 << i) for i in _bits(missed)]
                waiting.extend(each for each in more if each not in seen)
                seen.update(more)
            if sum(each.bit_count() <= self.largest for each in self.known) > self.room:
                return False
        return True

    def _missed(self, left: int) -> int:
        """A known set within these losses, which fail the node; else a new one, known from now."""
        for each in self.known:
            if each & left == each:
                return each
        self.known.append(self._shrunk(left))
        return self.known[-1]

    def _shrunk(self, losses: int) -> int:
        """A minimal set within some losses that fail the node, of the nearest ones if possible.

        With losses added one by one, the one at which the node fails belongs to every set within
        those added so far; then the others are added again, after it.
        """
        kept = 0
        while True:
            order = list(_bits(losses))
            added = [kept]
            for i in order:
                added.append(added[-1] | 1 << i)
            first = int(np.argmax(self._fails(self._standing(added), _ITSELF)))
            if first == 0:
                return kept
            kept |= 1 << order[first - 1]
            losses = added[first - 1] & ~kept

    def _scope(self, target: int) -> int:
        """The losses below a target."""
        needs = self.part.compiled.needs
        skip = np.zeros(len(needs.stops), np.bool_)
        distance, _ = reached_below(needs, skip, np.array([target], np.int32))
        return sum(1 << i for i in np.flatnonzero(distance[self.rest] >= 0).tolist())

    def _standing(self, sets: Sequence[int]) -> WordArray:
        """Evaluate one scenario for each set."""
        octets = -(-len(self.rest) // 8)
        rows = np.frombuffer(b"".join(each.to_bytes(octets, "little") for each in sets), np.uint8)
        bits = np.unpackbits(
            rows.reshape(len(sets), octets), axis=1, bitorder="little", count=len(self.rest)
        )
        words = scenario_words(len(sets))
        lanes = np.zeros((len(self.rest), LANES * words), np.uint8)
        lanes[:, : len(sets)] = bits.T
        failed = np.zeros((self.part.compiled.needs.nodes, words), np.uint64)
        failed[self.rest] = np.packbits(lanes, axis=1, bitorder="little").view(np.uint64)
        return self.part.standing(failed)

    @staticmethod
    def _fails(standing: WordArray, number: int) -> BoolArray:
        return lanes_of(~standing[number])


def _bits(number: int) -> Iterator[int]:
    """Positions of the bits of a number, ascending."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
