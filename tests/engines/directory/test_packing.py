"""Facts and exposure survive the trip to arrays and back, whatever their texts hold."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.facts import ABSENT, UNKNOWN, DirectoryFacts, EdgeTable, Trust
from hygie.engines.directory.packing import (
    column_of,
    exposure_pack,
    exposure_unpack,
    facts_pack,
    facts_unpack,
    text_column,
)
from hygie.engines.directory.verdicts import Exposure
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Instant, Number, ObjectKind, Text


def _facts(name: str, spns: tuple[str, ...]) -> DirectoryFacts:
    builder = FactsBuilder()
    domain = builder.intern("S-1-5-21-1-2-3")
    builder.describe(domain, ObjectKind.DOMAIN, "HOPITAL.FR")
    user = builder.intern("S-1-5-21-1-2-3-1104")
    builder.describe(user, ObjectKind.USER, name, domain)
    builder.flag(user, Flag.ENABLED, value=True)
    builder.instant(user, Instant.PASSWORD_SET, 1_700_000_000)
    builder.number(user, Number.PRIMARY_GROUP_RID, 513)
    builder.text(user, Text.SPN, spns)
    builder.text(user, Text.SAM_NAME, name)
    builder.edge(user, EdgeKind.GENERIC_ALL, domain, 1)
    builder.trusts.append(
        Trust(domain, "S-1-5-21-9-9-9", "AUTRE.FR", True, None, 8, "forest", None, False, True)
    )
    builder.collected_on = 1_709_000_000
    return builder.build()


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4).map(tuple),
)
def test_facts_come_back_equal(name: str, spns: tuple[str, ...]) -> None:
    facts = _facts(name, spns)
    back = facts_unpack(facts_pack(facts))
    for field in fields(DirectoryFacts):
        before, after = getattr(facts, field.name), getattr(back, field.name)
        if isinstance(before, np.ndarray):
            np.testing.assert_array_equal(before, after)
        elif field.name == "numbers":
            assert before.keys() == after.keys()
            assert all((before[key] == after[key]).all() for key in before)
        elif field.name == "edges":
            assert all((a == b).all() for a, b in zip(_columns(before), _columns(after)))  # noqa: B905
        else:
            assert before == after, field.name


def test_the_first_objects_come_back_alone() -> None:
    facts = _facts("alice", ("http/a",))
    first = facts_unpack(facts_pack(facts), 1)
    assert (len(first), first.names, first.instants.shape[1]) == (1, ["HOPITAL.FR"], 1)
    assert all(len(column) == 1 for column in first.numbers.values())


def _columns(edges: EdgeTable) -> tuple[np.ndarray, ...]:
    return edges.source, edges.target, edges.kind, edges.flags


def test_exposure_comes_back_equal_and_whole() -> None:
    edges = EdgeTable(
        np.array([0], np.int32), np.array([1], np.int32), np.array([23], np.uint8),
        np.array([0], np.uint8),
    )  # fmt: skip
    exposure = Exposure(
        np.array([1, 0], np.int32), np.array([0, -1], np.int32), np.array([False, True]), edges,
        10, 4, 3, 1, True, 3, 2, {23: 4},
    )  # fmt: skip
    back = exposure_unpack(exposure_pack(exposure))
    for field in fields(Exposure):
        if field.name not in {"distance", "step", "tier_zero", "edges"}:
            assert getattr(back, field.name) == getattr(exposure, field.name), field.name
    np.testing.assert_array_equal(back.step, exposure.step)
    assert back.any_user_exposed is True


def test_a_column_is_read_in_part_and_searched() -> None:
    column = column_of(text_column("n", ["ALICE@CH.FR", "", "Éloïse", "malice"]), "n")
    assert (len(column), column[0], column[-1], column[1:3]) == (
        4, "ALICE@CH.FR", "malice", ["", "Éloïse"],
    )  # fmt: skip
    assert column.matching("alice", 10) == [0, 3]
    assert column.matching("alice", 1) == [0]
    assert column.matching("fréloïse", 10) == []
    assert column.matching("", 10) == []
    assert column.matching("ÉLO", 10) == column.matching("élo", 10) == [2]
    with pytest.raises(IndexError):
        column[4]


def test_families_of_identifiers_are_told_without_a_name() -> None:
    builder = FactsBuilder()
    for identifier in ("S-1-5-21-1-2-3", "S-1-5-21-1-2-3-512", "CH.FR-S-1-5-32-544",
                       "CH.FR-S-1-5-11", "6A1C-GUID", "S-1-5-21-1-2-3-99999999999"):  # fmt: skip
        builder.intern(identifier)
    assert builder.intern("ch.fr-s-1-5-11") == 3
    facts = builder.build()
    assert facts.authority.tolist() == [1, 1, 2, 3, 0, 0]
    assert facts.rid.tolist() == [UNKNOWN, 512, 544, 11, UNKNOWN, UNKNOWN]
    assert facts.domain.tolist() == [ABSENT] * 6


def test_a_relation_told_twice_is_one_and_its_own_right_stays() -> None:
    builder = FactsBuilder()
    a, b = builder.intern("A"), builder.intern("B")
    builder.edge(b, EdgeKind.GENERIC_ALL, a, 1)
    builder.edge(a, EdgeKind.GENERIC_ALL, b, 1)
    builder.edge(a, EdgeKind.GENERIC_ALL, b, 0)
    edges = builder.build().edges
    assert (edges.source.tolist(), edges.target.tolist(), edges.flags.tolist()) == (
        [0, 1], [1, 0], [0, 1],
    )  # fmt: skip
