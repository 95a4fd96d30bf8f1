"""Everything that a loss touches, as lines of a list, a CSV or a JSON."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hygie.operations.impact.answers import DEGRADED, STOPPED, CareOutcome, LossAnswer
from hygie.operations.impact.words import OUTCOME_STATES, OUTCOME_WORDS, moment_words
from hygie.territory.estate.choices import Criticality
from hygie.territory.estate.words import kind_word

_RANK = {STOPPED: 0, DEGRADED: 1}


@dataclass(frozen=True, slots=True)
class AffectedRow:
    """One asset that stops or is degraded.

    Attributes:
        pk, name, code, kind: which. outcome: stopped or degraded.
        stops_min, degrades_min: minutes after the loss, None = never.
        criticality: declared, None when nobody said. is_lost: whether it is a loss itself.
    """

    pk: int
    name: str
    code: str
    kind: str
    outcome: str
    stops_min: float | None
    degrades_min: float | None
    criticality: int | None
    is_lost: bool

    @property
    def kind_words(self) -> str:
        """Its kind."""
        return kind_word(self.kind)

    @property
    def rank(self) -> int:
        """Stopped before degraded."""
        return _RANK[self.outcome]

    @property
    def state(self) -> str:
        """Shape and colour."""
        return OUTCOME_STATES[self.outcome]

    @property
    def rank_words(self) -> str:
        """Its declared criticality; "" when nobody said."""
        return str(Criticality(self.criticality).label) if self.criticality else ""

    @property
    def outcome_words(self) -> str:
        """What becomes of it."""
        return str(OUTCOME_WORDS[self.outcome])

    @property
    def first_min(self) -> float:
        """When it is first felt."""
        known = [at for at in (self.stops_min, self.degrades_min) if at is not None]
        return min(known, default=0.0)

    @property
    def when(self) -> str:
        """When it stops, else when it is degraded."""
        return moment_words(self.stops_min if self.stops_min is not None else self.degrades_min)


def affected_rows(answer: LossAnswer) -> Sequence[AffectedRow]:
    """Every asset that a loss touches, the soonest first."""
    found, times = answer.found, answer.times
    lost = set(answer.lost.nodes.tolist())
    rows = []
    for node in answer.affected.tolist():
        asset = found.asset(node)
        stops, degrades = _known(times.stops_at[node]), _known(times.degrades_at[node])
        rows.append(
            AffectedRow(
                pk=found.ids[node],
                name=found.names[node],
                code=asset.key,
                kind=asset.kind.value,
                outcome=STOPPED if stops is not None else DEGRADED,
                stops_min=stops,
                degrades_min=degrades,
                criticality=asset.criticality,
                is_lost=node in lost,
            )
        )
    return rows


def loss_as_data(answer: LossAnswer) -> dict[str, Any]:
    """A loss and what it does, for a program; minutes after the loss, null = never."""
    lost = answer.lost
    return {
        "losses": [
            {"loss": str(one.token), "family": one.token.family.value, "name": one.name}
            for one in lost.losses
        ],
        "unknown": list(lost.unknown),
        "flows_cut": lost.flows_cut,
        "flows_unknown": lost.flows_unknown,
        "care": [_care(one) for one in answer.care],
        "affected": [
            {
                "id": row.pk,
                "code": row.code,
                "name": row.name,
                "kind": row.kind,
                "outcome": row.outcome,
                "stops_min": row.stops_min,
                "degrades_min": row.degrades_min,
                "is_lost": row.is_lost,
            }
            for row in affected_rows(answer)
        ],
        "holding": [
            {
                "id": answer.found.ids[one.node],
                "code": answer.found.asset(one.node).key,
                "name": answer.found.names[one.node],
                "size": one.size,
                "needed": one.needed,
                "left": one.left,
            }
            for one in answer.holding
        ],
    }


def _care(one: CareOutcome) -> dict[str, Any]:
    return {
        "id": one.asset_id,
        "code": one.code,
        "name": one.name,
        "outcome": one.outcome,
        "stops_min": one.stops_min,
        "degrades_min": one.degrades_min,
        "criticality": one.criticality,
        "patients_per_day": one.patients,
        "max_downtime_min": one.downtime_min,
        "weight": one.weight,
    }


def _known(minute: float) -> float | None:
    return float(minute) if math.isfinite(minute) else None
