"""How are the requirements and correspondences of a library written, in few statements?"""

from itertools import groupby
from operator import attrgetter
from typing import Any

from hygie.connectors.frameworks.types import FrameworkData, Library, MappingSetData
from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Verb
from hygie.foundation.jobs.watch import Watch
from hygie.programme.bridge_library import framework_fields, requirement_fields
from hygie.programme.models import Framework, Requirement, RequirementMapping
from hygie.programme.services.differences import differences

_BATCH = 500
# Statements of a bulk update grow with rows × columns; SQLite bounds them.
_UPDATE_BATCH = 100
# The reader's words for a correspondence → ours; `not_related` promises nothing and is left out.
RELATIONS = {
    "equal": "equal",
    "subset": "subset",
    "superset": "superset",
    "intersect": "intersect",
}
# What only people of this platform write on an imported requirement: a new version keeps it.
_WRITTEN_HERE = ("rule", "explains", "operational", "documents", "held_at")


def framework_write(
    library: Library, data: FrameworkData, row: Framework, watch: Watch
) -> Framework:
    """Write one framework and its tree; it becomes the current version of its urn.

    Args:
        library: where it comes from.
        data: the framework as read, parents before children or not.
        row: the standing row of this version, or an unsaved one.
        watch: advanced by one per requirement.

    Returns:
        The saved row.
    """
    before = Framework.objects.filter(urn=data.urn, is_current=True).exclude(pk=row.pk).first()
    if before is not None:
        Framework.objects.filter(pk=before.pk).update(is_current=False)
    is_new = row.pk is None
    if not row.is_customised:
        for name, value in framework_fields(library, data).items():
            setattr(row, name, value)
    row.is_current = True
    row.save()
    standing = {} if is_new else {found.urn: found for found in row.requirements.all()}
    written = _here_written(before) if is_new and before is not None else {}
    _tree_write(row, data, standing, written, watch)
    gone = standing.keys() - {node.urn for node in data.nodes}
    Requirement.objects.filter(framework=row, urn__in=gone).update(
        is_retired=True, is_assessable=False
    )
    return row


def _here_written(before: Framework) -> dict[str, dict[str, Any]]:
    """By urn, what people wrote on the requirements of the version that gives way."""
    rows = before.requirements.filter(is_customised=True)
    return {row.urn: {name: getattr(row, name) for name in _WRITTEN_HERE} for row in rows}


def _tree_write(
    framework: Framework,
    data: FrameworkData,
    standing: dict[str, Requirement],
    written: dict[str, dict[str, Any]],
    watch: Watch,
) -> None:
    """Level by level, so that a parent has its key before its children are written."""
    ids: dict[str, int] = {urn: row.pk for urn, row in standing.items()}
    by_depth = sorted(data.nodes, key=attrgetter("depth"))
    columns: list[str] = []
    for _depth, nodes in groupby(by_depth, key=attrgetter("depth")):
        added, changed = [], []
        for node in nodes:
            fields = requirement_fields(node, data.alternative_scores)
            fields |= {"parent_id": ids.get(node.parent_urn), "is_retired": False}
            columns = list(fields)
            row = standing.get(node.urn)
            if row is None:
                more = written.get(node.urn, {})
                added.append(Requirement(framework=framework, urn=node.urn, **fields, **more))
            elif not row.is_customised and differences(row, fields):
                for name, value in fields.items():
                    setattr(row, name, value)
                changed.append(row)
            watch.advance()
        Requirement.objects.bulk_create(added, batch_size=_BATCH)
        names = [name.removesuffix("_id") if name == "parent_id" else name for name in columns]
        Requirement.objects.bulk_update(changed, names, batch_size=_UPDATE_BATCH)
        ids |= {row.urn: row.pk for row in added}


def mappings_write(library: Library, planner: Planner, *, is_dry_run: bool) -> None:
    """Gather, then write, the correspondences of a library; those edited here are left alone."""
    for data in library.mapping_sets:
        rows = _mappings_plan(data, planner)
        if not is_dry_run:
            RequirementMapping.objects.bulk_create(
                rows,
                batch_size=_BATCH,
                update_conflicts=True,
                unique_fields=["mapping_set_urn", "source_urn", "target_urn"],
                update_fields=["mapping_set_name", "relation", "strength", "rationale"],
            )


def _mappings_plan(data: MappingSetData, planner: Planner) -> list[RequirementMapping]:
    standing = {
        (row.source_urn, row.target_urn): row
        for row in RequirementMapping.objects.filter(mapping_set_urn=data.urn)
    }
    rows: dict[tuple[str, str], RequirementMapping] = {}
    for mapping in data.mappings:
        relation = RELATIONS.get(mapping.relationship)
        ends = (mapping.source_urn, mapping.target_urn)
        if relation is None or ends in rows:
            continue
        row = standing.get(ends)
        fields = {
            "mapping_set_name": data.name[:300],
            "relation": relation,
            "strength": mapping.strength,
            "rationale": mapping.rationale,
        }
        if row is not None and (row.is_customised or not differences(row, fields)):
            planner.keep()
            continue
        planner.plan_change(
            Verb.ADD if row is None else Verb.CHANGE, key=data.urn, label=" → ".join(ends)
        )
        rows[ends] = RequirementMapping(
            mapping_set_urn=data.urn, source_urn=ends[0], target_urn=ends[1], **fields
        )
    return list(rows.values())
