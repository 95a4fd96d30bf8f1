"""Of which nodes and ways is the graph of an attack made?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from hygie.engines.estate.types import AssetRecord, EstateMap
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import Verb
from hygie.engines.propagation.types import Detection, SpreadGraph
from hygie.engines.ransomware.defences import Shield
from hygie.engines.ransomware.losses import MACHINES
from hygie.engines.ransomware.machines import Judge
from hygie.engines.ransomware.nodes import BoolArray, IntArray, Numbering
from hygie.engines.ransomware.parameters import Parameters


class Role(IntEnum):
    """What a node of the graph stands for."""

    ASSET = 0  # the attacker commands it
    HOLDERS = 1  # he commands a machine of these: one zone, sort, team and directory
    INSIDE = 2  # he attacks from inside a zone
    FACING = 3  # he attacks a zone from outside
    BACKBONE = 4  # he attacks whatever nobody said to be filtered
    SECRET = 5  # he holds the local administrator's secret of these machines
    USERS = 6  # he holds an account of a directory
    ADMIN = 7  # he administers a directory
    OPERATOR = 8  # he is in
    LAUNCH = 9  # he encrypts: by a directory, or with what he holds
    WAY_IN = 10  # a remote access is open to him
    ACCOUNT = 11  # he signs in from outside with a stolen account
    NOISE = 12  # he has done enough to be seen, if anybody can
    WHOLE = 13  # he commands all the machines of a group


class Clock(IntEnum):
    """Which law the time of a way follows."""

    AT_ONCE = 0
    LATERAL = 1
    ESCALATION = 2
    LAUNCH = 3
    ROLLOUT = 4
    NOISE = 5


@dataclass(frozen=True)
class AttackGraph:
    """Who an attacker can take from whom, and which node is which asset.

    Nodes 0 … n - 1 are the assets in service, as in the needs; further nodes are stages.

    Attributes:
        spread: N nodes, n of them assets.
        numbers: the assets.
        detection: how the attack is seen and stopped, see `Parameters` and `Defence`.
        role: (N,) `Role` of each node.
        key: (N,) key of the asset, zone, directory or access that the node is about; "" = all.
        is_machine: (n,) the attacker can run code on it.
        is_lost: (n,) it no longer serves once taken and encrypted.
        edge_clock: as `Clock`, in the order of `spread`, is `spread.delay_class`.
        values, shield: what the probabilities were made from.
        doubts: what the map does not say → of how many; nothing unknown helps the defender.
    """

    spread: SpreadGraph
    numbers: Numbering
    detection: Detection
    role: IntArray
    key: tuple[str, ...]
    is_machine: BoolArray
    is_lost: BoolArray
    values: Parameters
    shield: Shield
    doubts: Mapping[str, int]

    def of_role(self, role: Role) -> IntArray:
        """Nodes of one role, ascending."""
        return np.flatnonzero(self.role == role).astype(np.int32)


@dataclass
class Ways:
    """The graph under way: nodes are made when first asked for, ways are columns.

    A way that cannot carry is kept: all variants of a map have the same ways at the same places.
    """

    numbers: Numbering
    estate: EstateMap
    judge: Judge
    role: list[int] = field(default_factory=list)
    key: list[str] = field(default_factory=list)
    source: list[int] = field(default_factory=list)
    target: list[int] = field(default_factory=list)
    chance: list[float] = field(default_factory=list)
    clock: list[int] = field(default_factory=list)
    _made: dict[tuple[int, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.role = [int(Role.ASSET)] * self.numbers.nodes
        self.key = [asset.key for asset in self.numbers.assets]
        self.machines: frozenset[int] = frozenset(_machines(self.numbers, self.estate))
        self.parts: dict[int, list[int]] = _parts(self.numbers, self.estate)

    @property
    def values(self) -> Parameters:
        """Of the parameters."""
        return self.judge.values

    @property
    def shield(self) -> Shield:
        """The defences tried."""
        return self.judge.shield

    @property
    def doubts(self) -> Counter[str]:
        """What the map does not say."""
        return self.judge.doubts

    def stage(self, role: Role, name: str = "", about: str = "") -> int:
        """The node of a stage; `name` tells those of one role apart, `about` is what users read."""
        known = self._made.get((role, name))
        if known is None:
            known = self._made[role, name] = len(self.role)
            self.role.append(int(role))
            self.key.append(about or name)
        return known

    def has_stage(self, role: Role, name: str = "") -> bool:
        """Tell whether a stage was made."""
        return (role, name) in self._made

    def way(self, source: int, target: int, chance: float, clock: Clock = Clock.AT_ONCE) -> None:
        """Add a way: `chance` that it is open, `clock` that it takes."""
        self.source.append(source)
        self.target.append(target)
        self.chance.append(chance)
        self.clock.append(int(clock))


# Classes of machines that share a local administrator's secret, when they share one.
_WORKSTATIONS = frozenset({Kind.WORKSTATION, Kind.WORKSTATION_GROUP})


def sort_of(asset: AssetRecord) -> str:
    """The sort of a machine, within which local secrets may be shared; "" = none is."""
    if asset.kind in _WORKSTATIONS:
        return "workstation"
    return "server" if asset.kind == Kind.SERVER else ""


def _machines(numbers: Numbering, estate: EstateMap) -> list[int]:
    """What code can be run on: a group told by its members, or a store on a server, is not."""
    composed = set()
    for link in estate.links:
        if link.verb in (Verb.MADE_OF, Verb.RUNS_ON) and link.target in numbers.index:
            composed.add(link.source)
    answer = []
    for node, asset in enumerate(numbers.assets):
        is_told_by_parts = asset.key in composed and asset.kind in (
            Kind.WORKSTATION_GROUP,
            Kind.STORE,
        )
        if asset.kind in MACHINES and not is_told_by_parts:
            answer.append(node)
    return answer


def _parts(numbers: Numbering, estate: EstateMap) -> dict[int, list[int]]:
    """Workstations of each group of them, nodes."""
    answer: dict[int, list[int]] = {}
    for link in estate.links:
        source, target = numbers.index.get(link.source), numbers.index.get(link.target)
        if link.verb != Verb.MADE_OF or source is None or target is None:
            continue
        if numbers.assets[source].kind == Kind.WORKSTATION_GROUP:
            answer.setdefault(source, []).append(target)
    return answer
