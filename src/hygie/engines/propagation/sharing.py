"""How are thousands of runs shared out among processors, here or on a cluster, with one answer?

Runs are numbered, and what is drawn in one depends on its number alone: blocks of runs can be made
anywhere, in any order. Here threads make them, since kernels release the interpreter lock;
elsewhere the workers of a Dask scheduler do, through joblib: the same function is called.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise, takewhile
from typing import Any, TypeAlias, TypeVar

import numpy as np
from joblib import Parallel, delayed, parallel_config

from hygie.engines.propagation.cascade import RUNS_A_WORD, cascade_bits
from hygie.engines.propagation.entries import Entries
from hygie.engines.propagation.timed import cascade_timed
from hygie.engines.propagation.types import (
    Detection,
    PropagationError,
    SpreadGraph,
    TimedRuns,
    WordArray,
)

_Shared = TypeVar("_Shared")
_Answer = TypeVar("_Answer")

Progress: TypeAlias = Callable[[int, int], None]
"""Told after each block how many runs are made, of how many. Raising stops the work."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who makes the runs.

    Attributes:
        workers: threads here; on a cluster, how many blocks are asked for at once.
        scheduler: address of a Dask scheduler, such as `tls://10.0.0.5:8786`; "" is here.
        block: runs of a block, 64 at least; a cluster is worth it for blocks of half a second.
        wait_s: seconds the scheduler is waited for.
    """

    workers: int = 1
    scheduler: str = ""
    block: int = 4096
    wait_s: float = 10.0


@dataclass(frozen=True, slots=True)
class Block:
    """Some consecutive runs, by number of the first."""

    first: int
    runs: int


def blocks_of(runs: int, size: int, first: int = 0) -> list[Block]:
    """Cut runs into blocks of `size`, the last one shorter.

    Raises:
        PropagationError: a size below 1.
    """
    if size < 1:
        raise PropagationError(f"blocks of {size} runs")
    return [
        Block(start, min(size, first + runs - start)) for start in range(first, first + runs, size)
    ]


def share_out(
    work: Callable[[_Shared, Block], _Answer],
    shared: _Shared,
    blocks: Sequence[Block],
    sharing: Sharing,
    progress: Progress | None = None,
) -> Iterator[_Answer]:
    """Make blocks of runs, and give the answer of each in their order.

    Args:
        work: makes a block; a function of a module, so that another machine finds it by name.
        shared: what all blocks need, sent once to each machine.
        blocks: the blocks.
        sharing: who makes them.
        progress: told how far it is; what it raises ends the work and is raised here.

    Yields:
        What `work` answers.

    Raises:
        PropagationError: no worker, a cluster that cannot be reached, or the libraries for it
            missing.

    Cost: on a cluster about a millisecond a block, beside the answer's way back: let `work` answer
    what is needed of its runs, not all of them.
    """
    if sharing.workers < 1:
        raise PropagationError(f"workers: {sharing.workers}, one is needed")
    total, done = sum(block.runs for block in blocks), 0
    with closing(_answers(work, shared, blocks, sharing)) as answers:
        for block, answer in zip(blocks, answers, strict=True):
            done += block.runs
            if progress is not None:
                progress(done, total)
            yield answer


def share_bits(
    graph: SpreadGraph,
    entries: Entries,
    words: int,
    seed: int,
    sharing: Sharing,
    progress: Progress | None = None,
) -> WordArray:
    """Do what `cascade_bits` does, shared out: the same (n, W) words."""
    size = max(1, sharing.block // RUNS_A_WORD)
    blocks = blocks_of(words, size)
    parts = share_out(_bits, (graph, entries, seed), blocks, sharing, progress)
    return np.concatenate([np.zeros((graph.nodes, 0), np.uint64), *parts], axis=1)


def share_timed(
    graph: SpreadGraph,
    entries: Entries,
    runs: int,
    seed: int,
    sharing: Sharing,
    progress: Progress | None = None,
    *,
    detection: Detection | None,
    horizon_h: float,
) -> TimedRuns:
    """Do what `cascade_timed` does, shared out: the same runs."""
    shared = graph, entries, seed, detection, horizon_h
    parts = list(share_out(_timed, shared, blocks_of(runs, sharing.block), sharing, progress))
    return joined(parts or [_timed(shared, Block(0, 0))])


def joined(parts: Sequence[TimedRuns]) -> TimedRuns:
    """Put consecutive blocks of runs end to end.

    Raises:
        PropagationError: none is given, or one does not begin where the one before ends.
    """
    if not parts:
        raise PropagationError("no block of runs")
    for before, after in pairwise(parts):
        if after.first != before.first + before.runs:
            raise PropagationError(f"a block begins at run {after.first} after {before.first}")
    lengths = [np.diff(part.indptr) for part in parts]
    return TimedRuns(
        first=parts[0].first,
        indptr=np.concatenate([np.zeros(1, np.int64), np.cumsum(np.concatenate(lengths))]),
        node=np.concatenate([part.node for part in parts]),
        step=np.concatenate([part.step for part in parts]),
        alert_step=np.concatenate([part.alert_step for part in parts]),
    )


def _bits(shared: tuple[SpreadGraph, Entries, int], block: Block) -> WordArray:
    """A block is counted in words here, as its answer is."""
    graph, entries, seed = shared
    here = _of_block(entries, Block(RUNS_A_WORD * block.first, RUNS_A_WORD * block.runs))
    return cascade_bits(graph, here, block.runs, seed, block.first)


def _timed(
    shared: tuple[SpreadGraph, Entries, int, Detection | None, float], block: Block
) -> TimedRuns:
    graph, entries, seed, detection, horizon_h = shared
    return cascade_timed(
        graph, _of_block(entries, block), block.runs, seed, detection=detection,
        horizon_h=horizon_h, first_run=block.first,
    )  # fmt: skip


def _of_block(entries: Entries, block: Block) -> Entries:
    if isinstance(entries, np.ndarray) and entries.ndim:
        return entries[block.first : block.first + block.runs]
    return entries


def _answers(
    work: Callable[[_Shared, Block], _Answer],
    shared: _Shared,
    blocks: Sequence[Block],
    sharing: Sharing,
) -> Generator[_Answer, None, None]:
    """The answers in order, as they come; closing it lets what is under way end, and no more."""
    if sharing.workers == 1 and not sharing.scheduler:
        yield from (work(shared, block) for block in blocks)
        return
    is_wanted = True
    asked = (delayed(work)(shared, block) for block in takewhile(lambda _: is_wanted, blocks))
    with _backend(shared, sharing):
        made: Any = Parallel(n_jobs=sharing.workers, batch_size=1, return_as="generator")(asked)
        try:
            for answer in made:  # noqa: UP028 (closing "yield from" would close joblib's too)
                yield answer
        finally:
            is_wanted = False
            deque(made, maxlen=0)


@contextmanager
def _backend(shared: object, sharing: Sharing) -> Iterator[None]:
    with ExitStack() as stack:
        if not sharing.scheduler:
            stack.enter_context(parallel_config(backend="threading"))
        else:
            client = stack.enter_context(_client(sharing))
            stack.enter_context(
                parallel_config(
                    backend="dask", client=client, scatter=[shared],
                    wait_for_workers_timeout=sharing.wait_s,
                )
            )  # fmt: skip
        yield


def _client(sharing: Sharing) -> Any:
    try:
        # Installed where there is a cluster alone: the extra "cluster".
        distributed = import_module("distributed")
    except ModuleNotFoundError as error:
        raise PropagationError("a cluster needs the libraries of the extra 'cluster'") from error
    try:
        return distributed.Client(sharing.scheduler, timeout=sharing.wait_s, set_as_default=False)
    except (OSError, ValueError) as error:
        raise PropagationError(f"scheduler {sharing.scheduler}: {error}") from error
