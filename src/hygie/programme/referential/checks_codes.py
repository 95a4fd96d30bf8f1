"""Is every code of the referential written once, and does every code it names exist?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

from hygie.programme.referential.faults import Fault, FaultCode
from hygie.programme.referential.gathered import Rows
from hygie.programme.referential.rows import Located
from hygie.programme.referential.schema import (
    Indicator,
    Objective,
)
from hygie.programme.referential.schema_frameworks import (
    Requirement,
)

RowT = TypeVar("RowT", bound=BaseModel)


def check_codes(rows: Rows) -> Iterator[Fault]:
    """Duplicates, and names of rows that do not exist."""
    checks: tuple[Callable[[Rows], Iterator[Fault]], ...] = (
        _duplicates,
        _unknown_in_plan,
        _unknown_in_requirements,
        _unknown_in_measures,
        _unknown_in_mappings,
    )
    for one in checks:
        yield from one(rows)


def _codes(rows: Iterable[Located[Any]]) -> set[str]:
    return {found.row.code for found in rows}


def _twice(rows: Iterable[Located[RowT]], key: str) -> Iterator[Fault]:
    seen: dict[object, str] = {}
    for found in rows:
        value = getattr(found.row, key)
        if value in seen:
            yield found.fault(FaultCode.DUPLICATE_CODE, key, value=str(value), other=seen[value])
        seen.setdefault(value, found.file)


def _duplicates(rows: Rows) -> Iterator[Fault]:
    yield from _twice(rows.axes, "number")
    yield from _twice(rows.objectives, "number")
    by_code: tuple[Sequence[Located[Any]], ...] = (
        rows.domains,
        rows.documents,
        rows.indicators,
        rows.measures,
        rows.skills,
        rows.sizes,
        rows.mappings,
    )
    for listed in by_code:
        yield from _twice(listed, "code")
    yield from _twice(rows.requirements(), "id")
    for file, content in rows.frameworks:
        own = [Located(row, file, ("parameters", i)) for i, row in enumerate(content.parameters)]
        yield from _twice(own, "name")
    headers = [
        Located(content.framework, file, ("framework",)) for file, content in rows.frameworks
    ]
    yield from _twice(headers, "code")
    for found in rows.requirements():
        yield from _questions(found)


def _questions(found: Located[Requirement]) -> Iterator[Fault]:
    asked: set[str] = set()
    for index, question in enumerate(found.row.questions):
        where = ("questions", index, "code")
        if question.code in asked:
            yield found.fault(
                FaultCode.DUPLICATE_CODE, *where, value=question.code, other=found.file
            )
        asked.add(question.code)
        choices = [choice.code for choice in question.choices]
        for code in {code for code in choices if choices.count(code) > 1}:
            yield found.fault(FaultCode.DUPLICATE_CODE, *where, value=code, other=found.file)


def _unknown(
    found: Located[Any], field: str, known: Iterable[object], kind: str
) -> Iterator[Fault]:
    value = getattr(found.row, field)
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            if item not in set(known):
                yield found.fault(FaultCode.UNKNOWN_CODE, field, index, value=str(item), kind=kind)
    elif value is not None and value not in set(known):
        yield found.fault(FaultCode.UNKNOWN_CODE, field, value=str(value), kind=kind)


def _unknown_in_plan(rows: Rows) -> Iterator[Fault]:
    axes = {found.row.number for found in rows.axes}
    numbers = {found.row.number for found in rows.objectives}
    ids = {found.row.id for found in rows.requirements()}
    indicators = {found.row.code: found.row for found in rows.indicators}
    frameworks = {content.framework.code for _, content in rows.frameworks}
    for objective in rows.objectives:
        yield from _unknown(objective, "axis", axes, "axis")
        yield from _unknown(objective, "requirements", ids, "requirement")
        yield from _unknown(objective, "indicators", indicators, "indicator")
        yield from _not_reciprocal(objective, indicators)
    for domain in rows.domains:
        yield from _unknown(domain, "objective", numbers, "objective")
        yield from _unknown(domain, "framework", frameworks, "framework")
        yield from _unknown(domain, "prerequisites", ids, "requirement")
    for indicator in rows.indicators:
        yield from _unknown(indicator, "objectives", numbers, "objective")
        yield from _unknown(indicator, "domain", _codes(rows.domains), "domain")


def _not_reciprocal(
    objective: Located[Objective], indicators: Mapping[str, Indicator]
) -> Iterator[Fault]:
    for index, code in enumerate(objective.row.indicators):
        number = objective.row.number
        if code in indicators and number not in indicators[code].objectives:
            yield objective.fault(
                FaultCode.NOT_RECIPROCAL, "indicators", index, value=code, number=number
            )


def _unknown_in_requirements(rows: Rows) -> Iterator[Fault]:
    domains = _codes(rows.domains)
    for file, content in rows.frameworks:
        header = Located(content.framework, file, ("framework",))
        yield from _unknown(header, "domain", domains, "domain")
        ids = {row.id for row in content.requirements}
        for index, row in enumerate(content.requirements):
            found = Located(row, file, ("requirements", index))
            yield from _unknown(found, "parent", ids, "requirement")
            yield from _unknown(found, "documents", _codes(rows.documents), "document")


def _unknown_in_measures(rows: Rows) -> Iterator[Fault]:
    measures, skills = _codes(rows.measures), _codes(rows.skills)
    indicators = _codes(rows.indicators)
    ids = {found.row.id for found in rows.requirements()}
    for found in rows.measures:
        yield from _unknown(found, "prerequisites", measures, "measure")
        yield from _unknown(found, "requirements", ids, "requirement")
        for skill in found.row.effort:
            if skill not in skills:
                yield found.fault(
                    FaultCode.UNKNOWN_CODE, "effort", skill, value=skill, kind="skill"
                )
        for index, move in enumerate(found.row.indicators):
            if move.code not in indicators:
                where = ("indicators", index, "code")
                yield found.fault(FaultCode.UNKNOWN_CODE, *where, value=move.code, kind="indicator")


def _unknown_in_mappings(rows: Rows) -> Iterator[Fault]:
    ids = {found.row.id for found in rows.requirements()}
    for found in rows.mappings:
        pairs: set[tuple[str, str]] = set()
        for index, link in enumerate(found.row.rows):
            where = ("rows", index)
            if link.ours not in ids:
                yield found.fault(
                    FaultCode.UNKNOWN_CODE, *where, "ours", value=link.ours, kind="requirement"
                )
            pair = (link.ours, link.theirs)
            if pair in pairs:
                value = f"{link.ours} → {link.theirs}"
                yield found.fault(FaultCode.DUPLICATE_CODE, *where, value=value, other=found.file)
            pairs.add(pair)
