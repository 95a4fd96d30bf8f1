"""Identifiers are read by their digits, facts told twice stand as last told."""

import pytest

from hygie.engines.directory.builder import FactsBuilder, authority_of
from hygie.engines.directory.facts import UNKNOWN
from hygie.engines.directory.vocabulary import Authority, EdgeFlag, EdgeKind, Flag, ObjectKind


@pytest.mark.parametrize(
    ("identifier", "family", "rid"),
    [
        ("S-1-5-21-1-2-3", Authority.DOMAIN, UNKNOWN),
        ("S-1-5-21-1-2-3-512", Authority.DOMAIN, 512),
        ("HOPITAL.FR-S-1-5-32-544", Authority.BUILTIN, 544),
        ("HOPITAL.FR-S-1-5-11", Authority.SPECIAL, 11),
        ("S-1-5-21-1-2-3-99999999999", Authority.NONE, UNKNOWN),
        ("6AC1786C-016F-11D2-945F-00C04FB984F9", Authority.NONE, UNKNOWN),
    ],
)
def test_a_family_and_a_rid_are_read_from_an_identifier(
    identifier: str, family: Authority, rid: int
) -> None:
    assert authority_of(identifier) == (family, rid)


def test_a_local_group_behind_the_sid_of_its_host_has_no_rid_of_the_domain() -> None:
    assert authority_of("S-1-5-21-1-2-3-1104-500") == (Authority.NONE, UNKNOWN)


def test_several_flags_stated_at_once_leave_the_others_alone() -> None:
    builder = FactsBuilder()
    index = builder.intern("s-1-5-21-1-2-3-1104")
    builder.flag(index, Flag.ENABLED, value=True)
    builder.flag(index, Flag.HAS_SPN, value=True)
    builder.flags(index, 1 << Flag.HAS_SPN | 1 << Flag.CA_AGENT_RESTRICTIONS, 1 << 54)
    assert builder.flags_of(index) == (1 << 0 | 1 << 5 | 1 << 54, 1 << 0 | 1 << 54)
    builder.describe(index, ObjectKind.USER)
    assert builder.kind_of(index) == ObjectKind.USER


def test_a_relation_told_twice_is_one_and_the_direct_one_stays() -> None:
    builder = FactsBuilder()
    source, target = builder.intern("A"), builder.intern("B")
    builder.edge(source, EdgeKind.OWNS, target, EdgeFlag.INHERITED)
    builder.edge(source, EdgeKind.OWNS, target)
    edges = builder.build().edges
    assert (len(edges), edges.flags[0]) == (1, 0)
