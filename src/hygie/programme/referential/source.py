"""Is this file a small, plain YAML mapping that can be read without danger?"""

import datetime as dt
import math
from pathlib import Path
from typing import TypeAlias

import yaml

from hygie.programme.referential.faults import Fault, FaultCode, Param, Where

MAX_BYTES = 1_000_000
MAX_DEPTH = 40

Plain: TypeAlias = str | int | float | bool | list["Plain"] | dict[str, "Plain"] | None

_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
)


class _Refused(Exception):
    """Stops the reading of one file; carries its fault."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


def read_mapping(path: Path, *, name: str) -> tuple[dict[str, Plain] | None, tuple[Fault, ...]]:
    """Read one YAML file into plain values (dates become ISO text, as they will be in JSON).

    Args:
        path: the file.
        name: how the faults call it (path inside the referential).

    Returns:
        The mapping and no fault, or None and the fault that stopped the reading.
    """
    try:
        text = _text_of(path, name)
        _check_events(text, name)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        if not isinstance(node, yaml.MappingNode):
            raise _Refused(Fault(FaultCode.NOT_A_MAPPING, name))
        value = _plain(node, name, yaml.CSafeLoader(""), ())
    except _Refused as refused:
        return None, (refused.fault,)
    except yaml.YAMLError as error:
        return None, (_syntax_fault(error, name),)
    return (value, ()) if isinstance(value, dict) else (None, ())


def _text_of(path: Path, name: str) -> str:
    if not path.is_file():
        raise _Refused(Fault(FaultCode.FILE_MISSING, name))
    with path.open("rb") as stream:
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        size = path.stat().st_size
        params = {"size": size, "limit": MAX_BYTES}
        raise _Refused(Fault(FaultCode.FILE_TOO_LARGE, name, params=params))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused(Fault(FaultCode.NOT_UTF8, name)) from error


def _check_events(text: str, name: str) -> None:
    # Before anything is built: a few aliases can unfold into gigabytes.
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = _line(event.start_mark)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(Fault(FaultCode.ALIAS_REFUSED, name, params={"line": line}))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise _Refused(Fault(FaultCode.TOO_DEEP, name, params={"limit": MAX_DEPTH}))


def _line(mark: object) -> int:
    # The C and the Python readers each have their own class of mark.
    return int(getattr(mark, "line", -1)) + 1


def _syntax_fault(error: yaml.YAMLError, name: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    params: dict[str, str | int] = {
        "line": _line(mark),
        "column": mark.column + 1 if mark else 0,
        "problem": str(getattr(error, "problem", None) or "?"),
    }
    return Fault(FaultCode.NOT_YAML, name, params=params)


def _plain(node: yaml.Node, name: str, loader: yaml.CSafeLoader, where: Where) -> Plain:
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(node, name, loader, where)
    if isinstance(node, yaml.SequenceNode):
        _check_tag(node, name, where)
        return [
            _plain(item, name, loader, (*where, index)) for index, item in enumerate(node.value)
        ]
    return _plain_scalar(node, name, loader, where)


def _plain_mapping(
    node: yaml.MappingNode, name: str, loader: yaml.CSafeLoader, where: Where
) -> dict[str, Plain]:
    _check_tag(node, name, where)
    mapping: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in mapping:
            line = _line(key_node.start_mark)
            params: dict[str, Param] = {"line": line, "key": key}
            raise _Refused(Fault(FaultCode.DUPLICATE_KEY, name, where, params))
        mapping[key] = _plain(value_node, name, loader, (*where, key))
    return mapping


def _plain_scalar(node: yaml.Node, name: str, loader: yaml.CSafeLoader, where: Where) -> Plain:
    _check_tag(node, name, where)
    try:
        value = loader.construct_object(node)
    except ValueError as error:  # 2025-13-45 looks like a date, 5,000 digits like a number
        raise _Refused(_unreadable_scalar(node, name, where)) from error
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        raise _Refused(Fault(FaultCode.BAD_NUMBER, name, where))
    return value if isinstance(value, str | int | float | bool) else None


def _unreadable_scalar(node: yaml.Node, name: str, where: Where) -> Fault:
    if str(node.tag).endswith(":timestamp"):
        return Fault(FaultCode.BAD_DATE, name, where, {"value": str(node.value)})
    return Fault(FaultCode.BAD_NUMBER, name, where)


def _check_tag(node: yaml.Node, name: str, where: Where) -> None:
    if node.tag not in _PLAIN_TAGS:
        params: dict[str, Param] = {"line": _line(node.start_mark), "tag": str(node.tag)}
        raise _Refused(Fault(FaultCode.TAG_REFUSED, name, where, params))
