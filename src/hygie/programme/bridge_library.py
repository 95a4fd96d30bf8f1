"""How does what a public library says become the columns of a framework and its requirements?"""

import dataclasses
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from hygie.connectors.frameworks.types import FrameworkData, Library, RequirementNode, ScoreLevel


def framework_fields(library: Library, data: FrameworkData) -> dict[str, Any]:
    """Columns of an imported framework."""
    return {
        "origin": "library",
        "ref_id": (data.ref_id or library.ref_id)[:100],
        "locale": library.locale[:10],
        "name": (data.name or library.name)[:300],
        "description": data.description or library.description,
        "translations": _plain(data.translations or library.translations),
        "provider": library.provider[:200],
        "packager": library.packager[:200],
        "copyright": library.copyright,
        "publication_date": library.published_on,
        "library_urn": library.urn,
        "min_score": data.min_score,
        "max_score": data.max_score,
        "scores_definition": _plain(data.scores),
        "implementation_groups": _plain(data.implementation_groups),
    }


def requirement_fields(
    node: RequirementNode, scales: Mapping[str, Sequence[ScoreLevel]] | None = None
) -> dict[str, Any]:
    """Columns of an imported requirement; `order` counts from 1.

    Args:
        node: what was read.
        scales: scales of the framework that single requirements take by name.
    """
    return {
        "ref_id": node.ref_id[:100],
        "order": node.order + 1,
        "depth": node.depth,
        "is_assessable": node.assessable,
        "name": node.name,
        "description": node.description,
        "annotation": node.annotation,
        "typical_evidence": node.typical_evidence,
        "translations": _plain(node.translations),
        "implementation_groups": list(node.implementation_groups),
        "weight": 1 if node.weight is None else node.weight,
        "questions": _plain(node.questions),
        "references": {
            "threats": list(node.threats),
            "controls": list(node.reference_controls),
            "importance": node.importance,
            "scale": _own_scale(node, scales or {}),
        },
    }


def _own_scale(node: RequirementNode, scales: Mapping[str, Sequence[ScoreLevel]]) -> dict[str, Any]:
    """Bounds and levels that this requirement has instead of its framework's; {} without any."""
    levels = scales.get(node.scores_ref, ())
    low, high = node.min_score, node.max_score
    if levels:
        low = min(level.score for level in levels) if low is None else low
        high = max(level.score for level in levels) if high is None else high
    own = {"min": low, "max": high, "levels": _plain(levels)}
    return {name: value for name, value in own.items() if value not in (None, [])}


def _plain(value: Any) -> Any:
    """Dataclasses, mappings and tuples as JSON values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return float(value)
    return value
