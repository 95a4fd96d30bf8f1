"""Each derivation on the smallest forest that shows it, with what it must not say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hygie.engines.directory.builder import FactsBuilder
from hygie.engines.directory.derive.derivation import Derivation, derivation
from hygie.engines.directory.derive.draft import Limits, Unexamined
from hygie.engines.directory.edges import BY_KIND, ROWS, TRAVERSABLE
from hygie.engines.directory.exposure import attack_graph, exposure, hops, path_of
from hygie.engines.directory.facts import DirectoryFacts
from hygie.engines.directory.tier_zero import Reason, tier_zero
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Number, ObjectKind, Text

K, O, F = EdgeKind, ObjectKind, Flag  # noqa: E741 - vocabularies, by their initial
SID = "S-1-5-21-10-20-30"
ADMINS, USERS, EVERYBODY = f"{SID}-512", f"{SID}-513", "CHU.FR-S-1-5-11"


class Forest:
    """Facts written one line a fact."""

    def __init__(self) -> None:
        self.builder = FactsBuilder()
        self.domain = self.add(SID, O.DOMAIN)
        self.add(ADMINS, O.GROUP)
        self.add(USERS, O.GROUP)
        self.add(EVERYBODY, O.GROUP)
        self.say(self.domain, DOMAIN_COLLECTED=True)

    def add(self, identifier: str, kind: ObjectKind, **flags: bool) -> int:
        index = self.builder.intern(identifier)
        self.builder.describe(index, kind, identifier, 0)
        if kind in (O.USER, O.COMPUTER):
            self.say(index, ENABLED=True)
        self.say(index, **flags)
        return index

    def say(self, index: int, **flags: bool) -> None:
        for name, value in flags.items():
            self.builder.flag(index, Flag[name], value=value)

    def tie(self, source: str, kind: EdgeKind, target: str, flags: int = 0) -> None:
        self.builder.edge(self.builder.intern(source), kind, self.builder.intern(target), flags)

    def facts(self) -> DirectoryFacts:
        return self.builder.build()


def ways(facts: DirectoryFacts, limits: Limits | None = None) -> set[tuple[str, str, str]]:
    found = derivation(facts, limits)
    return relations(found)


def relations(found: Derivation) -> set[tuple[str, str, str]]:
    names, edges = found.facts.identifiers, found.edges
    return {
        (names[source], EdgeKind(kind).name, names[target])
        for source, kind, target in zip(
            edges.source.tolist(), edges.kind.tolist(), edges.target.tolist(), strict=True
        )
    }


def exposed_in(facts: DirectoryFacts) -> tuple[set[str], bool]:
    found = derivation(facts)
    graph, reach = attack_graph(found, tier_zero(found))
    answer = exposure(graph, reach)
    names = found.facts.identifiers
    return {names[i] for i in (answer.distance > 0).nonzero()[0]}, answer.any_user_exposed


def test_every_kind_has_one_row_and_what_is_walked_has_an_effort_and_an_advice() -> None:
    assert len(ROWS) == len(BY_KIND) == len(EdgeKind)
    for row in ROWS:
        assert (row.kind in TRAVERSABLE) == row.is_walked
        assert bool(row.weight) == row.is_walked
        assert row.remedy or not row.is_walked
        assert (row.action is not None) == (row.cost < float("inf"))


def test_a_right_of_authenticated_users_exposes_every_account_without_a_relation_each() -> None:
    forest = Forest()
    for number in range(20):
        forest.add(f"{SID}-{2000 + number}", O.USER)
    forest.add(f"{SID}-3000", O.USER, ENABLED=False)
    quiet = derivation(forest.facts())
    kinds = [kind for _, kind, _ in relations(quiet)]
    assert kinds.count("CLAIM_SPECIAL_IDENTITY") == 1
    assert exposed_in(forest.facts()) == (set(), False)
    forest.tie(EVERYBODY, K.GENERIC_ALL, ADMINS)
    exposed, any_user = exposed_in(forest.facts())
    assert any_user
    assert {f"{SID}-{2000 + number}" for number in range(20)} <= exposed
    assert f"{SID}-3000" not in exposed


def test_a_group_of_everybody_inside_administrators_is_a_path_not_a_tier_zero_of_thousands() -> (
    None
):
    forest = Forest()
    forest.add(f"{SID}-2000", O.USER)
    forest.builder.number(forest.builder.intern(f"{SID}-2000"), Number.PRIMARY_GROUP_RID, 513)
    forest.tie(USERS, K.MEMBER_OF, ADMINS)
    found = derivation(forest.facts())
    tier = tier_zero(found)
    assert not tier.inside[found.facts.identifiers.index(USERS)]
    assert exposed_in(forest.facts()) == ({USERS, f"{SID}-2000"}, True)


@pytest.mark.parametrize(("enforced", "reaches"), [(False, False), (True, True)])
def test_a_policy_stops_where_inheritance_is_blocked_unless_it_is_enforced(
    enforced: bool, reaches: bool
) -> None:
    forest = Forest()
    forest.add("GPO", O.GPO)
    forest.add("TOP", O.OU)
    forest.add("BLOCKED", O.OU, BLOCKS_INHERITANCE=True)
    forest.add(f"{SID}-2000", O.USER)
    forest.add(f"{SID}-2001", O.COMPUTER, IS_DC=True, ACL_PROTECTED=True)
    forest.tie("TOP", K.CONTAINS, "BLOCKED")
    forest.tie("BLOCKED", K.CONTAINS, f"{SID}-2001")
    forest.tie("GPO", K.GP_LINK_ENFORCED if enforced else K.GP_LINK, "TOP")
    forest.tie(f"{SID}-2000", K.GENERIC_WRITE, "GPO")
    assert (f"{SID}-2000" in exposed_in(forest.facts())[0]) is reaches


def test_writing_an_ou_links_a_policy_on_its_accounts_but_gives_no_right_on_its_groups() -> None:
    forest = Forest()
    forest.add("OU", O.OU)
    forest.add(f"{SID}-2000", O.GROUP)
    forest.add(f"{SID}-2001", O.USER, ACL_PROTECTED=True)
    for child in (f"{SID}-2000", f"{SID}-2001"):
        forest.tie("OU", K.CONTAINS, child)
    forest.tie("WRITER", K.GENERIC_WRITE, "OU")
    forest.tie("OWNER", K.WRITE_DACL, "OU")
    found = ways(forest.facts())
    assert ("WRITER", "GENERIC_WRITE", "write>OU") in found
    assert ("write>OU", "POLICY_APPLIES", "policy_enforced>OU") in found
    assert ("policy_enforced>OU", "POLICY_APPLIES", f"{SID}-2001") in found
    assert ("OWNER", "WRITE_DACL", "OU") in found
    assert ("OU", "CONTAINS", f"{SID}-2000") in found
    assert ("OU", "CONTAINS", f"{SID}-2001") not in found  # inherits nothing
    assert not any(source.startswith("policy") and target == f"{SID}-2000"
                   for source, _, target in found)  # fmt: skip


def test_replication_needs_both_rights_whatever_groups_they_come_from() -> None:
    forest = Forest()
    for number in (2000, 2001, 2002):
        forest.add(f"{SID}-{number}", O.USER)
    forest.add(f"{SID}-1101", O.GROUP)
    forest.add(f"{SID}-1102", O.GROUP)
    forest.tie(f"{SID}-1101", K.GET_CHANGES, SID)
    forest.tie(f"{SID}-1102", K.GET_CHANGES_ALL, SID)
    forest.tie(f"{SID}-2000", K.MEMBER_OF, f"{SID}-1101")
    forest.tie(f"{SID}-2000", K.MEMBER_OF, f"{SID}-1102")
    forest.tie(f"{SID}-2001", K.MEMBER_OF, f"{SID}-1101")
    forest.tie(EVERYBODY, K.GET_CHANGES, SID)
    forest.tie(f"{SID}-2002", K.GET_CHANGES_ALL, SID)
    found = {source for source, kind, _ in ways(forest.facts()) if kind == "DCSYNC"}
    assert found == {f"{SID}-1102", f"{SID}-2002"}  # everybody may ask, so the second right decides


def authority(told: Callable[[Forest, int], None]) -> Forest:
    forest = Forest()
    ca, template = forest.add("CA", O.ENTERPRISE_CA), forest.add("TEMPLATE", O.CERT_TEMPLATE)
    forest.add("ROOT", O.ROOT_CA)
    forest.add("STORE", O.NT_AUTH_STORE)
    forest.builder.text(ca, Text.CERT_THUMBPRINT, "AB")
    forest.builder.text(ca, Text.CERT_CHAIN, ("AB", "CD"))
    forest.builder.text(forest.builder.intern("ROOT"), Text.CERT_THUMBPRINT, "CD")
    forest.builder.text(forest.builder.intern("STORE"), Text.CERT_THUMBPRINT, ("AB",))
    for source, kind in (("ROOT", K.ROOT_CA_FOR), ("STORE", K.NT_AUTH_STORE_FOR)):
        forest.tie(source, kind, SID)
    forest.tie("TEMPLATE", K.PUBLISHED_TO, "CA")
    forest.tie(USERS, K.ENROLL, "TEMPLATE")
    forest.tie(EVERYBODY, K.ENROLL, "CA")
    told(forest, template)
    return forest


def open_template(forest: Forest, template: int) -> None:
    forest.say(template, AUTHENTICATION_ENABLED=True, SUBJECT_SUPPLIED=True, MANAGER_APPROVAL=False)
    forest.builder.number(template, Number.TEMPLATE_SCHEMA, 2)
    forest.builder.number(template, Number.AUTHORIZED_SIGNATURES, 0)


def test_a_template_where_the_requester_writes_the_subject_exposes_the_domain() -> None:
    assert (USERS, "ADCS_ESC1", SID) in ways(authority(open_template).facts())


def test_a_template_whose_approval_is_not_told_makes_no_relation_and_is_counted() -> None:
    def half(forest: Forest, template: int) -> None:
        forest.say(template, AUTHENTICATION_ENABLED=True, SUBJECT_SUPPLIED=True)
        forest.builder.number(template, Number.TEMPLATE_SCHEMA, 2)
        forest.builder.number(template, Number.AUTHORIZED_SIGNATURES, 0)

    found = derivation(authority(half).facts())
    assert not any(kind.startswith("ADCS") for _, kind, _ in relations(found))
    assert found.unknowns.counts[Unexamined.TEMPLATE] == 1
    assert found.unknowns.counts[Unexamined.CA_REGISTRY] == 1


def test_a_template_that_asks_for_approval_is_known_to_be_closed() -> None:
    def closed(forest: Forest, template: int) -> None:
        forest.say(template, MANAGER_APPROVAL=True)

    found = derivation(authority(closed).facts())
    assert Unexamined.TEMPLATE not in found.unknowns.counts


def test_groups_that_nest_in_a_loop_are_unrolled_once() -> None:
    forest = Forest()
    for number in range(1000):
        forest.add(f"{SID}-{2000 + number}", O.GROUP)
        forest.tie(f"{SID}-{2000 + number}", K.MEMBER_OF, f"{SID}-{2000 + (number + 1) % 1000}")
    forest.tie(f"{SID}-2000", K.GET_CHANGES, SID)
    forest.tie(f"{SID}-2500", K.GET_CHANGES_ALL, SID)
    found = {source for source, kind, _ in ways(forest.facts()) if kind == "DCSYNC"}
    assert len(found) == 1000  # each of them is in each of them
    forest.tie(f"{SID}-2000", K.MEMBER_OF, ADMINS)
    tier = tier_zero(derivation(forest.facts()))
    assert int((tier.reasons & Reason.MEMBER > 0).sum()) == 1000


def test_many_sources_and_many_targets_are_tied_through_one_node() -> None:
    forest = Forest()
    for number in range(30):
        forest.add(f"{SID}-{3000 + number}", O.COMPUTER, HAS_LAPS=True)
        forest.tie(f"{SID}-{2000 + number}", K.GET_CHANGES, SID)
        forest.tie(f"{SID}-{2000 + number}", K.MEMBER_OF, f"{SID}-1101")
    forest.add(f"{SID}-1101", O.GROUP)
    forest.tie(f"{SID}-1101", K.GET_CHANGES_FILTERED, SID)
    direct = [kind for _, kind, _ in ways(forest.facts())].count("SYNC_LAPS_PASSWORD")
    found = ways(forest.facts(), Limits(product=100))
    gated = [edge for edge in found if edge[1] == "SYNC_LAPS_PASSWORD"]
    assert direct == 900
    assert len(gated) == 60
    assert all("hub" in source + target for source, _, target in gated)


def test_beyond_the_limits_relations_are_left_out_and_counted() -> None:
    forest = authority(open_template)
    found = derivation(forest.facts(), Limits(unrolled=-1))
    assert found.unknowns.counts[Unexamined.LIMIT]
    assert not any(kind == "ADCS_ESC1" for _, kind, _ in relations(found))


def test_a_path_reads_step_by_step_and_hops_count_users() -> None:
    forest = Forest()
    forest.add(f"{SID}-2000", O.USER)
    forest.add(f"{SID}-3000", O.COMPUTER)
    forest.add(f"{SID}-500", O.USER)
    forest.tie(f"{SID}-2000", K.ADMIN_TO, f"{SID}-3000")
    forest.tie(f"{SID}-3000", K.HAS_SESSION, f"{SID}-500")
    found = derivation(forest.facts())
    graph, reach = attack_graph(found, tier_zero(found))
    answer = exposure(graph, reach)
    names = graph.found.facts.identifiers
    steps = path_of(answer, names.index(f"{SID}-2000"))
    assert [(names[step.source], step.kind, names[step.target]) for step in steps] == [
        (f"{SID}-2000", K.ADMIN_TO, f"{SID}-3000"),
        (f"{SID}-3000", K.HAS_SESSION, f"{SID}-500"),
    ]
    assert hops(answer, graph.found.facts, (1, 2, 3)) == {1: 0, 2: 1, 3: 1}
    assert answer.by_kind == {K.ADMIN_TO: 1, K.HAS_SESSION: 1}
    assert (answer.users, answer.exposed_users) == (1, 1)
    assert (answer.hosts, answer.unknown_hosts) == (1, 1)


def test_edits_of_tier_zero_that_name_nothing_are_told() -> None:
    forest = Forest()
    found = derivation(forest.facts())
    tier = tier_zero(found, extra=("s-1-5-21-10-20-30-513", "NOBODY"), removed=(ADMINS,))
    assert tier.unknown_edits == ("NOBODY",)
    assert tier.reasons[found.facts.identifiers.index(USERS)] == Reason.ADDED
    assert not tier.inside[found.facts.identifiers.index(ADMINS)]


def test_the_document_gives_each_kind_its_row() -> None:
    text = (Path(__file__).parents[3] / "docs/engines/attack-paths.md").read_text("utf-8")
    for row in ROWS:
        effort = str(row.weight) if row.is_walked else "—"
        action = row.action or ("structure" if row.is_walked else "fact")
        cost = f"{row.cost:g}" if row.action else ""
        assert f"| `{row.kind.name}` | {effort} | {action} | {cost} |" in text
    for code in Unexamined:
        assert f"`{code}`" in text or code in (
            "rights",
            "members",
            "special_identity",
            "ca_enrollers",
        )
