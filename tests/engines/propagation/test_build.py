"""Edges keep their places, times follow their laws, and bad tables are refused with their place."""

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hygie.engines.propagation import kernels
from hygie.engines.propagation.build import spread_graph, with_probability
from hygie.engines.propagation.draws import Purpose, draw, draws, key, keys
from hygie.engines.propagation.laws import Constant, Exponential, Law, Lognormal, delay_table
from hygie.engines.propagation.types import PropagationError, SpreadGraph
from hygie.engines.propagation.warm import compile_all

ONE_LAW = delay_table([Exponential(4)], 0.25)


def built(**changes: object) -> tuple[SpreadGraph, np.ndarray]:
    told = {
        "nodes": 4, "source": np.array([2, 0, 2, 1]), "target": np.array([0, 3, 2, 0]),
        "probability": np.array([0.1, 0.2, 0.3, 1.0]), "delay_class": np.zeros(4, np.uint8),
        "delays": ONE_LAW, "step_h": 0.25,
    }  # fmt: skip
    return spread_graph(**(told | changes))  # type: ignore[arg-type]


def test_the_position_of_each_edge_is_told_and_kept_in_variants() -> None:
    graph, position = built()
    source = np.repeat(np.arange(4), np.diff(graph.indptr))
    assert source[position].tolist() == [2, 0, 2, 1]
    assert graph.target[position].tolist() == [0, 3, 2, 0]
    assert graph.probability[position].tolist() == [6554, 13107, 19661, 65535]
    assert graph.target[graph.rev_edge].tolist() == [0, 0, 2, 3]
    assert source[graph.rev_edge].tolist() == graph.rev_source.tolist()
    variant = with_probability(graph, np.array([0.0, 1e-9, 0.999999, 1.0]))
    assert variant.probability.tolist() == [0, 1, 65534, 65535]
    assert replace(variant, probability=graph.probability) == graph


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"source": np.array([9, 0, 2, 1])}, "edge 0 goes from 9 to 0"),
        ({"source": np.array([0])}, "1 sources for 4 targets"),
        ({"probability": np.array([0, 0, 1.5, 0])}, r"1\.5 of edge 2 is not 0 to 1"),
        ({"probability": np.zeros(3)}, "shape"),
        ({"delay_class": np.array([0, 1, 0, 0])}, "1 of edge 1, of 1 classes"),
        ({"delay_class": np.array([0, -1, 0, 0])}, "-1 of edge 1"),
        ({"delay_class": np.zeros(4)}, "not 4 integers"),
        ({"delays": np.zeros((1, 7), np.int16)}, "not integers of shape"),
        ({"delays": ONE_LAW[:, ::-1]}, "class 0 is not ascending"),
        ({"delays": ONE_LAW.astype(np.int64) - 9}, "below 0"),
        ({"step_h": 0.0}, "no step"),
        ({"nodes": -1}, "a graph of -1 nodes"),
    ],
)
def test_a_table_that_is_no_graph_is_refused(changes: dict[str, object], what: str) -> None:
    with pytest.raises(PropagationError, match=what):
        built(**changes)


def test_times_have_the_mean_the_median_and_the_tail_of_their_law() -> None:
    table = delay_table([Constant(2), Exponential(40), Lognormal(30, 200), Constant(0)], 0.25)
    hours = table * 0.25
    assert (hours[0] == 2).all()
    assert abs(hours[1].mean() - 40) < 0.2
    assert abs(np.median(hours[2]) - 30) < 0.2
    assert abs(np.quantile(hours[2], 0.9) - 200) < 1
    assert (table[3] == 0).all()
    assert table[:3].min() >= 1
    assert delay_table([Constant(1e9)], 0.25).max() == 32_767


@pytest.mark.parametrize(
    "law",
    [Constant(-1), Constant(float("inf")), Exponential(0), Exponential(float("nan")),
     Lognormal(2, 1), Lognormal(0, 1), Lognormal(1, float("inf"))],
)  # fmt: skip
def test_a_law_that_is_no_time_is_refused(law: Law) -> None:
    with pytest.raises(PropagationError, match=r"law 1: .* is no time"):
        delay_table([Constant(1), law], 0.25)


def test_draws_are_those_of_split_mix_64() -> None:
    # Outputs published with the generator, for the state 1234567.
    expected = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    assert [draw(1234567, number) for number in range(3)] == expected
    numbers = np.arange(3, dtype=np.uint64)
    assert draws(np.full(3, 1234567, np.uint64), numbers).tolist() == expected
    ours = [key(-5, Purpose.DELAY, run) for run in range(7, 11)]
    assert keys(-5, Purpose.DELAY, 7, 4).tolist() == ours


def test_a_kernel_of_spread_calls_kernels_of_its_own_file_only() -> None:
    # Kept machine code of a caller would outlive a change in another file.
    for path in Path(kernels.__path__[0]).glob("*.py"):
        imported = {
            node.module
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
        }
        ours = {module for module in imported if module and module.startswith("hygie")}
        assert ours <= {
            "hygie.engines.graph.compiled", "hygie.engines.propagation.types",
        }, path  # fmt: skip


def test_every_kernel_of_spread_can_be_compiled_ahead() -> None:
    compile_all()
