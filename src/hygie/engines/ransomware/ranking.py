"""Which losses cost most care, how soon, and what is that worth?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.evaluate import evaluate
from hygie.engines.dependency.scenarios import loss_blocks, unpack_scenarios
from hygie.engines.dependency.times import stop_times_runs
from hygie.engines.dependency.types import CompiledNeeds, FloatArray, LongArray
from hygie.engines.ransomware.losses import Loss
from hygie.engines.ransomware.nodes import BoolArray, IntArray, Numbering
from hygie.engines.ransomware.parameters import Parameters

Progress: TypeAlias = Callable[[int, int], None]


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
    indptr, member = _rows([loss.nodes for loss in losses])
    for block in loss_blocks(compiled.needs.nodes, indptr, member):
        stands = evaluate(compiled, block.failed)
        up = unpack_scenarios(stands.up[care], block.count)
        full = unpack_scenarios(stands.full[care], block.count)
        part = slice(block.first, block.first + block.count)
        stopped[part], degraded[part] = ~up.T, (up & ~full).T
        if progress:
            progress(part.stop, len(losses))
    earliest = _earliest(compiled, care, losses, stopped | degraded)
    heavy, light = stopped @ weight, degraded @ weight
    order = np.lexsort((np.arange(len(losses)), earliest, -light, -heavy))
    return Ranking(tuple(losses), care, weight, stopped, degraded, heavy, light, earliest, order)


def _earliest(
    compiled: CompiledNeeds, care: IntArray, losses: Sequence[Loss], touches: BoolArray
) -> FloatArray:
    answer = np.full(len(losses), np.inf)
    touched = np.flatnonzero(touches.any(axis=1)).tolist()
    if not touched:
        return answer
    indptr, node = _rows([losses[i].nodes for i in touched])
    stops_at, degrades_at = stop_times_runs(compiled, indptr, node, np.zeros(len(node)), care)
    stops = stops_at.min(axis=1, initial=np.inf)
    answer[touched] = np.where(np.isfinite(stops), stops, degrades_at.min(axis=1, initial=np.inf))
    return answer


def _rows(sets: Sequence[IntArray]) -> tuple[LongArray, IntArray]:
    indptr = np.zeros(len(sets) + 1, np.int64)
    np.cumsum([len(each) for each in sets], out=indptr[1:])
    return indptr, np.concatenate([np.zeros(0, np.int32), *sets]).astype(np.int32)
