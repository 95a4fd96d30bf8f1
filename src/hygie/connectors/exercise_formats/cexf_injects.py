"""Which inject of ours is an inject of the Common Exercise Format?"""

import base64
import binascii
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

import msgspec

from hygie.connectors.exercise_formats.durations import FARTHEST
from hygie.connectors.exercise_formats.types import LONGEST, MOST_POINTS
from hygie.connectors.exercise_formats.words import channel_in
from hygie.connectors.inventories.loose import Record, record_of, records_of, text_at, texts_at
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.engines.exercise.types import Condition, InjectRecord
from hygie.engines.exercise.vocabulary import Channel, Match, Nature, On, Result

_Key = Annotated[str, msgspec.Meta(max_length=LONGEST["key"])]
_CellKey = Annotated[str, msgspec.Meta(max_length=LONGEST["cell_key"])]
_Title = Annotated[str, msgspec.Meta(max_length=LONGEST["title"])]
_Sender = Annotated[str, msgspec.Meta(max_length=LONGEST["sender"])]
_Deliverable = Annotated[str, msgspec.Meta(max_length=LONGEST["deliverable"])]
_ObjectiveKey = Annotated[str, msgspec.Meta(max_length=LONGEST["objective_key"])]
_Option = Annotated[str, msgspec.Meta(max_length=LONGEST["option"])]
_Attachment = Annotated[str, msgspec.Meta(max_length=LONGEST["attachment"])]
_Offset = Annotated[int, msgspec.Meta(ge=-FARTHEST, le=FARTHEST)]
_Duration = Annotated[int, msgspec.Meta(ge=0, le=FARTHEST)]
_Points = Annotated[int, msgspec.Meta(ge=0, le=MOST_POINTS)]


class InjectFields(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """Fields of an inject that differ from what the format says; `key` is ours."""

    key: _Key = ""
    title: _Title | msgspec.UnsetType = msgspec.UNSET
    offset_s: _Offset | msgspec.UnsetType = msgspec.UNSET
    nature: Nature | msgspec.UnsetType = msgspec.UNSET
    channel: Channel | msgspec.UnsetType = msgspec.UNSET
    sender: _Sender | msgspec.UnsetType = msgspec.UNSET
    cells: tuple[_CellKey, ...] | msgspec.UnsetType = msgspec.UNSET
    body: str | msgspec.UnsetType = msgspec.UNSET
    expected: str | msgspec.UnsetType = msgspec.UNSET
    objective: _ObjectiveKey | msgspec.UnsetType = msgspec.UNSET
    options: tuple[_Option, ...] | msgspec.UnsetType = msgspec.UNSET
    score: _Points | msgspec.UnsetType = msgspec.UNSET
    deadline_s: _Duration | msgspec.UnsetType | None = msgspec.UNSET
    comment: str | msgspec.UnsetType = msgspec.UNSET
    deliverable: _Deliverable | msgspec.UnsetType = msgspec.UNSET
    attachments: tuple[_Attachment, ...] | msgspec.UnsetType = msgspec.UNSET
    conditions: tuple[Condition, ...] | msgspec.UnsetType = msgspec.UNSET
    match: Match | msgspec.UnsetType = msgspec.UNSET
    after_s: _Duration | msgspec.UnsetType = msgspec.UNSET


@dataclass(slots=True)
class CexfReader:
    """Reads the injects of one document.

    Attributes:
        ours: UUID of an inject → the fields that we added.
        rows: key of an inject → its rank, 1-based.
    """

    document: Record
    report: Report
    ours: Record
    rows: dict[str, int] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)
    _fields: dict[str, InjectFields] = field(default_factory=dict)
    _parents: dict[str, list[str]] = field(default_factory=dict)

    def injects(self, *, native_only: bool) -> list[InjectRecord]:
        """All injects, in the order of the document."""
        records: dict[str, Record] = {}
        for rank, record in enumerate(records_of(self.document.get("injects")), start=1):
            uuid = text_at(record, "uuid")[: LONGEST["key"]] or f"inject-{rank}"
            if uuid in records:
                self.report.error(MessageCode.EXERCISE_KEY_TWICE, row=rank, field="uuid", key=uuid)
                continue
            records[uuid] = record
            self._name(uuid, rank)
        flow: dict[str, Record] = {}
        for step in records_of(self.document.get("inject_flow")):
            flow.setdefault(text_at(step, "inject_uuid"), step)
            for following in texts_at(record_of(step.get("sequence")), "followed_by"):
                self._parents.setdefault(following, []).append(text_at(step, "inject_uuid"))
        payloads = {
            text_at(one, "uuid"): one for one in records_of(self.document.get("inject_payloads"))
        }
        found = []
        for uuid, record in records.items():
            payload = record_of(payloads.get(text_at(record, "action_payload_resource_uuid")))
            inject = self._inject(uuid, record, record_of(flow.get(uuid)), payload)
            found.append(inject if native_only else self._with(uuid, inject))
        return found

    def _name(self, uuid: str, rank: int) -> None:
        """The key of an inject: ours when we wrote it, else its UUID."""
        told = InjectFields()
        if uuid in self.ours:
            try:
                told = msgspec.convert(self.ours[uuid], InjectFields)
            except msgspec.ValidationError as error:
                self.report.warning(
                    MessageCode.EXERCISE_VALUE_IGNORED, row=rank, field=uuid, value=str(error)
                )
        key = told.key[: LONGEST["key"]] or uuid
        if key in self.rows:
            key = uuid
        self._fields[uuid] = told
        self._keys[uuid] = key
        self.rows[key] = rank

    def _with(self, uuid: str, inject: InjectRecord) -> InjectRecord:
        told = self._fields[uuid]
        changed: Mapping[str, object] = {
            name: value
            for name in InjectFields.__struct_fields__
            if name != "key" and (value := getattr(told, name)) is not msgspec.UNSET
        }
        return replace(inject, **changed)  # type: ignore[arg-type]  # the same names and types

    def _inject(self, uuid: str, record: Record, step: Record, payload: Record) -> InjectRecord:
        key = self._keys[uuid]
        body, attachment = _content(payload)
        # What the players are asked to do, where no message is sent to them.
        body = body or _paragraphs(record.get("description"))
        nature, channel, odd = self._kind(uuid, record, has_text=bool(body))
        expected, score = _expectation(record)
        described = text_at(step, "description")
        return InjectRecord(
            key=key,
            title=(text_at(record, "name") or described or key)[: LONGEST["title"]],
            offset_s=self._offset(key, step),
            nature=nature,
            channel=channel,
            body=body,
            expected=expected,
            score=score,
            comment="\n".join(one for one in (described, odd, _told(payload)) if one),
            attachments=(attachment[: LONGEST["attachment"]],) if attachment else (),
            conditions=self._conditions(uuid, step),
        )

    def _kind(self, uuid: str, record: Record, *, has_text: bool) -> tuple[Nature, Channel, str]:
        """Nature and channel; an action on a tool is done by the staff, a task by players."""
        action = text_at(record, "action")
        channel = channel_in(action.replace("_", " "))
        tool = text_at(record, "target_tool")
        if channel is None and not action and has_text:
            channel = Channel.MAIL
        if channel is not None:
            return Nature.INJECT, channel, tool and f"CEXF : {tool}"
        if uuid not in self.ours:
            self.report.warning(
                MessageCode.EXERCISE_TYPE_UNKNOWN,
                row=self.rows[self._keys[uuid]],
                field="action",
                value=action,
                taken=Nature.FACILITATION.value,
            )
        said = " ".join(part for part in (action, tool and f"({tool})") if part)
        return Nature.FACILITATION, Channel.MAIL, said and f"CEXF : {said}"

    def _offset(self, key: str, step: Record) -> int:
        told = record_of(step.get("timing")).get("triggered_at")
        if told is None or told == "":
            return 0
        try:
            seconds = float(told) if isinstance(told, str | int | float) else math.nan
        except (ValueError, OverflowError):
            seconds = math.nan
        if math.isnan(seconds) or abs(seconds) > FARTHEST:
            self.report.warning(
                MessageCode.EXERCISE_VALUE_IGNORED,
                row=self.rows[key],
                field="timing.triggered_at",
                value=str(told),
            )
            return 0
        return round(seconds)

    def _conditions(self, uuid: str, step: Record) -> tuple[Condition, ...]:
        """What must have happened: results that are required, else injects that come before."""
        found = [
            Condition(On.RESULT, self._keys[one], Result.REACHED.value)
            for one in self._known(
                uuid,
                (text_at(each, "inject_uuid") for each in records_of(step.get("requirements"))),
            )
        ]
        required = {condition.inject for condition in found}
        for one in self._known(uuid, self._parents.get(uuid, ())):
            if self._keys[one] not in required:
                found.append(Condition(On.PLAYED, self._keys[one]))
        return tuple(dict.fromkeys(found))

    def _known(self, uuid: str, parents: Iterable[str]) -> list[str]:
        known = []
        for parent in parents:
            if parent in self._keys:
                known.append(parent)
            elif parent:
                self.report.warning(
                    MessageCode.EXERCISE_CONDITION_UNKNOWN,
                    row=self.rows[self._keys[uuid]],
                    field="requirements",
                    key=parent,
                )
        return known


def _content(payload: Record) -> tuple[str, str]:
    """The text of a payload, and the name of its file."""
    parameters = record_of(payload.get("parameters"))
    name = text_at(parameters, "filename")
    content = parameters.get("content", parameters.get("contents"))
    if not isinstance(content, str):
        return "", name
    if text_at(parameters, "content-type", "content_type").lower() == "base64":
        try:
            content = base64.b64decode(content, validate=False).decode("utf-8")
        except (binascii.Error, ValueError):
            return "", name
    return _paragraphs(content), name


def _paragraphs(text: object) -> str:
    """A text with its lines; "" for anything else."""
    return text.replace("\0", "").replace("\r\n", "\n").strip() if isinstance(text, str) else ""


def _told(payload: Record) -> str:
    """What a technical payload asks for, in one line."""
    parameters = record_of(payload.get("parameters"))
    if "content" in parameters or "contents" in parameters or not payload:
        return ""
    said = ", ".join(f"{name}: {text_at(parameters, name)}" for name in parameters)
    return f"{text_at(payload, 'type')} {said}".strip()[:2_000]


def _expectation(record: Record) -> tuple[str, int]:
    """Results that are evaluated, one a line, and the points that they may give."""
    lines, points = [], 0.0
    for one in records_of(record.get("inject_evaluation")):
        bounds = one.get("score_range")
        best = max(
            (
                bound
                for bound in (bounds if isinstance(bounds, list) else ())
                if isinstance(bound, int | float) and not isinstance(bound, bool) and bound > 0
            ),
            default=0,
        )
        points += best
        result = text_at(one, "result")
        if result:
            lines.append(f"{result} ({best:g})" if best else result)
    return "\n".join(lines), round(min(points, MOST_POINTS))
