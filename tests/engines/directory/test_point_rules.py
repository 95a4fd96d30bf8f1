"""Do the rules of decision hold: bounds, gaps, absent subjects, exceptions, protected holders?"""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hygie.engines.directory.exceptions import PointException
from hygie.engines.directory.facts import UNKNOWN
from hygie.engines.directory.level import level_of
from hygie.engines.directory.points.accounts import is_dangerous_sid
from hygie.engines.directory.points.dns import starts_outside
from hygie.engines.directory.points.policies import failed_heuristics
from hygie.engines.directory.verdicts import PointState, PointVerdict
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Number, ObjectKind, Text
from tests.engines.directory.beside import trust
from tests.engines.directory.hospital import DC, DNS, NAMED, SID, Hospital
from tests.engines.directory.judging import CATALOGUE, verdict_of, verdicts
from tests.engines.directory.planting import HOLDER, POLICY

FOREVER = date(2099, 1, 1)


def judged(forest: Hospital, point: str, *exceptions: PointException) -> PointVerdict:
    return verdict_of(point, forest.build(), exceptions)


def test_one_known_fault_is_enough_whatever_else_is_unknown() -> None:
    forest = Hospital()
    forest.set("admin", PASSWORD_NEVER_EXPIRES=True)
    forest.flag(forest.builtin(548), Flag.MEMBERS_COLLECTED, value=False)
    verdict = judged(forest, "dont_expire_priv")
    assert (verdict.state, verdict.failed_levels) == (PointState.FAILED, (1,))


def test_a_stricter_level_alone_is_partial() -> None:
    forest = Hospital()
    forest.give("team", EdgeKind.WRITE_SPN, forest.the("admin"))
    verdict = judged(forest, "privileged_members_perm")
    assert (verdict.state, verdict.failed_levels) == (PointState.PARTIAL, (2,))
    assert [forest.build().edges.kind[place] for place in verdict.relations] == [EdgeKind.WRITE_SPN]


def test_a_lower_level_left_open_beside_a_stricter_failure_is_failed_with_doubt() -> None:
    forest = Hospital()
    forest.give("team", EdgeKind.WRITE_SPN, forest.the("admin"))
    forest.set("administrator", ACES_COLLECTED=False)
    verdict = judged(forest, "privileged_members_perm")
    assert verdict.state is PointState.FAILED
    assert (verdict.failed_levels, verdict.undecided_levels) == ((2,), (1,))
    assert verdict.missing == ("ACES_COLLECTED",)


@pytest.mark.parametrize(
    ("never", "unknown", "state"),
    [
        (1, 0, PointState.PASSED),  # 1 of 14
        (2, 0, PointState.FAILED),  # 2 of 14
        (1, 1, PointState.CANNOT_TELL),  # 1 or 2 of 14
        (2, 5, PointState.FAILED),  # at least 2 of 14
        (0, 1, PointState.PASSED),  # at most 1 of 14
    ],
)
def test_a_share_is_decided_when_both_bounds_agree(
    never: int, unknown: int, state: PointState
) -> None:
    forest = Hospital()
    users = [forest.add_user(rid) for rid in range(7000, 7010)]
    for place, user in enumerate(users):
        forest.flag(user, Flag.PASSWORD_NEVER_EXPIRES, value=place < never)
    facts = forest.build()
    known = facts.known.copy()
    bit = np.uint64(1 << Flag.PASSWORD_NEVER_EXPIRES)
    for user in users[never : never + unknown]:
        known[user] &= ~bit
    verdict = verdicts(replace(facts, known=known))["dont_expire"]
    assert verdict.measured["population"] == 14
    assert verdict.state is state


def test_accounts_whose_state_is_unknown_widen_a_share() -> None:
    forest = Hospital()
    for rid in range(7000, 7010):
        forest.flag(forest.add_user(rid), Flag.PASSWORD_NEVER_EXPIRES, value=rid < 7002)
    facts = forest.build()
    known, value = facts.known.copy(), facts.value.copy()
    bit = np.uint64(1 << Flag.ENABLED)
    for rid in (7000, 7001):
        known[forest.intern(f"{SID}-{rid}")] &= ~bit
        value[forest.intern(f"{SID}-{rid}")] &= ~bit
    verdict = verdicts(replace(facts, known=known, value=value))["dont_expire"]
    assert verdict.state is PointState.CANNOT_TELL
    assert verdict.measured["share_low"] == 0
    assert verdict.measured["share_high"] == pytest.approx(2 / 14)


def test_an_uncollected_domain_of_the_forest_lets_nothing_pass() -> None:
    forest = Hospital()
    inner = replace(
        trust("parent_child", 0x20), partner_sid="S-1-5-21-4-4-4", partner_name="FILLE.CHU.EXAMPLE"
    )
    forest.trusts = [trust(), inner]
    forest.set("nurse", NO_PREAUTH=True)
    found = verdicts(forest.build())
    assert found["guest"].state is PointState.CANNOT_TELL
    assert "DOMAIN_COLLECTED" in found["guest"].missing
    assert found["kerberos_properties_preauth"].state is PointState.FAILED
    answer = level_of(found.values(), CATALOGUE)
    assert (answer.at_best, answer.at_worst) == (2, 1)


def test_a_kind_that_no_export_described_leaves_its_points_open() -> None:
    facts = Hospital().build()
    kind = facts.kind.copy()
    kind[kind == ObjectKind.COMPUTER] = ObjectKind.OTHER
    found = verdicts(replace(facts, kind=kind))
    assert found["dc_obsolete"].state is PointState.CANNOT_TELL
    assert "COMPUTER" in found["dc_obsolete"].missing
    assert found["rodc_never_reveal"].state is PointState.CANNOT_TELL


def test_without_a_read_only_controller_its_points_do_not_apply() -> None:
    forest = Hospital()
    forest.set("rodc", DELETED=True)
    found = verdicts(forest.build())
    for point in ("rodc_priv_revealed", "rodc_reveal", "rodc_never_reveal"):
        assert found[point].state is PointState.NOT_APPLICABLE


def test_without_a_trust_its_points_apply_only_if_the_list_was_read() -> None:
    forest = Hospital()
    forest.trusts = []
    assert judged(forest, "trusts_tgt_deleg").state is PointState.NOT_APPLICABLE
    forest.set("domain", TRUSTS_COLLECTED=False)
    assert judged(forest, "trusts_tgt_deleg").state is PointState.CANNOT_TELL


def test_a_trust_that_does_not_tell_its_filter_leaves_the_point_open() -> None:
    forest = Hospital()
    forest.trusts = [
        replace(trust("external"), attributes=UNKNOWN, sid_filtering=None, tgt_delegation=None)
    ]
    for point in ("trusts_domain_notfiltered", "trusts_tgt_deleg"):
        assert judged(forest, point).state is PointState.CANNOT_TELL
    assert judged(forest, "trusts_forest_sidhistory").state is PointState.PASSED


def test_the_domain_administrators_of_another_forest_are_not_privileged_here() -> None:
    forest = Hospital()
    forest.give("S-1-5-21-9-9-9-512", EdgeKind.WRITE_DACL, forest.domain)
    assert judged(forest, "permissions_naming_context").failed_levels == (1, 2)


def test_the_system_and_the_holder_itself_are_never_at_fault() -> None:
    forest = Hospital()
    for sid in ("S-1-5-18", "S-1-5-9", "S-1-5-10", "S-1-3-0", "S-1-3-4"):
        forest.give(f"{DNS}-{sid}", EdgeKind.GENERIC_ALL, forest.the("admin"))
    forest.give("admin", EdgeKind.GENERIC_ALL, forest.the("admin"))
    assert judged(forest, "privileged_members_perm").state is PointState.PASSED


def test_read_only_controllers_may_replicate_but_not_everything() -> None:
    forest = Hospital()
    forest.give(f"{SID}-498", EdgeKind.GET_CHANGES, forest.domain)
    assert judged(forest, "permissions_naming_context").state is PointState.PASSED
    forest.give(f"{SID}-498", EdgeKind.GET_CHANGES_ALL, forest.domain)
    assert 2 in judged(forest, "permissions_naming_context").failed_levels


def test_a_holder_may_be_privileged_where_the_members_were_not_read() -> None:
    forest = Hospital()
    forest.give("team", EdgeKind.WRITE_DACL, forest.domain)
    forest.flag(forest.builtin(544), Flag.MEMBERS_COLLECTED, value=False)
    assert judged(forest, "permissions_naming_context").state is PointState.CANNOT_TELL
    forest.give("authenticated", EdgeKind.WRITE_DACL, forest.domain)
    assert judged(forest, "permissions_naming_context").failed_levels == (1, 2)


def test_everyone_in_a_privileged_group_makes_everyone_privileged() -> None:
    forest = Hospital()
    for rid in range(8000, 8060):
        forest.add_user(rid)
    forest.give("authenticated", EdgeKind.MEMBER_OF, forest.builtin(544))
    verdict = judged(forest, "privileged_members")
    assert verdict.measured["count"] > 60
    assert 2 in verdict.failed_levels


def test_a_primary_group_makes_a_member() -> None:
    forest = Hospital()
    forest.number(forest.the("nurse"), Number.PRIMARY_GROUP_RID, 512)
    forest.set("nurse", NO_PREAUTH=True)
    assert judged(forest, "kerberos_properties_preauth_priv").failed_levels == (1,)


def protected_service() -> Hospital:
    """A service that holds a right, kept as AdminSDHolder keeps."""
    forest = Hospital()
    forest.give("service", EdgeKind.GENERIC_ALL, forest.at(POLICY))
    forest.set("service", ACL_PROTECTED=True)
    return forest


def test_a_holder_protected_like_adminsdholder_is_tolerated_and_named() -> None:
    verdict = judged(protected_service(), "permissions_gpo_priv")
    assert verdict.state is PointState.PASSED
    assert verdict.is_held_by_exceptions
    assert verdict.excepted.tolist() == [protected_service().the("service")]


@pytest.mark.parametrize("case", ["inherits", "unread", "looser", "unread_template"])
def test_a_holder_less_protected_than_adminsdholder_is_at_fault(case: str) -> None:
    forest = protected_service()
    if case == "inherits":
        forest.set("service", ACL_PROTECTED=False)
    elif case == "unread":
        forest.set("service", ACES_COLLECTED=False)
    elif case == "looser":
        forest.give("team", EdgeKind.FORCE_CHANGE_PASSWORD, forest.the("service"))
    else:
        forest.set(HOLDER, ACES_COLLECTED=False)
    assert judged(forest, "permissions_gpo_priv").failed_levels == (1,)


def test_a_protected_group_is_tolerated_only_with_protected_members_and_no_group() -> None:
    forest = Hospital()
    forest.give("team", EdgeKind.GENERIC_ALL, forest.at(POLICY))
    forest.set("team", ACL_PROTECTED=True)
    assert judged(forest, "permissions_gpo_priv").state is PointState.PASSED
    forest.give("service", EdgeKind.MEMBER_OF, forest.the("team"))
    assert judged(forest, "permissions_gpo_priv").failed_levels == (1,)
    forest.set("service", ACL_PROTECTED=True)
    assert judged(forest, "permissions_gpo_priv").state is PointState.PASSED
    forest.edge(forest.group(1101), EdgeKind.MEMBER_OF, forest.the("team"))
    assert judged(forest, "permissions_gpo_priv").failed_levels == (1,)


def test_an_accepted_risk_leaves_its_object_out_until_it_expires() -> None:
    forest = Hospital()
    forest.set("admin", PASSWORD_NEVER_EXPIRES=True)
    risk = PointException("dont_expire_priv", NAMED["admin"].lower(), "compte de secours", FOREVER)
    verdict = judged(forest, "dont_expire_priv", risk)
    assert verdict.state is PointState.PASSED
    assert verdict.is_held_by_exceptions
    assert verdict.excepted.tolist() == [forest.the("admin")]
    for expired in (CATALOGUE.day, date(2020, 1, 1)):
        late = replace(risk, expires_on=expired)
        assert judged(forest, "dont_expire_priv", late).failed_levels == (1,)


def test_an_accepted_risk_does_not_hide_the_next_fault() -> None:
    forest = Hospital()
    forest.set("admin", PASSWORD_NEVER_EXPIRES=True)
    forest.set("administrator", PASSWORD_NEVER_EXPIRES=True)
    risk = PointException("dont_expire_priv", NAMED["admin"], "compte de secours", FOREVER)
    verdict = judged(forest, "dont_expire_priv", risk)
    assert verdict.objects.tolist() == [forest.the("administrator")]
    assert not verdict.is_held_by_exceptions


def test_an_accepted_right_is_named_by_its_holder_or_by_its_target() -> None:
    forest = Hospital()
    forest.give("team", EdgeKind.GENERIC_ALL, forest.the("dc"))
    for accepted in (NAMED["team"], NAMED["dc"]):
        risk = PointException("permissions_dc", accepted, "hébergeur", FOREVER)
        verdict = judged(forest, "permissions_dc", risk)
        assert (verdict.state, verdict.is_held_by_exceptions) == (PointState.PASSED, True)


def test_a_whole_point_may_be_accepted_and_says_so() -> None:
    forest = Hospital()
    forest.number(forest.domain, Number.MACHINE_QUOTA, 10)
    risk = PointException("user_accounts_machineaccountquota", None, "en cours", FOREVER)
    verdict = judged(forest, "user_accounts_machineaccountquota", risk)
    assert (verdict.state, verdict.is_held_by_exceptions) == (PointState.PASSED, True)
    assert verdict.excepted.tolist() == [forest.domain]
    sound = judged(Hospital(), "user_accounts_machineaccountquota", risk)
    assert not sound.is_held_by_exceptions


def test_accepted_accounts_leave_a_share_and_a_count() -> None:
    forest = Hospital()
    forest.set("nurse", PASSWORD_NEVER_EXPIRES=True)
    risk = PointException("dont_expire", NAMED["nurse"], "badge", FOREVER)
    verdict = judged(forest, "dont_expire", risk)
    assert (verdict.state, verdict.is_held_by_exceptions) == (PointState.PASSED, True)


def test_a_policy_stopped_by_a_unit_does_not_reach_administrators() -> None:
    forest = Hospital()
    policy = forest.intern("B0000000-0000-0000-0000-000000000001")
    forest.describe(policy, ObjectKind.GPO, "POSTES", forest.domain)
    forest.flag(policy, Flag.ACES_COLLECTED, value=True)
    forest.give("team", EdgeKind.GENERIC_ALL, policy)
    forest.edge(policy, EdgeKind.GP_LINK, forest.domain)
    assert judged(forest, "permissions_gpo_priv").failed_levels == (1,)
    for unit in ("ADMINISTRATION", "DOMAIN CONTROLLERS"):
        forest.flag(forest.at(f"OU={unit},{DC}"), Flag.BLOCKS_INHERITANCE, value=True)
    assert judged(forest, "permissions_gpo_priv").state is PointState.PASSED
    forest.edge(policy, EdgeKind.GP_LINK_ENFORCED, forest.domain)
    assert judged(forest, "permissions_gpo_priv").failed_levels == (1,)


def test_an_unknown_system_of_a_controller_is_not_called_sound() -> None:
    forest = Hospital()
    forest.text(forest.the("dc"), Text.OPERATING_SYSTEM, "Samba 4.19")
    assert judged(forest, "dc_obsolete").state is PointState.CANNOT_TELL


@pytest.mark.parametrize(
    ("value", "levels"),
    [
        ("", {4}),
        ("0000000001000000000200000001130", set()),
        ("0000000001000001", {1, 4}),
        ("00000021", {1, 2, 4}),
        ("0000000001000000000210000001130", {2}),
        ("00000000010000000002001", {2, 4}),
    ],
)
def test_heuristics_are_read_by_position(value: str, levels: set[int]) -> None:
    assert failed_heuristics(value) == levels


@pytest.mark.parametrize(
    ("menu", "outside"),
    [
        ("1,{08EB4FA6-6FFD-11D1-B0E0-00C04FD8DCA6}", False),
        ("2,&Outil,\\\\chu.example\\SYSVOL\\chu.example\\scripts\\a.vbs", False),
        ("2,&Outil,\\\\nas\\outils\\a.vbs", True),
        ("2,&Outil,C:\\outils\\a.exe", True),
        ("2,&Outil,//nas/outils/a.vbs", True),
    ],
)
def test_a_menu_outside_sysvol_is_seen(menu: str, outside: bool) -> None:
    assert starts_outside(menu) is outside


@pytest.mark.parametrize(
    ("sid", "dangerous"),
    [
        ("S-1-5-21-7-7-7-1105", False),
        ("S-1-5-21-7-7-7-512", True),
        ("S-1-5-32-544", True),
        ("S-1-5-9", True),
    ],
)
def test_a_dangerous_history_is_told_by_its_rid(sid: str, dangerous: bool) -> None:
    assert is_dangerous_sid(sid) is dangerous


def test_a_right_that_nobody_knows_leaves_level_two_open() -> None:
    forest = Hospital()
    forest.give("team", EdgeKind.OTHER_RIGHT, forest.the("dc"))
    verdict = judged(forest, "permissions_dc")
    assert (verdict.state, verdict.undecided_levels) == (PointState.CANNOT_TELL, (2,))
    assert verdict.missing == ("OTHER_RIGHT",)
