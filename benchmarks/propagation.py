"""How fast do outbreaks run, beside EoN, NDlib, igraph, rustworkx, scipy and the machine's limits?

Run: uv sync --group bench; python -m benchmarks.propagation [--sizes 10000x100000,100000x1000000]
     [--repeats 5] [--compare 2000] [--full]

One model, put to each: independent cascade, every edge carries with probability 0.15, from one
node of a random directed graph of mean degree 10 (a heavy case: half of the network falls). And one
model in time, the Markov SIR of EoN's `fast_SIR`. All run in this process, one after the other,
`--repeats` times over; times are medians of processor seconds a run, after one repetition to warm
up. Peers that are slow make few runs each time: their means scatter, so sizes of outbreaks are
compared apart, `--compare` runs of ours with as many of EoN's: Kolmogorov and Smirnov's test, and
the difference of means. EoN and NDlib also keep figures by step, which ours does not: the claim is
about the same question, not the same work. `--full` adds what several processors bring, and the
comparison of sizes on every graph.
"""

import argparse
import importlib
import importlib.metadata
import importlib.util
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine_limits import limits
from hygie.engines.propagation.build import spread_graph
from hygie.engines.propagation.cascade import cascade_bits
from hygie.engines.propagation.laws import Exponential, delay_table
from hygie.engines.propagation.markov import cascade_markov
from hygie.engines.propagation.sharing import Sharing, share_bits, share_timed
from hygie.engines.propagation.summary import sizes_in_time, sizes_of_lanes
from hygie.engines.propagation.timed import cascade_timed
from hygie.engines.propagation.types import Detection, SpreadGraph

P = 0.15
RATE, RECOVERY = 0.3, 1.7
SMALL = 20_000
PEERS = ("EoN", "ndlib", "igraph", "rustworkx", "scipy", "networkx")
CLAIMS = {
    True: {"EoN basic_discrete_SIR": 600, "NDlib IndependentCascades": 3_000, "EoN fast_SIR": 150},
    False: {"EoN basic_discrete_SIR": 1_000, "NDlib IndependentCascades": 4_000},
}

Sizes: TypeAlias = NDArray[np.integer]
Runner: TypeAlias = Callable[[int, int], Sizes]
"""Runs and seed → nodes infected in each run."""


@dataclass(frozen=True)
class Tool:
    """One way of answering; `runs` at a time; what ours is `beside` it."""

    name: str
    run: Runner
    runs: int
    beside: str = ""


class Case:
    """A random graph without loops or parallel edges, in the forms that each tool wants."""

    def __init__(self, nodes: int, edges: int) -> None:
        chance = np.random.default_rng(20260901)
        source, target = (chance.integers(0, nodes, edges) for _ in range(2))
        pairs = np.unique((source * nodes + target)[source != target])
        self.nodes, self.edges = nodes, len(pairs)
        self.source, self.target = pairs // nodes, (pairs % nodes).astype(np.int32)
        self.indptr = np.searchsorted(self.source, np.arange(nodes + 1))
        self.entry = int(np.argmax(np.diff(self.indptr)))
        self.is_small = nodes <= SMALL
        # Steps of a tenth of the unit of EoN's rates (times stay exact), and of a quarter hour.
        self.fine, self.graph = (self._spread(step) for step in (0.1, 0.25))

    def _spread(self, step_h: float) -> SpreadGraph:
        graph, _ = spread_graph(
            self.nodes, self.source.astype(np.int32), self.target, np.full(self.edges, P),
            np.zeros(self.edges, np.uint8), delay_table([Exponential(4)], step_h), step_h,
        )  # fmt: skip
        return graph

    def pairs(self) -> Iterator[tuple[int, int]]:
        return zip(self.source.tolist(), self.target.tolist(), strict=True)

    def by_runs(self, small: int, large: int) -> int:
        return small if self.is_small else large


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


def live_edges(case: Case, runs: int, seed: int) -> Iterator[NDArray[np.bool_]]:
    chance = np.random.default_rng(seed)
    for _ in range(runs):
        yield chance.random(case.edges) < P


def graph_libraries(case: Case) -> list[Tool]:
    """What does not know outbreaks, but searches: edges are drawn, what carries is searched."""
    sparse, csgraph = (importlib.import_module(f"scipy.sparse{part}") for part in ("", ".csgraph"))
    igraph, rustworkx = (importlib.import_module(name) for name in ("igraph", "rustworkx"))
    whole = igraph.Graph(
        n=case.nodes, edges=np.column_stack([case.source, case.target]), directed=True
    )

    def with_scipy(runs: int, seed: int) -> Sizes:
        sizes = []
        for live in live_edges(case, runs, seed):
            rows = np.concatenate(([0], np.cumsum(live)))[case.indptr]
            ones = np.ones(int(live.sum()), np.int8)
            matrix = sparse.csr_matrix(
                (ones, case.target[live], rows), shape=(case.nodes, case.nodes)
            )
            found = csgraph.breadth_first_order(matrix, case.entry, return_predecessors=False)
            sizes.append(len(found))
        return np.array(sizes)

    def with_igraph(runs: int, seed: int) -> Sizes:
        return np.array([
            len(
                whole.subgraph_edges(
                    np.flatnonzero(live).tolist(), delete_vertices=False
                ).subcomponent(case.entry, mode="out")
            )
            for live in live_edges(case, runs, seed)
        ])  # fmt: skip

    def with_rustworkx(runs: int, seed: int) -> Sizes:
        sizes = []
        for live in live_edges(case, runs, seed):
            graph = rustworkx.PyDiGraph()
            graph.add_nodes_from(range(case.nodes))
            ends = (each[live].tolist() for each in (case.source, case.target))
            graph.add_edges_from_no_data(list(zip(*ends, strict=True)))
            sizes.append(len(rustworkx.descendants(graph, case.entry)) + 1)
        return np.array(sizes)

    few, beside = case.by_runs(10, 2), "ours, cascade_bits"
    return [
        Tool("scipy breadth_first_order", with_scipy, case.by_runs(50, 10), beside),
        Tool("igraph subcomponent", with_igraph, few, beside),
        Tool("rustworkx descendants", with_rustworkx, few, beside),
    ]


def simulators(case: Case) -> list[Tool]:
    networkx, eon = (importlib.import_module(name) for name in ("networkx", "EoN"))
    models = importlib.import_module("ndlib.models.epidemics")
    configuration = importlib.import_module("ndlib.models.ModelConfig").Configuration
    graph: Any = networkx.DiGraph()
    graph.add_nodes_from(range(case.nodes))
    graph.add_edges_from(case.pairs())
    settings = configuration()
    settings.add_model_initial_configuration("Infected", [case.entry])
    for edge in graph.edges():
        settings.add_edge_configuration("threshold", edge, P)

    def with_eon(outbreak: Callable[..., Any], *told: float) -> Runner:
        def run(runs: int, seed: int) -> Sizes:
            random.seed(seed)
            np.random.seed(seed)
            made = (outbreak(graph, *told, initial_infecteds=[case.entry]) for _ in range(runs))
            return np.array([each[3][-1] for each in made])

        return run

    def with_ndlib(runs: int, seed: int) -> Sizes:
        sizes = []
        for number in range(runs):
            model = models.IndependentCascadesModel(graph, seed=seed + number)
            model.set_initial_status(settings)
            counts: dict[int, int] = {1: 1}
            while counts[1]:
                counts = model.iteration(node_status=False)["node_count"]
            sizes.append(counts[2])
        return np.array(sizes)

    few, bits = case.by_runs(10, 1), "ours, cascade_bits"
    discrete, fast = with_eon(eon.basic_discrete_SIR, P), with_eon(eon.fast_SIR, RATE, RECOVERY)
    return [
        Tool("EoN basic_discrete_SIR", discrete, few, bits),
        Tool("NDlib IndependentCascades", with_ndlib, case.by_runs(2, 1), bits),
        Tool("EoN fast_SIR", fast, few, "ours, cascade_markov"),
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
    words, rows = (f"in {case.nodes * size / 1e6:.1f} MB" for size in (8, 64))
    for what, figure in {
        "sequential read": f"{machine.sequential / 1e9:.1f} GB/s",
        f"random read of words, {words}": f"{machine.words / 1e6:,.0f} M/s",
        f"random read of rows of 512 runs, {rows}": f"{machine.rows / 1e6:,.0f} M/s",
        "random words": f"{machine.random / 1e6:,.0f} M/s",
        "cascade_bits: masks drawn, 512 runs each": f"{machine.masks / 1e6:,.0f} M/s",
        "cascade_bits: visits of edges, 512 runs each": f"{machine.visits / 1e6:,.0f} M/s",
        "cascade_bits: visits an edge": f"{machine.visits_an_edge:.1f}",
    }.items():
        print(f"| {what} | {figure} |")


def compare(case: Case, ours_tool: Tool, theirs: Tool, runs: int) -> list[str]:
    """Are outbreaks as large? Both tests, on `runs` runs each."""
    stats = importlib.import_module("scipy.stats")
    made = -(-runs // 64) * 64
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


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10000x100000,100000x1000000")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--compare", type=int, default=2_000)
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
    if failed:
        sys.exit("the claim does not hold: " + "; ".join(failed))
    print("\nThe claim holds.")


if __name__ == "__main__":
    main()
