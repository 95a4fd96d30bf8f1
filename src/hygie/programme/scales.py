"""On which scale is a requirement scored: its own, or its framework's?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from hygie.programme.models import Requirement


@dataclass(frozen=True, slots=True)
class Scale:
    """Bounds of a score, and what each level means.

    Attributes:
        low: 0 when only the upper bound is known.
        high: None when the framework has no scores.
        levels: (score, name) in the reader's language, from the lowest.
    """

    low: int
    high: int | None
    levels: tuple[tuple[int, str], ...]


def scale_of(requirement: Requirement) -> Scale:
    """The scale of one requirement, whose framework is at hand."""
    framework, own = requirement.framework, requirement.references.get("scale") or {}
    low = own.get("min", framework.min_score)
    high = own.get("max", framework.max_score)
    levels = own.get("levels") or ([] if own else framework.scores_definition)
    return Scale(low or 0, high, _levels(levels))


def _levels(levels: Sequence[Mapping[str, Any]]) -> tuple[tuple[int, str], ...]:
    wanted = (get_language() or "fr")[:2]
    named = []
    for level in levels:
        translated = (level.get("translations") or {}).get(wanted) or {}
        named.append((int(level["score"]), str(translated.get("name") or level.get("name") or "")))
    return tuple(sorted(named))
