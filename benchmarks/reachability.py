"""How fast is the reverse search from all targets, beside networkx, igraph, rustworkx and scipy?

Run: uv sync --group bench; python -m benchmarks.reachability [--runs 5] [--shapes a,b] [--peers …]

One question, put to each: the distance of every node to the nearest of 50 targets, and one witness
(next node) for each. Every tool runs in a process of its own, which loads the same edges, builds
what it needs, searches once to warm up (compiling is printed apart), then `--runs` times. Times are
medians of processor seconds: every search here is of one thread, and the machine may be shared.
Ours is measured first and last, and the worse of the two counts. All distances are compared.
A peer that can give the distance alone faster is measured at that too.
"""

import argparse
import importlib
import importlib.util
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benchmarks.graph_shapes import IntArray, Shape, directory, uniform
from hygie.engines.graph.csr import csr_from_edges, transposed
from hygie.engines.graph.reach import reverse_reach
from hygie.engines.graph.types import Csr

SHAPES: dict[str, Callable[[], Shape]] = {
    "random 100 k / 1 M": lambda: uniform(100_000, 1_000_000),
    "random 1 M / 10 M": lambda: uniform(1_000_000, 10_000_000),
    "directory 1 M / 9.2 M": lambda: directory(1_000_000),
}
CLAIMED_RATIO = 3
CLAIMED_MB = 1_000
_FIRST = "random 100 k / 1 M"
_ONLY_SMALL = ("networkx",)
_BUILDING_S = 10

Tool: TypeAlias = tuple[Callable[[], Any], dict[str, Callable[[Any], IntArray]]]
"""How to build, and the searches that give the distances (n,) from what was built."""


def ours(shape: Shape) -> Tool:
    def build() -> tuple[Csr, Csr]:
        rows = csr_from_edges(shape.n, shape.source, shape.target, reverse=True)
        return rows, transposed(rows)

    def both_ways(graph: tuple[Csr, Csr]) -> IntArray:
        return reverse_reach(graph[0], shape.targets, forward=graph[1]).distance

    return build, {"reverse_reach": both_ways}


def ours_one_way(shape: Shape) -> Tool:
    def build() -> Csr:
        return csr_from_edges(shape.n, shape.source, shape.target, reverse=True)

    return build, {"reverse_reach, no forward": lambda r: reverse_reach(r, shape.targets).distance}


def scipy(shape: Shape) -> Tool:
    sparse, csgraph = (importlib.import_module(f"scipy.sparse{part}") for part in ("", ".csgraph"))
    n = shape.n

    def build() -> Any:
        # One more node that leads to every target; the type that searches would convert to.
        rows = np.concatenate([shape.target, np.full(len(shape.targets), n, np.int32)])
        columns = np.concatenate([shape.source, shape.targets])
        return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(n + 1, n + 1))

    def breadth_first(graph: Any) -> IntArray:
        order, before = csgraph.breadth_first_order(graph, n, return_predecessors=True)
        place = np.empty(n + 1, np.int64)
        place[order] = np.arange(len(order))
        above = place[before[order[1:]]]  # ascending: the order is by level
        distance = np.full(n + 1, -1, np.int32)
        start, end, level = 0, 1, -1
        while start < end:
            distance[order[start:end]] = level
            start, end = end, 1 + int(np.searchsorted(above, end))
            level += 1
        return distance[:n]

    def dijkstra(graph: Any) -> IntArray:
        far, _, _ = csgraph.dijkstra(
            graph, indices=shape.targets, unweighted=True, min_only=True, return_predecessors=True
        )
        return np.where(np.isfinite(far), far, -1)[:n].astype(np.int32)

    return build, {"breadth_first_order, levels": breadth_first, "dijkstra, min_only": dijkstra}


def igraph(shape: Shape) -> Tool:
    module = importlib.import_module("igraph")
    n = shape.n

    def build() -> Any:
        ends = np.empty((len(shape.source) + len(shape.targets), 2), np.int32)
        ends[:, 0] = np.concatenate([shape.source, shape.targets])
        ends[:, 1] = np.concatenate([shape.target, np.full(len(shape.targets), n, np.int32)])
        return module.Graph(n=n + 1, edges=ends, directed=True)

    def bfs(graph: Any) -> IntArray:
        order, starts, _ = graph.bfs(n, mode="in")
        distance = np.full(n + 1, -1, np.int32)
        sizes = np.diff(starts)
        distance[order] = np.repeat(np.arange(-1, len(sizes) - 1), sizes)
        return distance[:n]

    return build, {"bfs": bfs}


def rustworkx(shape: Shape) -> Tool:
    module = importlib.import_module("rustworkx")
    n = shape.n

    def build() -> Any:
        graph = module.PyDiGraph()
        graph.add_nodes_from(range(n + 1))
        graph.add_edges_from_no_data(
            list(zip(shape.target.tolist(), shape.source.tolist(), strict=True))
            + [(n, target) for target in shape.targets.tolist()]
        )
        return graph

    def layers(graph: Any) -> IntArray:
        distance = np.full(n + 1, -1, np.int32)
        for level, nodes in enumerate(module.digraph_bfs_layers(graph, shape.targets.tolist())):
            distance[nodes] = level
        return distance[:n]

    def successors(graph: Any) -> IntArray:
        distance = [-1] * (n + 1)
        distance[n] = 0  # one too far, so that 0 is never "not seen"
        for node, below in module.bfs_successors(graph, n):
            for other in below:  # all of them, seen already or not
                if distance[other] < 0:
                    distance[other] = distance[node] + 1
        found = np.array(distance[:n], np.int32)
        return np.where(found > 0, found - 1, found)

    return build, {"bfs_layers (distance only)": layers, "bfs_successors": successors}


def networkx(shape: Shape) -> Tool:
    module = importlib.import_module("networkx")
    n = shape.n

    def build() -> Any:
        graph = module.DiGraph()
        graph.add_nodes_from(range(n + 1))
        graph.add_edges_from(zip(shape.target.tolist(), shape.source.tolist(), strict=True))
        graph.add_edges_from((n, target) for target in shape.targets.tolist())
        return graph

    def layers(graph: Any) -> IntArray:
        distance = np.full(n + 1, -1, np.int32)
        for level, nodes in enumerate(module.bfs_layers(graph, shape.targets.tolist())):
            distance[nodes] = level
        return distance[:n]

    def edges(graph: Any) -> IntArray:
        distance = [-1] * (n + 1)
        for node, other in module.bfs_edges(graph, n):
            distance[other] = distance[node] + 1
        return np.array(distance[:n], np.int32)

    return build, {"bfs_layers (distance only)": layers, "bfs_edges": edges}


TOOLS = {each.__name__: each for each in (ours, ours_one_way, scipy, igraph, rustworkx, networkx)}


def measure(tool: str, folder: Path, runs: int) -> list[dict[str, Any]]:
    """In a process of its own: build, search, and leave the distances in the folder."""
    with np.load(folder / "shape.npz") as kept:
        shape = Shape(int(kept["n"]), kept["source"], kept["target"], kept["targets"])
    build, searches = TOOLS[tool](shape)
    if tool == "ours":
        begin = time.perf_counter()
        small = uniform(64, 256)
        TOOLS[tool](small)[1]["reverse_reach"](TOOLS[tool](small)[0]())
        compiling = time.perf_counter() - begin
    else:
        compiling = 0.0
    graph: Any = None
    built: list[float] = []
    while not built or (sum(built) < _BUILDING_S and len(built) < runs):
        graph = None
        begin = time.process_time()
        graph = build()
        built.append(time.process_time() - begin)
    found: list[dict[str, Any]] = []
    for name, search in searches.items():
        distance = search(graph)
        times = []
        for _ in range(runs):
            begin = time.process_time()
            search(graph)
            times.append(time.process_time() - begin)
        file = folder / f"{tool}-{len(found)}.npy"
        np.save(file, distance)
        found.append(
            {"tool": tool, "search": name, "file": str(file), "compile_s": compiling,
             "build_s": statistics.median(built), "search_s": statistics.median(times),
             "peak_mb": peak_mb()}
        )  # fmt: skip
    if tool == "ours":
        check_witness(shape, graph)
    return found


def peak_mb() -> float:
    """Most memory this process has held, in MB; not that of the one that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def check_witness(shape: Shape, graph: tuple[Csr, Csr]) -> None:
    reach = reverse_reach(graph[0], shape.targets, forward=graph[1])
    far = np.flatnonzero(reach.distance > 0)
    edge, after = reach.next_edge[far], reach.next_node[far]
    assert (shape.source[edge] == far).all()
    assert (shape.target[edge] == after).all()
    assert (reach.distance[after] == reach.distance[far] - 1).all()


def compare(name: str, tools: Sequence[str], runs: int) -> list[str]:
    """Print the table of one shape; returns what the claim fails on."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shape = SHAPES[name]()
        np.savez(
            folder / "shape.npz", n=shape.n, source=shape.source, target=shape.target,
            targets=shape.targets,
        )  # fmt: skip
        found: list[dict[str, Any]] = []
        for tool in [*tools, "ours"]:
            if tool in _ONLY_SMALL and name != _FIRST:
                continue
            command = [sys.executable, "-m", "benchmarks.reachability", "--one", tool, place]
            done = subprocess.run(  # noqa: S603
                [*command, "--runs", str(runs)], stdout=subprocess.PIPE, text=True, check=True
            )
            found += json.loads(done.stdout.splitlines()[-1])
        expected: NDArray[np.int32] = np.load(found[0]["file"])
        for row in found:
            assert (np.load(row["file"]) == expected).all(), row["tool"]
    return show(name, shape, found, int((expected >= 0).sum()))


def show(name: str, shape: Shape, found: list[dict[str, Any]], reached: int) -> list[str]:
    own = [row for row in found if row["tool"] == "ours"]
    worst = {
        key: max(row[key] for row in own) for key in ("compile_s", "build_s", "search_s", "peak_mb")
    }
    rows = [own[0] | worst] + [row for row in found if row["tool"] != "ours"]
    print(f"\n{name}: {shape.n:,} nodes, {len(shape.source):,} edges, {reached:,} with a path\n")
    print("| tool | search | build s | search s | x ours | build and search, x ours | peak MB |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for row in rows:
        ratio = row["search_s"] / worst["search_s"]
        both = (row["build_s"] + row["search_s"]) / (worst["build_s"] + worst["search_s"])
        print(
            f"| {row['tool']} | {row['search']} | {row['build_s']:.3f} | {row['search_s']:.4f} "
            f"| {ratio:.1f} | {both:.1f} | {row['peak_mb']:.0f} |"
        )
    first, last = (1e3 * row["search_s"] for row in own)
    print(
        f"\nours first {first:.1f} ms, last {last:.1f} ms; all distances are equal, every witness"
    )
    print(f"is a shortest path; compiling (or loading what is kept): {worst['compile_s']:.2f} s")
    peers = list(TOOLS)[2:]
    best = min((row["search_s"] for row in rows if row["tool"] in peers), default=float("inf"))
    failed = []
    if best < CLAIMED_RATIO * worst["search_s"]:
        failed.append(f"{name}: {best / worst['search_s']:.2f} times the best peer")
    if worst["peak_mb"] >= CLAIMED_MB:
        failed.append(f"{name}: {worst['peak_mb']:.0f} MB")
    return failed


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--shapes", default=",".join(SHAPES))
    parser.add_argument("--peers", default=",".join(list(TOOLS)[2:]))
    parser.add_argument("--one", nargs=2, metavar=("TOOL", "FOLDER"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one[0], Path(asked.one[1]), asked.runs)))
        return
    peers = [peer for peer in asked.peers.split(",") if peer]
    missing = [peer for peer in peers if importlib.util.find_spec(peer) is None]
    if missing:
        sys.exit(f"missing: {', '.join(missing)}. Install the peers: uv sync --group bench")
    versions = ", ".join(f"{peer} {importlib.import_module(peer).__version__}" for peer in peers)
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {versions}")
    failed = []
    for name in asked.shapes.split(","):
        failed += compare(name, ["ours", "ours_one_way", *peers], asked.runs)
    if failed:
        sys.exit("the claim does not hold: " + "; ".join(failed))
    print(f"\nThe claim holds: {CLAIMED_RATIO} times the best peer or more, below {CLAIMED_MB} MB.")


if __name__ == "__main__":
    main()
