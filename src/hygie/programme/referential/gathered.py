"""Which rows have been read, with their places, before they are checked together?"""

from collections.abc import Sequence
from dataclasses import dataclass

from hygie.programme.referential.rows import Located
from hygie.programme.referential.schema import (
    Axis,
    DocumentKind,
    Domain,
    Indicator,
    Measure,
    Objective,
    Size,
    Skill,
)
from hygie.programme.referential.schema_frameworks import (
    FrameworkFile,
    MappingSet,
    Parameter,
    Requirement,
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Every valid row with its place, before the cross-checks."""

    axes: Sequence[Located[Axis]]
    objectives: Sequence[Located[Objective]]
    domains: Sequence[Located[Domain]]
    documents: Sequence[Located[DocumentKind]]
    indicators: Sequence[Located[Indicator]]
    measures: Sequence[Located[Measure]]
    skills: Sequence[Located[Skill]]
    sizes: Sequence[Located[Size]]
    mappings: Sequence[Located[MappingSet]]
    frameworks: Sequence[tuple[str, FrameworkFile]]

    def requirements(self) -> list[Located[Requirement]]:
        """The requirements of every framework, with their places."""
        return [
            Located(row, file, ("requirements", index))
            for file, content in self.frameworks
            for index, row in enumerate(content.requirements)
        ]

    def parameters(self) -> list[Located[Parameter]]:
        """The parameters of every framework, with their places."""
        return [
            Located(row, file, ("parameters", index))
            for file, content in self.frameworks
            for index, row in enumerate(content.parameters)
        ]
