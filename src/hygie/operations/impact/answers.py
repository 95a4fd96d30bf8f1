"""What stops, when, and what holds, once something is lost?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hygie.engines.dependency.times import stop_times
from hygie.engines.dependency.types import FloatArray, IntArray, Times
from hygie.operations.impact.bridge import ImpactMap
from hygie.operations.impact.tokens import Lost, lost_of

STOPPED, DEGRADED, HOLDS = "stopped", "degraded", "holds"


@dataclass(frozen=True, slots=True)
class CareOutcome:
    """What happens to one care activity.

    Attributes:
        node, asset_id: which. name, code: of the activity.
        outcome: stopped, degraded or holds.
        stops_min, degrades_min: minutes after the loss; None = never.
        criticality: 1 … 4, None when nobody said. patients: a day, None likewise.
        downtime_min: DMIA, None when nobody said.
        weight: what it is worth in rankings.
        minimal_service: what must be kept going, as the map says.
    """

    node: int
    asset_id: int
    name: str
    code: str
    outcome: str
    stops_min: float | None
    degrades_min: float | None
    criticality: int | None
    patients: float | None
    downtime_min: int | None
    weight: float
    minimal_service: str

    @property
    def first_min(self) -> float | None:
        """When it is first felt; None = never."""
        return self.degrades_min if self.degrades_min is not None else self.stops_min


@dataclass(frozen=True, slots=True)
class HoldingGroup:
    """A need that lost members and is still met: what redundancy saved.

    Attributes:
        node: whose need. group: position in the needs.
        size, needed, left: members, how many are needed, how many still give service.
    """

    node: int
    group: int
    size: int
    needed: int
    left: int

    @property
    def spare(self) -> int:
        """How many more may be lost."""
        return self.left - self.needed


@dataclass(frozen=True)
class LossAnswer:
    """What some losses do to a map.

    Attributes:
        found: the map. lost: what is taken away. failed_at: (n,) minute of each loss, inf = not.
        times: of every node.
    """

    found: ImpactMap
    lost: Lost
    failed_at: FloatArray
    times: Times

    @cached_property
    def care(self) -> Sequence[CareOutcome]:
        """Every care activity; the stopped first, the most critical first, then the soonest."""
        outcomes = [self._care(node) for node in self.found.care.tolist()]
        rank = {STOPPED: 0, DEGRADED: 1, HOLDS: 2}
        return sorted(
            outcomes,
            key=lambda one: (
                rank[one.outcome],
                -(one.criticality or 0),
                _late(one.stops_min),
                _late(one.degrades_min),
                -one.weight,
                one.name,
            ),
        )

    @property
    def stopped(self) -> list[CareOutcome]:
        """Care that stops."""
        return [one for one in self.care if one.outcome == STOPPED]

    @property
    def degraded(self) -> list[CareOutcome]:
        """Care that goes on with less."""
        return [one for one in self.care if one.outcome == DEGRADED]

    @property
    def first_min(self) -> float | None:
        """When the first activity stops."""
        return min((one.stops_min for one in self.care if one.stops_min is not None), default=None)

    @cached_property
    def affected(self) -> IntArray:
        """Nodes that stop or are degraded, care included; the soonest first."""
        stops = self.times.stops_at[: self.found.nodes]
        degrades = self.times.degrades_at[: self.found.nodes]
        touched = np.flatnonzero(np.isfinite(degrades))
        order = np.lexsort((touched, degrades[touched], stops[touched]))
        return touched[order].astype(np.int32)

    @cached_property
    def holding(self) -> Sequence[HoldingGroup]:
        """Needs that lost members and still hold, the closest to failing first."""
        needs = self.lost.compiled.needs
        sizes = np.diff(needs.member_ptr)
        gone = np.isfinite(self.times.stops_at)[needs.member]
        lost_members = (
            np.add.reduceat(gone.astype(np.int64), needs.member_ptr[:-1])
            if len(sizes)
            else np.zeros(0, np.int64)
        )
        left = sizes - lost_members
        owner = self.lost.compiled.group_node
        held = (lost_members > 0) & (left >= needs.needed)
        held &= ~np.isfinite(self.times.stops_at[owner])
        groups = np.flatnonzero(held)
        groups = groups[np.lexsort((groups, left[groups] - needs.needed[groups]))]
        return [
            HoldingGroup(
                int(owner[group]), int(group), int(sizes[group]), int(needs.needed[group]),
                int(left[group]),
            )
            for group in groups.tolist()
        ]  # fmt: skip

    def _care(self, node: int) -> CareOutcome:
        asset = self.found.asset(node)
        stops = _known(self.times.stops_at[node])
        degrades = _known(self.times.degrades_at[node])
        outcome = STOPPED if stops is not None else DEGRADED if degrades is not None else HOLDS
        patients = asset.details.get("patients_per_day")
        return CareOutcome(
            node=node,
            asset_id=self.found.ids[node],
            name=self.found.names[node],
            code=asset.key,
            outcome=outcome,
            stops_min=stops,
            # Degraded at the very minute it stops tells nothing more.
            degrades_min=None if degrades == stops else degrades,
            criticality=asset.criticality,
            patients=float(patients) if isinstance(patients, int | float) else None,
            downtime_min=asset.max_downtime_min,
            weight=float(self.found.weight_by_node[node]),
            minimal_service=str(asset.details.get("minimal_service", "")),
        )


def loss_answer(found: ImpactMap, tokens: Sequence[str]) -> LossAnswer:
    """What some losses do, all at minute 0.

    Args:
        found: the map. tokens: losses as addresses write them.

    Raises:
        LossUnknown: a token is no loss at all.

    Cost: O(n + e) of what fails; some ms for 14,000 assets.
    """
    return answer_of(found, lost_of(found, tokens))


def answer_of(found: ImpactMap, lost: Lost) -> LossAnswer:
    """The same, for losses already found on the map."""
    failed_at = np.full(lost.compiled.needs.nodes, np.inf)
    failed_at[lost.nodes] = 0.0
    return LossAnswer(found, lost, failed_at, stop_times(lost.compiled, failed_at))


def _known(minute: float) -> float | None:
    return float(minute) if np.isfinite(minute) else None


def _late(minute: float | None) -> float:
    return np.inf if minute is None else minute
