"""What does a rehearsal leave: plain values for pages and programs, arrays for lists of assets?"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hygie.engines.propagation.summary import Estimate
from hygie.engines.ransomware.compare import Variant
from hygie.engines.ransomware.outcomes import Rehearsal
from hygie.operations.impact.bridge import ImpactMap
from hygie.operations.impact.playing import Played

_NAME = 120


def summary_of(played: Played) -> dict[str, Any]:
    """Everything but the list of assets, as JSON values; shares of one, hours."""
    base, found = played.comparison.base, played.found
    return {
        "assets": found.nodes,
        "machines": int(played.attack.is_machine.sum()),
        "care_count": len(found.care),
        "as_of": played.as_of.isoformat(),
        "exposure": {
            "share": played.exposure.share,
            "on": played.exposure.on.isoformat() if played.exposure.on else None,
            "is_stale": played.exposure.is_stale,
        },
        "parameters": {key: played.values[key] for key in sorted(played.values.changed)},
        "doubts": dict(played.attack.doubts),
        **_told(base),
        "histogram": base.histogram.tolist(),
        "curve": [
            [_number(hour), round(float(taken), 3)]
            for hour, taken in zip(base.curve_h, base.curve, strict=True)
        ],
        "convergence": [[runs, _estimate(told)] for runs, told in base.convergence],
        "care": _care(found, base),
        "defences": [_variant(one) for one in played.comparison.variants],
    }


def arrays_of(played: Played) -> dict[str, NDArray[Any]]:
    """One row an asset in service: what `selectors.packs` reads back."""
    base, found = played.comparison.base, played.found
    assets = found.numbers.assets
    return {
        "ids": np.array(found.ids, np.int64),
        "names": np.array([name[:_NAME] for name in found.names]),
        "codes": np.array([asset.key[:_NAME] for asset in assets]),
        "kinds": np.array([asset.kind.value for asset in assets]),
        "taken": base.taken.value,
        "taken_low": base.taken.low,
        "taken_high": base.taken.high,
        "lost": base.lost.value,
        "p10_h": base.taken_at.p10_h,
        "median_h": base.taken_at.median_h,
        "p90_h": base.taken_at.p90_h,
    }


def _told(one: Rehearsal) -> dict[str, Any]:
    return {
        "hours": _estimate(one.care_hours),
        "weighted_hours": _estimate(one.weighted_hours),
        "launched": _estimate(one.launched),
        "alerted": _estimate(one.alerted),
        "alerted_first": _estimate(one.alerted_first),
        "quantiles": {str(level): count for level, count in one.quantiles.items()},
        "stopped_mean": round(float(one.stopped_by_run.mean()), 4),
    }


def _care(found: ImpactMap, one: Rehearsal) -> list[dict[str, Any]]:
    care = one.care
    rows = []
    for at, node in enumerate(care.node.tolist()):
        asset = found.asset(node)
        rows.append(
            {
                "id": found.ids[node],
                "code": asset.key,
                "name": found.names[node],
                "criticality": asset.criticality,
                "stopped": _number(care.stopped.value[at]),
                "stopped_low": _number(care.stopped.low[at]),
                "stopped_high": _number(care.stopped.high[at]),
                "p10_h": _number(care.stops_at.p10_h[at]),
                "median_h": _number(care.stops_at.median_h[at]),
                "p90_h": _number(care.stops_at.p90_h[at]),
                "degraded": _number(care.degraded.value[at]),
                "hours": _number(care.hours[at]),
                "hours_low": _number(care.hours_low[at]),
                "hours_high": _number(care.hours_high[at]),
            }
        )
    return rows


def _variant(one: Variant) -> dict[str, Any]:
    return {
        "name": one.name,
        **_told(one.rehearsal),
        "saved": _estimate(one.hours_saved),
        "activities_saved": _estimate(one.activities_saved),
        "improved": _estimate(one.improved),
        "worsened": _estimate(one.worsened),
    }


def _estimate(one: Estimate) -> dict[str, float]:
    return {"mean": round(one.mean, 4), "low": round(one.low, 4), "high": round(one.high, 4)}


def _number(value: float) -> float | None:
    """JSON knows neither nan nor inf: what never happened has no time."""
    return round(float(value), 4) if math.isfinite(value) else None
