"""How fast do outbreaks run, beside EoN, NDlib, igraph, rustworkx, scipy and the machine's limits?

Run: uv sync --group bench; python -m benchmarks.propagation [--sizes 10000x100000,100000x1000000]
     [--repeats 5] [--compare 2000] [--hospital chu] [--full]

One model, put to each: independent cascade, every edge carries with probability 0.15, from one
node of a random directed graph of mean degree 10 (a heavy case: half of the network falls). And one
model in time, the Markov SIR of EoN's `fast_SIR`. All run in this process, one after the other,
`--repeats` times over; times are medians of processor seconds a run, after one repetition to warm
up. Peers that are slow make few runs each time: their means scatter, so sizes of outbreaks are
compared apart, `--compare` runs of EoN's with ten times as many of ours: Kolmogorov and Smirnov's
test, and the difference of means. EoN and NDlib also keep figures by step, which ours does not: the
claim is about the same question, not the same work. `--full` adds what several processors bring,
and the comparison of sizes on every graph. `--hospital` tells what ours takes on a graph that has
hubs.
"""

import argparse
import importlib
import importlib.metadata
import importlib.util
import platform
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np

from benchmarks.machine_limits import limits
from benchmarks.outbreak_peers import (
    RATE,
    RECOVERY,
    Case,
    Sizes,
    Tool,
    graph_libraries,
    simulators,
)
from hygie.engines.estate.invented.hospital import invented_estate
from hygie.engines.propagation.cascade import cascade_bits
from hygie.engines.propagation.markov import cascade_markov
from hygie.engines.propagation.sharing import Sharing, share_bits, share_timed
from hygie.engines.propagation.summary import sizes_in_time, sizes_of_lanes
from hygie.engines.propagation.timed import cascade_timed
from hygie.engines.propagation.types import Detection
from hygie.engines.ransomware.entries import Entry, EntryKind, doors
from hygie.engines.ransomware.reach import attack_graph

PEERS = ("EoN", "ndlib", "igraph", "rustworkx", "scipy", "networkx")
CLAIMS = {
    True: {"EoN basic_discrete_SIR": 600, "NDlib IndependentCascades": 3_000, "EoN fast_SIR": 150},
    False: {"EoN basic_discrete_SIR": 1_000, "NDlib IndependentCascades": 4_000},
}


def watched(case: Case) -> Detection:
    """One node in fifty is a sensor: an alert 6 hours later, contained 4 hours after that."""
    sensors = np.random.default_rng(1).random(case.nodes) < 0.02
    return Detection(sensors.astype(np.float64), 6, 4, 0.2)


def ours(case: Case) -> list[Tool]:
    watch = watched(case)

    def bits(runs: int, seed: int) -> Sizes:
        return sizes_of_lanes(cascade_bits(case.graph, case.entry, runs // 64, seed))

    def timed(detection: Detection | None, runs: int, seed: int) -> Sizes:
        return sizes_in_time(
            cascade_timed(
                case.graph, case.entry, runs, seed, detection=detection, horizon_h=168
            )
        )  # fmt: skip

    rate, recovery = np.full(case.edges, RATE), np.full(case.nodes, RECOVERY)

    def markov(runs: int, seed: int) -> Sizes:
        return sizes_in_time(
            cascade_markov(case.fine, rate, recovery, case.entry, runs, seed, horizon_h=300)
        )

    return [
        Tool("ours, cascade_bits", bits, case.by_runs(10_048, 2_048)),
        Tool("ours, cascade_markov", markov, case.by_runs(1_000, 100)),
        Tool("ours, cascade_timed", partial(timed, None), case.by_runs(1_000, 100)),
        Tool("ours, … and contained", partial(timed, watch), case.by_runs(10_000, 2_000)),
    ]


def measure(tools: list[Tool], repeats: int) -> dict[str, tuple[float, float]]:
    """Alternate them; median processor seconds a run, and mean size."""
    times: dict[str, list[float]] = {tool.name: [] for tool in tools}
    sizes: dict[str, list[float]] = {tool.name: [] for tool in tools}
    for tool in tools:
        tool.run(min(tool.runs, 64), 0)
    for repeat in range(repeats):
        for tool in tools:
            begin = time.process_time()
            found = tool.run(tool.runs, 1_000 * (repeat + 1))
            times[tool.name].append((time.process_time() - begin) / tool.runs)
            sizes[tool.name].append(float(found.mean()))
    return {
        tool.name: (statistics.median(times[tool.name]), statistics.fmean(sizes[tool.name]))
        for tool in tools
    }


def show(case: Case, tools: list[Tool], found: dict[str, tuple[float, float]]) -> list[str]:
    print(f"\n## {case.nodes:,} nodes, {case.edges:,} edges\n")
    print("| tool | ms a run | 10,000 runs, s | mean size | x ours |")
    print("|---|---:|---:|---:|---:|")
    failed = []
    for tool in tools:
        seconds, size = found[tool.name]
        ratio = f"{seconds / found[tool.beside][0]:,.0f}" if tool.beside else ""
        print(
            f"| {tool.name} | {1e3 * seconds:.4g} | {1e4 * seconds:,.4g} | {size:,.0f} | {ratio} |"
        )
        claimed = CLAIMS[case.is_small].get(tool.name)
        if claimed and seconds < claimed * found[tool.beside][0]:
            failed.append(f"{tool.name} at {case.nodes:,} nodes: {ratio}, not {claimed}")
    print("\nbeside EoN fast_SIR: cascade_markov; beside all others: cascade_bits")
    return failed


def beside_limits(case: Case, found: dict[str, tuple[float, float]]) -> None:
    """Edge trials: edges of the nodes infected, which a simulator has to try one by one."""
    print("\n| edge trials | millions a second |\n|---|---:|")
    degree = np.diff(case.graph.indptr)
    act = cascade_bits(case.graph, case.entry, 8, 3)
    tried = float(np.bitwise_count(act).sum(axis=1, dtype=np.int64) @ degree) / 512
    bits, timed = (found[f"ours, {name}"][0] for name in ("cascade_bits", "cascade_timed"))
    print(f"| ours, cascade_bits, as one by one | {tried / bits / 1e6:,.0f} |")
    print(f"| ours, cascade_timed | {tried / timed / 1e6:,.0f} |")
    machine = limits(case.graph)
    print(f"| limit of one by one: edges in order, one draw each | {machine.trials / 1e6:,.0f} |")
    print("\n| the machine, one core | |\n|---|---:|")
    # 64 bytes of masks and 4 of target, then the row of the target.
    memory = 1 / (68 / machine.sequential + 1 / machine.rows)
    words, rows = (f"in {case.nodes * size / 1e6:.1f} MB" for size in (8, 64))
    for what, figure in {
        "sequential read": f"{machine.sequential / 1e9:.1f} GB/s",
        f"random read of words, {words}": f"{machine.words / 1e6:,.0f} M/s",
        f"random read of rows of 512 runs, {rows}": f"{machine.rows / 1e6:,.0f} M/s",
        "random words": f"{machine.random / 1e6:,.0f} M/s",
        "cascade_bits: masks drawn, 512 runs each": f"{machine.masks / 1e6:,.0f} M/s",
        "cascade_bits: visits of edges, 512 runs each": f"{machine.visits / 1e6:,.0f} M/s",
        "limit of a visit: masks read in order, a row anywhere": f"{memory / 1e6:,.0f} M/s",
        "cascade_bits: visits an edge": f"{machine.visits_an_edge:.1f}",
    }.items():
        print(f"| {what} | {figure} |")


def compare(case: Case, ours_tool: Tool, theirs: Tool, runs: int) -> list[str]:
    """Are outbreaks as large? Both tests, on `runs` of theirs and ten times as many of ours."""
    stats = importlib.import_module("scipy.stats")
    made = -(-10 * runs // 64) * 64
    one, other = ours_tool.run(made, 77).astype(float), theirs.run(runs, 77).astype(float)
    apart = stats.ks_2samp(one, other)
    spread = np.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
    z = (one.mean() - other.mean()) / spread
    print(
        f"| {theirs.name} | {len(one):,} and {len(other):,} | {one.mean():,.1f} | "
        f"{other.mean():,.1f} | {z:+.2f} | {apart.statistic:.4f} | {apart.pvalue:.3f} |"
    )
    return [f"sizes differ from {theirs.name}'s"] if apart.pvalue < 0.001 or abs(z) > 3.5 else []


def with_processors(case: Case, repeats: int) -> None:
    """Wall time: what one thread, two, and two processes of a cluster take for the same runs."""
    watch = watched(case)
    words = case.by_runs(1_256, 64)
    runs = case.by_runs(80_000, 20_000)

    def bits(sharing: Sharing) -> None:
        share_bits(case.graph, case.entry, words, 5, sharing)

    def timed(sharing: Sharing) -> None:
        share_timed(
            case.graph, case.entry, runs, 5, sharing, detection=watch, horizon_h=168
        )  # fmt: skip

    print(f"\n| wall seconds | cascade_bits, {64 * words:,} runs | contained, {runs:,} runs |")
    print("|---|---:|---:|")
    with cluster() as scheduler:
        for name, sharing in {
            "one thread": Sharing(1, block=runs // 8),
            "two threads": Sharing(2, block=runs // 8),
            "two processes of a cluster": Sharing(2, scheduler, block=runs // 4),
        }.items():
            taken = []
            for work in (bits, timed):
                work(sharing)
                times = []
                for _ in range(repeats):
                    begin = time.perf_counter()
                    work(sharing)
                    times.append(time.perf_counter() - begin)
                taken.append(statistics.median(times))
            print(f"| {name} | {taken[0]:.2f} | {taken[1]:.2f} |")


@contextmanager
def cluster() -> Iterator[str]:
    distributed = importlib.import_module("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as made:
        yield made.scheduler_address


def hospital(size: str, repeats: int) -> None:
    """The ways of an attack in an invented hospital: hubs, stages, probabilities of all sizes."""
    estate = invented_estate(size, 20260901)
    attack = attack_graph(estate)
    graph, entries = attack.spread, doors(estate, attack, Entry(EntryKind.ANY))

    def bits(runs: int, seed: int) -> Sizes:
        return sizes_of_lanes(cascade_bits(graph, entries, runs // 64, seed))

    def timed(detection: Detection | None, runs: int, seed: int) -> Sizes:
        return sizes_in_time(
            cascade_timed(graph, entries, runs, seed, detection=detection, horizon_h=1440)
        )

    found = measure(
        [
            Tool("cascade_bits", bits, 10_048),
            Tool("cascade_timed", partial(timed, None), 2_000),
            Tool("cascade_timed, seen and contained", partial(timed, attack.detection), 10_000),
        ],
        repeats,
    )
    print(
        f"\n## An invented hospital ({size}): {graph.nodes:,} nodes, {len(graph.target):,} edges\n"
    )
    print("| ours | ms a run | 10,000 runs, s | mean size |\n|---|---:|---:|---:|")
    for name, (seconds, mean) in found.items():
        print(f"| {name} | {1e3 * seconds:.4g} | {1e4 * seconds:,.4g} | {mean:,.0f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10000x100000,100000x1000000")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--compare", type=int, default=2_000)
    parser.add_argument("--hospital", default="chu", choices=("clinic", "hospital", "chu", ""))
    parser.add_argument("--full", action="store_true")
    asked = parser.parse_args()
    missing = [peer for peer in PEERS if importlib.util.find_spec(peer) is None]
    if missing:
        sys.exit(f"missing: {', '.join(missing)}. Install the peers: uv sync --group bench")
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("numba", *PEERS)]
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {', '.join(versions)}")
    failed = []
    for size in asked.sizes.split(","):
        case = Case(*(int(number) for number in size.split("x")))
        own, others = ours(case), simulators(case)
        tools = [*own, *graph_libraries(case), *others]
        found = measure(tools, asked.repeats)
        failed += show(case, tools, found)
        beside_limits(case, found)
        if asked.compare and (case.is_small or asked.full):
            print("\n| sizes, beside | runs | ours, mean | theirs | z | KS distance | p |")
            print("|---|---|---:|---:|---:|---:|---:|")
            failed += compare(case, own[0], others[0], asked.compare)
            failed += compare(case, own[1], others[2], asked.compare)
        if asked.full:
            with_processors(case, asked.repeats)
    if asked.hospital:
        hospital(asked.hospital, asked.repeats)
    if failed:
        sys.exit("the claim does not hold: " + "; ".join(failed))
    print("\nThe claim holds.")


if __name__ == "__main__":
    main()
