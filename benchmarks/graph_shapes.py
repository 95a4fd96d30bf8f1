"""On which graphs are the graph engines measured? Seeded, the same on every machine."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int32]
_SEED = 20260901
_TARGETS = 50


@dataclass(frozen=True, slots=True)
class Shape:
    """n nodes, m edges (`source`, `target`), and the nodes to protect."""

    n: int
    source: IntArray
    target: IntArray
    targets: IntArray


def uniform(n: int, m: int) -> Shape:
    """Both ends of every edge anywhere; 50 targets anywhere."""
    chance = np.random.default_rng(_SEED)
    source, target = (chance.integers(0, n, m, dtype=np.int32) for _ in range(2))
    return Shape(n, source, target, np.sort(chance.choice(n, _TARGETS, False)).astype(np.int32))


def directory(n: int) -> Shape:
    """The shape of an Active Directory: 15 % groups, 60 % users, 25 % computers; 9.2 edges a node.

    The first 50 groups are tier 0. Nothing leads into them but 56 planted rights: what a directory
    looks like that is kept well in the main.
    """
    chance = np.random.default_rng(_SEED)
    groups, users = n * 15 // 100, n * 60 // 100
    computers = n - groups - users
    first_user, first_computer = groups, groups + users

    def group(count: int) -> IntArray:
        """Some groups are much larger than others; never one of tier 0."""
        drawn = chance.random(count) ** 3 * (groups - _TARGETS)
        return (_TARGETS + drawn).astype(np.int32)

    def user(count: int) -> IntArray:
        return chance.integers(first_user, first_computer, count, dtype=np.int32)

    def computer(count: int) -> IntArray:
        return chance.integers(first_computer, n, count, dtype=np.int32)

    member = np.repeat(np.arange(first_user, n, dtype=np.int32), 6)
    inner = np.repeat(np.arange(_TARGETS + 1, groups, dtype=np.int32), 2)
    parts = [
        (member, group(len(member))),  # member of
        (inner, (_TARGETS + chance.random(len(inner)) * (inner - _TARGETS)).astype(np.int32)),
        (group(computers * 5), np.repeat(np.arange(first_computer, n, dtype=np.int32), 5)),
        (computer(users * 2), user(users * 2)),  # where somebody has logged on
        (group(n // 2), user(n // 2)),  # rights over objects
        (user(n // 4), group(n // 4)),
        (group(n // 2), group(n // 2)),
        (chance.integers(_TARGETS, n, 56, dtype=np.int32),
         chance.integers(0, _TARGETS, 56, dtype=np.int32)),
    ]  # fmt: skip
    source, target = (np.concatenate(ends) for ends in zip(*parts, strict=True))
    return Shape(n, source, target, np.arange(_TARGETS, dtype=np.int32))
