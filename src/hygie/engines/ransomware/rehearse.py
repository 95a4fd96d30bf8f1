"""How far does a ransomware go, which care stops, for how long, and how sure is that?"""

import numpy as np

from hygie.engines.dependency.types import FloatArray
from hygie.engines.propagation.sharing import Block, Progress, Sharing, blocks_of, share_out
from hygie.engines.propagation.summary import Estimate, mean_interval
from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.outcomes import (
    CareOutcome,
    Rehearsal,
    share_of,
    shares_of,
    times_of,
)
from hygie.engines.ransomware.play import Tally, Total, play_block
from hygie.engines.ransomware.scene import Scene

_LEVELS = (5, 25, 50, 75, 95)
_Z95 = 1.959963984540054
# Assets taken that are under way at once, over all runs played together: some 200 MB at worst.
_ROOM = 1 << 22
_MOST_RUNS = 1024


def rehearse(
    scene: Scene,
    runs: int,
    seed: int,
    *,
    sharing: Sharing | None = None,
    progress: Progress | None = None,
) -> Rehearsal:
    """Play an attack many times, and tell what it does.

    Args:
        scene: the map, the attack and who watches, see `scene_of`.
        runs: how many times, 1 or more.
        seed: of the draws, any whole number: the same seed meets the same chance whatever the
            scene, as long as it is of the same map.
        sharing: which threads or machines play, and in blocks of how many runs; when None, this
            thread, in blocks of 512.
        progress: told (runs done, runs) after each block; what it raises ends the rehearsal.

    Returns:
        The rehearsal; the same for any blocks and any sharing.

    Raises:
        RansomwareError: no run is asked for.
        PropagationError: a sharing that cannot be.

    Cost: what the attacks touch, runs times; 200 MB at most for each worker, and 40 bytes a run.
    Source: docs/engines/ransomware.md §5.
    """
    if runs < 1:
        raise RansomwareError(f"{runs} runs: 1 at least is wanted")
    how = sharing or Sharing(block=512)
    total = Total()
    for tally in share_out(_play, (scene, seed), blocks_of(runs, how.block), how, progress):
        total.add(tally)
    return _rehearsal(scene, runs, seed, total.tally())


def _play(shared: tuple[Scene, int], block: Block) -> Tally:
    """Play a block in parts that memory has room for."""
    scene, seed = shared
    most = min(max(_ROOM // max(scene.assets, 1), 16), _MOST_RUNS)
    total = Total()
    for part in blocks_of(block.runs, most, block.first):
        total.add(play_block(scene, seed, part.first, part.runs))
    return total.tally()


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
        taken=shares_of(tally.taken_bin.sum(axis=1, dtype=np.int64), runs),
        taken_at=times_of(tally.taken_bin, bin_h),
        lost=shares_of(tally.lost, runs),
        care=_care(scene, runs, tally, bin_h),
        histogram=np.bincount(tally.stopped, minlength=len(scene.care) + 1).astype(np.int64),
        quantiles=dict(zip(_LEVELS, levels.astype(int).tolist(), strict=True)),
        care_hours=mean_interval(hours),
        weighted_hours=mean_interval(tally.weighted_minutes / 60.0),
        weight=mean_interval(tally.weight),
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
    half = _Z95 * spread
    return CareOutcome(
        node=scene.care,
        stopped=shares_of(tally.stop_bin.sum(axis=1, dtype=np.int64), runs),
        stops_at=times_of(tally.stop_bin, bin_h),
        degraded=shares_of(tally.degraded, runs),
        hours=mean / 60.0,
        hours_low=np.maximum(mean - half, 0) / 60.0,
        hours_high=(mean + half) / 60.0,
    )


def _convergence(hours: FloatArray) -> tuple[tuple[int, Estimate], ...]:
    """The mean after 1/16, 1/8, … of the runs."""
    counts = sorted({max(1, len(hours) >> shift) for shift in range(5)})
    return tuple((count, mean_interval(hours[:count])) for count in counts)
