"""How far does a ransomware go, which care stops, for how long, and how sure is that?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np

from hygie.engines.dependency.types import FloatArray
from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.outcomes import (
    CareOutcome,
    Rehearsal,
    mean_and_half,
    mean_of,
    share_of,
    times_of,
    wilson,
)
from hygie.engines.ransomware.play import Tally, Total, play_block
from hygie.engines.ransomware.scene import Scene

BLOCK_RUNS = 512
"""Runs that are played together: what bounds memory."""

Progress: TypeAlias = Callable[[int, int], None]
Block: TypeAlias = tuple[int, int]
"""First run, and how many."""

Sharing: TypeAlias = Callable[[Callable[[int, int], Tally], Sequence[Block]], Iterable[Tally]]
"""Plays blocks wherever it likes, and gives their tallies in the order of the blocks."""

_LEVELS = (5, 25, 50, 75, 95)


def rehearse(
    scene: Scene,
    runs: int,
    seed: int,
    *,
    progress: Progress | None = None,
    sharing: Sharing | None = None,
    block_runs: int = BLOCK_RUNS,
) -> Rehearsal:
    """Play an attack many times, and tell what it does.

    Args:
        scene: the map, the attack and who watches, see `scene_of`.
        runs: how many times, 1 or more.
        seed: of the draws, any whole number: the same seed meets the same chance whatever the
            scene, as long as it is of the same map.
        progress: told (runs done, runs); what it raises ends the rehearsal.
        sharing: plays blocks on other threads or machines; one after the other here when None.
        block_runs: runs of a block.

    Returns:
        The rehearsal; the same for any blocks and any sharing.

    Raises:
        RansomwareError: no run is asked for.

    Cost: what the attacks touch, runs times; memory of the blocks under way, and 40 bytes a run.
    Source: docs/engines/ransomware.md §5.
    """
    if runs < 1 or block_runs < 1:
        raise RansomwareError(f"{runs} runs by {block_runs}: neither may be less than 1")
    blocks = [(first, min(block_runs, runs - first)) for first in range(0, runs, block_runs)]
    play = partial(play_block, scene, seed)
    total, done = Total(), 0
    for told, (_, count) in zip((sharing or _in_turn)(play, blocks), blocks, strict=True):
        total.add(told)
        done += count
        if progress:
            progress(done, runs)
    return _rehearsal(scene, runs, seed, total.tally())


def _in_turn(play: Callable[[int, int], Tally], blocks: Sequence[Block]) -> Iterator[Tally]:
    return (play(first, count) for first, count in blocks)


def _rehearsal(scene: Scene, runs: int, seed: int, tally: Tally) -> Rehearsal:
    bin_h: FloatArray = scene.bin_step.astype(np.float64) * scene.spread.step_h
    hours = tally.care_minutes / 60.0
    seen = tally.alert_h < np.inf
    launched = tally.launched_h < np.inf
    levels = np.quantile(tally.stopped, np.array(_LEVELS) / 100, method="inverted_cdf")
    return Rehearsal(
        runs=runs,
        seed=seed,
        horizon_h=scene.horizon_h,
        taken=wilson(tally.taken_bin.sum(axis=1, dtype=np.int64), runs),
        taken_at=times_of(tally.taken_bin, bin_h),
        lost=wilson(tally.lost, runs),
        care=_care(scene, runs, tally, bin_h),
        histogram=np.bincount(tally.stopped, minlength=len(scene.care) + 1).astype(np.int64),
        quantiles=dict(zip(_LEVELS, levels.astype(int).tolist(), strict=True)),
        care_hours=mean_of(hours),
        weighted_hours=mean_of(tally.weighted_minutes / 60.0),
        weight=mean_of(tally.weight),
        launched=share_of(int(launched.sum()), runs),
        alerted=share_of(int(seen.sum()), runs),
        alerted_first=share_of(int((tally.alert_h < tally.launched_h).sum()), runs),
        curve_h=bin_h,
        curve=np.cumsum(tally.taken_bin.sum(axis=0, dtype=np.int64)) / runs,
        convergence=_convergence(hours),
        by_run=hours,
        stopped_by_run=tally.stopped,
    )


def _care(scene: Scene, runs: int, tally: Tally, bin_h: FloatArray) -> CareOutcome:
    mean = tally.minutes / runs
    spread = np.sqrt(np.maximum(tally.squares / runs - mean**2, 0) / max(runs - 1, 1))
    half = 1.959963984540054 * spread
    return CareOutcome(
        node=scene.care,
        stopped=wilson(tally.stop_bin.sum(axis=1, dtype=np.int64), runs),
        stops_at=times_of(tally.stop_bin, bin_h),
        degraded=wilson(tally.degraded, runs),
        hours=mean / 60.0,
        hours_low=np.maximum(mean - half, 0) / 60.0,
        hours_high=(mean + half) / 60.0,
    )


def _convergence(hours: FloatArray) -> tuple[tuple[int, float, float], ...]:
    """The mean and its half width after 1/16, 1/8, … of the runs."""
    counts = sorted({max(2, len(hours) >> shift) for shift in range(5)})
    return tuple((count, *mean_and_half(hours[:count])) for count in counts if count <= len(hours))
