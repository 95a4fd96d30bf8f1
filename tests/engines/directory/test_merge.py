"""Do several exports become one set of facts, the most recent believed, the origin of each kept?"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.facts import NEVER, UNKNOWN, DirectoryFacts
from hygie.engines.directory.merge import Merged, merged
from hygie.engines.directory.merging.ledger import KEPT
from hygie.engines.directory.vocabulary import (
    EdgeKind,
    ExportKind,
    Flag,
    Instant,
    Number,
    ObjectKind,
    Text,
)
from tests.engines.directory.beside import export, trust
from tests.engines.directory.days import AS_OF
from tests.engines.directory.hospital import DNS, SID, Hospital

OLD, NEW = AS_OF - 30 * 86_400, AS_OF


def person(builder: FactsBuilder, name: str = "a") -> int:
    index = builder.intern(f"{SID}-{name}")
    builder.describe(index, ObjectKind.USER, f"{name}@{DNS}", builder.intern(SID))
    return index


def both(old: FactsBuilder, new: FactsBuilder, *, swapped: bool = False) -> Merged:
    exports = [export(old.build(), ExportKind.ORADAD, OLD), export(new.build(), collected_on=NEW)]
    return merged(exports[::-1] if swapped else exports)


def at(facts: DirectoryFacts, identifier: str) -> int:
    return facts.identifiers.index(identifier.upper())


def test_one_export_is_itself() -> None:
    facts = Hospital().build()
    one = merged([export(facts)])
    assert one.facts is facts
    assert one.sources(["ENABLED"]) == (0,)
    assert one.sources(["TRUSTS"]) == (0,)
    assert one.sources(["FACET"]) == ()


def test_no_export_gives_no_object() -> None:
    assert len(merged([]).facts) == 0
    assert len(merged([export(None)]).facts) == 0


def test_the_most_recent_export_that_knows_is_believed_whatever_the_order() -> None:
    for swapped in (False, True):
        old, new = FactsBuilder(), FactsBuilder()
        one = person(old)
        old.flag(one, Flag.ENABLED, value=True)
        old.flag(one, Flag.ADMIN_COUNT, value=True)
        old.number(one, Number.PRIMARY_GROUP_RID, 513)
        old.text(one, Text.SAM_NAME, "ancien")
        other = person(new)
        new.flag(other, Flag.ENABLED, value=False)
        new.number(other, Number.PRIMARY_GROUP_RID, 514)
        new.text(other, Text.SAM_NAME, "nouveau")
        result = both(old, new, swapped=swapped)
        place = at(result.facts, f"{SID}-a")
        assert not result.facts.is_set(Flag.ENABLED)[place]
        assert result.facts.is_set(Flag.ADMIN_COUNT)[place]
        assert result.facts.number(Number.PRIMARY_GROUP_RID)[place] == 514
        assert result.facts.texts[Text.SAM_NAME][place] == "nouveau"
        told = {(found.fact, found.kept, found.other) for found in result.contradictions}
        assert told == {
            ("ENABLED", "false", "true"),
            ("PRIMARY_GROUP_RID", "514", "513"),
            ("SAM_NAME", "nouveau", "ancien"),
        }
        newest, oldest = (0, 1) if swapped else (1, 0)
        assert {found.kept_source for found in result.contradictions} == {newest}
        assert {found.other_source for found in result.contradictions} == {oldest}
        assert result.sources(["ADMIN_COUNT"]) == (oldest,)


def test_time_that_passes_is_no_contradiction_and_time_that_goes_back_is() -> None:
    old, new = FactsBuilder(), FactsBuilder()
    for builder, password, logon in ((old, 1_000, 2_000), (new, 900, NEVER)):
        one = person(builder)
        builder.instant(one, Instant.PASSWORD_SET, password)
        builder.instant(one, Instant.LAST_LOGON, logon)
    result = both(old, new)
    place = at(result.facts, f"{SID}-a")
    assert result.facts.instant(Instant.LAST_LOGON)[place] == 2_000
    assert result.facts.instant(Instant.PASSWORD_SET)[place] == 900
    assert [found.fact for found in result.contradictions] == ["PASSWORD_SET"]


def test_a_list_read_again_replaces_what_was_said_of_it() -> None:
    old, new = FactsBuilder(), FactsBuilder()
    for builder, members in ((old, "ab"), (new, "b")):
        group = builder.intern(f"{SID}-512")
        builder.describe(group, ObjectKind.GROUP, "G", builder.intern(SID))
        builder.flag(group, Flag.MEMBERS_COLLECTED, value=True)
        for name in members:
            builder.edge(person(builder, name), EdgeKind.MEMBER_OF, group)
    result = both(old, new)
    edges = result.facts.edges
    assert [result.facts.identifiers[place] for place in edges.source] == [f"{SID}-B"]
    (dropped,) = result.contradictions
    assert (dropped.fact, dropped.kept, dropped.other) == ("MEMBER_OF", "", f"{SID}-A")


def test_a_list_that_was_not_read_again_stands() -> None:
    old, new = FactsBuilder(), FactsBuilder()
    for builder, is_read in ((old, True), (new, False)):
        group = builder.intern(f"{SID}-512")
        builder.describe(group, ObjectKind.GROUP, "G")
        builder.flag(group, Flag.MEMBERS_COLLECTED, value=is_read)
    old.edge(person(old), EdgeKind.MEMBER_OF, old.intern(f"{SID}-512"))
    result = both(old, new)
    assert len(result.facts.edges) == 1
    assert result.contradiction_count == 0
    assert result.facts.is_set(Flag.MEMBERS_COLLECTED)[at(result.facts, f"{SID}-512")]


def test_a_kind_of_right_that_the_recent_export_never_tells_stands() -> None:
    old, new = FactsBuilder(), FactsBuilder()
    for builder in (old, new):
        builder.flag(person(builder), Flag.ACES_COLLECTED, value=True)
    old.edge(person(old, "b"), EdgeKind.WRITE_SPN, person(old))
    old.edge(person(old, "b"), EdgeKind.WRITE_DACL, person(old))
    new.edge(person(new, "c"), EdgeKind.WRITE_DACL, person(new))
    edges = both(old, new).facts.edges
    assert sorted(edges.kind.tolist()) == [EdgeKind.WRITE_DACL, EdgeKind.WRITE_SPN]


def test_trusts_are_completed_by_what_only_the_older_export_tells() -> None:
    old, new = Hospital(), Hospital()
    old.trusts = [trust("external", 0x4)]
    new.trusts = [
        type(trust())(0, "S-1-5-21-9-9-9", "", None, True, UNKNOWN, "unknown", None, None, None)
    ]
    (found,) = both(old, new).facts.trusts
    assert (found.attributes, found.trust_type, found.is_inbound) == (0x4, "external", True)


def test_many_contradictions_are_counted_and_some_are_listed() -> None:
    old, new = FactsBuilder(), FactsBuilder()
    for rid in range(KEPT + 50):
        old.flag(person(old, str(rid)), Flag.ENABLED, value=True)
        new.flag(person(new, str(rid)), Flag.ENABLED, value=False)
    result = both(old, new)
    assert result.contradiction_count == KEPT + 50
    assert len(result.contradictions) == KEPT


_Known = st.dictionaries(
    st.sampled_from("abcdef"),
    st.dictionaries(st.sampled_from([Flag.ENABLED, Flag.HAS_SPN]), st.booleans()),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_Known, min_size=1, max_size=4))
def test_merging_flags_is_reading_the_exports_in_order(
    told: list[dict[str, dict[Flag, bool]]],
) -> None:
    exports, expected = [], {}
    for place, objects in enumerate(told):
        builder = FactsBuilder()
        for name, flags in objects.items():
            for flag, value in flags.items():
                builder.flag(person(builder, name), flag, value=value)
                expected[name, flag] = value
        exports.append(export(builder.build(), collected_on=OLD + place))
    facts = merged(exports).facts
    found = {
        (facts.identifiers[place][-1].lower(), flag): bool(facts.is_set(flag)[place])
        for flag in (Flag.ENABLED, Flag.HAS_SPN)
        for place in np.flatnonzero(facts.is_known(flag))
    }
    assert found == expected


def test_a_forest_split_in_two_exports_is_judged_like_the_whole() -> None:
    whole = Hospital().build()
    again = merged([export(whole, collected_on=OLD), export(Hospital().build())]).facts
    assert again.identifiers == whole.identifiers
    assert (again.known == whole.known).all()
    assert (again.value == whole.value).all()
    assert len(again.edges) == len(whole.edges)
