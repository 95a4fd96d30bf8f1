"""What would the file of a scenario make or change, and how is it written?"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any

from hygie.connectors.exercise_formats.types import ScenarioFile
from hygie.connectors.messages import Severity
from hygie.engines.exercise.types import InjectRecord, ScenarioRecord
from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Applied, Plan, Verb
from hygie.governance.exercises.bridge import scenario_of
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.selectors.plans import plan_codes
from hygie.governance.exercises.services.design import exercise_create, exercise_script_replace
from hygie.governance.exercises.services.script import script_is_open
from hygie.governance.exercises.times import moment_written
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

# A note of these imports; its words are with the others.
SCRIPT_CLOSED = "exercise_script_closed"

Detail = dict[str, list[Any]]
_NOTHING = ScenarioRecord(title="")
_MOMENTS = frozenset({"offset_s", "duration_s"})


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the script of a file goes.

    Attributes:
        organisation: whose exercise it is.
        exercise: the draft whose script it replaces; None makes another.
        kind: of the one that is made.
        title: "" = the file's.
    """

    organisation: Organisation
    exercise: Exercise | None = None
    kind: str = "run"
    title: str = ""


def script_plan(*, brought: ScenarioFile, destination: Destination) -> Plan:
    """What the file would make, or change in a draft; writes nothing.

    Refused as a whole when rows give clock times and nobody said when the exercise starts, or when
    the draft is no longer one: a timeline with holes would look whole.
    """
    planner = _planned(brought, destination)
    closed = destination.exercise is not None and not script_is_open(destination.exercise)
    if closed:
        planner.note(Severity.ERROR, SCRIPT_CLOSED)
    return planner.plan(
        _understood(brought),
        report=brought.report,
        is_refused=brought.is_start_needed or closed or not brought.scenario.injects,
    )


def script_apply(
    *, perimeter: Perimeter, brought: ScenarioFile, destination: Destination, plan_digest: str
) -> Applied:
    """Do it, in the caller's transaction.

    Raises:
        NotAllowed, ScriptClosed, TextTooLong. PlanOutdated: the draft has changed meanwhile.
    """
    planner = _planned(brought, destination)
    applied = planner.applied(plan_digest, report=brought.report)
    scenario = _titled(brought.scenario, destination)
    if destination.exercise is not None:
        made = exercise_script_replace(
            perimeter=perimeter, exercise=destination.exercise, scenario=scenario,
            origin="import",
        )  # fmt: skip
    else:
        made = exercise_create(
            perimeter=perimeter, organisation_id=destination.organisation.pk, scenario=scenario,
            kind=destination.kind, origin="import",
        )  # fmt: skip
    # As a text: a database may keep the names of an object in an order of its own.
    made.kept_aside = {name: json.dumps(one) for name, one in brought.remainder.items()}
    made.save(update_fields=["kept_aside"])
    return replace(applied, outcome={"exercise": made.pk, "title": made.title})


def _titled(scenario: ScenarioRecord, destination: Destination) -> ScenarioRecord:
    """As it will be kept: under its title here, each plan by its code."""
    codes = plan_codes() if any(one.plan for one in scenario.objectives) else {}
    return replace(
        scenario,
        title=destination.title.strip() or scenario.title,
        objectives=tuple(
            replace(one, plan=codes.get(one.plan.casefold(), one.plan))
            for one in scenario.objectives
        ),
    )


def _planned(brought: ScenarioFile, destination: Destination) -> Planner:
    """All that changes, in the order of the file."""
    planner = Planner()
    after = _titled(brought.scenario, destination)
    before = scenario_of(destination.exercise) if destination.exercise else _NOTHING
    if destination.exercise is not None:
        after = replace(after, title=before.title)
    head = _differences(_head(before), _head(after))
    if head or destination.exercise is None:
        verb = Verb.ADD if destination.exercise is None else Verb.CHANGE
        planner.plan_change(verb, key="exercise", label=after.title, detail=head)
    for what in ("cells", "objectives", "injects"):
        _compare(planner, what, getattr(before, what), getattr(after, what), brought.rows)
    return planner


def _compare(
    planner: Planner,
    what: str,
    before: Sequence[Any],
    after: Sequence[Any],
    rows: Mapping[str, int],
) -> None:
    known = {one.key: one for one in before}
    for one in after:
        old = known.pop(one.key, None)
        row = rows.get(one.key) if isinstance(one, InjectRecord) else None
        detail = _differences(_plain(old) if old else {}, _plain(one))
        if old is not None and not detail:
            planner.keep()
            continue
        planner.plan_change(
            Verb.CHANGE if old else Verb.ADD, key=f"{what}:{one.key}", label=_label(one),
            detail=detail, row=row,
        )  # fmt: skip
    for key, gone in known.items():
        planner.plan_change(Verb.CLOSE, key=f"{what}:{key}", label=_label(gone))


def _label(one: Any) -> str:
    return str(getattr(one, "title", "") or getattr(one, "name", "") or one.key)


def _head(scenario: ScenarioRecord) -> dict[str, Any]:
    held = {"cells", "objectives", "injects"}
    return dict(_values(scenario, held))


def _plain(one: Any) -> dict[str, Any]:
    return dict(_values(one, {"key"}))


def _values(one: Any, without: set[str]) -> Iterator[tuple[str, Any]]:
    for field in fields(one):
        # How conditions combine says nothing where there is none.
        if field.name in without or (field.name == "match" and not one.conditions):
            continue
        value = getattr(one, field.name)
        if field.name in _MOMENTS:
            value = moment_written(value)
        elif field.name == "conditions":
            value = [f"{one.on.value} {one.inject} {one.value}".strip() for one in value]
        elif isinstance(value, Enum):
            value = value.value
        elif isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, Mapping):
            value = [f"{name} = {said}" for name, said in sorted(value.items())]
        yield field.name, value


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Detail:
    """Fields that differ, before and after; what is empty on both sides says nothing."""
    return {
        name: [before.get(name) or None, value]
        for name, value in after.items()
        if (before.get(name) or None) != (value or None)
    }


def _understood(brought: ScenarioFile) -> dict[str, Any]:
    scenario = brought.scenario
    return {
        "format": brought.kind.value,
        "title": scenario.title,
        "injects": len(scenario.injects),
        "cells": ", ".join(one.name for one in scenario.cells),
        "objectives": len(scenario.objectives),
        "duration_s": moment_written(scenario.duration_s),
        "simulated_start": scenario.simulated_start,
    }
