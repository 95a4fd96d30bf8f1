"""Do the settings of the domains, and the policies that reach privileged accounts, hold?"""

from collections.abc import Sequence

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import BoolArray
from hygie.engines.directory.points.drafts import Draft, over_objects, undecided
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.points.rights import LINKING, POLICY, Rights, over_rights
from hygie.engines.directory.tri import Tri, certain
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Number, ObjectKind, Text

_BAD_REVISION = 15


def _on_domains(ground: Ground, point: str, rows: Sequence[Row], state: Tri) -> Draft:
    """A setting that fails as soon as one domain has it."""
    fault = certain(ground.domains) & state
    return over_objects(ground, point, rows, lambda row: fault)


def machine_quota(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Domains where every user may join machines."""
    quota = ground.facts.number(Number.MACHINE_QUOTA)
    state = ground.number(Number.MACHINE_QUOTA, quota > 0)
    return _on_domains(ground, "user_accounts_machineaccountquota", rows, state)


def smartcard_expiry(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Domains that do not renew the secrets of smart-card users."""
    state = ~ground.flag(Flag.SMARTCARD_PASSWORDS_EXPIRE)
    return _on_domains(ground, "smartcard_expire_passwords", rows, state)


def reversible_policy(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Domains whose policy stores passwords so that they can be read back."""
    state = ground.flag(Flag.REVERSIBLE_POLICY)
    return _on_domains(ground, "reversible_password_priv_namingcontext", rows, state)


def sysvol_ntfrs(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Domains that still replicate SYSVOL with NTFRS."""
    return _on_domains(ground, "sysvol_ntfrs", rows, ground.flag(Flag.SYSVOL_NTFRS))


def domain_preparation(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Domains prepared at the revision that gave key administrators too much."""
    revision = ground.facts.number(Number.DOMAIN_PREP_REVISION)
    state = ground.number(Number.DOMAIN_PREP_REVISION, revision == _BAD_REVISION)
    return _on_domains(ground, "adupdate_bad", rows, state)


def heuristics(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Domains whose dSHeuristics opens what is closed, or leaves open what can be shut."""
    told = ground.facts.texts.get(Text.DS_HEURISTICS, {})
    read = ground.facts.is_set(Flag.DS_HEURISTICS_COLLECTED)
    by_level: dict[int, list[BoolArray]] = {}
    for row in rows:
        yes, no = (np.zeros(len(ground.facts), np.bool_) for _ in range(2))
        for domain in ground.scope.domains.tolist():
            if domain in told or read[domain]:
                is_bad = row.level in failed_heuristics(str(told.get(domain, "")))
                (yes if is_bad else no)[domain] = True
        by_level[row.level] = [yes, no]
    # One attribute for the forest: where one domain tells it, the others share it.
    if any(yes.any() or no.any() for yes, no in by_level.values()):
        for yes, no in by_level.values():
            no |= ground.domains & ~yes
    domains = certain(ground.domains)
    return over_objects(
        ground, "dsheuristics_bad", rows, lambda row: domains & Tri(*by_level[row.level])
    )


def failed_heuristics(value: str) -> frozenset[int]:
    """Levels at which a value of dSHeuristics fails.

    Args:
        value: the string, one character a setting, from the first; "" = not set.

    Source: the official page, vuln_dsheuristics_bad; positions from [MS-ADTS] 6.1.1.2.4.1.2.
    """

    def at(position: int) -> str:
        return value[position - 1] if len(value) >= position else "0"

    failed = set()
    if at(8) != "0" or at(16) != "0":  # fAllowAnonNSPI, dwAdminSDExMask
        failed.add(1)
    if at(7) == "2" or at(21) != "0":  # fLDAPBlockAnonOps, DoNotVerifyUPNAndOrSPNUniqueness
        failed.add(2)
    # AttributeAuthorizationOnLDAPAdd, BlockOwnerImplicitRights
    if "2" in (at(28), at(29)):
        failed.add(2)
    if at(23) != "0" and len(value) >= 23:  # DisableConfidentialAttributeEncryption…
        failed.add(2)
    if (at(28), at(29)) != ("1", "1"):
        failed.add(4)
    return frozenset(failed)


def reaching(ground: Ground) -> tuple[BoolArray, BoolArray]:
    """Containers above privileged accounts and controllers, and the policies that reach them.

    A container that blocks inheritance stops the policies linked above it, enforced ones excepted.
    The policies of sites are taken to reach controllers.

    Returns:
        Two masks (n,): containers, policies.

    Cost: O(n · depth of the tree) on the few containers met.
    """
    facts, edges = ground.facts, ground.facts.edges
    start = np.flatnonzero(ground.privileged_accounts | ground.controllers.yes)
    blocks = facts.is_set(Flag.BLOCKS_INHERITANCE)
    above, applied = (np.zeros(len(facts), np.bool_) for _ in range(2))
    frontier = {(int(place), False) for place in ground.parents[start] if place >= 0}
    seen = set(frontier)
    while frontier:
        raised = set()
        for place, is_blocked in frontier:
            above[place] = True
            applied[place] |= not is_blocked
            parent = int(ground.parents[place])
            if parent >= 0:
                raised.add((parent, is_blocked or bool(blocks[place])))
        frontier = raised - seen
        seen |= frontier
    sites = facts.kind == ObjectKind.SITE
    policies = np.zeros(len(facts), np.bool_)
    for kind, places in ((EdgeKind.GP_LINK, applied), (EdgeKind.GP_LINK_ENFORCED, above)):
        links = ground.edges_of(kind)
        policies[edges.source[links[(places | sites)[edges.target[links]]]]] = True
    return above, policies


def _orphans(ground: Ground) -> tuple[str, ...]:
    """`CONTAINS`, where a privileged account has no known container."""
    placed = ground.privileged_accounts | ground.controllers.yes
    lost = placed & ground.scope.described & (ground.parents < 0)
    return (EdgeKind.CONTAINS.name,) if lost.any() else ()


def policy_rights(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """Rights on the policies that apply to privileged accounts or controllers."""
    _, policies = reaching(ground)
    if not len(ground.edges_of(EdgeKind.GP_LINK, EdgeKind.GP_LINK_ENFORCED)):
        return undecided(rows, EdgeKind.GP_LINK.name)
    draft = over_rights(rights, "permissions_gpo_priv", rows, policies, {1: POLICY})
    return Draft(draft.levels, draft.measured, _orphans(ground))


def container_rights(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """Rights on the units, containers and sites that hold privileged accounts or controllers."""
    above, _ = reaching(ground)
    above = above | (ground.population(ObjectKind.SITE))
    above &= ground.facts.kind != ObjectKind.DOMAIN
    above &= ground.facts.kind != ObjectKind.OTHER
    if not above.any():
        return undecided(rows, EdgeKind.CONTAINS.name)
    draft = over_rights(rights, "permissions_gpo_container_priv", rows, above, {2: LINKING})
    return Draft(draft.levels, draft.measured, _orphans(ground))
