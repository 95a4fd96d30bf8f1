"""Everything that an audit decided, for a program: the same shape from files or from rows."""

import datetime as dt
from typing import Any

from hygie.engines.directory.facts import UNKNOWN
from hygie.operations.directory.answer import (
    exposure_as_data,
    points_as_data,
    sources_as_data,
    summary_of,
)
from hygie.operations.directory.computing import Computed, forest_of
from hygie.operations.directory.models import DirectoryAudit
from hygie.operations.directory.pages.changes import sentence_of
from hygie.operations.directory.selectors.points import point_rows

_EXPOSURE = (
    "users", "exposed_users", "computers", "exposed_computers", "any_user_exposed", "hosts",
    "unknown_hosts",
)  # fmt: skip
_POINT = (
    "point", "levels", "state", "failed_levels", "undecided_levels", "objects_count", "measured",
    "facts", "missing", "sources", "stated_by", "contradicted_by", "excepted_count",
)  # fmt: skip
_SHOWN_OBJECTS = 1000


def computed_as_data(computed: Computed) -> dict[str, Any]:
    """An audit just made, not kept anywhere."""
    result = computed.result
    controls = {point.id for point in computed.day.controls}
    identifiers, names = result.facts.identifiers, result.facts.names
    objects = {
        verdict.point: [
            {"identifier": identifiers[index], "name": names[index]}
            for index in verdict.concerned[:_SHOWN_OBJECTS].tolist()
        ]
        for verdict in result.verdicts
    }
    return {
        "forest": forest_of(result, computed.reading.exports).name,
        "effective_on": computed.effective_on.isoformat(),
        "level": {
            "at_best": result.level.at_best,
            "at_worst": result.level.at_worst,
            "holding": list(result.level.holding),
            "undecided": list(result.level.undecided),
        },
        "exposure": exposure_as_data(result),
        "points": [
            {name: one[name] for name in _POINT} | {"objects": objects[one["point"]]}
            for one in points_as_data(result.verdicts, computed.day)
            if one["point"] in controls
        ],
        "sources": [
            {**one, "collected_at": _iso(one.pop("collected_on"))}
            for one in sources_as_data(computed)
        ],
        **_advice(summary_of(computed)),
    }


def audit_as_data(audit: DirectoryAudit) -> dict[str, Any]:
    """A kept audit; the caller may read it and take it out."""
    summary = audit.summary
    return {
        "forest": audit.forest.name if audit.forest else "",
        "effective_on": audit.effective_on.isoformat() if audit.effective_on else None,
        "level": {
            "at_best": audit.level_at_best,
            "at_worst": audit.level_at_worst,
            "holding": summary["holding"],
            "undecided": summary["undecided"],
        },
        "exposure": (
            {name: getattr(audit, name) for name in _EXPOSURE} if audit.users is not None else None
        ),
        "points": [
            {name: getattr(row.result, name) for name in _POINT} for row in point_rows(audit)
        ],
        "sources": [
            {
                "position": one.position,
                "kind": one.kind,
                "name": one.name,
                "tool": one.tool,
                "collected_at": one.collected_at.isoformat() if one.collected_at else None,
                "counts": one.counts,
                "stated_level": one.stated_level,
                "remarks": one.remarks,
            }
            for one in audit.sources.all()
        ],
        **_advice(summary),
    }


def _advice(summary: dict[str, Any]) -> dict[str, Any]:
    return {
        "counts": summary["counts"],
        "steps": [one | {"sentence": sentence_of(one)} for one in summary["steps"]],
        "minimum": [one | {"sentence": sentence_of(one)} for one in summary["minimum"]],
        "minimum_cost": summary["minimum_cost"],
        "is_cuttable": summary["is_cuttable"],
        "choke_points": summary["choke_points"],
        "contradiction_count": summary["contradiction_count"],
        "contradictions": summary["contradictions"],
        "unknowns": summary["unknowns"],
    }


def _iso(seconds: int) -> str | None:
    if seconds == UNKNOWN:
        return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat()
