"""Which losses cost most care, how soon, and what is that worth?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.evaluate import evaluate
from hygie.engines.dependency.times import stop_times_runs
from hygie.engines.dependency.types import CompiledNeeds, FloatArray
from hygie.engines.ransomware.losses import Loss
from hygie.engines.ransomware.nodes import BoolArray, IntArray, Numbering
from hygie.engines.ransomware.parameters import Parameters

Progress: TypeAlias = Callable[[int, int], None]
_LANES = 64
_BLOCK_WORDS = 64  # 4,096 losses at once: 7 MB a plane for 14,000 assets


@dataclass(frozen=True)
class Ranking:
    """What each loss costs, by loss (s) and care activity (c).

    Attributes:
        losses: (s,) as asked.
        care: (c,) nodes of the care activities; weight: (c,) what each is worth.
        stopped, degraded: (s, c) which stop in the end, which are only degraded.
        stopped_weight, degraded_weight: (s,) sums of what they are worth.
        earliest_min: (s,) when the first activity stops, else is degraded, minutes; inf = never.
        order: (s,) positions, the heaviest loss first.
    """

    losses: tuple[Loss, ...]
    care: IntArray
    weight: FloatArray
    stopped: BoolArray
    degraded: BoolArray
    stopped_weight: FloatArray
    degraded_weight: FloatArray
    earliest_min: FloatArray
    order: NDArray[np.int64]


def care_weight(numbers: Numbering, values: Parameters) -> FloatArray:
    """What is each care activity worth: the weight of its rank times its patients a day.

    Where nobody said how critical it is, `rank_unknown` stands; where nobody counted patients,
    `patients_unknown`. Never less than one patient: an activity that is stopped is never for free.

    Returns:
        (c,) in the order of `numbers.care`.
    """
    answer = np.empty(len(numbers.care))
    for place, node in enumerate(numbers.care.tolist()):
        care = numbers.assets[node]
        rank = care.criticality if care.criticality is not None else int(values["rank_unknown"])
        patients = care.details.get("patients_per_day")
        count = float(patients) if patients is not None else values["patients_unknown"]
        answer[place] = values[f"rank_weight_{rank}"] * max(count, 1.0)
    return answer


def rank_losses(
    compiled: CompiledNeeds,
    numbers: Numbering,
    losses: Sequence[Loss],
    weight: FloatArray,
    progress: Progress | None = None,
) -> Ranking:
    """Rank losses by the care that they stop, then degrade, then by how soon.

    Args:
        compiled: the needs of the map. numbers: of its assets.
        losses: to compare; each takes nodes of `compiled`.
        weight: (c,) worth of each care activity, see `care_weight`.
        progress: told (losses done, all of them).

    Cost: one evaluation of all losses, 64 a word, then times for those that touch care.
    Source: docs/engines/ransomware.md §2.
    """
    care = numbers.care
    stopped = np.zeros((len(losses), len(care)), np.bool_)
    degraded = np.zeros_like(stopped)
    for first in range(0, len(losses), _BLOCK_WORDS * _LANES):
        block = losses[first : first + _BLOCK_WORDS * _LANES]
        failed = packed([loss.nodes for loss in block], compiled.needs.nodes)
        stands = evaluate(compiled, failed)
        up = lanes(stands.up[care], len(block))
        stopped[first : first + len(block)] = ~up.T
        degraded[first : first + len(block)] = (up & ~lanes(stands.full[care], len(block))).T
        if progress:
            progress(first + len(block), len(losses))
    earliest = _earliest(compiled, care, losses, stopped, degraded)
    heavy, light = stopped @ weight, degraded @ weight
    order = np.lexsort((np.arange(len(losses)), earliest, -light, -heavy))
    return Ranking(tuple(losses), care, weight, stopped, degraded, heavy, light, earliest, order)


def _earliest(
    compiled: CompiledNeeds,
    care: IntArray,
    losses: Sequence[Loss],
    stopped: BoolArray,
    degraded: BoolArray,
) -> FloatArray:
    answer = np.full(len(losses), np.inf)
    touched = np.flatnonzero((stopped | degraded).any(axis=1)).tolist()
    if not touched:
        return answer
    sizes = np.array([len(losses[i].nodes) for i in touched], np.int64)
    indptr = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    node = np.concatenate([losses[i].nodes for i in touched]).astype(np.int32)
    stops_at, degrades_at = stop_times_runs(compiled, indptr, node, np.zeros(len(node)), care)
    stops = stops_at.min(axis=1, initial=np.inf)
    answer[touched] = np.where(np.isfinite(stops), stops, degrades_at.min(axis=1, initial=np.inf))
    return answer


def packed(sets: Sequence[IntArray], nodes: int) -> NDArray[np.uint64]:
    """Write sets of nodes as bits: set s is bit s % 64 of word s // 64.

    Returns:
        (nodes, words) words.
    """
    answer = np.zeros((nodes, -(-len(sets) // _LANES)), np.uint64)
    if sets:
        node = np.concatenate(sets)
        lane = np.repeat(np.arange(len(sets)), [len(one) for one in sets])
        bit = np.uint64(1) << (lane % _LANES).astype(np.uint64)
        np.bitwise_or.at(answer, (node, lane // _LANES), bit)
    return answer


def lanes(words: NDArray[np.uint64], count: int) -> BoolArray:
    """Read bits back: (rows, words) → (rows, count) booleans."""
    octets = np.ascontiguousarray(words.astype("<u8", copy=False)).view(np.uint8)
    return np.unpackbits(octets, axis=1, bitorder="little")[:, :count].astype(np.bool_)
