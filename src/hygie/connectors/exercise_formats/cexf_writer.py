"""How is a scenario written in the Common Exercise Format, losing nothing?"""

import copy
import uuid
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import BinaryIO

import msgspec

from hygie.connectors.exercise_formats.cexf import OURS, ScenarioFields, scenario_of
from hygie.connectors.exercise_formats.cexf_injects import InjectFields
from hygie.connectors.inventories.loose import Record, record_of, records_of, text_at
from hygie.connectors.messages import Report
from hygie.engines.exercise.types import InjectRecord, ScenarioRecord
from hygie.engines.exercise.vocabulary import Channel, On, Result

_NAMESPACE = uuid.UUID("6f1d1b3c-5a57-5c0e-9a4e-6c1e1f5d7a10")
_ACTIONS: Mapping[Channel, str] = {
    Channel.MAIL: "email_to_participants",
    Channel.PHONE: "phone_call",
    Channel.SMS: "sms",
    Channel.PAPER: "paper",
    Channel.PRESS: "press_article",
    Channel.SOCIAL: "social_media",
    Channel.ALARM: "alarm_screen",
}
_NO_REMAINDER: Mapping[str, object] = {}
_Object = dict[str, object]


def write_cexf(
    target: BinaryIO, scenario: ScenarioRecord, *, remainder: Mapping[str, object] = _NO_REMAINDER
) -> int:
    """Write a scenario in the Common Exercise Format.

    Args:
        target: open binary stream.
        scenario: to write.
        remainder: of the `ScenarioFile` that it was read from; empty = it comes from elsewhere.

    Returns:
        Number of injects written.

    Cost: O(size). `read_cexf` gives the same scenario back. Without a change since it was read,
    the document is the same. Fields that the format has no place for stand in the free meta-data
    of the exercise, under our name.
    """
    told = remainder.get("cexf")
    document = copy.deepcopy(dict(told)) if isinstance(told, dict) else {}
    native, _rows = scenario_of(document, Report()) if document else (None, {})
    if native is None or _settled(native) != _settled(scenario):
        document = _written(document, scenario)
    target.write(msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")
    return len(scenario.injects)


def _written(before: _Object, scenario: ScenarioRecord) -> _Object:
    """The document of a scenario, from what another one of the same exercise held."""
    about = dict(record_of(before.get("exercise"))) or _exercise(scenario)
    about["name"], about["total_duration"] = scenario.title, str(scenario.duration_s)
    meta = {name: one for name, one in record_of(about.get("meta")).items() if name != OURS}
    previous = record_of(record_of(record_of(about.get("meta")).get(OURS)).get("injects"))
    by_key = {text_at(record_of(one), "key"): name for name, one in previous.items()}
    known = {text_at(one, "uuid"): one for one in records_of(before.get("injects"))}
    uuids = {
        inject.key: by_key.get(inject.key)
        or (inject.key if inject.key in known or _is_uuid(inject.key) else _uuid_of(inject.key))
        for inject in scenario.injects
    }
    document: _Object = {**before, "exercise": about}
    document["injects"] = [_inject(one, uuids[one.key], known) for one in scenario.injects]
    document["inject_flow"] = _flow(scenario, uuids, before)
    document["inject_payloads"] = _payloads(scenario, uuids, before, known)
    keys = {name: {"key": key} for key, name in uuids.items() if name != key}
    about["meta"] = {**meta, OURS: {"injects": keys}}
    native, _rows = scenario_of(document, Report(), native_only=True)
    ours: _Object = {"version": 1}
    of_scenario = _differences(native, scenario, ScenarioFields.__struct_fields__)
    if of_scenario:
        ours["scenario"] = of_scenario
    of_injects = _inject_fields(native, scenario, uuids)
    if of_injects:
        ours["injects"] = of_injects
    about["meta"] = {**meta, OURS: ours} if len(ours) > 1 else meta
    return document


def _settled(scenario: ScenarioRecord) -> ScenarioRecord:
    """The same scenario, whatever the kinds of its lists."""
    return replace(
        scenario,
        cells=tuple(scenario.cells),
        objectives=tuple(scenario.objectives),
        injects=tuple(scenario.injects),
        variables=dict(scenario.variables),
    )


def _inject_fields(
    native: ScenarioRecord, scenario: ScenarioRecord, uuids: Mapping[str, str]
) -> _Object:
    found: _Object = {}
    names = [one for one in InjectFields.__struct_fields__ if one != "key"]
    for read, wanted in zip(native.injects, scenario.injects, strict=True):
        told = _differences(read, wanted, names)
        if uuids[wanted.key] != wanted.key:
            told["key"] = wanted.key
        if told:
            found[uuids[wanted.key]] = told
    return found


def _differences(
    read: ScenarioRecord | InjectRecord, wanted: ScenarioRecord | InjectRecord, names: object
) -> _Object:
    """Fields of a record that do not read back by themselves."""
    wished = set(names) if isinstance(names, tuple | list) else set()
    return {
        one.name: msgspec.to_builtins(_plain(getattr(wanted, one.name)))
        for one in fields(wanted)
        if one.name in wished
        and _plain(getattr(wanted, one.name)) != _plain(getattr(read, one.name))
    }


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _exercise(scenario: ScenarioRecord) -> _Object:
    return {
        "uuid": _uuid_of(f"exercise {scenario.title}"),
        "name": scenario.title,
        "description": scenario.summary,
        "expanded": scenario.summary,
        "namespace": "hygie",
        "tags": ["state:production"],
        "version": "1",
        "meta": {"author": "Hygie", "level": scenario.level.value},
    }


def _inject(inject: InjectRecord, name: str, known: Mapping[str, Record]) -> Record:
    before = known.get(name)
    if before is not None:
        is_same = text_at(before, "name") == inject.title
        return before if is_same else {**before, "name": inject.title}
    evaluation: list[object] = []
    if inject.expected:
        evaluation.append(
            {"result": inject.expected, "parameters": [], "score_range": [0, inject.score]}
        )
    written: _Object = {
        "uuid": name,
        "name": inject.title,
        "action": "facilitation" if inject.is_for_staff else _ACTIONS[inject.channel],
        "target_tool": "Hygie",
        "inject_evaluation": evaluation,
    }
    if inject.body:
        written["action_payload_resource_uuid"] = _uuid_of(f"payload {name}")
    return written


def _payloads(
    scenario: ScenarioRecord, uuids: Mapping[str, str], before: Record, known: Mapping[str, Record]
) -> list[Record]:
    kept = list(records_of(before.get("inject_payloads")))
    for inject in scenario.injects:
        name = uuids[inject.key]
        if inject.body and name not in known:
            parameters = {"content": inject.body, "content-type": "text/plain"}
            kept.append(
                {
                    "uuid": _uuid_of(f"payload {name}"),
                    "name": inject.title,
                    "type": "file",
                    "parameters": parameters,
                }
            )
    return kept


def _flow(scenario: ScenarioRecord, uuids: Mapping[str, str], before: Record) -> list[Record]:
    """Steps of the injects that are still there, as they were, and those of the new ones."""
    alive = set(uuids.values())
    known = [
        one for one in records_of(before.get("inject_flow")) if text_at(one, "inject_uuid") in alive
    ]
    described = {text_at(one, "inject_uuid") for one in known}
    new = [inject for inject in scenario.injects if uuids[inject.key] not in described]
    return known + [_step(inject, scenario, uuids) for inject in new]


def _step(inject: InjectRecord, scenario: ScenarioRecord, uuids: Mapping[str, str]) -> Record:
    followers = [
        uuids[other.key]
        for other in scenario.injects
        if any(one.on is On.PLAYED and one.inject == inject.key for one in other.conditions)
    ]
    required = [
        {"inject_uuid": uuids[one.inject], "resolution_requirement": "reached"}
        for one in inject.conditions
        if one.on is On.RESULT and one.value == Result.REACHED.value and one.inject in uuids
    ]
    sequence: _Object = {
        "trigger": ["inject-resolution"] if inject.conditions else ["startex"],
        "completion_trigger": ["time_expiration", "completion"],
    }
    if followers:
        sequence["followed_by"] = followers
    return {
        "inject_uuid": uuids[inject.key],
        "description": inject.title,
        "reporting_callback": [],
        "requirements": required[0] if len(required) == 1 else required,
        "sequence": sequence,
        "timing": {"triggered_at": inject.offset_s or None},
    }


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _uuid_of(text: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, text))
