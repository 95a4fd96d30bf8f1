"""How do the files of a referential become one validated whole, or one list of faults?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from hygie.programme.referential.checks import check
from hygie.programme.referential.content import Framework, Referential, RequirementNode
from hygie.programme.referential.faults import Fault, FaultCode, Param, ReferentialError
from hygie.programme.referential.gathered import Rows
from hygie.programme.referential.parameters import resolve_rule
from hygie.programme.referential.rows import Located, read_rows, validate
from hygie.programme.referential.schema import (
    SCHEMA_VERSION,
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
    FrameworkFile,
    MappingSet,
    Requirement,
    framework_urn,
    requirement_urn,
)
from hygie.programme.referential.source import Plain, read_mapping

PACKAGED = Path(__file__).parent / "data"

_LISTS: Mapping[str, type[BaseModel]] = {
    "axes.yaml": Axis,
    "objectives.yaml": Objective,
    "domains.yaml": Domain,
    "documents.yaml": DocumentKind,
    "skills.yaml": Skill,
    "sizes.yaml": Size,
    "mappings.yaml": MappingSet,
}
_FOLDERS: Mapping[str, type[BaseModel]] = {"indicators": Indicator, "measures": Measure}

RowT = TypeVar("RowT", bound=BaseModel)


@dataclass(slots=True)
class _Draft:
    """What has been read so far, each row with its place, and every fault met."""

    root: Path
    faults: list[Fault] = field(default_factory=list)
    rows: dict[type[BaseModel], list[Located[BaseModel]]] = field(default_factory=dict)
    headers: list[Header] = field(default_factory=list)
    frameworks: list[tuple[str, FrameworkFile]] = field(default_factory=list)

    def located(self, model: type[RowT]) -> list[Located[RowT]]:
        """The rows of this model, with their places."""
        return [
            Located(found.row, found.file, found.where)
            for found in self.rows.get(model, [])
            if isinstance(found.row, model)
        ]

    def of(self, model: type[RowT]) -> tuple[RowT, ...]:
        """The rows of this model."""
        return tuple(found.row for found in self.located(model))


def load_referential(path: Path | None = None) -> Referential:
    """Read, validate and cross-check a referential.

    Args:
        path: folder of the files; the one shipped in the package when None.

    Returns:
        The whole referential, rules with the parameters that have a value replaced.

    Raises:
        ReferentialError: with every fault found, each with its file and its place.
    """
    draft = _Draft(root=path or PACKAGED)
    _refuse_strangers(draft)
    _read_header(draft)
    for name, model in _LISTS.items():
        _read_list(draft, name, model)
    for folder, model in _FOLDERS.items():
        for name in _files_in(draft, folder):
            _read_list(draft, name, model)
    for name in _files_in(draft, "frameworks"):
        _read_framework(draft, name)
    _refuse(draft.faults)  # cross-checks on half-read files would blame sound rows
    _refuse(
        check(
            Rows(
                axes=draft.located(Axis),
                objectives=draft.located(Objective),
                domains=draft.located(Domain),
                documents=draft.located(DocumentKind),
                indicators=draft.located(Indicator),
                measures=draft.located(Measure),
                skills=draft.located(Skill),
                sizes=draft.located(Size),
                mappings=draft.located(MappingSet),
                frameworks=draft.frameworks,
            )
        )
    )
    return _assemble(draft)


def _refuse_strangers(draft: _Draft) -> None:
    # A misspelt file name would otherwise be a whole file silently left out.
    known = {"referential.yaml", "frameworks", *_LISTS, *_FOLDERS}
    found = sorted(draft.root.iterdir()) if draft.root.is_dir() else []
    draft.faults.extend(
        Fault(FaultCode.FILE_UNEXPECTED, entry.name) for entry in found if entry.name not in known
    )


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise ReferentialError(faults)


def _open(draft: _Draft, name: str) -> dict[str, Plain] | None:
    content, faults = read_mapping(draft.root / name, name=name)
    draft.faults.extend(faults)
    if content is None:
        return None
    version = content.pop("schema", None)
    if version != SCHEMA_VERSION or isinstance(version, bool):
        params: dict[str, Param] = {"found": str(version), "expected": SCHEMA_VERSION}
        draft.faults.append(Fault(FaultCode.SCHEMA_VERSION, name, ("schema",), params))
        return None
    return content


def _read_header(draft: _Draft) -> None:
    content = _open(draft, "referential.yaml")
    if content is None:
        return
    header, faults = validate(Header, content, "referential.yaml", ())
    draft.faults.extend(faults)
    if header is not None:
        draft.headers.append(header)


def _read_list(draft: _Draft, name: str, model: type[BaseModel]) -> None:
    content = _open(draft, name)
    if content is None:
        return
    found, faults = read_rows(model, content, name)
    draft.faults.extend(faults)
    draft.rows.setdefault(model, []).extend(found)


def _read_framework(draft: _Draft, name: str) -> None:
    content = _open(draft, name)
    if content is None:
        return
    framework, faults = read_rows(FrameworkFile, content, name, whole=True)
    draft.faults.extend(faults)
    draft.frameworks.extend((name, found.row) for found in framework)


def _files_in(draft: _Draft, folder: str) -> list[str]:
    where = draft.root / folder
    if not where.is_dir():
        draft.faults.append(Fault(FaultCode.FILE_MISSING, folder))
        return []
    names = sorted(f"{folder}/{entry.name}" for entry in where.iterdir() if entry.is_file())
    wrong = [name for name in names if not name.endswith(".yaml")]
    draft.faults.extend(Fault(FaultCode.FILE_UNEXPECTED, name) for name in wrong)
    return [name for name in names if name.endswith(".yaml")]


def _assemble(draft: _Draft) -> Referential:
    return Referential(
        header=draft.headers[0],
        axes=draft.of(Axis),
        objectives=tuple(sorted(draft.of(Objective), key=lambda row: row.number)),
        domains=tuple(sorted(draft.of(Domain), key=lambda row: row.number)),
        frameworks=tuple(_framework(content) for _, content in draft.frameworks),
        documents=draft.of(DocumentKind),
        indicators=draft.of(Indicator),
        measures=draft.of(Measure),
        skills=draft.of(Skill),
        sizes=draft.of(Size),
        mappings=draft.of(MappingSet),
    )


def _framework(content: FrameworkFile) -> Framework:
    values = {row.name: row.value for row in content.parameters}
    return Framework(
        header=content.framework,
        urn=framework_urn(content.framework.code),
        parameters=content.parameters,
        nodes=tuple(
            _node(row, depth, values) for row, depth in _in_reading_order(content.requirements)
        ),
    )


def _node(row: Requirement, depth: int, values: Mapping[str, float | None]) -> RequirementNode:
    resolved = resolve_rule(row.rule, values) if row.rule is not None else None
    return RequirementNode(
        row=row,
        urn=requirement_urn(row.id),
        depth=depth,
        rule=resolved.rule if resolved else None,
        needs_parameters=resolved.missing if resolved else (),
    )


def _in_reading_order(rows: Iterable[Requirement]) -> list[tuple[Requirement, int]]:
    children: dict[str | None, list[Requirement]] = {}
    for row in rows:
        children.setdefault(row.parent, []).append(row)
    ordered: list[tuple[Requirement, int]] = []
    waiting = [(row, 1) for row in _last_first(children.get(None, []))]
    while waiting:
        row, depth = waiting.pop()
        ordered.append((row, depth))
        waiting.extend((child, depth + 1) for child in _last_first(children.get(row.id, [])))
    return ordered


def _last_first(rows: Iterable[Requirement]) -> list[Requirement]:
    return sorted(rows, key=lambda row: row.order, reverse=True)
