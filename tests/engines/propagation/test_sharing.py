"""One worker or several, here or elsewhere, give the same answer, and stop when told to."""

import time
from collections.abc import Iterator

import numpy as np
import pytest

from hygie.engines.propagation.cascade import cascade_bits
from hygie.engines.propagation.entries import WeightedEntries
from hygie.engines.propagation.sharing import (
    Block,
    Sharing,
    blocks_of,
    joined,
    share_bits,
    share_out,
    share_timed,
)
from hygie.engines.propagation.timed import cascade_timed
from hygie.engines.propagation.types import Detection, PropagationError, TimedRuns
from tests.engines.propagation.strategies import uniform

GRAPH = uniform(120, 600, 0.3)
ENTRIES = WeightedEntries(np.arange(5, dtype=np.int32), np.ones(5))
WATCH = Detection(np.full(120, 0.1), 1, 1, 0.2)


class Cancelled(Exception):
    pass


def same(told: TimedRuns, other: TimedRuns) -> bool:
    names = ("first", "indptr", "node", "step", "alert_step")
    return all(np.array_equal(getattr(told, name), getattr(other, name)) for name in names)


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("block", [64, 1000])
def test_threads_change_no_answer(workers: int, block: int) -> None:
    sharing = Sharing(workers=workers, block=block)
    bits = share_bits(GRAPH, ENTRIES, 21, 4, sharing)
    assert (bits == cascade_bits(GRAPH, ENTRIES, 21, 4)).all()
    entry = np.arange(700, dtype=np.int32) % 120
    told = share_timed(GRAPH, entry, 700, 4, sharing, detection=WATCH, horizon_h=48)
    assert same(told, cascade_timed(GRAPH, entry, 700, 4, detection=WATCH, horizon_h=48))
    bits = share_bits(GRAPH, entry[:640], 10, 4, sharing)
    assert (bits == cascade_bits(GRAPH, entry[:640], 10, 4)).all()


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_is_told_block_by_block(workers: int) -> None:
    heard: list[tuple[int, int]] = []
    share_timed(
        GRAPH, 0, 250, 1, Sharing(workers=workers, block=100),
        lambda done, total: heard.append((done, total)), detection=None, horizon_h=9,
    )  # fmt: skip
    assert heard == [(100, 250), (200, 250), (250, 250)]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_progress_raises_ends_the_work(workers: int) -> None:
    made: list[int] = []

    def work(shared: None, block: Block) -> int:
        made.append(block.first)
        time.sleep(0.002)
        return block.first

    def cancel(done: int, total: int) -> None:
        if done >= 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(share_out(work, None, blocks_of(400, 1), Sharing(workers=workers), cancel))
    assert len(made) < 100


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_in_a_block_is_raised(workers: int) -> None:
    with pytest.raises(PropagationError, match="node 500"):
        share_timed(
            GRAPH, 500, 9, 1, Sharing(workers=workers, block=2), detection=None, horizon_h=1
        )


def test_no_run_is_shared_out() -> None:
    assert share_bits(GRAPH, 0, 0, 1, Sharing(workers=2)).shape == (120, 0)
    told = share_timed(GRAPH, 0, 0, 1, Sharing(workers=2), detection=None, horizon_h=1)
    assert told.runs == 0


def test_blocks_hold_each_run_once_and_joined_ones_must_follow() -> None:
    assert blocks_of(7, 3, first=10) == [Block(10, 3), Block(13, 3), Block(16, 1)]
    with pytest.raises(PropagationError, match="blocks of 0 runs"):
        blocks_of(7, 0)
    with pytest.raises(PropagationError, match="workers: 0"):
        list(share_out(lambda _, block: block, None, [], Sharing(workers=0)))
    part = cascade_timed(GRAPH, 0, 3, 1, detection=None, horizon_h=1)
    with pytest.raises(PropagationError, match="begins at run 0"):
        joined([part, part])
    with pytest.raises(PropagationError, match="no block"):
        joined([])


def test_a_scheduler_that_is_not_there_is_told() -> None:
    nowhere = Sharing(workers=2, scheduler="tcp://127.0.0.1:9", wait_s=0.3)
    with pytest.raises(PropagationError, match="scheduler tcp"):
        share_bits(GRAPH, 0, 2, 1, nowhere)


@pytest.fixture
def scheduler() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster.scheduler_address


@pytest.mark.process
def test_a_cluster_changes_no_answer_and_stops_when_told(scheduler: str) -> None:
    sharing = Sharing(workers=2, scheduler=scheduler, block=128)
    bits = share_bits(GRAPH, ENTRIES, 9, 4, sharing)
    assert (bits == cascade_bits(GRAPH, ENTRIES, 9, 4)).all()
    heard: list[int] = []
    told = share_timed(
        GRAPH, ENTRIES, 300, 4, sharing, lambda done, _: heard.append(done), detection=WATCH,
        horizon_h=48,
    )  # fmt: skip
    assert same(told, cascade_timed(GRAPH, ENTRIES, 300, 4, detection=WATCH, horizon_h=48))
    assert heard == [128, 256, 300]

    def cancel(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        share_bits(GRAPH, 0, 40, 1, sharing, cancel)
