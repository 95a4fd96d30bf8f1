"""How fast are many scenarios of loss decided, beside what one would write without thinking?

Run: python -m benchmarks.impact [--runs 9] [--nodes 10000] [--scenarios 9728]

A map in layers: each node has one to three needs, three in ten of them redundant (one of two or
three), 1 % of them against the layers, so that there are knots. In each scenario 0.2 % of the nodes
are lost. Four ways to the same answer: plain Python, to a fixpoint in topological order (a sample
of scenarios, the rest by rule of three); numba, booleans, one scenario at a time (likewise); numpy
on rows of words; ours. All answers are compared first. Turns alternate, of 0.05 s or one call;
times are medians of processor seconds, compiling apart. It fails when ours is not 20,000 times
faster than Python, 10 times than numpy. Then ours again with more needs against the layers: knots
of hundreds and of thousands.

Last, on 15,000 nodes with needs that only degrade and delays: the ranking of all single losses, and
thousands of losses followed through time.
"""

import argparse
import platform
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

import numba
import numpy as np

from hygie.engines.dependency.build import compile_needs, needs_from_groups
from hygie.engines.dependency.evaluate import evaluate, evaluate_rows
from hygie.engines.dependency.scenarios import unpack_scenarios
from hygie.engines.dependency.times import stop_times_runs
from hygie.engines.dependency.types import (
    BoolArray,
    CompiledNeeds,
    IntArray,
    LongArray,
    WordArray,
)
from hygie.engines.dependency.weigh import weigh_losses
from hygie.engines.graph.compiled import compiled

SEED = 20260905
LOST_SHARE = 0.002
AGAINST_SHARE = 0.01
MORE_AGAINST = (0.02, 0.05, 0.2)
CLAIMED_PYTHON = 20_000
CLAIMED_NUMPY = 10
PYTHON_SAMPLE = 10
BOOLEAN_SAMPLE = 512
TURN_S = 0.05


def layered(nodes: int, *, against: float = AGAINST_SHARE, degrading: float = 0.0) -> CompiledNeeds:
    """A map whose needs lead down, but for some; the lowest tenth needs nothing."""
    chance = np.random.default_rng(SEED)
    owner: list[int] = []
    rows: list[IntArray] = []
    for node in range(nodes // 10, nodes):
        lowest = max(0, node - nodes // 2)
        for _ in range(chance.integers(1, 4)):
            size = 1 if chance.random() < 0.7 else int(chance.integers(2, 4))
            row = (lowest + chance.choice(node - lowest, size, replace=False)).astype(np.int32)
            if chance.random() < against and node + 1 < nodes:
                row[-1] = chance.integers(node + 1, nodes)
            owner.append(node)
            rows.append(row)
    groups = len(owner)
    return compile_needs(
        needs_from_groups(
            nodes,
            np.array(owner),
            np.ones(groups, np.int32),
            chance.random(groups) >= degrading,
            chance.choice([0.0, 0.0, 0.0, 30.0, 120.0], groups),
            np.cumsum([0] + [len(row) for row in rows]),
            np.concatenate(rows),
        )
    )


def losses(nodes: int, words: int) -> WordArray:
    chance = np.random.default_rng(SEED + 1)
    lost = chance.random((nodes, 64 * words), np.float32) < LOST_SHARE
    return np.packbits(lost, axis=1, bitorder="little").view(np.uint64)


class PlainPython:
    """Lists and `any`, until nothing falls any more."""

    def __init__(self, map_: CompiledNeeds) -> None:
        needs = map_.needs
        self.order = map_.order.tolist()
        self.groups = needs.group_ptr.tolist()
        pointer, member = needs.member_ptr.tolist(), needs.member.tolist()
        self.rows = [member[a:b] for a, b in pairwise(pointer)]

    def standing(self, lost: list[bool]) -> list[bool]:
        up = [not each for each in lost]
        falling = True
        while falling:
            falling = False
            for node in self.order:
                if up[node]:
                    for group in range(self.groups[node], self.groups[node + 1]):
                        if not any(up[member] for member in self.rows[group]):
                            up[node], falling = False, True
                            break
        return up


@compiled
def one_at_a_time(
    group_ptr: LongArray,
    member_ptr: LongArray,
    member: IntArray,
    order: IntArray,
    lost: BoolArray,
    up: BoolArray,
) -> None:
    """Decide (S, n) scenarios, booleans, each to its fixpoint."""
    for s in range(len(lost)):
        for v in range(len(order)):
            up[s, v] = not lost[s, v]
        falling = True
        while falling:
            falling = False
            for v in order:
                g = group_ptr[v]
                while up[s, v] and g < group_ptr[v + 1]:
                    held = False
                    for p in range(member_ptr[g], member_ptr[g + 1]):
                        held = held or up[s, member[p]]
                    if not held:
                        up[s, v] = False
                        falling = True
                    g += 1


def processor_s(task: Callable[[], Any], at_least: float = 0.0) -> float:
    """Mean of as many calls as take so many seconds together, one at least."""
    begin, calls = time.process_time(), 0
    while not calls or time.process_time() - begin < at_least:
        task()
        calls += 1
    return (time.process_time() - begin) / calls


def compare(nodes: int, scenarios: int, runs: int) -> list[str]:
    """Print the table; returns what the claim fails on."""
    map_ = layered(nodes)
    needs = map_.needs
    failed = losses(nodes, scenarios // 64)
    sizes = np.diff(map_.knot_ptr)
    print(
        f"{nodes:,} nodes, {len(needs.stops):,} groups, {len(needs.member):,} members, "
        f"{len(sizes):,} knots, the largest of {sizes.max()}; {scenarios:,} scenarios"
    )
    python = PlainPython(map_)
    lost = unpack_scenarios(failed, BOOLEAN_SAMPLE)
    samples = [lost[:, lane].tolist() for lane in range(PYTHON_SAMPLE)]
    by_scenario = np.ascontiguousarray(lost.T)
    up = np.empty_like(by_scenario)

    def boolean() -> None:
        one_at_a_time(needs.group_ptr, needs.member_ptr, needs.member, map_.order, by_scenario, up)

    tools: dict[str, tuple[Callable[[], Any], int]] = {
        "plain Python, fixpoint": (lambda: [python.standing(each) for each in samples],
                                   PYTHON_SAMPLE),
        "numba, booleans": (boolean, BOOLEAN_SAMPLE),
        "numpy, rows of words": (lambda: evaluate_rows(map_, failed), scenarios),
        "ours": (lambda: evaluate(map_, failed), scenarios),
    }  # fmt: skip
    compiling = processor_s(boolean) + processor_s(tools["ours"][0])
    ours = evaluate(map_, failed).up
    assert (ours == evaluate_rows(map_, failed).up).all()
    assert (up == unpack_scenarios(ours, BOOLEAN_SAMPLE).T).all()
    for lane, each in enumerate(samples):
        assert unpack_scenarios(ours, PYTHON_SAMPLE)[:, lane].tolist() == python.standing(each)
    times: dict[str, list[float]] = {name: [] for name in tools}
    bare = np.empty_like(failed)
    copies = []
    for _ in range(runs):
        for name, (task, count) in tools.items():
            times[name].append(processor_s(task, TURN_S) * scenarios / count)
        copies.append(processor_s(lambda: np.copyto(bare, failed), TURN_S))
    return show({name: statistics.median(each) for name, each in times.items()}, scenarios,
                len(needs.member) + 2 * nodes, failed.shape[1], statistics.median(copies),
                2 * failed.nbytes, compiling)  # fmt: skip


def show(
    taken: dict[str, float], scenarios: int, rows: int, words: int, copied_s: float,
    copied: int, compiling: float,
) -> list[str]:  # fmt: skip
    base, own = taken["plain Python, fixpoint"], taken["ours"]
    print("\nAll answers are equal.\n")
    print("| way | a scenario µs | all ms | x Python | x ours |")
    print("|---|---:|---:|---:|---:|")
    for name, each in taken.items():
        print(
            f"| {name} | {1e6 * each / scenarios:.3f} | {1e3 * each:,.2f} | {base / each:,.0f} "
            f"| {each / own:,.1f} |"
        )
    moved = rows * words * 8
    print(
        f"\nours reads and writes {moved / 1e6:.0f} MB of words: {moved / own / 1e9:.0f} GB/s, "
        f"beside {copied / copied_s / 1e9:.0f} GB/s of a plain copy; compiling {compiling:.1f} s"
    )
    failing = []
    if base < CLAIMED_PYTHON * own:
        failing.append(f"{base / own:,.0f} times plain Python")
    if taken["numpy, rows of words"] < CLAIMED_NUMPY * own:
        failing.append(f"{taken['numpy, rows of words'] / own:.1f} times numpy")
    return failing


def knotted(nodes: int, scenarios: int, runs: int) -> None:
    """Print what knots take."""
    failed = losses(nodes, scenarios // 64)
    print("\nours, with more needs against the layers:\n")
    for against in MORE_AGAINST:
        map_ = layered(nodes, against=against)
        assert (evaluate(map_, failed).up == evaluate_rows(map_, failed).up).all()
        taken = statistics.median(
            processor_s(partial(evaluate, map_, failed), TURN_S) for _ in range(runs)
        )
        largest = np.diff(map_.knot_ptr).max()
        print(f"- {100 * against:.0f} %, a knot of {largest:,} nodes: {1e3 * taken:.2f} ms")


def beyond(runs: int, *, nodes: int = 15_000, cares: int = 60) -> None:
    """Print what rankings and timed losses take."""
    map_ = layered(nodes, degrading=0.2)
    chance = np.random.default_rng(SEED + 2)
    weight = np.zeros(nodes)
    weight[-cares:] = chance.integers(1, 100, cares)
    everyone, pointer = np.arange(nodes), np.arange(nodes + 1)

    def rank() -> None:
        weigh_losses(map_, pointer, everyone, weight)

    losses_, each = 2_000, 1_500
    run_ptr = np.arange(losses_ + 1) * each
    node = chance.integers(0, nodes, losses_ * each)
    minute = np.sort(chance.random((losses_, each)) * 10_000, axis=1).reshape(-1)

    def follow() -> None:
        stop_times_runs(map_, run_ptr, node, minute, everyone[-cares:])

    print(f"\n{nodes:,} nodes, needs that degrade and delays, {cares} care activities\n")
    for name, task in (
        ("order and users of the map", lambda: compile_needs(map_.needs)),
        (f"ranking of {nodes:,} single losses, stopped and degraded", rank),
        (f"{losses_:,} losses of {each:,} nodes followed through time", follow),
    ):
        task()
        taken = statistics.median(processor_s(task) for _ in range(runs))
        print(f"- {name}: {1e3 * taken:.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--nodes", type=int, default=10_000)
    parser.add_argument("--scenarios", type=int, default=9_728)
    asked = parser.parse_args()
    if asked.scenarios < BOOLEAN_SAMPLE or asked.scenarios % 64:
        sys.exit(f"--scenarios: a multiple of 64, {BOOLEAN_SAMPLE} or more")
    print(
        f"Python {platform.python_version()}, numpy {np.__version__}, numba {numba.__version__}\n"
    )
    failing = compare(asked.nodes, asked.scenarios, asked.runs)
    knotted(asked.nodes, asked.scenarios, asked.runs)
    beyond(asked.runs)
    if failing:
        sys.exit("the claim does not hold: " + "; ".join(failing))
    print(
        f"\nThe claim holds: {CLAIMED_PYTHON:,} times plain Python or more, {CLAIMED_NUMPY} times "
        "numpy or more."
    )


if __name__ == "__main__":
    main()
