"""Does everything of a library fit in the columns of the database?

SQLite would keep anything, PostgreSQL would refuse in the middle: both refuse here, with the row.
"""

import json
from collections.abc import Iterator
from typing import Any

from hygie.connectors.frameworks.types import Library
from hygie.connectors.messages import Severity
from hygie.foundation.imports.planner import Planner
from hygie.programme.bridge_library import framework_fields, requirement_fields
from hygie.programme.models import Framework, Requirement, RequirementMapping

_LARGEST_INTEGER = 2_147_483_647
_DEEPEST = 100


def library_fits(library: Library, planner: Planner) -> bool:
    """Say every value that no column can hold.

    Args:
        library: what was read.
        planner: takes one error per value, with the row of the file and the urn.

    Returns:
        True when nothing was said.
    """
    is_sound = True
    for row, urn, field, code, limit in _faults(library):
        is_sound = False
        planner.note(Severity.ERROR, code, row=row, field=field, urn=urn[:120], limit=limit)
    return is_sound


_Fault = tuple[int | None, str, str, str, int]


def _faults(library: Library) -> Iterator[_Fault]:
    if not 0 <= library.version <= _LARGEST_INTEGER:
        yield None, library.urn, "version", "number_out_of_range", _LARGEST_INTEGER
    for framework in library.frameworks:
        fields = framework_fields(library, framework)
        yield from _columns(None, framework.urn, fields, _longest(Framework, "urn"))
        yield from _columns(None, library.urn, {}, _longest(Framework, "library_urn"))
        for node in framework.nodes:
            row = node.row or None
            yield from _columns(
                row, node.urn, requirement_fields(node), _longest(Requirement, "urn")
            )
            if node.depth > _DEEPEST:
                yield row, node.urn, "depth", "number_out_of_range", _DEEPEST
    for mapping_set in library.mapping_sets:
        yield from _columns(
            None, mapping_set.urn, {"name": mapping_set.name},
            _longest(RequirementMapping, "mapping_set_urn"),
        )  # fmt: skip
        for mapping in mapping_set.mappings:
            said = {"rationale": mapping.rationale, "strength": mapping.strength}
            for urn in (mapping.source_urn, mapping.target_urn):
                yield from _columns(None, urn, said, _longest(RequirementMapping, "source_urn"))


def _longest(model: Any, column: str) -> int:
    return int(model._meta.get_field(column).max_length)


def _columns(row: int | None, urn: str, fields: dict[str, Any], longest: int) -> Iterator[_Fault]:
    if len(urn) > longest:
        yield row, urn, "urn", "text_too_long", longest
    for name, value in fields.items():
        if isinstance(value, int) and abs(value) > _LARGEST_INTEGER:
            yield row, urn, name, "number_out_of_range", _LARGEST_INTEGER
        elif isinstance(value, str | list | dict) and _holds_nul(value):
            yield row, urn, name, "nul_in_text", 0


def _holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    return bool(value) and "\\u0000" in json.dumps(value, default=str)
