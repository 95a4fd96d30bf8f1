"""Are the privileged found, through any nesting, like by the slow twin?"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.facts import DirectoryFacts
from hygie.engines.directory.nesting import nesting
from hygie.engines.directory.points.reference import privileged_members
from hygie.engines.directory.privileged import privileged_of
from hygie.engines.directory.scope import scope_of
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Number, ObjectKind
from tests.engines.directory.hospital import DNS, SID, Hospital

_RIDS = (500, 512, 513, 516, 519, 527, 1101, 1102, 1103, 1104)
_NAMES = (
    *(f"{SID}-{rid}" for rid in _RIDS),
    f"{DNS}-S-1-5-32-544",
    f"{DNS}-S-1-5-32-551",
    f"{DNS}-S-1-5-11",
    "S-1-5-21-9-9-9-512",
)


def members(facts: DirectoryFacts) -> set[int]:
    found = privileged_of(facts, scope_of(facts), nesting(facts))
    return set(np.flatnonzero(found.members).tolist())


def test_a_sound_forest_has_two_privileged_accounts() -> None:
    forest = Hospital()
    facts = forest.build()
    found = members(facts)
    assert found == privileged_members(facts, [SID])
    people = {facts.identifiers[place] for place in found if facts.kind[place] == ObjectKind.USER}
    assert people == {f"{SID}-500", f"{SID}-1201"}


_Pairs = st.lists(st.tuples(st.sampled_from(_NAMES), st.sampled_from(_NAMES)), max_size=25)
_Primary = st.dictionaries(st.sampled_from(_NAMES[:10]), st.sampled_from([512, 513, 1101]))


@settings(max_examples=150, deadline=None)
@given(_Pairs, _Primary, st.sets(st.sampled_from(_NAMES[6:10])))
def test_membership_is_that_of_the_slow_twin_loops_included(
    pairs: list[tuple[str, str]], primary: dict[str, int], users: set[str]
) -> None:
    builder = FactsBuilder()
    domain = builder.intern(SID)
    builder.describe(domain, ObjectKind.DOMAIN, DNS, domain)
    builder.flag(domain, Flag.DOMAIN_COLLECTED, value=True)
    for name in _NAMES[:-1]:
        place = builder.intern(name)
        is_user = name in users or name.endswith("-500")
        builder.describe(place, ObjectKind.USER if is_user else ObjectKind.GROUP, name, domain)
        builder.flag(place, Flag.MEMBERS_COLLECTED, value=True)
    for name, rid in primary.items():
        builder.number(builder.intern(name), Number.PRIMARY_GROUP_RID, rid)
    for member, group in pairs:
        builder.edge(builder.intern(member), EdgeKind.MEMBER_OF, builder.intern(group))
    facts = builder.build()
    assert members(facts) == privileged_members(facts, [SID])
