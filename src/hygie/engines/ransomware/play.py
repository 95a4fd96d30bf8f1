"""What happens in each run: who is taken, what is lost and when, which care stops, for how long?"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.times import stop_times_runs
from hygie.engines.dependency.types import BoolArray, FloatArray, IntArray, LongArray
from hygie.engines.propagation.draws import Purpose, keys
from hygie.engines.propagation.timed import cascade_timed
from hygie.engines.propagation.types import TimedRuns, WordArray
from hygie.engines.ransomware.kernels.losing import count_bins, first_launch, lose
from hygie.engines.ransomware.recovery import waiting_hours
from hygie.engines.ransomware.scene import Scene

_MINUTES = 60.0
TOUCH = 0x746F756368  # apart from the draws of the attack itself
_NEVER = np.iinfo(np.int64).max // 4


@dataclass(frozen=True)
class Tally:
    """What a block of r runs adds up to; whole numbers, so that order and blocks change nothing.

    Attributes:
        taken_bin: (n, b) runs in which each asset was taken, by bin of time.
        lost: (n,) runs in which each asset was lost to care.
        stop_bin: (c, b) runs in which each care activity stopped, by bin of time.
        degraded: (c,) runs in which it was degraded and did not stop.
        minutes, squares: (c,) sums over runs of its minutes lost, and of their squares.
        stopped: (r,) care activities stopped in each run.
        care_minutes: (r,) minutes lost by all of them together.
        weight: (r,) worth of those that stopped; weighted_minutes: (r,) their minutes by worth.
        launched_h, alert_h: (r,) hours of the launch and of the alert; inf = never.
    """

    taken_bin: IntArray | LongArray
    lost: LongArray
    stop_bin: IntArray | LongArray
    degraded: LongArray
    minutes: LongArray
    squares: LongArray
    stopped: IntArray
    care_minutes: LongArray
    weight: FloatArray
    weighted_minutes: FloatArray
    launched_h: FloatArray
    alert_h: FloatArray


_BY_RUN = frozenset(
    {"stopped", "care_minutes", "weight", "weighted_minutes", "launched_h", "alert_h"}
)


class Total:
    """Adds blocks up, in the order of their runs."""

    def __init__(self) -> None:
        self._by_run: dict[str, list[NDArray[np.generic]]] = {name: [] for name in _BY_RUN}
        self._sums: dict[str, NDArray[np.int64]] = {}

    def add(self, block: Tally) -> None:
        """Add the next block."""
        for field in fields(Tally):
            told = getattr(block, field.name)
            if field.name in _BY_RUN:
                self._by_run[field.name].append(told)
            elif field.name in self._sums:
                self._sums[field.name] += told
            else:
                self._sums[field.name] = told.astype(np.int64)

    def tally(self) -> Tally:
        """All blocks as one; there must be one at least."""
        joined = {name: np.concatenate(parts) for name, parts in self._by_run.items()}
        return Tally(**self._sums, **joined)  # type: ignore[arg-type]  # named as the fields are


@dataclass(frozen=True)
class _Losses:
    """What runs lose, rows by run."""

    run_ptr: LongArray
    node: IntArray
    minute: FloatArray


def play_block(scene: Scene, seed: int, first: int, runs: int) -> Tally:
    """Play consecutive runs.

    An asset that is taken serves until the attacker launches his encryption, and `encryption_h`
    more; or, for the share that he has stepped on, until containment cuts it off if that comes
    first. Care activities then stop by their needs. Rebuilding starts at containment, and an
    activity comes back when the slowest of what it leans on does.

    Args:
        scene: what is the same in all runs.
        seed: of the draws. first: number of the first run. runs: r, how many.

    Returns:
        The tally; the same whatever the blocks.

    Raises:
        PropagationError, DependencyError: a scene made of parts that do not fit.

    Cost: what the attack and the stops touch; 40 bytes an asset taken in a run of the block.
    Source: docs/engines/ransomware.md §5.
    """
    told, launched, contained, losses = _attacks(scene, seed, first, runs)
    stops_at, degrades_at = stop_times_runs(
        scene.compiled, losses.run_ptr, losses.node, losses.minute, scene.care
    )
    back = _back(scene, losses, launched, contained)
    return _tally(scene, told, losses, launched, (stops_at, degrades_at, back))


@dataclass(frozen=True)
class OneRun:
    """What one attack takes from care.

    Attributes:
        node: (k,) assets lost, by minute. minute: (k,) when, minutes after the entry.
        launched_min, alert_min, contained_min: when he encrypts, is seen, is contained; inf =
            never.
    """

    node: IntArray
    minute: FloatArray
    launched_min: float
    alert_min: float
    contained_min: float


def run_told(scene: Scene, seed: int, run: int) -> OneRun:
    """Tell one run of a rehearsal in full.

    Args:
        scene: what is the same in all runs.
        seed: of the draws. run: its number, from 0: the one of `rehearse` and `play_block`.

    Returns:
        What is lost and when, before needs are followed.

    Raises:
        PropagationError: as `play_block`.

    Cost: what the attack touches.
    Source: docs/engines/ransomware.md §5.
    """
    told, launched, contained, losses = _attacks(scene, seed, run, 1)
    step_min = scene.spread.step_h * _MINUTES
    alert = int(told.alert_step[0])
    order = np.argsort(losses.minute, kind="stable")
    return OneRun(
        node=losses.node[order],
        minute=losses.minute[order],
        launched_min=np.inf if launched[0] >= _NEVER else float(launched[0] * step_min),
        alert_min=np.inf if alert < 0 else alert * step_min,
        contained_min=np.inf if contained[0] >= _NEVER else float(contained[0] * step_min),
    )


def _attacks(
    scene: Scene, seed: int, first: int, runs: int
) -> tuple[TimedRuns, LongArray, LongArray, _Losses]:
    """What attacks take, the steps at which they encrypt and are contained, and what is lost."""
    told = cascade_timed(
        scene.spread, scene.entries, runs, seed, detection=scene.detection,
        horizon_h=scene.horizon_h, first_run=first,
    )  # fmt: skip
    launched = np.full(runs, _NEVER, np.int64)
    first_launch(told.indptr, told.node, told.step, scene.is_launch, launched)
    contained = np.where(told.alert_step < 0, _NEVER, told.alert_step.astype(np.int64))
    contained = np.minimum(contained + scene.contain_steps, _NEVER)
    stepped_on = keys(seed ^ TOUCH, Purpose.NOTICE, first, runs)
    losses = _losses(scene, told, launched, contained, stepped_on)
    return told, launched, contained, losses


def _losses(
    scene: Scene,
    told: TimedRuns,
    launched: LongArray,
    contained: LongArray,
    stepped_on: WordArray,
) -> _Losses:
    run_ptr = np.zeros(told.runs + 1, np.int64)
    node, step = np.empty(len(told.node), np.int32), np.empty(len(told.node), np.int64)
    lose(
        told.indptr, told.node, told.step, scene.is_lost, launched, contained, stepped_on,
        np.uint64(round(scene.touched * 2**53)), scene.encryption_steps,
        len(scene.bin_of_step) - 1, run_ptr, node, step,
    )  # fmt: skip
    count = int(run_ptr[-1])
    minute = step[:count].astype(np.float64)
    minute *= scene.spread.step_h * _MINUTES
    return _Losses(run_ptr, node[:count], minute)


def _back(scene: Scene, losses: _Losses, launched: LongArray, contained: LongArray) -> FloatArray:
    """(r, c) minute at which each care activity comes back; inf when nobody ever contains."""
    waits = waiting_hours(
        scene.recovery, losses.run_ptr, losses.node, launched <= contained, len(scene.care)
    )
    start = np.where(contained >= _NEVER, np.inf, contained * (scene.spread.step_h * _MINUTES))
    answer: FloatArray = start[:, None] + waits * _MINUTES
    return answer


def _tally(
    scene: Scene,
    told: TimedRuns,
    losses: _Losses,
    launched: LongArray,
    times: tuple[FloatArray, FloatArray, FloatArray],
) -> Tally:
    stops_at, degrades_at, back = times
    end = scene.horizon_h * _MINUTES
    # What comes back before an activity has run out of paper stops nothing.
    stopped = (stops_at < end) & (stops_at < back)
    degraded = ~stopped & (degrades_at < end) & (degrades_at < back)
    until = np.minimum(back, end)
    minutes = np.rint(np.where(stopped, until - np.where(stopped, stops_at, 0), 0)).astype(np.int64)
    step_min = scene.spread.step_h * _MINUTES
    return Tally(
        taken_bin=_taken_bins(scene, told),
        lost=np.bincount(losses.node, minlength=scene.assets).astype(np.int64),
        stop_bin=_stop_bins(scene, stopped, stops_at),
        degraded=degraded.sum(axis=0, dtype=np.int64),
        minutes=minutes.sum(axis=0),
        squares=(minutes * minutes).sum(axis=0),
        stopped=stopped.sum(axis=1, dtype=np.int32),
        care_minutes=minutes.sum(axis=1),
        weight=(stopped * scene.weight).sum(axis=1),
        weighted_minutes=(minutes * scene.weight).sum(axis=1),
        launched_h=np.where(launched >= _NEVER, np.inf, launched * step_min) / _MINUTES,
        alert_h=np.where(told.alert_step < 0, np.inf, told.alert_step * step_min) / _MINUTES,
    )


def _taken_bins(scene: Scene, told: TimedRuns) -> IntArray:
    counts = np.zeros((scene.assets, len(scene.bin_step)), np.int32)
    count_bins(told.node, told.step, scene.bin_of_step, counts)
    return counts


def _stop_bins(scene: Scene, stopped: BoolArray, stops_at: FloatArray) -> IntArray:
    bins, care = len(scene.bin_step), len(scene.care)
    _, activity = np.nonzero(stopped)
    step = (stops_at[stopped] / (scene.spread.step_h * _MINUTES)).astype(np.int64)
    place = activity * bins + scene.bin_of_step[np.minimum(step, len(scene.bin_of_step) - 1)]
    return np.bincount(place, minlength=care * bins).astype(np.int32).reshape(care, bins)
