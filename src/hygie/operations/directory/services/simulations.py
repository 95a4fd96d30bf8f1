"""How is a what-if asked, computed from the pack, kept, and turned into actions?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from hygie.engines.directory.audit import WhatIf
from hygie.foundation.errors import NotAllowed
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.models import Job
from hygie.foundation.jobs.watch import Watch
from hygie.foundation.journal.services import journal_write
from hygie.operations.directory.bridge import what_if_kept
from hygie.operations.directory.choices import SimulationState
from hygie.operations.directory.errors import NoFacts, NothingChosen
from hygie.operations.directory.models import DirectoryAudit, Simulation
from hygie.operations.directory.pages.changes import sentence_of
from hygie.operations.directory.policies import may_audit
from hygie.operations.directory.services.record import settings_of
from hygie.progress.choices import ActionPriority
from hygie.progress.services.actions import action_add
from hygie.territory.perimeter import Perimeter

_MOST = 500


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a what-if found, as plain values."""

    result: dict[str, Any]


@transaction.atomic
def simulation_create(
    *, perimeter: Perimeter, audit: DirectoryAudit, keys: Sequence[str]
) -> Simulation:
    """Write down which changes are tried.

    Args:
        audit: finished, read inside the perimeter. keys: of changes it proposes, others dropped.

    Raises:
        NotAllowed: outside the rights. NothingChosen: no change it knows. NoFacts: no object.
    """
    if not may_audit(perimeter, audit.organisation):
        raise NotAllowed
    if audit.pack_id is None:
        raise NoFacts
    proposed = {change["key"] for change in _proposed(audit)}
    chosen = [key for key in dict.fromkeys(keys) if key in proposed][:_MOST]
    if not chosen:
        raise NothingChosen
    row = Simulation.objects.create(audit=audit, keys=chosen, created_by_id=perimeter.actor.user_id)
    journal_write(
        actor=perimeter.actor,
        action="directory_simulation.requested",
        object_type="directory_audit",
        object_id=audit.pk,
        organisation_id=audit.organisation_id,
        detail={"count": len(chosen)},
    )
    return row


def simulation_job_set(*, simulation: Simulation, job: Job) -> Simulation:
    """Tie a what-if to the job that runs it."""
    simulation.job = job
    simulation.save(update_fields=["job"])
    return simulation


def simulation_compute(*, simulation: Simulation, watch: Watch) -> Simulated:
    """Make the changes on paper and decide everything again. Writes nothing."""
    audit = simulation.audit
    settings = settings_of(audit.forest, is_whole_forest=not audit.is_collected_only)
    found = what_if_kept(audit, simulation.keys, settings, watch)
    known = {change["key"]: change for change in _proposed(audit)}
    return Simulated(
        {
            "before": _before(audit),
            "after": _after(found),
            "closed": _closed(audit, found),
            "changes": [known[key] for key in found.made if key in known],
            "unknown": list(found.unknown),
        }
    )


@transaction.atomic
def simulation_record(*, simulation: Simulation, found: Simulated) -> None:
    """Keep what a what-if found; one that has ended is left as it is."""
    Simulation.objects.filter(pk=simulation.pk, state=SimulationState.RUNNING).update(
        state=SimulationState.DONE, result=found.result
    )


def simulation_fail(*, simulation: Simulation) -> None:
    """It could not be computed."""
    Simulation.objects.filter(pk=simulation.pk, state=SimulationState.RUNNING).update(
        state=SimulationState.FAILED
    )


def simulations_settle() -> int:
    """End the what-ifs whose job ended without an answer; gives how many."""
    return Simulation.objects.filter(
        state=SimulationState.RUNNING, job__state__in=(JobState.FAILED, JobState.CANCELLED)
    ).update(state=SimulationState.FAILED)


@transaction.atomic
def simulation_promise(*, perimeter: Perimeter, simulation: Simulation, keys: Sequence[str]) -> int:
    """Make an action of each chosen change; one already promised is not promised twice.

    Returns:
        How many actions were made.

    Raises:
        NotAllowed: outside the rights. NothingChosen: none of them was simulated.
    """
    if not may_audit(perimeter, simulation.audit.organisation):
        raise NotAllowed
    chosen = [one for one in simulation.result.get("changes", []) if one["key"] in set(keys)]
    if not chosen:
        raise NothingChosen
    for change in chosen:
        action_add(
            perimeter=perimeter,
            organisation_id=simulation.audit.organisation_id,
            title=sentence_of(change)[:250],
            priority=ActionPriority.HIGH,
            origin="operations/directory",
            origin_ref=change["key"][:250],
        )
    return len(chosen)


def _proposed(audit: DirectoryAudit) -> list[dict[str, Any]]:
    return [*audit.summary.get("steps", []), *audit.summary.get("minimum", [])]


def _before(audit: DirectoryAudit) -> dict[str, Any]:
    return {
        "level_at_best": audit.level_at_best,
        "level_at_worst": audit.level_at_worst,
        "failing": audit.failing,
        "exposed_users": audit.exposed_users or 0,
        "exposed_computers": audit.exposed_computers or 0,
    }


def _after(found: WhatIf) -> dict[str, Any]:
    after = found.after
    return {
        "level_at_best": after.level.at_best,
        "level_at_worst": after.level.at_worst,
        "failing": sum(bool(one.failed_levels) for one in after.verdicts),
        "exposed_users": after.exposure.exposed_users,
        "exposed_computers": after.exposure.exposed_computers,
    }


def _closed(audit: DirectoryAudit, found: WhatIf) -> list[str]:
    """Points that fail today and would pass."""
    failing = set(
        audit.points.filter(state__in=["failed", "partial"]).values_list("point", flat=True)
    )
    return [
        one.point for one in found.after.verdicts
        if one.point in failing and one.state == "passed"
    ]  # fmt: skip
