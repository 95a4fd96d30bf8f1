"""Can the certification authority of the forest be turned against it?"""

from collections.abc import Sequence

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import UNKNOWN, BoolArray
from hygie.engines.directory.places import Place
from hygie.engines.directory.points.drafts import (
    ABSENT_SUBJECT,
    Draft,
    over_objects,
    undecided,
)
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.points.rights import CONTROL, TEMPLATE, Rights, over_rights
from hygie.engines.directory.privileged import special
from hygie.engines.directory.tri import Tri, certain
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Number, ObjectKind, Text

_AUTHORITIES = (
    ObjectKind.ENTERPRISE_CA,
    ObjectKind.ROOT_CA,
    ObjectKind.AIA_CA,
    ObjectKind.NT_AUTH_STORE,
)
_PUBLISHERS_RID = 517
_ENROLLING = (EdgeKind.ENROLL, EdgeKind.ALL_EXTENDED_RIGHTS, EdgeKind.GENERIC_ALL)


def _authorities(ground: Ground) -> BoolArray:
    return np.isin(ground.facts.kind, _AUTHORITIES) & ~ground.facts.is_set(Flag.DELETED)


def _is_collected(ground: Ground) -> bool:
    """Whether the public key services were read: some object of theirs is there."""
    return bool(ground.at(Place.PUBLIC_KEY_SERVICES).any() or _authorities(ground).any())


def containers(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """Control over the containers and authorities of the public key services."""
    targets = ground.at(Place.PUBLIC_KEY_SERVICES) | _authorities(ground)
    if not targets.any():
        return undecided(rows, ObjectKind.ROOT_CA.name)
    spare, is_doubtful = _own_publication(ground, targets)
    draft = over_rights(rights, "adcs_control", rows, targets, {1: CONTROL}, spare)
    gaps = (Text.DISTINGUISHED_NAME.name,) if is_doubtful else ()
    return Draft(draft.levels, draft.measured, (*draft.gaps, *gaps))


def _own_publication(ground: Ground, targets: BoolArray) -> tuple[BoolArray, bool]:
    """Relations (m,) by which authorities publish what is theirs; whether some only may be.

    The host of an authority on that authority's own object and on its AIA and CDP; the group of
    certificate publishers (RID 517) on AIA, CDP and root authorities, as installed. A target whose
    name is not told may be any of these.
    """
    facts, edges = ground.facts, ground.facts.edges
    positions = np.flatnonzero(targets[edges.target])
    spare = np.zeros(len(edges), np.bool_)
    publishers = ground.with_rid(_PUBLISHERS_RID)
    names = facts.texts.get(Text.DISTINGUISHED_NAME, {})
    hosted = _names_of_hosts(ground)
    is_doubtful = False
    for position in positions.tolist():
        source, target = int(edges.source[position]), int(edges.target[position])
        name = str(names.get(target, "")).upper()
        if source in hosted and target in hosted[source][0]:
            spare[position] = True
        elif not name and (publishers[source] or source in hosted):
            spare[position] = is_doubtful = True
        elif publishers[source]:
            spare[position] = _is_publication(name) or ",CN=CERTIFICATION AUTHORITIES," in name
        elif source in hosted:
            _, common_names = hosted[source]
            is_own = name.partition(",")[0] in common_names or any(
                f",{common}," in name for common in common_names
            )
            spare[position] = _is_publication(name) and is_own
    return spare, is_doubtful


def _is_publication(name: str) -> bool:
    return any(f"CN={folder},CN=PUBLIC KEY SERVICES," in name for folder in ("AIA", "CDP"))


def _names_of_hosts(ground: Ground) -> dict[int, tuple[set[int], set[str]]]:
    """Host → its authorities, and the first part of their names (`CN=MY-CA`)."""
    facts, edges = ground.facts, ground.facts.edges
    names = facts.texts.get(Text.DISTINGUISHED_NAME, {})
    hosted: dict[int, tuple[set[int], set[str]]] = {}
    for position in ground.edges_of(EdgeKind.HOSTS_CA_SERVICE).tolist():
        host, authority = int(edges.source[position]), int(edges.target[position])
        authorities, common = hosted.setdefault(host, (set(), set()))
        authorities.add(authority)
        name = str(names.get(authority, "")).upper().partition(",")[0]
        if name:
            common.add(name)
    return hosted


def templates(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """Control over templates: the published ones at level 1, every one at level 2."""
    every = ground.population(ObjectKind.CERT_TEMPLATE)
    if not every.any():
        return _without_templates(ground, rows)
    published = _published(ground)
    drafts = [
        over_rights(
            rights,
            "adcs_template_control",
            (row,),
            every & published if row.level == 1 else every,
            {row.level: TEMPLATE},
        )
        for row in rows
    ]
    gaps = () if _has_authorities(ground) else (EdgeKind.PUBLISHED_TO.name,)
    return Draft(
        tuple(level for draft in drafts for level in draft.levels), drafts[-1].measured, gaps
    )


def _published(ground: Ground) -> BoolArray:
    edges = ground.facts.edges
    found = np.zeros(len(ground.facts), np.bool_)
    found[edges.source[ground.edges_of(EdgeKind.PUBLISHED_TO)]] = True
    return found


def _has_authorities(ground: Ground) -> bool:
    """Whether it is known who publishes what: an authority is described."""
    return bool(ground.population(ObjectKind.ENTERPRISE_CA).any())


def _without_templates(ground: Ground, rows: Sequence[Row]) -> Draft:
    """No template: known only when the public key services were read."""
    if _is_collected(ground):
        return ABSENT_SUBJECT
    return undecided(rows, ObjectKind.CERT_TEMPLATE.name)


def named_by_requester(ground: Ground, rows: Sequence[Row], rights: Rights) -> Draft:
    """Published templates for authentication, whose requester chooses the name, open to many."""
    every = ground.population(ObjectKind.CERT_TEMPLATE)
    if not every.any():
        return _without_templates(ground, rows)
    if not _has_authorities(ground):
        return undecided(rows, EdgeKind.PUBLISHED_TO.name)
    signatures = ground.facts.number(Number.AUTHORIZED_SIGNATURES)
    fault = (
        certain(every & _published(ground))
        & ground.flag(Flag.AUTHENTICATION_ENABLED)
        & ground.flag(Flag.SUBJECT_SUPPLIED)
        & ~ground.flag(Flag.MANAGER_APPROVAL)
        & ground.number(Number.AUTHORIZED_SIGNATURES, signatures == 0)
        & _enrollable(ground, rights)
    )
    return over_objects(ground, "adcs_template_auth_enroll_with_name", rows, lambda row: fault)


def _enrollable(ground: Ground, rights: Rights) -> Tri:
    """Whether someone who is not privileged may enrol on the template, (n,)."""
    facts, edges = ground.facts, ground.facts.edges
    positions = ground.edges_of(*_ENROLLING)
    positions = positions[facts.kind[edges.target[positions]] == ObjectKind.CERT_TEMPLATE]
    trusted = ground.privileged.members | special(facts, "S-1-5-18", "S-1-5-9", "S-1-5-10")
    positions = positions[~trusted[edges.source[positions]]]
    positions = positions[~rights.acceptance.excused(positions)]
    faults = rights.faults(positions)
    yes, perhaps = (np.zeros(len(facts), np.bool_) for _ in range(2))
    yes[edges.target[faults.certain]] = True
    perhaps[edges.target[faults.possible]] = True
    return Tri(yes, facts.is_set(Flag.ACES_COLLECTED) & ~yes & ~perhaps)


def weak(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Certificates of authorities whose key or signature is weak, by gravity of the flaw."""
    flaw = ground.facts.number(Number.CERTIFICATE_FLAW_LEVEL)
    holders = _authorities(ground) & ground.scope.described
    if not holders.any():
        if _is_collected(ground):
            return ABSENT_SUBJECT
        return undecided(rows, Number.CERTIFICATE_FLAW_LEVEL.name)
    known = flaw != UNKNOWN
    return over_objects(
        ground,
        "certificates_vuln",
        rows,
        lambda row: (
            certain(holders) & Tri(known & (flaw == row.level), known & (flaw != row.level))
        ),
    )
