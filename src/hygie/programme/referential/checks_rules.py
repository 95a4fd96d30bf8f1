"""Is every rule of the referential one the assessment engine can compute on known names?"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from hygie.engines.assessment.rules import RuleError, parse_rule
from hygie.programme.referential.faults import Fault, FaultCode
from hygie.programme.referential.parameters import Reference, references_of, resolve_rule
from hygie.programme.referential.rows import Located
from hygie.programme.referential.schema import Indicator
from hygie.programme.referential.schema_frameworks import (
    FrameworkFile,
    Requirement,
)
from hygie.programme.referential.vocabulary import UNIT_BOUNDS

_PARTS = re.compile(r"[^.\[\]]+")


def check_rules(
    frameworks: Sequence[tuple[str, FrameworkFile]],
    indicators: Mapping[str, Indicator],
    documents: Set[str],
) -> Iterator[Fault]:
    """The faults of every rule: names that do not exist, bounds, and what the engine refuses."""
    for file, content in frameworks:
        values = {row.name: row.value for row in content.parameters}
        for index, row in enumerate(content.requirements):
            if row.rule is not None:
                found = Located(row, file, ("requirements", index))
                yield from _names(found, indicators, documents, set(values))
                yield from _parse(found, values)


def _names(
    found: Located[Requirement],
    indicators: Mapping[str, Indicator],
    documents: Set[str],
    parameters: Set[str],
) -> Iterator[Fault]:
    known: Mapping[str, Set[str]] = {
        "indicator": set(indicators),
        "document": documents,
        "parameter": parameters,
    }
    for reference in references_of(found.row.rule):
        if reference.name not in known[reference.kind]:
            yield found.fault(
                FaultCode.UNKNOWN_CODE,
                "rule",
                *reference.where,
                value=reference.name,
                kind=reference.kind,
            )
        elif reference.kind == "indicator":
            yield from _bound(found, reference, indicators[reference.name])


def _bound(
    found: Located[Requirement], reference: Reference, indicator: Indicator
) -> Iterator[Fault]:
    low, high = UNIT_BOUNDS[indicator.unit]
    bound = reference.bound
    if bound is not None and (bound < low or (high is not None and bound > high)):
        yield found.fault(
            FaultCode.BOUND_OUTSIDE_UNIT,
            "rule",
            *reference.where[:-1],
            value=bound,
            unit=indicator.unit.value,
        )


def _parse(found: Located[Requirement], values: Mapping[str, float | None]) -> Iterator[Fault]:
    # A value not set yet must not hide a fault of shape: parse with a stand-in.
    stand_in = {name: 1.0 if value is None else value for name, value in values.items()}
    resolved = resolve_rule(found.row.rule or {}, stand_in)
    if resolved.rule is None:
        return  # names an unknown parameter, already reported
    try:
        parse_rule(resolved.rule)
    except RuleError as error:
        where = [int(part) if part.isdigit() else part for part in _PARTS.findall(error.path)]
        reason = f"{error.code.value} {error.value}".strip()
        yield found.fault(FaultCode.BAD_RULE, *where, reason=reason)
