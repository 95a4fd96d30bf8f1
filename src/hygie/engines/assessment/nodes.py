"""What is a rule made of?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeAlias

PROOF_PREFIX: Final = "proof:"


class Comparison(StrEnum):
    """How a measured value is held against its bound; all bounds are inclusive."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EQUALS = "equals"


class Anchor(StrEnum):
    """Days a window can refer to without knowing them."""

    PHASE_START = "phase_start"
    APPLICATION = "application"
    ATTAINMENT = "attainment"
    AS_OF = "as_of"


Bound: TypeAlias = date | Anchor


@dataclass(frozen=True, slots=True)
class Window:
    """Effective dates that count, both ends included; None = open on that side."""

    opens: Bound | None
    closes: Bound | None


@dataclass(frozen=True, slots=True)
class Measure:
    """The latest measurement of an indicator holds against a bound."""

    indicator: str
    comparison: Comparison
    bound: float
    window: Window | None = None

    @property
    def fact_code(self) -> str:
        """Code of the facts this rule reads."""
        return self.indicator


@dataclass(frozen=True, slots=True)
class Proof:
    """A document of this kind has been filed."""

    document: str
    window: Window | None = None
    fact_code: str = field(init=False, compare=False, repr=False)
    """Code of the facts this rule reads, joined once: it is looked up for every unit."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "fact_code", PROOF_PREFIX + self.document)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The submitted answers of the candidate decide."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Units that pass `of` weigh at least `threshold` (0..1] of the total."""

    threshold: Decimal
    of: "Rule"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every rule holds."""

    rules: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one rule holds."""

    rules: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class When:
    """`then` is required only where `condition` holds."""

    condition: "Rule"
    then: "Rule"


Rule: TypeAlias = Measure | Proof | Questionnaire | Coverage | AllOf | AnyOf | When


def walk_rule(rule: Rule) -> Iterator[Rule]:
    """Give a rule and everything it is made of, outermost first.

    Args:
        rule: any rule.

    Returns:
        Each node once per place where it appears.

    Source: docs/engines/assessment.md §1.
    """
    yield rule
    match rule:
        case Coverage():
            yield from walk_rule(rule.of)
        case AllOf() | AnyOf():
            for child in rule.rules:
                yield from walk_rule(child)
        case When():
            yield from walk_rule(rule.condition)
            yield from walk_rule(rule.then)


def fact_codes(rule: Rule) -> frozenset[str]:
    """Say which facts a rule reads, so that only these are fetched.

    Args:
        rule: any rule.

    Returns:
        Indicator codes and `proof:<document kind>` codes.

    Source: docs/engines/assessment.md §1.
    """
    return frozenset(
        node.fact_code for node in walk_rule(rule) if isinstance(node, Measure | Proof)
    )
