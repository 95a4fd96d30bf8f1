"""Who stands in each scenario, in both planes, is who the slow twin leaves standing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.dependency import evaluate as module
from hygie.engines.dependency.build import compile_needs, needs_from_groups
from hygie.engines.dependency.evaluate import differing, evaluate, evaluate_rows, evaluate_up
from hygie.engines.dependency.reference import reference_standing
from hygie.engines.dependency.scenarios import pack_scenarios, unpack_scenarios
from hygie.engines.dependency.types import DependencyError, Needs
from tests.engines.dependency.strategies import many_needs, random_needs


def random_sets(rng: np.random.Generator, n: int, count: int) -> list[list[int]]:
    return [np.flatnonzero(rng.random(n) < share).tolist() for share in rng.random(count) * 0.6]


@settings(max_examples=500, deadline=None)
@given(many_needs(), st.integers(0, 2**32 - 1))
def test_both_planes_are_those_of_the_slow_twin(needs: Needs, seed: int) -> None:
    sets = random_sets(np.random.default_rng(seed), needs.nodes, 3)
    found = evaluate(compile_needs(needs), pack_scenarios(needs.nodes, sets))
    for plane, full in ((found.up, False), (found.full, True)):
        answer = unpack_scenarios(plane, len(sets))
        for lane, lost in enumerate(sets):
            assert answer[:, lane].tolist() == reference_standing(needs, lost, full=full)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_numpy_alone_gives_the_same_words(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 40))
    needs = random_needs(rng, n, int(rng.integers(0, 60)), widest=int(rng.integers(4, 20)))
    compiled = compile_needs(needs)
    failed = pack_scenarios(n, random_sets(rng, n, 150))
    fast, slow = evaluate(compiled, failed), evaluate_rows(compiled, failed)
    assert (fast.up == slow.up).all()
    assert (fast.full == slow.full).all()
    assert (fast.full & ~fast.up == 0).all()
    assert (evaluate_up(compiled, failed) == fast.up).all()


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_who_cannot_be_merely_degraded_never_is(seed: int) -> None:
    rng = np.random.default_rng(seed)
    needs = random_needs(rng, 12, 14)
    compiled = compile_needs(needs)
    found = evaluate(compiled, pack_scenarios(12, random_sets(rng, 12, 64)))
    same = ~differing(compiled)
    assert (found.up[same] == found.full[same]).all()


def test_wide_rows_are_taken_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    needs = random_needs(rng, 60, 90)
    compiled = compile_needs(needs)
    failed = pack_scenarios(60, random_sets(rng, 60, 5_000))
    whole = evaluate(compiled, failed)
    monkeypatch.setattr(module, "_WIDTH", 7)
    parts = evaluate(compiled, failed)
    assert (whole.up == parts.up).all()
    assert (whole.full == parts.full).all()


@pytest.mark.parametrize("needed", [1, 2, 63, 64, 65, 100, 127, 128, 129, 199, 200])
def test_any_number_of_a_wide_group_is_counted(needed: int) -> None:
    size = 200
    needs = needs_from_groups(
        size + 1, np.array([size]), np.array([needed]), np.array([True]), np.array([0]),
        np.array([0, size]), np.arange(size),
    )  # fmt: skip
    sets = [range(lost) for lost in range(size + 1)]
    found = evaluate(compile_needs(needs), pack_scenarios(size + 1, sets))
    expected = [size - lost >= needed for lost in range(size + 1)]
    assert unpack_scenarios(found.up, size + 1)[size].tolist() == expected


def test_a_circle_stands_until_something_in_it_or_below_it_is_lost() -> None:
    # 0 → 1 → 2 → 0, 2 → 3; 4 leans on itself.
    needs = needs_from_groups(
        5, np.array([0, 1, 2, 2, 4]), np.ones(5, int), np.ones(5, bool), np.zeros(5),
        np.arange(6), np.array([1, 2, 0, 3, 4]),
    )  # fmt: skip
    up = evaluate_up(compile_needs(needs), pack_scenarios(5, [[], [1], [3], [4]]))
    assert unpack_scenarios(up, 4).T.astype(int).tolist() == [
        [1, 1, 1, 1, 1],
        [0, 0, 0, 1, 1],
        [0, 0, 0, 0, 1],
        [1, 1, 1, 1, 0],
    ]


def test_a_chain_of_200000_is_decided_without_recursion() -> None:
    n = 200_000
    needs = needs_from_groups(
        n, np.arange(n - 1), np.ones(n - 1, int), np.ones(n - 1, bool), np.zeros(n - 1),
        np.arange(n), np.arange(1, n),
    )  # fmt: skip
    up = evaluate_up(compile_needs(needs), pack_scenarios(n, [[n - 1], [n // 2]]))
    assert up[0, 0] == ~np.uint64(3)
    assert up[n // 2 + 1, 0] == ~np.uint64(1)


def test_scenarios_of_another_map_are_refused() -> None:
    compiled = compile_needs(random_needs(np.random.default_rng(1), 4, 3))
    with pytest.raises(DependencyError, match=r"failed: uint64 of shape \(3, 1\), not words of 4"):
        evaluate(compiled, np.zeros((3, 1), np.uint64))
    with pytest.raises(DependencyError, match="failed: int64"):
        evaluate(compiled, np.zeros((4, 1), np.int64))  # type: ignore[arg-type]


def test_no_scenario_is_no_answer() -> None:
    compiled = compile_needs(random_needs(np.random.default_rng(1), 4, 3))
    assert evaluate(compiled, np.zeros((4, 0), np.uint64)).up.shape == (4, 0)
