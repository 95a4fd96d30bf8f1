"""Is what is asked about this map: its nodes, words for each of them, minutes?"""

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.types import (
    DependencyError,
    FloatArray,
    IntArray,
    LongArray,
    WordArray,
)


def as_plane(name: str, words: WordArray, nodes: int) -> WordArray:
    """Check that there is a row of words for each node, and give them contiguous.

    Raises:
        DependencyError: another type or shape.
    """
    given = np.asarray(words)
    if given.dtype != np.uint64 or given.ndim != 2 or len(given) != nodes:
        raise DependencyError(
            f"{name}: {given.dtype} of shape {given.shape}, not words of {nodes} nodes"
        )
    return np.ascontiguousarray(given)


def as_nodes(nodes: int, member: NDArray[np.integer]) -> IntArray:
    """Check that these are nodes, and give them as the kernels read them.

    Raises:
        DependencyError: the first one that is not there.
    """
    given = np.asarray(member)
    if given.ndim != 1 or (given.size and given.dtype.kind not in "iu"):
        raise DependencyError(
            f"lost nodes: {given.dtype} of shape {given.shape}, not whole numbers"
        )
    wrong = np.flatnonzero((given < 0) | (given >= nodes))
    if len(wrong):
        raise DependencyError(
            f"lost node {given[wrong[0]]} at position {wrong[0]}, of {nodes} nodes"
        )
    return np.ascontiguousarray(given, np.int32)


def as_rows(
    nodes: int, indptr: NDArray[np.integer], member: NDArray[np.integer]
) -> tuple[LongArray, IntArray]:
    """Check rows of nodes, and give them as the kernels read them.

    Raises:
        DependencyError: pointers that do not rise from 0 to the number of members, or a node that
            is not there.
    """
    pointer = np.ascontiguousarray(indptr, np.int64)
    members = as_nodes(nodes, member)
    if (
        not len(pointer)
        or pointer[0]
        or pointer[-1] != len(members)
        or (np.diff(pointer) < 0).any()
    ):
        raise DependencyError(f"indptr: must rise from 0 to {len(members)}, the number of members")
    return pointer, members


def as_minutes(minute: NDArray[np.generic], length: int) -> FloatArray:
    """Check minutes: one for each, 0 or more, inf allowed.

    Raises:
        DependencyError: another length, or the first that is not a minute.
    """
    given = np.ascontiguousarray(minute, np.float64)
    if given.shape != (length,):
        raise DependencyError(f"minutes of shape {given.shape} for {length} losses")
    wrong = np.flatnonzero(~(given >= 0))
    if len(wrong):
        raise DependencyError(
            f"minute {given[wrong[0]]} at position {wrong[0]}: 0 or more is wanted"
        )
    return given
