"""Who else runs outbreaks, or can be made to, and how is the same question put to each?"""

import importlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from hygie.engines.propagation.build import spread_graph
from hygie.engines.propagation.laws import Exponential, delay_table
from hygie.engines.propagation.types import SpreadGraph

P = 0.15
RATE, RECOVERY = 0.3, 1.7
SMALL = 20_000

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

    few, bits = case.by_runs(40, 2), "ours, cascade_bits"
    discrete, fast = with_eon(eon.basic_discrete_SIR, P), with_eon(eon.fast_SIR, RATE, RECOVERY)
    return [
        Tool("EoN basic_discrete_SIR", discrete, few, bits),
        Tool("NDlib IndependentCascades", with_ndlib, case.by_runs(2, 1), bits),
        Tool("EoN fast_SIR", fast, few, "ours, cascade_markov"),
    ]
