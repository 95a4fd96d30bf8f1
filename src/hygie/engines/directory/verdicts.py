"""In which words does a directory audit answer?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from hygie.engines.directory.facts import BoolArray, EdgeTable, IntArray


class PointState(StrEnum):
    """The result of one control point. Only `PASSED` counts as passed.

    `PARTIAL` = its lowest level holds and a stricter one fails. `NOT_APPLICABLE` = its subject does
    not exist here (no RODC, no trust), which is known, not supposed.
    """

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    CANNOT_TELL = "cannot_tell"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class PointVerdict:
    """One control point decided, or honestly not.

    Attributes:
        point: catalogue id (`krbtgt`). state: the result.
        failed_levels: levels at which it fails. undecided_levels: levels that could not be decided.
        objects: (k,) indices of the objects concerned, worst first as far as there is an order.
        measured: the figures of the decision (`count`, `limit`, `share`, `days`…).
        fields: facts the decision read (names of Flag, Instant, Number, Text, EdgeKind).
        missing: facts whose absence leaves it undecided.
        sources: positions, in the audit's list of exports, of those that told the facts.
        stated_by: positions of the exports whose own verdict was taken (no fact decided it).
        contradicted_by: positions of exports whose own verdict differs from this one.
        excepted: (k,) objects left out by a documented exception or an accepted risk.
        relations: (k,) positions in `facts.edges` of the relations at fault, when it is about some.
        is_held_by_exceptions: whether it would fail without them.
    """

    point: str
    state: PointState
    failed_levels: tuple[int, ...] = ()
    undecided_levels: tuple[int, ...] = ()
    objects: IntArray = field(default_factory=lambda: np.zeros(0, np.int32))
    measured: Mapping[str, float] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()
    stated_by: tuple[int, ...] = ()
    contradicted_by: tuple[int, ...] = ()
    excepted: IntArray = field(default_factory=lambda: np.zeros(0, np.int32))
    relations: IntArray = field(default_factory=lambda: np.zeros(0, np.int32))
    is_held_by_exceptions: bool = False

    @property
    def concerned(self) -> IntArray:
        """The same as `objects`, for code where that word means rows of a table."""
        return self.objects


@dataclass(frozen=True, slots=True)
class LevelAnswer:
    """The ANSSI level, with what is not known.

    Attributes:
        at_best: the level if everything undecided passed: lowest level that fails, else 5.
        at_worst: the level if everything undecided failed.
        holding: ids of the points that fail at `at_best`, in catalogue order.
        undecided: ids of the points with an undecided level below or at `at_best`.
    """

    at_best: int
    at_worst: int
    holding: tuple[str, ...]
    undecided: tuple[str, ...]

    @property
    def is_decided(self) -> bool:
        """Whether nothing unknown could change the level."""
        return self.at_best == self.at_worst


@dataclass(frozen=True, slots=True)
class Exposure:
    """Who can reach tier 0, and how.

    Attributes:
        distance: (n,) fewest steps to tier 0; 0 inside it, -1 = no known path.
        step: (n,) position in `edges` of the first relation of one shortest path, -1.
        tier_zero: (n,) what must be protected.
        edges: every relation that can be walked, stated and derived.
        users, exposed_users: enabled users outside tier 0, and those with a path.
        computers, exposed_computers: the same for enabled computers.
        any_user_exposed: whether a right given to every authenticated user is enough.
        hosts, unknown_hosts: enabled computers, and those whose sessions or local groups were not
            collected: paths through them are not known.
        by_kind: exposed users whose witness path goes through each EdgeKind at least once.
    """

    distance: IntArray
    step: IntArray
    tier_zero: BoolArray
    edges: EdgeTable
    users: int
    exposed_users: int
    computers: int
    exposed_computers: int
    any_user_exposed: bool
    hosts: int
    unknown_hosts: int
    by_kind: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing an administrator could do.

    Attributes:
        key: stable text (`remove:SID:GenericAll:SID`, `clean:SID`), the same from audit to audit.
        action: what kind of change, see `changes.ACTIONS`. cost: in the units of the cost table.
        edges: positions in `Exposure.edges` that it removes.
        subject, target: object indices for the sentence shown; -1 when there is none.
        closes: control points that it helps to close.
    """

    key: str
    action: str
    cost: float
    edges: IntArray
    subject: int
    target: int
    closes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CutStep:
    """One step of a sequence: the change, and what is measured again once it is made."""

    change: Change
    exposed_users: int
    exposed_computers: int
    cumulated_cost: float


@dataclass(frozen=True, slots=True)
class CutPlan:
    """The proven advice.

    Attributes:
        steps: greedy sequence, best effect per cost first, each effect recomputed by a search.
        minimum: the cheapest set of changes that cuts every path of the enabled users and
            computers outside tier 0, by maximum flow; empty when there is no path, or no such set.
        minimum_cost: its cost.
        is_cuttable: False when some path is made only of what cannot be removed.
        choke_points: object index → share (0…1) of the shortest paths of exposed users through it.
        is_proven: the minimum set was made on the facts, all was computed anew, nobody is left.
        is_measured: so were the figures of each step; otherwise they come from a search without
            the relations that the changes remove.
    """

    steps: tuple[CutStep, ...]
    minimum: tuple[Change, ...]
    minimum_cost: float
    is_cuttable: bool
    choke_points: Mapping[int, float]
    is_proven: bool = False
    is_measured: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two exports tell one fact of one object differently; `kept` is the one rules read."""

    object: int
    fact: str
    kept: str
    kept_source: int
    other: str
    other_source: int
