"""How does a record whose keys are spelt in other cases, or unknown, become one that we know?

The tools that read these exports ignore the case of keys, so their writers are free with it.
"""

from typing import Any, TypeAlias, get_args

import msgspec
from msgspec.structs import fields

from hygie.connectors.directory_exports.sharphound_records import ObjectRecord, Properties, Session

Shape: TypeAlias = dict[str, tuple[str, "Shape"]]


def _shape_of(kind: type[msgspec.Struct]) -> Shape:
    """The keys of a structure in lower case: how each is spelt, and the keys below it."""
    shape: Shape = {}
    for one in fields(kind):
        below = _structure_in(one.type)
        shape[one.encode_name.lower()] = (one.encode_name, _shape_of(below) if below else {})
    return shape


def _structure_in(annotation: Any) -> type[msgspec.Struct] | None:
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return annotation
    for part in get_args(annotation):
        found = _structure_in(part)
        if found:
            return found
    return None


_OBJECT = _shape_of(ObjectRecord)
_SESSION = _shape_of(Session)
_PROPERTIES = next(spelt for spelt, _below in (_OBJECT["properties"],))


def respelt_object(content: bytes, unknown: set[str]) -> bytes:
    """Spell the keys of an object as `ObjectRecord` does; drop and note those it has not.

    Args:
        content: one JSON value.
        unknown: gets the dropped keys, those of `Properties` aside (most are unknown).

    Raises:
        msgspec.DecodeError, UnicodeDecodeError, RecursionError: not JSON.
    """
    return _respelt(content, _OBJECT, unknown)


def respelt_session(content: bytes, unknown: set[str]) -> bytes:
    """The same for the records of a file of sessions."""
    return _respelt(content, _SESSION, unknown)


def _respelt(content: bytes, shape: Shape, unknown: set[str]) -> bytes:
    return msgspec.json.encode(_walked(msgspec.json.decode(content), shape, unknown))


def _walked(value: Any, shape: Shape, unknown: set[str]) -> Any:
    if not shape:
        return value
    if isinstance(value, list):
        return [_walked(one, shape, unknown) for one in value]
    if not isinstance(value, dict):
        return value
    known: dict[str, Any] = {}
    for key, one in value.items():
        spelling = shape.get(key.lower())
        if spelling is None:
            unknown.add(key)
            continue
        name, below = spelling
        skipped: set[str] = set()
        known[name] = _walked(one, below, skipped if name == _PROPERTIES else unknown)
    return known


def looks_misspelt(properties: Properties) -> bool:
    """Whether none of the properties that every tool writes was found, as when the case differs."""
    return (
        properties.name is None
        and properties.domain is None
        and properties.domainsid is None
        and properties.distinguishedname is None
    )
