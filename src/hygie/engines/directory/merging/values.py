"""How are dated facts, numbers and texts of several exports laid over one another?"""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from hygie.engines.directory.facts import UNKNOWN, DirectoryFacts, IntArray, LongArray
from hygie.engines.directory.merging.layers import Layer, last_told
from hygie.engines.directory.merging.ledger import Ledger
from hygie.engines.directory.verdicts import Contradiction
from hygie.engines.directory.vocabulary import Instant, Number, Text

TextValues = dict[Text, dict[int, str | tuple[str, ...]]]


def merged_instants(layers: Sequence[Layer], count: int, ledger: Ledger) -> LongArray:
    """The dated facts, (len(Instant), count).

    A later password or logon in a later export is life, not a contradiction; a password or a
    creation that goes back in time is one. Of logons the latest stays.
    """
    rows = np.full((len(Instant), count), UNKNOWN, np.int64)
    for position, layer in enumerate(layers):
        for instant in Instant:
            row, new = rows[instant], layer.facts.instants[instant]
            old = row[layer.index]
            is_told = new != UNKNOWN
            if instant == Instant.LAST_LOGON:
                row[layer.index] = np.maximum(old, new)
                continue
            is_clash = is_told & (old != UNKNOWN)
            is_clash &= new < old if instant != Instant.CREATED else new != old
            _note(ledger, layers, position, instant, np.flatnonzero(is_clash), new, old)
            row[layer.index[is_told]] = new[is_told]
    return rows


def merged_numbers(layers: Sequence[Layer], count: int, ledger: Ledger) -> dict[Number, IntArray]:
    """The number columns that some export tells, (count,) each."""
    columns: dict[Number, IntArray] = {}
    for position, layer in enumerate(layers):
        for number, new in layer.facts.numbers.items():
            column = columns.get(number)
            if column is None:
                column = columns[number] = np.full(count, UNKNOWN, np.int32)
            old = column[layer.index]
            is_told = new != UNKNOWN
            is_clash = is_told & (old != UNKNOWN) & (new != old)
            _note(ledger, layers, position, number, np.flatnonzero(is_clash), new, old)
            column[layer.index[is_told]] = new[is_told]
    return columns


def merged_texts(layers: Sequence[Layer], ledger: Ledger) -> TextValues:
    """The texts; two of them that differ by case or order alone do not contradict each other."""
    texts: TextValues = {}
    for position, layer in enumerate(layers):
        index = layer.index.tolist()
        for text, values in layer.facts.texts.items():
            known = texts.setdefault(text, {})
            clashes = [
                (index[at], value, known[index[at]])
                for at, value in values.items()
                if (old := known.get(index[at], value)) != value and _folded(value) != _folded(old)
            ]
            ledger.note(
                (
                    Contradiction(
                        place,
                        text.name,
                        _shown(new),
                        layer.place,
                        _shown(old),
                        last_told(layers[:position], place, partial(_knows_text, text)),
                    )
                    for place, new, old in clashes
                ),
                len(clashes),
            )
            known.update(zip(map(index.__getitem__, values), values.values(), strict=True))
    return texts


def _note(
    ledger: Ledger,
    layers: Sequence[Layer],
    position: int,
    fact: Instant | Number,
    clashes: LongArray,
    new: LongArray | IntArray,
    old: LongArray | IntArray,
) -> None:
    ledger.note(_clashes(layers, position, fact, clashes, new, old), len(clashes))


def _clashes(
    layers: Sequence[Layer],
    position: int,
    fact: Instant | Number,
    clashes: LongArray,
    new: LongArray | IntArray,
    old: LongArray | IntArray,
) -> Iterator[Contradiction]:
    layer = layers[position]
    for at in clashes:
        place = int(layer.index[at])
        older = last_told(layers[:position], place, partial(_knows_value, fact))
        yield Contradiction(
            place, fact.name, str(int(new[at])), layer.place, str(int(old[at])), older
        )


def _knows_value(fact: Instant | Number, facts: DirectoryFacts, place: int) -> bool:
    if isinstance(fact, Instant):
        return bool(facts.instants[fact][place] != UNKNOWN)
    return bool(facts.number(fact)[place] != UNKNOWN)


def _knows_text(text: Text, facts: DirectoryFacts, place: int) -> bool:
    return place in facts.texts.get(text, {})


def _folded(value: str | tuple[str, ...]) -> tuple[str, ...]:
    values = (value,) if isinstance(value, str) else value
    return tuple(sorted(part.casefold() for part in values))


def _shown(value: str | tuple[str, ...]) -> str:
    return (value if isinstance(value, str) else "; ".join(value))[:200]
