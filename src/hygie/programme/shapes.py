"""Is a structured column built as its readers expect, when a person writes it?"""

from typing import Annotated, Any, Literal

from django.utils.translation import get_language
from pydantic import Field, JsonValue

from hygie.programme.errors import ShapeRefused
from hygie.programme.referential.rows import validate
from hygie.programme.referential.schema import (
    Code,
    CostBySize,
    FinessCategory,
    IndicatorEffect,
    Room,
    Strict,
    Text,
)
from hygie.programme.referential.schema_frameworks import Question
from hygie.programme.referential.vocabulary import OrganisationKind

_Said = dict[Literal["fr", "en"], str]
_Translations = dict[str, dict[str, JsonValue]]
_Lines = Annotated[int, Field(ge=1, le=42)]


class MeasureFacts(Strict):
    """What the catalogue says of a measure, in figures."""

    care_risk: Text
    cost: CostBySize
    effort: Annotated[dict[Code, Annotated[float, Field(gt=0, le=2000)]], Field(min_length=1)]
    lead_weeks: Annotated[int, Field(ge=1, le=260)]
    hygiene: tuple[_Lines, ...] = ()
    recyf: tuple[_Lines, ...] = ()
    indicators: tuple[IndicatorEffect, ...] = ()


class MeasureShape(Strict):
    """A security measure."""

    facts: MeasureFacts


class TargetShape(Strict):
    """A target of an indicator."""

    kinds: Annotated[tuple[OrganisationKind, ...], Field(min_length=1)]
    categories: tuple[FinessCategory, ...]


class IndicatorShape(Strict):
    """An indicator: the room that measures it is one that exists."""

    measured_by: Room


class FrameworkShape(Strict):
    """A framework's words."""

    translations: _Translations


class LibraryRequirementShape(Strict):
    """A requirement; questions of a public library keep the form of that library."""

    translations: _Translations
    explains: _Said
    operational: _Said
    documents: tuple[Code, ...]
    questions: tuple[dict[str, JsonValue], ...]


class CareRequirementShape(LibraryRequirementShape):
    """A requirement of the programme."""

    questions: tuple[Question, ...]  # type: ignore[assignment]


_SHAPES: dict[str, type[Strict]] = {
    "measure": MeasureShape,
    "target": TargetShape,
    "indicator": IndicatorShape,
    "framework": FrameworkShape,
}


def shape_check(kind: str, row: Any, values: dict[str, Any]) -> None:
    """Refuse a structured value that a page or a rule could not read.

    Args:
        kind: kind of row.
        row: the row as it stands.
        values: wanted values by field; a missing one is the standing one.

    Raises:
        ShapeRefused: every fault, each with its place, in the reader's language.
    """
    if kind == "requirement":
        is_care = row.framework.origin == "care"
        shape: type[Strict] | None = CareRequirementShape if is_care else LibraryRequirementShape
    else:
        shape = _SHAPES.get(kind)
    if shape is None or not values.keys() & shape.model_fields.keys():
        return
    whole = {name: values.get(name, getattr(row, name)) for name in shape.model_fields}
    _row, faults = validate(shape, whole, kind, ())
    if faults:
        language = "en" if (get_language() or "fr").startswith("en") else "fr"
        field = str(faults[0].where[0]) if faults[0].where else ""
        raise ShapeRefused(field=field, faults=" ".join(one.text(language) for one in faults))
