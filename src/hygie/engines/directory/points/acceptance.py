"""Who holds a dangerous right, yet is protected as strictly as AdminSDHolder protects?

The guide tolerates a delegation to an account or a group that is itself kept like a privileged one:
inheritance off, every right on it also present, alike, on AdminSDHolder or harmless; of a group,
every member too, and no group inside. What is not known is not tolerated.
"""

from functools import cached_property

import numpy as np

from hygie.engines.directory.facts import BoolArray, IntArray
from hygie.engines.directory.places import Place
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.privileged import special
from hygie.engines.directory.vocabulary import EdgeKind, Flag, ObjectKind
from hygie.engines.graph.csr import csr_from_edges
from hygie.engines.graph.types import Csr

_HARMLESS = ("S-1-5-10", "S-1-5-9", "S-1-3-4")
_STRUCTURE = (
    EdgeKind.MEMBER_OF,
    EdgeKind.CONTAINS,
    EdgeKind.GP_LINK,
    EdgeKind.GP_LINK_ENFORCED,
    EdgeKind.PRIMARY_GROUP,
    EdgeKind.HAS_SESSION,
    EdgeKind.HAS_SID_HISTORY,
    EdgeKind.ALLOWED_TO_DELEGATE,
)


class Acceptance:
    """Answers, holder by holder, and remembers."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._known: dict[int, bool] = {}

    def excused(self, positions: IntArray) -> BoolArray:
        """Which of these relations are tolerated because of who holds them, (k,)."""
        holders, back = np.unique(self._ground.facts.edges.source[positions], return_inverse=True)
        answers = np.array([self.is_protected(int(holder)) for holder in holders], np.bool_)
        return answers[back] if len(holders) else np.zeros(0, np.bool_)

    def is_protected(self, holder: int) -> bool:
        """Whether this account or group is protected like AdminSDHolder, by what is known."""
        answer = self._known.get(holder)
        if answer is None:
            answer = self._known[holder] = self._decide(holder)
        return answer

    def _decide(self, holder: int) -> bool:
        facts = self._ground.facts
        if not self._is_closed(holder):
            return False
        kind = facts.kind[holder]
        if kind in (ObjectKind.USER, ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT):
            return True
        if kind != ObjectKind.GROUP or not facts.is_set(Flag.MEMBERS_COLLECTED)[holder]:
            return False
        members = self._ground.nesting.direct(holder)
        return not (facts.kind[members] == ObjectKind.GROUP).any() and all(
            self._is_closed(int(member)) for member in members
        )

    def _is_closed(self, place: int) -> bool:
        """Inheritance is off and every right on it is AdminSDHolder's too, or harmless."""
        if not (self._protected[place] and self._read[place]):
            return False
        template = self._templates.get(int(self._ground.facts.domain[place]))
        if template is None:
            return False
        return all(
            (source, kind) in template or self._harmless[source]
            for source, kind in self._rights_on(place)
        )

    def _rights_on(self, place: int) -> list[tuple[int, int]]:
        edges = self._ground.facts.edges
        first, last = self._incoming.indptr[place], self._incoming.indptr[place + 1]
        positions = self._incoming.edge[first:last]
        return list(
            zip(edges.source[positions].tolist(), edges.kind[positions].tolist(), strict=True)
        )

    @cached_property
    def _protected(self) -> BoolArray:
        return self._ground.facts.is_set(Flag.ACL_PROTECTED)

    @cached_property
    def _read(self) -> BoolArray:
        return self._ground.facts.is_set(Flag.ACES_COLLECTED)

    @cached_property
    def _harmless(self) -> BoolArray:
        return special(self._ground.facts, *_HARMLESS)

    @cached_property
    def _incoming(self) -> Csr:
        """Rows of an object hold the rights on it."""
        facts, edges = self._ground.facts, self._ground.facts.edges
        is_right = ~np.isin(edges.kind, _STRUCTURE)
        return csr_from_edges(len(facts), edges.source, edges.target, reverse=True, keep=is_right)

    @cached_property
    def _templates(self) -> dict[int, frozenset[tuple[int, int]]]:
        """Domain → the rights that its AdminSDHolder gives, where they were read."""
        facts = self._ground.facts
        return {
            int(facts.domain[holder]): frozenset(self._rights_on(int(holder)))
            for holder in self._ground.places[Place.ADMIN_SD_HOLDER].tolist()
            if self._read[holder]
        }
