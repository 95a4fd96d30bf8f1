"""How are the columns of several exports laid over one another?"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TypedDict, TypeVar

import numpy as np

from hygie.engines.directory.facts import (
    ABSENT,
    BitArray,
    ByteArray,
    DirectoryFacts,
    IntArray,
    LongArray,
)
from hygie.engines.directory.merging.layers import Layer, last_told
from hygie.engines.directory.merging.ledger import Ledger
from hygie.engines.directory.merging.values import merged_instants, merged_numbers, merged_texts
from hygie.engines.directory.verdicts import Contradiction
from hygie.engines.directory.vocabulary import Flag, Number, ObjectKind, Text

_COLLECTED = (
    Flag.ACES_COLLECTED,
    Flag.MEMBERS_COLLECTED,
    Flag.SESSIONS_COLLECTED,
    Flag.LOCAL_GROUPS_COLLECTED,
    Flag.DOMAIN_COLLECTED,
    Flag.TRUSTS_COLLECTED,
    Flag.RODC_POLICY_COLLECTED,
    Flag.DS_HEURISTICS_COLLECTED,
)
"""Flags that speak of the reading, not of the object: one export that read is enough."""
_READ_BITS = np.uint64(sum(1 << flag for flag in _COLLECTED))
_Column = TypeVar("_Column", ByteArray, LongArray)
_VAGUE_KINDS = (ObjectKind.OTHER, ObjectKind.CONTAINER, ObjectKind.CONFIGURATION)


class Columns(TypedDict):
    """The columns of `DirectoryFacts`, relations and trusts apart."""

    identifiers: list[str]
    names: list[str]
    kind: ByteArray
    authority: ByteArray
    rid: LongArray
    domain: IntArray
    known: BitArray
    value: BitArray
    instants: LongArray
    numbers: dict[Number, IntArray]
    texts: dict[Text, dict[int, str | tuple[str, ...]]]


def merged_columns(identifiers: list[str], layers: Sequence[Layer], ledger: Ledger) -> Columns:
    """Lay the columns, oldest export first.

    Args:
        identifiers: of all objects. layers: oldest first. ledger: receives the contradictions.

    Cost: O(objects of all layers).
    """
    count = len(identifiers)
    known, value = _flags(layers, count, ledger)
    return Columns(
        identifiers=identifiers,
        names=_names(layers, count),
        kind=_kinds(layers, count, ledger),
        authority=_of_identifier(layers, np.zeros(count, np.uint8), "authority"),
        rid=_of_identifier(layers, np.zeros(count, np.int64), "rid"),
        domain=_domains(layers, count),
        known=known,
        value=value,
        instants=merged_instants(layers, count, ledger),
        numbers=merged_numbers(layers, count, ledger),
        texts=merged_texts(layers, ledger),
    )


def _of_identifier(layers: Sequence[Layer], column: _Column, name: str) -> _Column:
    """What follows from the identifier alone is the same in every export."""
    for layer in layers:
        column[layer.index] = getattr(layer.facts, name)
    return column


def _names(layers: Sequence[Layer], count: int) -> list[str]:
    names = [""] * count
    for layer in layers:
        for place, name in zip(layer.index.tolist(), layer.facts.names, strict=True):
            if name:
                names[place] = name
    return names


def _kinds(layers: Sequence[Layer], count: int, ledger: Ledger) -> ByteArray:
    kinds = np.zeros(count, np.uint8)
    told = np.full(count, -1, np.int16)
    for layer in layers:
        new, old = layer.facts.kind, kinds[layer.index]
        is_clash = (new != old) & ~np.isin(new, _VAGUE_KINDS) & ~np.isin(old, _VAGUE_KINDS)
        clashes = np.flatnonzero(is_clash)
        ledger.note(
            (
                Contradiction(
                    int(layer.index[at]),
                    "kind",
                    ObjectKind(new[at]).name,
                    layer.place,
                    ObjectKind(old[at]).name,
                    int(told[layer.index[at]]),
                )
                for at in clashes
            ),
            len(clashes),
        )
        is_told = new != ObjectKind.OTHER
        kinds[layer.index[is_told]] = new[is_told]
        told[layer.index[is_told]] = layer.place
    return kinds


def _domains(layers: Sequence[Layer], count: int) -> IntArray:
    domains = np.full(count, ABSENT, np.int32)
    for layer in layers:
        is_told = layer.facts.domain >= 0
        domains[layer.index[is_told]] = layer.index[layer.facts.domain[is_told]]
    return domains


def _flags(layers: Sequence[Layer], count: int, ledger: Ledger) -> tuple[BitArray, BitArray]:
    known, value = np.zeros(count, np.uint64), np.zeros(count, np.uint64)
    for position, layer in enumerate(layers):
        index, new, told = layer.index, layer.facts.value, layer.facts.known
        before, was = known[index], value[index]
        clash = before & told & (was ^ new) & ~_READ_BITS
        clashes = np.flatnonzero(clash)
        ledger.note(
            _flag_clashes(layers, position, clashes, clash),
            int(np.bitwise_count(clash[clashes]).sum()),
        )
        known[index] = before | told
        value[index] = (was & ~told) | new | (was & _READ_BITS)
    return known, value


def _flag_clashes(
    layers: Sequence[Layer], position: int, clashes: LongArray, clash: BitArray
) -> Iterator[Contradiction]:
    layer = layers[position]
    for at in clashes:
        place = int(layer.index[at])
        for flag in Flag:
            if int(clash[at]) >> flag & 1:
                is_set = bool(int(layer.facts.value[at]) >> flag & 1)
                older = last_told(layers[:position], place, partial(_knows_flag, flag))
                yield Contradiction(
                    place, flag.name, _yes_no(is_set), layer.place, _yes_no(not is_set), older
                )


def _knows_flag(flag: Flag, facts: DirectoryFacts, place: int) -> bool:
    return bool(int(facts.known[place]) >> flag & 1)


def _yes_no(is_set: bool) -> str:
    return "true" if is_set else "false"
