"""How do facts, and who reaches what, become plain arrays that can be stored and read in part?

A text column becomes one block of bytes and its offsets: a page that needs three names of a million
reads three slices. Nothing is pickled, so reading a pack runs nothing.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from hygie.engines.directory.facts import DirectoryFacts, EdgeTable, LongArray, Trust
from hygie.engines.directory.verdicts import Exposure
from hygie.engines.directory.vocabulary import Number, Text

Arrays: TypeAlias = Mapping[str, NDArray[Any]]
Packed: TypeAlias = dict[str, NDArray[Any]]

_PLAIN = ("kind", "authority", "rid", "domain", "known", "value", "instants")
_EDGES = ("source", "target", "kind", "flags")
_COUNTS = (
    "users", "exposed_users", "computers", "exposed_computers", "any_user_exposed", "hosts",
    "unknown_hosts",
)  # fmt: skip


class TextColumn(Sequence[str]):
    """Texts read one by one from a block of UTF-8 bytes; `offsets` (n+1,) in bytes."""

    def __init__(self, block: NDArray[np.uint8], offsets: LongArray) -> None:
        self._block = block
        self._offsets = offsets

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        index %= len(self)
        start, end = self._offsets[index], self._offsets[index + 1]
        return self._block[start:end].tobytes().decode("utf-8", "replace")

    def matching(self, words: str, most: int) -> list[int]:
        """Positions of the texts that contain these words, case aside, in order.

        Args:
            words: searched as they are, not as a pattern. most: stop after so many.

        Cost: one pass over the bytes for each case that letters beyond ASCII may take, two at most.
        """
        # Lower case of ASCII keeps every offset; other letters are tried in both their cases.
        wanted = {
            form.encode("utf-8", "replace").lower() for form in (words.upper(), words.lower())
        }
        block = self._block.tobytes().lower()
        found = {at for form in wanted if form for at in self._holding(block, form, most)}
        return sorted(found)[:most]

    def _holding(self, block: bytes, wanted: bytes, most: int) -> list[int]:
        found: list[int] = []
        at = block.find(wanted)
        while at >= 0 and len(found) < most:
            position = int(np.searchsorted(self._offsets, at, "right")) - 1
            end = int(self._offsets[position + 1])
            if at + len(wanted) <= end:
                found.append(position)
                at = block.find(wanted, end)
            else:
                at = block.find(wanted, at + 1)
        return found


def facts_pack(facts: DirectoryFacts) -> Packed:
    """The facts as named arrays.

    Cost: O(n + m), about the size of the facts.
    """
    packed: Packed = {f"facts.{name}": getattr(facts, name) for name in _PLAIN}
    packed |= text_column("facts.identifiers", facts.identifiers)
    packed |= text_column("facts.names", facts.names)
    for number, column in facts.numbers.items():
        packed[f"number.{number}"] = column
    for text, values in facts.texts.items():
        packed[f"text.{text}.at"] = np.fromiter(values.keys(), np.int32, len(values))
        packed[f"text.{text}.several"] = np.array(
            [isinstance(one, tuple) for one in values.values()], np.bool_
        )
        packed |= text_column(f"text.{text}", map(_joined, values.values()))
    packed |= {f"stated.{name}": getattr(facts.edges, name) for name in _EDGES}
    packed["facts.trusts"] = _json_array([asdict(trust) for trust in facts.trusts])
    packed["facts.collected_on"] = np.array([facts.collected_on], np.int64)
    return packed


def facts_unpack(arrays: Arrays, objects: int | None = None) -> DirectoryFacts:
    """The facts back from their arrays; the inverse of `facts_pack`.

    Args:
        arrays: as packed. objects: keep the first so many, all when None: facets stand after the
            objects, and nothing stated speaks of them.
    """
    kept = slice(objects)
    return DirectoryFacts(
        identifiers=column_of(arrays, "facts.identifiers")[kept],
        names=column_of(arrays, "facts.names")[kept],
        **{name: arrays[f"facts.{name}"][..., kept] for name in _PLAIN},
        numbers={
            number: arrays[f"number.{number}"][kept]
            for number in Number
            if f"number.{number}" in arrays
        },
        texts={
            text: dict(
                zip(
                    arrays[f"text.{text}.at"].tolist(),
                    map(
                        _parted,
                        column_of(arrays, f"text.{text}"),
                        arrays[f"text.{text}.several"].tolist(),
                    ),
                    strict=True,
                )
            )
            for text in Text
            if f"text.{text}.at" in arrays
        },
        edges=EdgeTable(*(arrays[f"stated.{name}"] for name in _EDGES)),
        trusts=tuple(Trust(**one) for one in _json_value(arrays["facts.trusts"])),
        collected_on=int(arrays["facts.collected_on"][0]),
    )


def exposure_pack(exposure: Exposure) -> Packed:
    """Who reaches what, as named arrays."""
    packed: Packed = {
        "exposure.distance": exposure.distance,
        "exposure.step": exposure.step,
        "exposure.tier_zero": exposure.tier_zero,
        "exposure.counts": np.array([getattr(exposure, name) for name in _COUNTS], np.int64),
        "exposure.by_kind": np.array(sorted(exposure.by_kind.items()), np.int64).reshape(-1, 2),
    }
    return packed | {f"walked.{name}": getattr(exposure.edges, name) for name in _EDGES}


def exposure_unpack(arrays: Arrays) -> Exposure:
    """The exposure back from its arrays; the inverse of `exposure_pack`."""
    counts = dict(zip(_COUNTS, arrays["exposure.counts"].tolist(), strict=True))
    counts["any_user_exposed"] = bool(counts["any_user_exposed"])
    return Exposure(
        distance=arrays["exposure.distance"],
        step=arrays["exposure.step"],
        tier_zero=arrays["exposure.tier_zero"],
        edges=EdgeTable(*(arrays[f"walked.{name}"] for name in _EDGES)),
        by_kind=dict(arrays["exposure.by_kind"].tolist()),
        **counts,
    )


def text_column(name: str, values: Iterable[str]) -> Packed:
    """Two arrays, `name` and `name.offsets`, for a column of texts."""
    pieces = [value.encode("utf-8", "replace") for value in values]
    offsets = np.zeros(len(pieces) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)), out=offsets[1:])
    return {name: np.frombuffer(b"".join(pieces), np.uint8), f"{name}.offsets": offsets}


def column_of(arrays: Arrays, name: str) -> TextColumn:
    """A column of texts, read where it is looked at."""
    return TextColumn(arrays[name], arrays[f"{name}.offsets"])


def _joined(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _parted(text: str, several: bool) -> str | tuple[str, ...]:
    return tuple(json.loads(text)) if several else text


def _json_array(value: Any) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(value).encode(), np.uint8)


def _json_value(array: NDArray[Any]) -> Any:
    return json.loads(array.tobytes())
