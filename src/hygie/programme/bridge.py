"""How does a row of the referential's files become the fields of a row of the database?"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from hygie.programme.referential.content import Framework, Referential, RequirementNode
from hygie.programme.referential.schema import (
    Axis,
    DocumentKind,
    Domain,
    Indicator,
    Measure,
    Objective,
    Sourced,
    Target,
    Text,
)
from hygie.programme.referential.schema_frameworks import requirement_urn


@dataclass(frozen=True, slots=True)
class RowData:
    """What one row should be: its kind, natural key, own fields, and the keys it points to.

    Attributes:
        kind: table of services.referential (`axis`, `indicator`…).
        key: value of the natural key.
        fields: plain columns.
        links: natural keys of foreign keys and many-to-many, by field name.
    """

    kind: str
    key: str | int
    fields: dict[str, Any]
    links: dict[str, Any]


def _texts(name: str, text: Text | None) -> dict[str, str]:
    return {f"{name}_fr": text.fr if text else "", f"{name}_en": text.en if text else ""}


def _sourced(row: Sourced) -> dict[str, Any]:
    return {"status": str(row.status), "source": row.source, "as_of": row.as_of}


def _both(text: Text | None) -> dict[str, str]:
    return {"fr": text.fr, "en": text.en} if text else {}


def _plain(row: BaseModel, *names: str) -> dict[str, Any]:
    return row.model_dump(mode="json", include=set(names))


def _axis(row: Axis) -> RowData:
    return RowData(
        "axis",
        row.number,
        {**_texts("title", row.title), **_texts("description", row.description), **_sourced(row)},
        {},
    )


def _domain(row: Domain) -> RowData:
    call = row.current_call
    dates = call.dates if call else None
    fields: dict[str, Any] = {
        **_texts("title", row.title),
        **_texts("description", row.description),
        **_sourced(row),
        "number": row.number,
        "facts": row.model_dump(mode="json", include={"calls", "prerequisites", "objective"}),
    }
    for column, name in (
        ("published_on", "publication"),
        ("phase_start_on", "phase_start"),
        ("applications_from", "applications_from"),
        ("applications_until", "applications_until"),
        ("attainment_from", "attainment_from"),
        ("attainment_until", "attainment_until"),
    ):
        fields[column] = getattr(dates, name).on if dates else None
    return RowData("domain", row.code, fields, {})


def _objective(row: Objective, domain_of: dict[int, str], urn_of: Callable[[str], str]) -> RowData:
    return RowData(
        "objective",
        row.number,
        {
            **_texts("title", row.title),
            **_texts("description", row.description),
            **_sourced(row),
            "number": row.number,
            "status": str(row.content_status),
            "number_status": str(row.number_status),
        },
        {
            "axis": row.axis,
            "domain": domain_of.get(row.number),
            "requirements": [urn_of(code) for code in row.requirements],
        },
    )


def _document(row: DocumentKind) -> RowData:
    return RowData(
        "document",
        row.code,
        {
            **_texts("title", row.title),
            **_texts("description", row.description),
            **_sourced(row),
            "validity_days": row.validity_days,
            "sensitivity": str(row.sensitivity),
            "is_plan": row.is_plan,
        },
        {},
    )


def _indicator(row: Indicator, objectives_of: dict[str, list[int]]) -> RowData:
    named = sorted({*row.objectives, *objectives_of.get(row.code, [])})
    return RowData(
        "indicator",
        row.code,
        {
            **_texts("title", row.title),
            **_texts("description", row.help),
            **_sourced(row),
            "unit": str(row.unit),
            "direction": str(row.direction),
            "held_at": str(row.held_at),
            "rollup": str(row.rollup),
            "decimals": row.decimals,
            "measured_by": row.measured_by,
            "freshness_days": row.freshness_days,
            "justification": _both(row.justification),
        },
        {
            "domain": row.domain,
            "objectives": named,
            "targets": [_target(target) for target in row.targets],
        },
    )


def _target(target: Target) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "kinds": [str(kind) for kind in target.kinds],
        "categories": list(target.categories),
        "from_on": target.since,
        "by_on": target.by,
        "at_least": target.at_least,
        "at_most": target.at_most,
        "status": str(target.status),
        "source": target.source,
    }
    # What makes it this target and not another: whom it addresses, when, and in which direction.
    identity = [columns[name] for name in ("kinds", "categories", "from_on", "by_on")]
    said = json.dumps([*identity, target.at_least is None], default=str)
    return {"key": hashlib.sha256(said.encode()).hexdigest(), **columns}


def _measure(row: Measure, urn_of: Callable[[str], str]) -> RowData:
    return RowData(
        "measure",
        row.code,
        {
            **_texts("title", row.title),
            **_texts("description", row.description),
            **_sourced(row),
            "facts": _plain(
                row, "cost", "effort", "lead_weeks", "hygiene", "recyf", "care_risk", "indicators"
            ),
        },
        {
            "prerequisites": list(row.prerequisites),
            "requirements": [urn_of(code) for code in row.requirements],
            "indicators": [effect.code for effect in row.indicators],
        },
    )


def mapping_rows(referential: Referential) -> Iterator[dict[str, Any]]:
    """Columns of every correspondence of the referential, natural keys included."""
    for mapping_set in referential.mappings:
        for row in mapping_set.rows:
            yield {
                "mapping_set_urn": f"urn:hygie:mapping:{mapping_set.code}",
                "source_urn": requirement_urn(row.ours),
                "target_urn": f"{mapping_set.urn_prefix}{row.theirs}",
                "mapping_set_name": mapping_set.title.fr,
                "relation": str(row.relationship),
                "strength": row.strength,
                "rationale": row.rationale.fr,
            }


def requirement_fields(node: RequirementNode, order: int) -> dict[str, Any]:
    """Columns of one requirement of a CaRE framework."""
    row = node.row
    return {
        "ref_id": row.id,
        "order": order,
        "depth": node.depth,
        "is_assessable": row.assessable,
        "name": row.title.fr,
        "description": row.description.fr,
        "translations": {"en": {"name": row.title.en, "description": row.description.en}},
        "questions": [question.model_dump(mode="json") for question in row.questions],
        "rule": row.model_dump(mode="json")["rule"],
        "explains": _both(row.explains),
        "operational": _both(row.operational),
        "held_at": row.held_at,
        "documents": list(row.documents),
        "status": str(row.status),
        "source": row.source,
    }


def framework_fields(framework: Framework, version: int) -> dict[str, Any]:
    """Columns of one CaRE framework."""
    header = framework.header
    return {
        "version": version,
        "origin": "care",
        "ref_id": header.code.upper(),
        "locale": "fr",
        "name": header.title.fr,
        "description": header.description.fr,
        "translations": {"en": {"name": header.title.en, "description": header.description.en}},
        "provider": "Hygie",
        "parameters": {
            parameter.name: parameter.model_dump(mode="json") for parameter in framework.parameters
        },
        "status": str(header.status),
        "source": header.source,
    }


def rows_of(referential: Referential) -> Iterator[RowData]:
    """Every row outside frameworks, in an order where a row follows those it points to."""
    domain_of = {row.objective: row.code for row in referential.domains}
    objectives_of: dict[str, list[int]] = {}
    for objective in referential.objectives:
        for code in objective.indicators:
            objectives_of.setdefault(code, []).append(objective.number)
    urns = {node.row.id: node.urn for node in referential.requirements()}
    yield from (_axis(row) for row in referential.axes)
    yield from (_domain(row) for row in referential.domains)
    yield from (_objective(row, domain_of, urns.__getitem__) for row in referential.objectives)
    yield from (_document(row) for row in referential.documents)
    yield from (_indicator(row, objectives_of) for row in referential.indicators)
    yield from (_measure(row, urns.__getitem__) for row in referential.measures)
