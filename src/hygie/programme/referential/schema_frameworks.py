"""Which shape must a tree of requirements have, with its rules, questions and mappings?"""

from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, model_validator

from hygie.programme.referential.schema import Code, RequirementId, Sourced, Strict, Text, Words
from hygie.programme.referential.vocabulary import (
    OrganisationKind,
    QuestionKind,
    Relationship,
    Result,
    Unit,
)

ParameterName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class Choice(Strict):
    """One answer; `result` None = information that decides nothing."""

    code: Code
    text: Text
    result: Result | None


class Question(Strict):
    """What is asked when nothing can measure it. `audience` empty = everyone."""

    code: Code
    kind: QuestionKind
    text: Text
    audience: tuple[OrganisationKind, ...] = ()
    choices: Annotated[tuple[Choice, ...], Field(min_length=2)]


class Parameter(Sourced):
    """A value of a rule that no source gives: None until an administrator sets it."""

    name: ParameterName
    title: Text
    unit: Unit
    value: float | None
    minimum: float | None = None
    maximum: float | None = None


class Requirement(Sourced):
    """A node of a framework; `rule` as written, parameters not yet substituted."""

    id: RequirementId
    parent: RequirementId | None = None
    order: Annotated[int, Field(ge=1)]
    assessable: bool
    held_at: Literal["candidate", "organisation"] = "candidate"
    title: Text
    description: Text
    explains: Text | None = None
    operational: Text | None = None
    documents: tuple[Code, ...] = ()
    rule: dict[str, JsonValue] | None = None
    questions: tuple[Question, ...] = ()

    @model_validator(mode="after")
    def _assessable_has_a_rule(self) -> Self:
        if self.assessable and (self.rule is None or self.explains is None):
            raise ValueError("an assessable requirement needs rule and explains")
        if not self.assessable and (self.rule is not None or self.questions):
            raise ValueError("a group has neither rule nor questions")
        return self


class FrameworkHeader(Sourced):
    """Identity of one tree of requirements."""

    code: Code
    domain: Code | None
    title: Text
    description: Text


class FrameworkFile(Strict):
    """The content of one file of `frameworks/`."""

    framework: FrameworkHeader
    parameters: tuple[Parameter, ...] = ()
    requirements: Annotated[tuple[Requirement, ...], Field(min_length=1)]


class MappingRow(Sourced):
    """Our requirement and a node of another framework: `ours` is `relationship` of `theirs`."""

    ours: RequirementId
    theirs: Annotated[str, Field(min_length=1, max_length=80)]
    relationship: Relationship
    strength: Annotated[int, Field(ge=1, le=10)]
    rationale: Text


class MappingSet(Sourced):
    """Links towards one outside framework; a node's URN is `urn_prefix` + `theirs`."""

    code: Code
    title: Text
    framework_urn: Words
    urn_prefix: Words
    rows: Annotated[tuple[MappingRow, ...], Field(min_length=1)]


def requirement_urn(requirement_id: str) -> str:
    """The stable name of a requirement, e.g. `urn:hygie:requirement:care:d2.o1.c`."""
    return f"urn:hygie:requirement:care:{requirement_id.lower()}"


def framework_urn(code: str) -> str:
    """The stable name of a framework, e.g. `urn:hygie:framework:care-d2`."""
    return f"urn:hygie:framework:{code}"
