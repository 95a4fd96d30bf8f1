"""Do the trusts with other domains and forests filter what comes from them?"""

from collections.abc import Callable, Sequence

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import UNKNOWN, Trust
from hygie.engines.directory.points.drafts import (
    ABSENT_SUBJECT,
    Draft,
    over_objects,
    undecided,
)
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.scope import is_inner
from hygie.engines.directory.tri import Tri
from hygie.engines.directory.vocabulary import Flag

_QUARANTINED = 0x4
_FOREST = 0x8
_TREAT_AS_EXTERNAL = 0x40
_TGT_DELEGATION = 0x800


def _over_trusts(
    ground: Ground, point: str, rows: Sequence[Row], fault: Callable[[Trust], bool | None]
) -> Draft:
    """A point on each trust with another forest; objects = the domains that state them."""
    domains = ground.scope.domains
    read = ground.facts.is_set(Flag.TRUSTS_COLLECTED)
    outer = [
        trust
        for trust in ground.facts.trusts
        if not is_inner(trust) and trust.domain in domains.tolist()
    ]
    for trust in ground.facts.trusts:
        if trust.domain >= 0:
            read[trust.domain] = True  # one trust told = the list was read
    if not outer:
        if len(domains) and read[domains].all():
            return ABSENT_SUBJECT
        return undecided(rows, Flag.TRUSTS_COLLECTED.name)
    yes = np.zeros(len(ground.facts), np.bool_)
    maybe = ground.domains & ~read
    for trust in outer:
        answer = fault(trust)
        yes[trust.domain] |= answer is True
        maybe[trust.domain] |= answer is None
    column = Tri(yes, ~yes & ~maybe)
    draft = over_objects(ground, point, rows, lambda row: column)
    gaps = ("TRUSTS",) if (maybe & ~yes).any() else ()
    return Draft(draft.levels, {**draft.measured, "trusts": float(len(outer))}, gaps)


def _bit(trust: Trust, bit: int) -> bool | None:
    return None if trust.attributes == UNKNOWN else bool(trust.attributes & bit)


def _is_forest(trust: Trust) -> bool | None:
    by_bit = _bit(trust, _FOREST)
    if by_bit is not None:
        return by_bit
    kind = trust.trust_type.lower()
    return None if kind in ("", "unknown") else kind == "forest"


def _all(*answers: bool | None) -> bool | None:
    """Kleene's `and`."""
    if False in answers:
        return False
    return None if None in answers else True


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def unfiltered_domain(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Outbound trusts of an external domain without quarantine."""

    def fault(trust: Trust) -> bool | None:
        filtered = _bit(trust, _QUARANTINED)
        if filtered is None:
            filtered = trust.sid_filtering
        return _all(trust.is_outbound, _not(_is_forest(trust)), _not(filtered))

    return _over_trusts(ground, "trusts_domain_notfiltered", rows, fault)


def forest_sid_history(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Outbound trusts of a forest that let SID histories through."""

    def fault(trust: Trust) -> bool | None:
        opened = _bit(trust, _TREAT_AS_EXTERNAL)
        if opened is None:
            opened = _not(trust.sid_filtering)
        return _all(trust.is_outbound, _is_forest(trust), opened)

    return _over_trusts(ground, "trusts_forest_sidhistory", rows, fault)


def ticket_delegation(ground: Ground, rows: Sequence[Row]) -> Draft:
    """Inbound trusts that let tickets be delegated."""

    def fault(trust: Trust) -> bool | None:
        given = _bit(trust, _TGT_DELEGATION)
        if given is None:
            given = trust.tgt_delegation
        return _all(trust.is_inbound, given)

    return _over_trusts(ground, "trusts_tgt_deleg", rows, fault)
