"""The fast derivation and search agree with the obvious twin on everything drawn."""

from hypothesis import HealthCheck, given, settings

from hygie.engines.directory.derive.derivation import derivation
from hygie.engines.directory.exposure import attack_graph, exposure
from hygie.engines.directory.facts import DirectoryFacts
from hygie.engines.directory.reference_paths import reference_answer
from hygie.engines.directory.tier_zero import tier_zero
from hygie.engines.directory.vocabulary import EdgeKind
from tests.engines.directory.forests import forests

SLOW = settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)


def agree(facts: DirectoryFacts, **edits: tuple[str, ...]) -> None:
    expected = reference_answer(facts, **edits)
    found = derivation(facts)
    names = found.facts.identifiers
    edges = {
        (names[s], EdgeKind(k), names[t])
        for s, t, k in zip(
            found.edges.source.tolist(),
            found.edges.target.tolist(),
            found.edges.kind.tolist(),
            strict=True,
        )
    }
    assert edges == expected.edges
    tier = tier_zero(found, **edits)
    inside = {names[i] for i in range(found.objects) if tier.inside[i]}
    assert inside == expected.tier_zero
    graph, reach = attack_graph(found, tier)
    answer = exposure(graph, reach)
    distance = {names[i]: d for i, d in enumerate(answer.distance.tolist()) if d >= 0}
    assert distance == expected.distance
    assert answer.exposed_users == len(expected.exposed_users)
    assert answer.exposed_computers == len(expected.exposed_computers)
    assert answer.any_user_exposed == expected.any_user_exposed


@SLOW
@given(forests())
def test_fast_and_obvious_agree_on_relations_tier_zero_and_distances(
    facts: DirectoryFacts,
) -> None:
    agree(facts)


@SLOW
@given(forests(most=250))
def test_they_agree_on_dense_forests(facts: DirectoryFacts) -> None:
    agree(facts)


@SLOW
@given(forests())
def test_they_agree_once_tier_zero_is_edited(facts: DirectoryFacts) -> None:
    agree(facts, extra=("S-1-5-21-1-1-1-1201", "OU-A-UN.FR"), removed=("S-1-5-21-1-1-1-512",))
