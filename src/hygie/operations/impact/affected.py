"""Everything that a loss touches, as lines of a list, a CSV or a JSON."""

import math
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from hygie.operations.impact.answers import DEGRADED, STOPPED, CareOutcome, LossAnswer
from hygie.operations.impact.words import OUTCOME_STATES, OUTCOME_WORDS, moment_words
from hygie.territory.estate.choices import Criticality
from hygie.territory.estate.words import kind_word

_RANK = {STOPPED: 0, DEGRADED: 1}


# A site takes ten thousand assets away: as structs they are listed in a third of the time.
class AffectedRow(msgspec.Struct, frozen=True, gc=False):
    """One asset that stops or is degraded.

    Attributes:
        pk, name, code, kind: which. outcome: stopped or degraded; rank: stopped before degraded.
        stops_min, degrades_min: minutes after the loss, None = never; first_min: the sooner.
        criticality: declared, None when nobody said. is_lost: whether it is a loss itself.
    """

    pk: int
    name: str
    code: str
    kind: str
    outcome: str
    rank: int
    stops_min: float | None
    degrades_min: float | None
    first_min: float
    criticality: int | None
    is_lost: bool

    @property
    def kind_words(self) -> str:
        """Its kind."""
        return kind_word(self.kind)

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
    def when(self) -> str:
        """When it stops, else when it is degraded."""
        return moment_words(self.stops_min if self.stops_min is not None else self.degrades_min)


def affected_rows(answer: LossAnswer) -> Sequence[AffectedRow]:
    """Every asset that a loss touches, the soonest first."""
    found, times, touched = answer.found, answer.times, answer.affected
    assets, ids, names = found.numbers.assets, found.ids, found.names
    is_lost = np.zeros(len(times.stops_at), np.bool_)
    is_lost[answer.lost.nodes] = True
    columns = (touched, times.stops_at[touched], times.degrades_at[touched], is_lost[touched])
    rows = []
    for node, stops, degrades, lost in zip(*(one.tolist() for one in columns), strict=True):
        asset, outcome = assets[node], STOPPED if stops < math.inf else DEGRADED
        rows.append(
            AffectedRow(
                ids[node], names[node], asset.key, asset.kind.value, outcome, _RANK[outcome],
                _known(stops), _known(degrades), min(stops, degrades), asset.criticality, lost,
            )
        )  # fmt: skip
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
    return minute if minute < math.inf else None
