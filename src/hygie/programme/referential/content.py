"""What does a loaded referential hold, and how is one of its rows found by its code?"""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import JsonValue

from hygie.programme.referential.schema import (
    Axis,
    DocumentKind,
    Domain,
    Header,
    Indicator,
    Measure,
    Objective,
    Size,
    Skill,
)
from hygie.programme.referential.schema_frameworks import (
    FrameworkHeader,
    MappingSet,
    Parameter,
    Requirement,
)


@dataclass(frozen=True, slots=True)
class RequirementNode:
    """A requirement in its tree.

    `rule` is ready for the assessment engine; None for a group, or while a parameter of
    `needs_parameters` has no value (the requirement then answers `cannot_tell`).
    """

    row: Requirement
    urn: str
    depth: int
    rule: dict[str, JsonValue] | None
    needs_parameters: tuple[str, ...]

    @property
    def needs_parameter(self) -> bool:
        """True while an administrator has to set a value before this can be assessed."""
        return bool(self.needs_parameters)


@dataclass(frozen=True, slots=True)
class Framework:
    """A tree of requirements; `nodes` are in reading order, a parent before its children."""

    header: FrameworkHeader
    urn: str
    parameters: tuple[Parameter, ...]
    nodes: tuple[RequirementNode, ...]


@dataclass(frozen=True, slots=True)
class Referential:
    """Everything the package knows of CaRE, validated, in reading order."""

    header: Header
    axes: tuple[Axis, ...]
    objectives: tuple[Objective, ...]
    domains: tuple[Domain, ...]
    frameworks: tuple[Framework, ...]
    documents: tuple[DocumentKind, ...]
    indicators: tuple[Indicator, ...]
    measures: tuple[Measure, ...]
    skills: tuple[Skill, ...]
    sizes: tuple[Size, ...]
    mappings: tuple[MappingSet, ...]

    def requirements(self) -> Iterator[RequirementNode]:
        """Every node of every framework."""
        for framework in self.frameworks:
            yield from framework.nodes

    def requirement(self, requirement_id: str) -> RequirementNode:
        """The node of this id, e.g. `D2.O1.C`; KeyError when there is none."""
        return {node.row.id: node for node in self.requirements()}[requirement_id]

    def indicator(self, code: str) -> Indicator:
        """The indicator of this code; KeyError when there is none."""
        return {row.code: row for row in self.indicators}[code]

    def measure(self, code: str) -> Measure:
        """The measure of this code; KeyError when there is none."""
        return {row.code: row for row in self.measures}[code]

    def framework(self, code: str) -> Framework:
        """The framework of this code, e.g. `care-d2`; KeyError when there is none."""
        return {row.header.code: row for row in self.frameworks}[code]
