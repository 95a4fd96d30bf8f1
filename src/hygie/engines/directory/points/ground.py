"""What every control point stands on, prepared once: populations, members, dated columns."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from hygie.engines.directory.catalogue import CatalogueDay
from hygie.engines.directory.exceptions import Spared
from hygie.engines.directory.facts import (
    NEVER,
    UNKNOWN,
    BoolArray,
    DirectoryFacts,
    IntArray,
    LongArray,
)
from hygie.engines.directory.nesting import Nesting, nesting
from hygie.engines.directory.places import Place, places_of
from hygie.engines.directory.privileged import Privileged, privileged_of
from hygie.engines.directory.scope import Scope, scope_of
from hygie.engines.directory.tri import Tri, certain
from hygie.engines.directory.vocabulary import (
    Authority,
    EdgeKind,
    Flag,
    Instant,
    Number,
    ObjectKind,
    Text,
)

DAY = 86_400
_CONTROLLER_GROUPS = (516, 521)
_RODC_GROUP = 521
_SERVER_TRUST = 0x2000
_PARTIAL_SECRETS = 0x0400_0000


class Ground:
    """The facts, the day, and what several points derive from them; nothing is judged here.

    Attributes:
        facts: n objects. as_of: seconds since 1970 UTC to which ages are counted.
        day: the catalogue of the day. tier_zero: (n,). spared: the exceptions that hold.
        scope: what was collected. is_whole_forest: whether a domain left out leaves points open.
    """

    def __init__(
        self,
        facts: DirectoryFacts,
        day: CatalogueDay,
        as_of: int,
        tier_zero: BoolArray,
        spared: Spared,
    ) -> None:
        self.facts = facts
        self.day = day
        self.as_of = as_of
        self.tier_zero = tier_zero
        self.spared = spared
        self.is_whole_forest = True
        self.scope: Scope = scope_of(facts)

    # --- columns, three-valued -----------------------------------------------------------------

    def flag(self, flag: Flag) -> Tri:
        """A yes-or-no fact, (n,)."""
        is_set = self.facts.is_set(flag)
        return Tri(is_set, self.facts.is_known(flag) & ~is_set)

    def number(self, column: Number, test: BoolArray) -> Tri:
        """A test (n,) made on a number, not known where the number is not."""
        is_known = self.facts.number(column) != UNKNOWN
        return Tri(is_known & test, is_known & ~test)

    def older(self, instant: Instant, days: float, never: Tri) -> Tri:
        """Whether a dated fact is more than `days` old; `never` answers where it never happened."""
        when = self.facts.instant(instant)
        happened = when > NEVER
        is_old = when < self.as_of - int(days * DAY)
        is_never = when == NEVER
        return Tri(
            (happened & is_old) | (is_never & never.yes),
            (happened & ~is_old) | (is_never & never.no),
        )

    def created_before(self, days: float) -> Tri:
        """Whether the object is more than `days` old, (n,)."""
        return self.older(Instant.CREATED, days, self.nowhere)

    @cached_property
    def nowhere(self) -> Tri:
        """No, everywhere."""
        return certain(np.zeros(len(self.facts), np.bool_))

    def domain_value(self, column: Number) -> IntArray:
        """A number of each object's domain, (n,), `UNKNOWN` without one."""
        values = np.append(self.facts.number(column), np.int32(UNKNOWN))
        found: IntArray = values[self.facts.domain]  # ABSENT = -1 reads the last one
        return found

    # --- populations ---------------------------------------------------------------------------

    def population(self, *kinds: ObjectKind) -> BoolArray:
        """Objects of these kinds, described, of a domain collected, not deleted, (n,).

        Well-known identities (Everyone…) are in no directory: nothing is to be read of them.
        """
        found: BoolArray = (
            np.isin(self.facts.kind, kinds)
            & (self.facts.authority != Authority.SPECIAL)
            & self.scope.described
            & self.scope.inside
            & ~self.facts.is_set(Flag.DELETED)
        )
        return found

    @cached_property
    def users(self) -> BoolArray:
        """User accounts; the accounts of trusts apart."""
        return self.population(ObjectKind.USER) & ~self.facts.is_set(Flag.TRUST_ACCOUNT)

    @cached_property
    def computers(self) -> BoolArray:
        """Computer accounts."""
        return self.population(ObjectKind.COMPUTER)

    @cached_property
    def enabled(self) -> Tri:
        """Whether the account is enabled."""
        return self.flag(Flag.ENABLED)

    @cached_property
    def domains(self) -> BoolArray:
        """The domains collected."""
        found = np.zeros(len(self.facts), np.bool_)
        found[self.scope.domains] = True
        return found

    @cached_property
    def controllers(self) -> Tri:
        """Whether the object is a domain controller, read-only ones included."""
        uac = self.facts.number(Number.UAC)
        group = self.facts.number(Number.PRIMARY_GROUP_RID)
        roles = uac & (_SERVER_TRUST | _PARTIAL_SECRETS)
        is_one = (
            self.flag(Flag.IS_DC)
            | self.number(Number.PRIMARY_GROUP_RID, np.isin(group, _CONTROLLER_GROUPS))
            | self.number(Number.UAC, roles != 0)
            | self.flag(Flag.IS_RODC)
        )
        is_not = (
            self.flag(Flag.IS_DC).no
            | ((group != UNKNOWN) & ~is_one.yes)
            | ((uac >= 0) & ~is_one.yes)
        )
        return certain(self.computers) & Tri(is_one.yes, is_not & ~is_one.yes)

    @cached_property
    def read_only(self) -> Tri:
        """Whether the object is a read-only domain controller."""
        group = self.facts.number(Number.PRIMARY_GROUP_RID)
        uac = self.facts.number(Number.UAC)
        yes = (
            self.facts.is_set(Flag.IS_RODC)
            | (group == _RODC_GROUP)
            | ((uac > 0) & (uac & _PARTIAL_SECRETS != 0))
        )
        told = self.facts.is_known(Flag.IS_RODC) | (group != UNKNOWN) | (uac != UNKNOWN)
        return self.controllers & Tri(yes, told & ~yes)

    @cached_property
    def servers(self) -> Tri:
        """Whether the object is a server that is neither a controller nor a cluster's name."""
        told = self.flag(Flag.IS_SERVER_OS)
        systems = self.facts.texts.get(Text.OPERATING_SYSTEM, {})
        is_server = np.zeros(len(self.facts), np.bool_)
        is_read = np.zeros(len(self.facts), np.bool_)
        for index, system in systems.items():
            is_read[index] = True
            is_server[index] = "SERVER" in str(system).upper()
        by_name = Tri(is_server & is_read, is_read & ~is_server)
        known = told.yes | told.no
        is_one = Tri(told.yes | (~known & by_name.yes), told.no | (~known & by_name.no))
        return (
            certain(self.computers & ~self.facts.is_set(Flag.IS_CLUSTER))
            & is_one
            & ~self.controllers
        )

    # --- members -------------------------------------------------------------------------------

    @cached_property
    def nesting(self) -> Nesting:
        """Who is in which group, primary groups included."""
        return nesting(self.facts)

    @cached_property
    def privileged(self) -> Privileged:
        """The privileged groups and their members at any depth."""
        return privileged_of(self.facts, self.scope, self.nesting)

    @cached_property
    def privileged_accounts(self) -> BoolArray:
        """Privileged accounts and the built-in administrator; controllers left out."""
        kinds = (ObjectKind.USER, ObjectKind.MANAGED_ACCOUNT, ObjectKind.COMPUTER)
        named = np.isin(self.facts.kind, kinds) & self.scope.inside
        named &= ~self.facts.is_set(Flag.DELETED)
        wanted = self.privileged.members | self.with_rid(500)
        return named & wanted & self.controllers.no

    @cached_property
    def privileged_users(self) -> BoolArray:
        """Those privileged accounts that persons or services sign in with."""
        found: BoolArray = self.privileged_accounts & (self.facts.kind == ObjectKind.USER)
        return found

    def with_rid(self, *rids: int) -> BoolArray:
        """Objects of a domain with one of these RIDs, (n,)."""
        found: BoolArray = (self.facts.authority == Authority.DOMAIN) & np.isin(
            self.facts.rid, rids
        )
        return found

    def builtin(self, *rids: int) -> BoolArray:
        """Built-in groups with one of these RIDs, (n,)."""
        found: BoolArray = (self.facts.authority == Authority.BUILTIN) & np.isin(
            self.facts.rid, rids
        )
        return found

    # --- places --------------------------------------------------------------------------------

    @cached_property
    def places(self) -> Mapping[Place, IntArray]:
        """Objects by place in the tree."""
        return places_of(self.facts)

    def at(self, place: Place) -> BoolArray:
        """The objects of one place, (n,)."""
        found = np.zeros(len(self.facts), np.bool_)
        found[self.places[place]] = True
        return found & ~self.facts.is_set(Flag.DELETED) & self.scope.inside

    @cached_property
    def parents(self) -> IntArray:
        """The container of each object, (n,), -1 without one."""
        edges = self.facts.edges
        held = edges.kind == EdgeKind.CONTAINS
        parents = np.full(len(self.facts), -1, np.int32)
        parents[edges.target[held]] = edges.source[held]
        return parents

    def edges_of(self, *kinds: EdgeKind) -> IntArray:
        """Positions of the relations of these kinds, kind after kind, ascending in each."""
        order, starts = self._by_kind
        return np.concatenate([order[starts[kind] : starts[kind + 1]] for kind in sorted(kinds)])

    @cached_property
    def _by_kind(self) -> tuple[IntArray, LongArray]:
        """Positions of the relations sorted by kind, and where each kind starts."""
        kinds = self.facts.edges.kind
        starts = np.zeros(257, np.int64)
        np.cumsum(np.bincount(kinds, minlength=256), out=starts[1:])
        return np.argsort(kinds, kind="stable").astype(np.int32), starts
