"""How do tests ask for verdicts, and take a fact away?"""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
import numpy as np

from hygie.engines.directory.exceptions import PointException
from hygie.engines.directory.facts import UNKNOWN, DirectoryFacts, EdgeTable
from hygie.engines.directory.merge import merged
from hygie.engines.directory.points.decide import decide_all
from hygie.engines.directory.points.rules import Field
from hygie.engines.directory.published import published_catalogue
from hygie.engines.directory.verdicts import PointVerdict
from hygie.engines.directory.vocabulary import EdgeKind, Flag, Instant, Number, Text
from tests.engines.directory.beside import export
from tests.engines.directory.days import AS_OF, DAY

_TOLD_WITH = {
    Flag.MEMBERS_COLLECTED: (EdgeKind.MEMBER_OF,),
    Flag.ACES_COLLECTED: (
        EdgeKind.OWNS,
        EdgeKind.WRITE_OWNER,
        EdgeKind.WRITE_DACL,
        EdgeKind.GENERIC_ALL,
        EdgeKind.GENERIC_WRITE,
        EdgeKind.ENROLL,
    ),
    Flag.RODC_POLICY_COLLECTED: (
        EdgeKind.RODC_REVEALED,
        EdgeKind.RODC_MAY_REVEAL,
        EdgeKind.RODC_NEVER_REVEAL,
    ),
}
"""Relations that come with the list that a flag says was read."""

CATALOGUE = published_catalogue().at(DAY)


def verdicts(
    facts: DirectoryFacts, exceptions: Sequence[PointException] = ()
) -> dict[str, PointVerdict]:
    """Every verdict on these facts alone."""
    one = merged([export(facts)])
    tier_zero = np.zeros(len(facts), np.bool_)
    found = decide_all(one, CATALOGUE, AS_OF, tier_zero, exceptions)
    return {verdict.point: verdict for verdict in found}


def verdict_of(
    point: str, facts: DirectoryFacts, exceptions: Sequence[PointException] = ()
) -> PointVerdict:
    """The verdict of one point on these facts alone."""
    found = CATALOGUE.get(point)
    assert found is not None
    one = merged([export(facts)])
    day = msgspec.structs.replace(CATALOGUE, points=(found,))
    (verdict,) = decide_all(one, day, AS_OF, np.zeros(len(facts), np.bool_), exceptions)
    return verdict


def without(facts: DirectoryFacts, field: Field) -> DirectoryFacts:
    """The same facts, one of them told of nobody."""
    if field == "TRUSTS":
        facts = without(facts, Flag.TRUSTS_COLLECTED)
        return replace(facts, trusts=())
    if isinstance(field, Flag):
        bit = ~np.uint64(1 << field)
        for kind in _TOLD_WITH.get(field, ()):
            facts = without(facts, kind)
        return replace(facts, known=facts.known & bit, value=facts.value & bit)
    if isinstance(field, Instant):
        rows = facts.instants.copy()
        rows[field] = UNKNOWN
        return replace(facts, instants=rows)
    if isinstance(field, Number):
        return replace(
            facts, numbers={name: row for name, row in facts.numbers.items() if name != field}
        )
    if isinstance(field, Text):
        texts = {name: values for name, values in facts.texts.items() if name != field}
        changed = replace(facts, texts=texts)
        if field == Text.DS_HEURISTICS:
            return without(changed, Flag.DS_HEURISTICS_COLLECTED)
        return changed
    if isinstance(field, EdgeKind):
        kept = facts.edges.kind != field
        edges = facts.edges
        return replace(
            facts,
            edges=EdgeTable(
                edges.source[kept], edges.target[kept], edges.kind[kept], edges.flags[kept]
            ),
        )
    raise AssertionError(field)
