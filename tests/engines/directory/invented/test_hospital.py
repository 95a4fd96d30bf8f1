"""Is an invented hospital the same each time, well formed, of its size, and sound?"""

import re

import numpy as np
import pytest

from hygie.engines.directory.audit import audit
from hygie.engines.directory.builder import authority_of, unique_edges
from hygie.engines.directory.facts import DirectoryFacts
from hygie.engines.directory.invented.hospital import hospital_directory
from hygie.engines.directory.verdicts import PointState
from hygie.engines.directory.vocabulary import Authority, EdgeKind, Number, ObjectKind, Text
from tests.engines.directory.beside import export
from tests.engines.directory.days import AS_OF
from tests.engines.directory.invented.audits import SEED, SIZE, TOGETHER, hospital
from tests.engines.directory.judging import CATALOGUE

_ACCOUNT = re.compile(r"S-1-5-21-\d+-\d+-\d+(-\d+)?")
_WELL_KNOWN = re.compile(r"CHU-VALMORY\.LAN-S-1-\d(-\d+)+")
_GUID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
_SOUND = hospital().facts


def same(one: DirectoryFacts, other: DirectoryFacts) -> bool:
    edges = ("source", "target", "kind", "flags")
    return (
        one.identifiers == other.identifiers
        and one.names == other.names
        and one.texts == other.texts
        and one.trusts == other.trusts
        and all(np.array_equal(getattr(one.edges, e), getattr(other.edges, e)) for e in edges)
        and all(np.array_equal(column, other.numbers[n]) for n, column in one.numbers.items())
        and all(
            np.array_equal(getattr(one, c), getattr(other, c))
            for c in ("kind", "authority", "rid", "domain", "known", "value", "instants")
        )
    )


@pytest.mark.parametrize("defects", [(), TOGETHER], ids=["sound", "spoiled"])
def test_a_seed_gives_the_same_hospital_and_another_seed_another(defects: tuple[str, ...]) -> None:
    first, again = hospital(*defects), hospital(*defects)
    assert same(first.facts, again.facts)
    assert (first.expected, first.guilty, first.paths) == (
        again.expected, again.guilty, again.paths,
    )  # fmt: skip
    other = hospital_directory(SEED + 1, SIZE, AS_OF, defects=defects)
    assert not same(first.facts, other.facts)
    assert other.expected == first.expected


@pytest.mark.parametrize("size", [1_000, 1_777, 20_000])
def test_a_hospital_has_exactly_the_size_asked_for(size: int) -> None:
    facts = hospital(size=size).facts
    assert len(facts) == size
    assert 8 * size < len(facts.edges) < 20 * size


def test_a_hospital_too_small_is_refused() -> None:
    with pytest.raises(ValueError, match="600 objects do not hold a hospital"):
        hospital(size=600)


def test_identifiers_names_and_places_are_well_formed_and_told_apart() -> None:
    facts = _SOUND
    assert len(set(facts.identifiers)) == len(facts)
    for index, identifier in enumerate(facts.identifiers):
        shape = {
            Authority.NONE: _GUID,
            Authority.DOMAIN: _ACCOUNT,
        }.get(Authority(int(facts.authority[index])), _WELL_KNOWN)
        assert shape.fullmatch(identifier)
        assert authority_of(identifier) == (facts.authority[index], facts.rid[index])
    dns = facts.texts[Text.DISTINGUISHED_NAME]
    assert len(set(dns.values())) == len(dns)
    assert len(set(facts.texts[Text.SAM_NAME].values())) == len(facts.texts[Text.SAM_NAME])
    described = np.flatnonzero(facts.known)
    assert all(facts.names[index] and dns[index] for index in described.tolist())
    accounts = facts.of_kind(ObjectKind.USER).tolist()
    assert max(len(str(facts.texts[Text.SAM_NAME][index])) for index in accounts) <= 20


def test_the_place_of_an_object_is_that_of_its_container() -> None:
    facts, edges = _SOUND, _SOUND.edges
    dns = facts.texts[Text.DISTINGUISHED_NAME]
    held = np.flatnonzero(edges.kind == EdgeKind.CONTAINS)
    for parent, child in zip(edges.source[held].tolist(), edges.target[held].tolist(), strict=True):
        assert str(dns[child]).partition(",")[2] == dns[parent]
    accounts = facts.of_kind(ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.GROUP, ObjectKind.OU)
    special = facts.authority[accounts] == Authority.SPECIAL
    assert set(accounts[~special].tolist()) <= set(edges.target[held].tolist())


def test_relations_are_those_that_a_reader_would_lay_down() -> None:
    edges = _SOUND.edges
    again = unique_edges(edges.source, edges.target, edges.kind, edges.flags)
    for name in ("source", "target", "kind", "flags"):
        np.testing.assert_array_equal(getattr(edges, name), getattr(again, name))
    told = _SOUND.number(Number.PRIMARY_GROUP_RID)
    primary = edges.kind == EdgeKind.PRIMARY_GROUP
    np.testing.assert_array_equal(np.sort(edges.source[primary]), np.flatnonzero(told >= 0))
    np.testing.assert_array_equal(_SOUND.rid[edges.target[primary]], told[edges.source[primary]])


def test_a_sound_hospital_passes_every_point_and_exposes_nobody() -> None:
    result = audit([export(_SOUND)], as_of=AS_OF, catalogue=CATALOGUE)
    assert {verdict.state for verdict in result.verdicts} == {PointState.PASSED}
    assert (result.level.at_best, result.level.at_worst) == (5, 5)
    found = result.exposure
    assert found.users > 2_000
    assert found.computers > 1_000
    assert (found.exposed_users, found.exposed_computers, found.unknown_hosts) == (0, 0, 0)
    assert not found.any_user_exposed
