"""What do the points say of the public sample of three domains?"""

from pathlib import Path

import numpy as np
import pytest

from hygie.connectors.directory_exports.opening import open_export
from hygie.engines.directory.level import level_of
from hygie.engines.directory.merge import Merged, merged
from hygie.engines.directory.nesting import nesting
from hygie.engines.directory.points.decide import decide_all
from hygie.engines.directory.points.reference import level_bounds, privileged_members
from hygie.engines.directory.privileged import privileged_of
from hygie.engines.directory.scope import scope_of
from hygie.engines.directory.verdicts import PointState, PointVerdict
from tests.engines.directory.judging import CATALOGUE

pytestmark = pytest.mark.real_data


@pytest.fixture
def sample(real_data: Path) -> Merged:
    return merged(open_export(real_data / "directory" / "phantom_sharphound_v6.zip").exports)


def judged(sample: Merged, *, is_whole_forest: bool = True) -> dict[str, PointVerdict]:
    facts = sample.facts
    found = decide_all(
        sample,
        CATALOGUE,
        facts.collected_on,
        np.zeros(len(facts), np.bool_),
        is_whole_forest=is_whole_forest,
    )
    return {verdict.point: verdict for verdict in found}


def named(sample: Merged, verdict: PointVerdict) -> set[str]:
    return {sample.facts.names[place] for place in verdict.objects}


def test_the_privileged_are_those_of_the_slow_twin(sample: Merged) -> None:
    facts = sample.facts
    scope = scope_of(facts)
    found = privileged_of(facts, scope, nesting(facts))
    assert found.gaps == ()
    assert set(np.flatnonzero(found.members).tolist()) == privileged_members(
        facts, scope.forest_sids
    )


def test_the_level_is_one_whatever_is_not_known(sample: Merged) -> None:
    found = judged(sample)
    answer = level_of(found.values(), CATALOGUE)
    assert (answer.at_best, answer.at_worst) == (1, 1)
    assert answer.holding == (
        "permissions_dc",
        "permissions_naming_context",
        "privileged_members_perm",
        "dnsadmins",
        "dont_expire_priv",
        "delegation_t4d",
        "delegation_t2a4d",
        "password_change_dc_no_change",
        "password_change_inactive_dc",
        "adcs_template_control",
        "adcs_template_auth_enroll_with_name",
    )
    best, worst, holding = level_bounds(found.values(), CATALOGUE)
    assert (best, worst, holding) == (1, 1, set(answer.holding))


def test_a_domain_that_was_not_collected_lets_nothing_pass(sample: Merged) -> None:
    assert scope_of(sample.facts).missing == ("CHILD.WRAITH.CORP",)
    states = [verdict.state for verdict in judged(sample).values()]
    assert PointState.PASSED not in states
    apart = [verdict.state for verdict in judged(sample, is_whole_forest=False).values()]
    assert apart.count(PointState.PASSED) > 25


def test_faults_are_found_where_they_were_laid(sample: Merged) -> None:
    found = judged(sample)
    assert named(sample, found["delegation_t4d"]) == {"UNCON.WRAITH.CORP"}
    assert named(sample, found["kerberos_properties_preauth"]) == {"NOPREAUTH@PHANTOM.CORP"}
    assert "DCSYNCERS@PHANTOM.CORP" in named(sample, found["permissions_naming_context"])
    assert named(sample, found["password_change_dc_no_change"]) == {
        "RODC01.PHANTOM.CORP",
        "EXTRODC01.WRAITH.CORP",
    }


def test_what_this_collector_does_not_read_is_said(sample: Merged) -> None:
    found = judged(sample, is_whole_forest=False)
    for point, lacking in (
        ("silo_priv", "SILO_ENFORCED"),
        ("sysvol_ntfrs", "SYSVOL_NTFRS"),
        ("dc_crypto", "ENCRYPTION_TYPES"),
        ("user_accounts_machineaccountquota", "MACHINE_QUOTA"),
        ("certificates_vuln", "CERTIFICATE_FLAW_LEVEL"),
    ):
        assert found[point].state is PointState.CANNOT_TELL
        assert lacking in found[point].missing
