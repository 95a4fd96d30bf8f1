"""What does a worker need to play runs of an attack: arrays alone, made once?"""

from dataclasses import dataclass

import numpy as np

from hygie.engines.dependency.build import compile_needs
from hygie.engines.dependency.types import BoolArray, CompiledNeeds, FloatArray, IntArray
from hygie.engines.estate.types import EstateMap
from hygie.engines.propagation.entries import WeightedEntries
from hygie.engines.propagation.timed import horizon_steps
from hygie.engines.propagation.types import Detection, ShortArray, SpreadGraph
from hygie.engines.ransomware.entries import Entry, doors
from hygie.engines.ransomware.needs import needs_of
from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.ranking import care_weight
from hygie.engines.ransomware.recovery import Recovery, recovery_of
from hygie.engines.ransomware.ways import AttackGraph, Role

DAYS_60_H = 1440.0
"""Horizon when none is asked for: what a hospital needs to come back from the worst."""

_BINS = 120


@dataclass(frozen=True)
class Scene:
    """A map, an attack on it, and who watches: what is the same in all runs.

    Attributes:
        spread: N nodes, the first n of them assets.
        entries: where runs start.
        detection: who notices; None = nobody ever does.
        compiled: needs of the n assets. recovery: from what they come back.
        care: (c,) nodes of the care activities; weight: (c,) what each is worth.
        is_lost: (n,) no longer serves once taken and encrypted.
        is_launch: (N,) stages at which the attacker encrypts.
        encryption_steps: from the launch to the loss. contain_steps: from alert to containment.
        touched: share of what the attacker commands that he steps on before he launches.
        horizon_h: after which nothing is looked at.
        bin_of_step: (horizon + 1,) bin of time of each step; bin_step: (b,) last step of each bin.
    """

    spread: SpreadGraph
    entries: WeightedEntries
    detection: Detection | None
    compiled: CompiledNeeds
    recovery: Recovery
    care: IntArray
    weight: FloatArray
    is_lost: BoolArray
    is_launch: BoolArray
    encryption_steps: int
    contain_steps: int
    touched: float
    horizon_h: float
    bin_of_step: ShortArray
    bin_step: IntArray

    @property
    def assets(self) -> int:
        """Number of assets, n."""
        return len(self.is_lost)


def scene_of(
    estate: EstateMap,
    attack: AttackGraph,
    entry: Entry | None = None,
    *,
    compiled: CompiledNeeds | None = None,
    watched: bool = True,
    detection: Detection | None = None,
    horizon_h: float = DAYS_60_H,
) -> Scene:
    """Put a map, its attack and its needs together.

    Args:
        estate: the map. attack: as `attack_graph` reads it from that map.
        entry: the door; any when None.
        compiled: the map's needs, compiled; made here when None.
        watched: False when nobody ever notices anything.
        detection: who notices, in place of what the parameters say.
        horizon_h: hours looked at, at most 8,191.

    Returns:
        The scene.

    Raises:
        RansomwareError: the map has no such door, no care activity, or other needs than its own.
        PropagationError: a horizon that is none.

    Cost: as `needs_of` when needs are not given, then O(assets + links).
    """
    numbers = attack.numbers
    if not len(numbers.care):
        raise RansomwareError("the map has no care activity in service: nothing can be lost")
    needs = compiled or compile_needs(needs_of(estate, attack.values).needs)
    if needs.needs.nodes != numbers.nodes:
        raise RansomwareError(f"needs of {needs.needs.nodes} assets, for {numbers.nodes} assets")
    seen = (detection or attack.detection) if watched else None
    spread = attack.spread
    horizon = horizon_steps(spread, horizon_h)
    bin_step = np.unique(np.rint(np.geomspace(1, max(horizon, 1), _BINS)).astype(np.int32) - 1)
    bin_step = np.unique(np.append(bin_step, horizon)).astype(np.int32)
    bin_of_step = np.searchsorted(bin_step, np.arange(horizon + 1)).astype(np.int16)
    return Scene(
        spread=spread,
        entries=doors(estate, attack, entry or Entry()),
        detection=seen,
        compiled=needs,
        recovery=recovery_of(estate, numbers, needs, attack.values, attack.shield),
        care=numbers.care,
        weight=care_weight(numbers, attack.values),
        is_lost=attack.is_lost,
        is_launch=attack.role == Role.LAUNCH,
        encryption_steps=round(attack.values["encryption_h"] / spread.step_h),
        contain_steps=round(seen.contain_h / spread.step_h) if seen else 0,
        touched=attack.values["touched"],
        horizon_h=float(horizon_h),
        bin_of_step=bin_of_step,
        bin_step=bin_step,
    )
