"""What does a framework library hold, once its file format is forgotten?"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

# language → field → text
Translations = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a question, and what choosing it does."""

    urn: str
    value: str
    description: str = ""
    add_score: Decimal | None = None
    compute_result: str = ""
    selected_groups: tuple[str, ...] = ()
    translations: Translations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dependency:
    """When a question is asked: any, or all, of these choices of another question are taken."""

    question: str
    answers: tuple[str, ...]
    condition: str = "any"


@dataclass(frozen=True, slots=True)
class Question:
    """A question asked to assess a requirement; kind: see QUESTION_KINDS."""

    urn: str
    kind: str
    text: str
    choices: tuple[Choice, ...] = ()
    depends_on: Dependency | None = None
    translations: Translations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScoreLevel:
    """One level of a scale."""

    score: int
    name: str
    description: str = ""
    description_doc: str = ""
    translations: Translations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImplementationGroup:
    """A named subset of the requirements of a framework."""

    ref_id: str
    name: str
    description: str = ""
    translations: Translations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequirementNode:
    """A heading or a requirement.

    Attributes:
        order: rank in the file, from 0: the order in which people read the framework.
        depth: level in the tree, 1 at the top; computed from the parents.
        row: line or row of the file; does not make two nodes differ.
    """

    urn: str
    parent_urn: str
    order: int
    depth: int
    assessable: bool
    ref_id: str = ""
    name: str = ""
    description: str = ""
    annotation: str = ""
    typical_evidence: str = ""
    importance: str = ""
    weight: int | None = None
    min_score: int | None = None
    max_score: int | None = None
    scores_ref: str = ""
    implementation_groups: tuple[str, ...] = ()
    threats: tuple[str, ...] = ()
    reference_controls: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    translations: Translations = field(default_factory=dict)
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class FrameworkData:
    """A framework: its scale, its groups and its tree, in the order of the file."""

    urn: str
    ref_id: str
    name: str
    description: str
    min_score: int | None
    max_score: int | None
    scores: tuple[ScoreLevel, ...]
    alternative_scores: Mapping[str, tuple[ScoreLevel, ...]]
    implementation_groups: tuple[ImplementationGroup, ...]
    nodes: tuple[RequirementNode, ...]
    translations: Translations = field(default_factory=dict)

    @property
    def assessable(self) -> tuple[RequirementNode, ...]:
        """Give the requirements, headings left out."""
        return tuple(node for node in self.nodes if node.assessable)


@dataclass(frozen=True, slots=True)
class RequirementMapping:
    """One correspondence between two requirements, read from source to target."""

    source_urn: str
    target_urn: str
    relationship: str
    strength: int | None = None
    rationale: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class MappingSetData:
    """Correspondences between two frameworks, which may live in other libraries."""

    urn: str
    ref_id: str
    name: str
    description: str
    source_framework_urn: str
    target_framework_urn: str
    mappings: tuple[RequirementMapping, ...]
    translations: Translations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReferenceItem:
    """A reference control or a threat that requirements point at."""

    kind: str
    urn: str
    ref_id: str = ""
    name: str = ""
    description: str = ""
    category: str = ""
    function: str = ""
    translations: Translations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Library:
    """A whole library file.

    Attributes:
        format: "yaml", "excel-v2" or "excel-v1".
        ignored: object type → how many are in the file and not used here.
    """

    urn: str
    ref_id: str
    version: int
    locale: str
    name: str
    description: str
    provider: str
    packager: str
    copyright: str
    published_on: dt.date | None
    dependencies: tuple[str, ...]
    labels: tuple[str, ...]
    format: str
    frameworks: tuple[FrameworkData, ...]
    mapping_sets: tuple[MappingSetData, ...]
    references: tuple[ReferenceItem, ...]
    ignored: Mapping[str, int]
    translations: Translations = field(default_factory=dict)
