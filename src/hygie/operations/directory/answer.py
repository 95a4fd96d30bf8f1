"""What does an audit answer, as plain values that rows, JSON, paper and pages share?"""

from collections.abc import Iterable, Sequence
from typing import Any

from hygie.connectors.messages import Message
from hygie.engines.directory.audit import AuditResult
from hygie.engines.directory.catalogue import CatalogueDay
from hygie.engines.directory.scope import scope_of
from hygie.engines.directory.verdicts import Change, CutPlan, PointVerdict
from hygie.operations.directory.computing import Computed

_SHOWN_CONTRADICTIONS = 500
_SHOWN_REMARKS = 500


def summary_of(computed: Computed) -> dict[str, Any]:
    """What pages show as it is: counts, advice, contradictions, unknowns."""
    result = computed.result
    names = result.facts.names
    return {
        "catalogue": computed.day.day.isoformat(),
        "as_of": computed.as_of,
        "holding": list(result.level.holding),
        "undecided": list(result.level.undecided),
        "objects": len(result.merged.facts),
        "counts": dict(result.counts),
        "by_kind": {str(kind): count for kind, count in result.exposure.by_kind.items()},
        "tier_zero": int(result.tier_zero.inside[: len(result.merged.facts)].sum()),
        "missing_domains": list(scope_of(result.merged.facts).missing),
        "unknown_edits": list(result.tier_zero.unknown_edits),
        **_advice(result),
        "contradiction_count": result.merged.contradiction_count,
        "contradictions": [
            {
                "name": names[one.object] or result.facts.identifiers[one.object],
                "fact": one.fact,
                "kept": one.kept,
                "kept_source": one.kept_source,
                "other": one.other,
                "other_source": one.other_source,
            }
            for one in result.contradictions[:_SHOWN_CONTRADICTIONS]
        ],
        "unknowns": {str(name): count for name, count in result.unknowns.counts.items()},
    }


def _advice(result: AuditResult) -> dict[str, Any]:
    plan: CutPlan = result.plan
    identifiers, names = result.facts.identifiers, result.facts.names
    return {
        "steps": [
            change_as_data(result, step.change)
            | {
                "exposed_users": step.exposed_users,
                "exposed_computers": step.exposed_computers,
                "cumulated_cost": round(step.cumulated_cost, 2),
            }
            for step in plan.steps
        ],
        "minimum": [change_as_data(result, change) for change in plan.minimum],
        "minimum_cost": round(plan.minimum_cost, 2) if plan.is_cuttable else 0,
        "is_cuttable": plan.is_cuttable,
        "choke_points": [
            {
                "identifier": identifiers[index],
                "name": names[index] or identifiers[index],
                "share": round(share, 4),
            }
            for index, share in plan.choke_points.items()
        ],
    }


def change_as_data(result: AuditResult, change: Change) -> dict[str, Any]:
    """One change: who, what, on what, and which points it helps to close."""
    kinds = result.exposure.edges.kind
    return {
        "key": change.key,
        "action": str(change.action),
        "cost": change.cost,
        "subject": _name(result, change.subject),
        "target": _name(result, change.target),
        "verb": int(kinds[change.edges[0]]) if len(change.edges) else None,
        "closes": list(change.closes),
    }


def _name(result: AuditResult, index: int) -> str:
    if index < 0:
        return ""
    return result.facts.names[index] or result.facts.identifiers[index]


def point_as_data(verdict: PointVerdict, day: CatalogueDay, order: int) -> dict[str, Any]:
    """One verdict, its objects counted."""
    point = day.get(verdict.point)
    weighs = verdict.failed_levels or verdict.undecided_levels
    return {
        "point": verdict.point,
        "order": order,
        "levels": list(point.levels) if point else [],
        "nature": str(point.nature) if point else "",
        "state": str(verdict.state),
        "failed_levels": list(verdict.failed_levels),
        "undecided_levels": list(verdict.undecided_levels),
        "weighs_at": min(weighs, default=None),
        "objects_count": len(verdict.concerned),
        "measured": {name: float(value) for name, value in verdict.measured.items()},
        "facts": list(verdict.fields),
        "missing": list(verdict.missing),
        "sources": list(verdict.sources),
        "stated_by": list(verdict.stated_by),
        "contradicted_by": list(verdict.contradicted_by),
        "excepted_count": len(verdict.excepted),
        "is_held_by_exceptions": verdict.is_held_by_exceptions,
    }


def points_as_data(verdicts: Iterable[PointVerdict], day: CatalogueDay) -> list[dict[str, Any]]:
    """Every verdict, in the order of the catalogue."""
    return [point_as_data(verdict, day, order) for order, verdict in enumerate(verdicts)]


def sources_as_data(computed: Computed) -> list[dict[str, Any]]:
    """What each export is, and what its reader remarked."""
    remarks = [_remark(name, message) for name, message in computed.reading.messages]
    exports = computed.reading.exports
    return [
        {
            "position": position,
            "kind": str(export.kind),
            "name": export.name,
            "tool": export.tool,
            "collected_on": export.collected_on,
            "digest": export.digest,
            "counts": dict(export.counts),
            "stated_level": export.stated_level,
            # A reader speaks of a file: its remarks stand with the first export of that file.
            "remarks": remarks[:_SHOWN_REMARKS] if position == 0 else [],
        }
        for position, export in enumerate(exports)
    ]


def _remark(name: str, message: Message) -> dict[str, Any]:
    return {
        "severity": str(message.severity),
        "code": str(message.code),
        "params": dict(message.params),
        "file": message.file or name,
        "row": message.row,
        "field": message.field,
    }


def exposure_as_data(result: AuditResult) -> dict[str, Any] | None:
    """Who has a path; None when the exports tell no object."""
    if not len(result.merged.facts):
        return None
    found = result.exposure
    return {
        "users": found.users,
        "exposed_users": found.exposed_users,
        "computers": found.computers,
        "exposed_computers": found.exposed_computers,
        "any_user_exposed": found.any_user_exposed,
        "hosts": found.hosts,
        "unknown_hosts": found.unknown_hosts,
    }


def privileged_count(verdicts: Sequence[PointVerdict]) -> int | None:
    """Privileged accounts as the control point counts them; None when it could not."""
    for verdict in verdicts:
        if verdict.point == "privileged_members" and "count" in verdict.measured:
            return int(verdict.measured["count"])
    return None
