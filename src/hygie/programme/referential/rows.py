"""How does one mapping of a file become typed rows, each with its place and its faults?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hygie.programme.referential.faults import Fault, FaultCode, Param, Where
from hygie.programme.referential.source import Plain

RowT = TypeVar("RowT", bound=BaseModel)

#: What a nested row takes from the row around it when it does not say it itself.
_INHERITED = ("status", "source", "as_of")
_NESTED = frozenset(
    {"rows", "framework", "parameters", "requirements", "targets", "calls", "dates", "envelope"}
)
_LANGUAGES = frozenset({"fr", "en"})


@dataclass(frozen=True, slots=True)
class Located(Generic[RowT]):
    """A row and where it was read, so that a later fault can name the place."""

    row: RowT
    file: str
    where: Where

    def fault(self, code: FaultCode, *where: str | int, **params: Param) -> Fault:
        """A fault inside this row."""
        return Fault(code, self.file, (*self.where, *where), params)


def read_rows(
    model: type[RowT], content: dict[str, Plain], file: str, *, whole: bool = False
) -> tuple[list[Located[RowT]], list[Fault]]:
    """Validate the rows of one file, with its `defaults` given to the rows that lack them.

    Args:
        model: the shape of a row (of the whole file when `whole`).
        content: the file, `schema` already removed.
        file: its name, for the faults.
        whole: the file is one object instead of a list under `rows`.

    Returns:
        The valid rows with their places, and the faults of the others.
    """
    defaults = content.pop("defaults", {})
    if not isinstance(defaults, dict):
        return [], [Fault(FaultCode.NOT_A_MAPPING, file, ("defaults",))]
    faults = [
        Fault(FaultCode.UNKNOWN_FIELD, file, ("defaults", key))
        for key in defaults
        if key not in _INHERITED
    ]
    if whole:
        entries: list[tuple[Where, Plain]] = [((), _nested_inherit(content, defaults))]
    else:
        listed = content.pop("rows", None)
        faults += [Fault(FaultCode.UNKNOWN_FIELD, file, (key,)) for key in content]
        if not isinstance(listed, list):
            return [], [*faults, Fault(FaultCode.MISSING_FIELD, file, ("rows",))]
        entries = [(("rows", i), inherit(row, defaults)) for i, row in enumerate(listed)]
    found: list[Located[RowT]] = []
    for where, entry in entries:
        row, wrong = validate(model, entry, file, where)
        faults += wrong
        if row is not None:
            found.append(Located(row, file, where))
    return found, faults


def inherit(row: Plain, around: Mapping[str, Plain]) -> Plain:
    """Give a row, then the rows nested in it, what it does not say of its own source."""
    if not isinstance(row, dict):
        return row
    full = {**{key: around[key] for key in _INHERITED if key in around}, **row}
    return _nested_inherit(full, full)


def _nested_inherit(row: dict[str, Plain], around: Mapping[str, Plain]) -> dict[str, Plain]:
    return {
        key: _pass_down(key, value, around) if key in _NESTED else value
        for key, value in row.items()
    }


def _pass_down(key: str, value: Plain, around: Mapping[str, Plain]) -> Plain:
    if isinstance(value, list):
        return [inherit(item, around) for item in value]
    if key == "dates" and isinstance(value, dict):
        return {name: inherit(item, around) for name, item in value.items()}
    return inherit(value, around)


def validate(
    model: type[RowT], value: Plain, file: str, where: Where
) -> tuple[RowT | None, list[Fault]]:
    """Turn one plain value into a row, or into all its faults."""
    if not isinstance(value, dict):
        return None, [Fault(FaultCode.NOT_A_MAPPING, file, where)]
    try:
        # Through JSON: its strict mode knows dates, tuples and enumerations, and nothing else.
        return model.model_validate_json(json.dumps(value)), []
    except ValidationError as error:
        return None, [_fault(detail, file, where) for detail in error.errors()]


def _fault(detail: ErrorDetails, file: str, around: Where) -> Fault:
    where: Where = (*around, *detail["loc"])
    kind, value = detail["type"], _shown(detail["input"])
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        return Fault(FaultCode.UNKNOWN_FIELD, file, where)
    if kind == "missing":
        if where[-1] in _LANGUAGES:
            params: dict[str, Param] = {"language": str(where[-1])}
            return Fault(FaultCode.MISSING_TRANSLATION, file, where, params)
        return Fault(FaultCode.MISSING_FIELD, file, where)
    if kind.startswith("date"):
        return Fault(FaultCode.BAD_DATE, file, where, {"value": value})
    if kind in {"enum", "literal_error"}:
        choices = str(context.get("expected", ""))
        return Fault(FaultCode.BAD_CHOICE, file, where, {"value": value, "choices": choices})
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return Fault(FaultCode.NOT_A_MAPPING, file, where)
    return Fault(FaultCode.BAD_VALUE, file, where, {"value": value, "reason": detail["msg"]})


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
