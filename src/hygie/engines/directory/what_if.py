"""What would facts be once chosen changes are made?

A change takes stated relations away or sets flags; everything else (derived relations, tier 0,
exposure, points, level) is then computed anew from the changed facts, never patched.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from hygie.engines.directory.changes import containers, origins, packed
from hygie.engines.directory.derive.escalations import TEMPLATE_WRITES
from hygie.engines.directory.derive.identities import forest_of, partners
from hygie.engines.directory.derive.trusts import QUARANTINED, TGT_DELEGATION, TREAT_AS_EXTERNAL
from hygie.engines.directory.edges import Action
from hygie.engines.directory.facts import (
    UNKNOWN,
    BitArray,
    BoolArray,
    DirectoryFacts,
    EdgeTable,
    LongArray,
    Trust,
)
from hygie.engines.directory.vocabulary import EdgeFlag, EdgeKind, Flag, Number, ObjectKind, Text

_A, _K = Action, EdgeKind
_LOCAL = (
    _K.ADMIN_TO, _K.CAN_RDP, _K.CAN_PS_REMOTE, _K.EXECUTE_DCOM, _K.SQL_ADMIN,
    _K.MEMBER_OF_LOCAL_GROUP,
)  # fmt: skip
_USERS, _COMPUTERS = 513, 515
_ONE, _TWO = 1, 2


@dataclass(frozen=True, slots=True)
class ChangedFacts:
    """Facts with changes made.

    Attributes:
        facts: the same objects, without what the changes take away.
        made: keys of the changes made. unknown: keys that mean nothing on these facts.
    """

    facts: DirectoryFacts
    made: tuple[str, ...]
    unknown: tuple[str, ...]


def changed_facts(
    facts: DirectoryFacts, keys: Collection[str], tier_zero: BoolArray
) -> ChangedFacts:
    """Make changes, named by their keys.

    Args:
        facts: stated facts, n objects. keys: as `Change.key`. tier_zero: (n,) marks before the
            changes: rights of what is in tier 0 on a template are kept when it is secured.

    Cost: O(n + m log m), then little for each change.
    """
    work = _Changing(facts, tier_zero)
    made: list[str] = []
    unknown: list[str] = []
    for key in dict.fromkeys(keys):
        (made if work.make(key) else unknown).append(key)
    return ChangedFacts(work.result(), tuple(made), tuple(unknown))


class _Changing:
    def __init__(self, facts: DirectoryFacts, tier_zero: BoolArray) -> None:
        self.facts = facts
        self.tier_zero = tier_zero
        self.kept = np.ones(len(facts.edges), np.bool_)
        self.known: BitArray = facts.known.copy()
        self.value: BitArray = facts.value.copy()
        self.trusts = list(facts.trusts)
        self.texts = facts.texts
        self.primary = facts.number(Number.PRIMARY_GROUP_RID).copy()
        edges = facts.edges
        self._by_source = np.argsort(edges.source, kind="stable")
        self._by_target = np.argsort(edges.target, kind="stable")
        self._source = edges.source[self._by_source]
        self._target = edges.target[self._by_target]
        self._parent = containers(facts)
        self._index = {identifier: at for at, identifier in enumerate(facts.identifiers)}
        # How many objects a key names, and what is done with them.
        self._ways: Mapping[str, tuple[int, Callable[..., bool]]] = {
            _A.LEAVE_GROUP: (_TWO, self._leave),
            _A.RESET_PRIMARY_GROUP: (_TWO, self._reset_group),
            _A.KEEP_SESSIONS_APART: (_ONE, self._sessions),
            _A.CLEAR_DELEGATION: (_ONE, self._delegation),
            _A.CLEAR_UNCONSTRAINED: (_ONE, self._unconstrained),
            _A.CLEAR_ALLOWED_TO_ACT: (_ONE, self._act),
            _A.CLEAR_SID_HISTORY: (_ONE, self._history),
            _A.FILTER_TRUST: (_TWO, self._trust),
            _A.RESTRICT_RODC: (_ONE, self._rodc),
            _A.FIX_TEMPLATE: (_ONE, self._fix_template),
            _A.SECURE_TEMPLATE: (_ONE, self._secure_template),
            _A.FIX_CA: (_ONE, self._fix_ca),
            _A.BIND_CERTIFICATES: (_ONE, self._bind),
            _A.MAP_CERTIFICATES: (_ONE, self._map),
        }

    def make(self, key: str) -> bool:
        """Make one change; False when the key names nothing that is here."""
        action, _, rest = key.partition(":")
        parts = rest.split(":")
        if action in (_A.REMOVE_RIGHT, _A.REMOVE_INHERITED_RIGHT, _A.REMOVE_REPLICATION):
            return self._right(action, parts)
        if action == _A.REMOVE_LOCAL_RIGHT:
            return self._local(parts)
        if action not in self._ways:
            return False
        count, way = self._ways[action]
        objects = [self._index.get(part, -1) for part in parts]
        return len(objects) == count and min(objects) >= 0 and way(*objects)

    def result(self) -> DirectoryFacts:
        """The facts as they now are."""
        facts, edges, kept = self.facts, self.facts.edges, self.kept
        numbers = dict(facts.numbers)
        if Number.PRIMARY_GROUP_RID in numbers:
            numbers[Number.PRIMARY_GROUP_RID] = self.primary
        return replace(
            facts,
            known=self.known,
            value=self.value,
            numbers=numbers,
            texts=self.texts,
            trusts=tuple(self.trusts),
            edges=EdgeTable(
                edges.source[kept], edges.target[kept], edges.kind[kept], edges.flags[kept]
            ),
        )

    def _from(self, source: int) -> LongArray:
        """Positions of the relations of one source, ascending."""
        # Bounds of the array's own type: others would have the whole array converted.
        first, last = np.searchsorted(self._source, np.array((source, source + 1), np.int32))
        return self._by_source[first:last]

    def _to(self, target: int) -> LongArray:
        """Positions of the relations to one target, ascending."""
        first, last = np.searchsorted(self._target, np.array((target, target + 1), np.int32))
        return self._by_target[first:last]

    def _take(self, positions: LongArray, *kinds: EdgeKind) -> bool:
        """Take away those of these kinds among the relations; False when none was there."""
        chosen = positions[np.isin(self.facts.edges.kind[positions], kinds)]
        taken = bool(self.kept[chosen].any())
        self.kept[chosen] = False
        return taken

    def _between(self, source: int, target: int) -> LongArray:
        held = self._from(source)
        answer: LongArray = held[self.facts.edges.target[held] == target]
        return answer

    def _set(self, index: int, flag: Flag, *, value: bool) -> bool:
        bit = np.uint64(1 << flag)
        before = int(self.known[index]), int(self.value[index])
        self.known[index] |= bit
        self.value[index] = self.value[index] | bit if value else self.value[index] & ~bit
        return before != (int(self.known[index]), int(self.value[index]))

    def _right(self, action: str, parts: list[str]) -> bool:
        if len(parts) != 3 or parts[1] not in EdgeKind.__members__:
            return False
        source, kind, target = (
            self._index.get(parts[0]),
            EdgeKind[parts[1]],
            self._index.get(parts[2]),
        )
        if source is None or target is None:
            return False
        if action == _A.REMOVE_REPLICATION:
            return self._take(self._between(source, target), kind)
        edges, held = self.facts.edges, self._from(source)
        held = held[edges.kind[held] == kind]
        inherited = edges.flags[held] & EdgeFlag.INHERITED > 0
        own = held[~inherited]
        explicit = packed(edges.source[own], edges.target[own])
        origin, is_found = origins(
            self._parent, explicit, edges.source[held], edges.target[held], inherited
        )
        wanted = action == _A.REMOVE_RIGHT
        chosen = is_found | ~inherited if wanted else inherited & ~is_found
        return self._take(held[chosen & (origin == target)], kind)

    def _local(self, parts: list[str]) -> bool:
        source = self._index.get(parts[0])
        kind = EdgeKind.__members__.get(parts[1]) if len(parts) == 2 else None
        if source is None or kind not in _LOCAL:
            return False
        return self._take(self._from(source), kind)

    def _leave(self, member: int, group: int) -> bool:
        return self._take(self._between(member, group), _K.MEMBER_OF)

    def _reset_group(self, account: int, group: int) -> bool:
        """Back to the group that accounts of its kind have by default, where it is known."""
        facts = self.facts
        taken = self._take(self._between(account, group), _K.PRIMARY_GROUP)
        is_host = facts.kind[account] in (ObjectKind.COMPUTER, ObjectKind.MANAGED_ACCOUNT)
        usual = _COMPUTERS if is_host else _USERS
        if self.primary[account] == facts.rid[group] or taken:
            taken = True
            self.primary[account] = usual if facts.rid[group] != usual else UNKNOWN
        return taken

    def _sessions(self, user: int) -> bool:
        return self._take(self._to(user), _K.HAS_SESSION)

    def _delegation(self, account: int) -> bool:
        self._set(account, Flag.TRUSTED_TO_AUTH, value=False)
        return self._take(self._from(account), _K.ALLOWED_TO_DELEGATE)

    def _unconstrained(self, account: int) -> bool:
        return self._set(account, Flag.UNCONSTRAINED_DELEGATION, value=False)

    def _act(self, host: int) -> bool:
        return self._take(self._to(host), _K.ALLOWED_TO_ACT)

    def _history(self, account: int) -> bool:
        taken = self._take(self._from(account), _K.HAS_SID_HISTORY)
        told = dict(self.texts.get(Text.SID_HISTORY, {}))
        if account in told:
            del told[account]
            self.texts = {**self.texts, Text.SID_HISTORY: told}
            taken = True
        self._set(account, Flag.SID_HISTORY, value=False)
        return taken

    def _trust(self, domain: int, partner: int) -> bool:
        changed = False
        for at, (trust, other) in enumerate(zip(self.trusts, partners(self.facts), strict=True)):
            if trust.domain == domain and other == partner:
                self.trusts[at] = _filtered(trust)
                changed |= self.trusts[at] != trust
        return changed

    def _rodc(self, host: int) -> bool:
        return self._take(self._to(host), _K.RODC_REVEALED, _K.RODC_MAY_REVEAL)

    def _fix_template(self, template: int) -> bool:
        return self._set(template, Flag.MANAGER_APPROVAL, value=True)

    def _secure_template(self, template: int) -> bool:
        held = self._to(template)
        outside = ~self.tier_zero[self.facts.edges.source[held]]
        return self._take(held[outside], *TEMPLATE_WRITES)

    def _fix_ca(self, authority: int) -> bool:
        return self._set(authority, Flag.CA_USER_SAN, value=False)

    def _bind(self, forest: int) -> bool:
        return self._on_controllers(forest, Flag.STRONG_CERTIFICATE_BINDING, value=True)

    def _map(self, forest: int) -> bool:
        return self._on_controllers(forest, Flag.WEAK_CERTIFICATE_MAPPING, value=False)

    def _on_controllers(self, forest: int, flag: Flag, *, value: bool) -> bool:
        """On every DC of the forest whose setting is told: what is not told stays so."""
        facts = self.facts
        here = facts.is_set(Flag.IS_DC) & facts.is_known(flag) & (forest_of(facts) == forest)
        hosts = np.flatnonzero(here).tolist()
        return sum(self._set(host, flag, value=value) for host in hosts) > 0


def _filtered(trust: Trust) -> Trust:
    attributes = trust.attributes
    if attributes != UNKNOWN:
        attributes = (attributes | QUARANTINED) & ~TREAT_AS_EXTERNAL & ~TGT_DELEGATION
    return replace(trust, attributes=attributes, sid_filtering=True, tgt_delegation=False)
