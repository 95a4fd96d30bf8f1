"""What does each of many losses cost?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.evaluate import evaluate
from hygie.engines.dependency.scenarios import loss_blocks, lost_weight
from hygie.engines.dependency.types import CompiledNeeds, FloatArray, LongArray


@dataclass(frozen=True, slots=True)
class LossWeights:
    """What each loss costs.

    Attributes:
        stopped: (S,) weight of the nodes without service.
        degraded: (S,) weight of the nodes that keep some service, but not all of it.
    """

    stopped: FloatArray
    degraded: FloatArray


def weigh_losses(
    compiled: CompiledNeeds,
    indptr: LongArray,
    member: NDArray[np.integer],
    weight: NDArray[np.generic],
) -> LossWeights:
    """Weigh what each of many losses stops and degrades.

    Args:
        compiled: needs of n nodes.
        indptr, member: S losses as rows of nodes, as `pack_lists`.
        weight: (n,) finite.

    Returns:
        Two weights for each loss.

    Raises:
        DependencyError: as `pack_scenarios` and `lost_weight`.

    Cost: as `evaluate` and `lost_weight`, some 50 MB at a time whatever S.
    """
    losses = len(indptr) - 1
    answer = LossWeights(np.empty(losses), np.empty(losses))
    for block in loss_blocks(compiled.needs.nodes, indptr, member):
        found = evaluate(compiled, block.failed)
        part = slice(block.first, block.first + block.count)
        stopped = lost_weight(found.up, weight, block.count)
        answer.stopped[part] = stopped
        if found.full is found.up:
            answer.degraded[part] = 0.0
        else:
            answer.degraded[part] = lost_weight(found.full | ~found.up, weight, block.count)
    return answer
