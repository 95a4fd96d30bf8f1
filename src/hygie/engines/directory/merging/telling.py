"""Which facts does one export tell at all?"""

from collections.abc import Iterator

import numpy as np

from hygie.engines.directory.facts import UNKNOWN, DirectoryFacts
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Instant, ObjectKind

TRUSTS = "TRUSTS"
"""The name under which the trusts of the domains are told."""


def told_by(facts: DirectoryFacts) -> Iterator[str]:
    """Names of the flags, instants, numbers, texts, relations and kinds with at least one value.

    Cost: O(n + m).
    """
    bits = int(np.bitwise_or.reduce(facts.known)) if len(facts) else 0
    for flag in Flag:
        if bits >> flag & 1:
            yield flag.name
    for instant in Instant:
        if (facts.instants[instant] != UNKNOWN).any():
            yield instant.name
    for number, column in facts.numbers.items():
        if (column != UNKNOWN).any():
            yield number.name
    for text, values in facts.texts.items():
        if values:
            yield text.name
    edges = np.flatnonzero(np.bincount(facts.edges.kind, minlength=1))
    yield from (kind.name for kind in EdgeKind if kind in edges)
    kinds = np.flatnonzero(np.bincount(facts.kind, minlength=1))
    yield from (kind.name for kind in ObjectKind if kind in kinds and kind != ObjectKind.OTHER)
    if facts.trusts:
        yield TRUSTS
