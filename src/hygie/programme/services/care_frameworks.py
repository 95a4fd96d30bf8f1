"""How do the programme's own frameworks and correspondences reach the database?"""

from collections.abc import Mapping
from typing import Any

from hygie.programme.bridge import framework_fields, mapping_rows, requirement_fields
from hygie.programme.models import Domain, Framework, Requirement, RequirementMapping
from hygie.programme.referential.content import Framework as FrameworkContent
from hygie.programme.referential.content import Referential
from hygie.programme.services.differences import differences
from hygie.programme.services.rows import LoadReport

# What an administrator may reword; the rest of a framework or requirement always follows the files.
_WORDS = frozenset({"name", "description", "translations", "status", "source"})
_TREE = frozenset({"order", "depth", "parent_id", "is_retired"})
_MAPPING_KEY = ("mapping_set_urn", "source_urn", "target_urn")


class FrameworkWriter:
    """Compares, then writes, the frameworks of the referential; a dry run only reads."""

    def __init__(
        self, report: LoadReport, domains: Mapping[str, Domain], *, is_dry_run: bool
    ) -> None:
        self._report = report
        self._domains = domains
        self._is_dry_run = is_dry_run

    def write(self, content: FrameworkContent, version: int) -> None:
        """Add or refresh one framework and its tree."""
        domain = self._domains.get(content.header.domain or "")
        fields = framework_fields(content, version)
        fields["domain_id"] = (domain.pk or 0) if domain else None
        row = Framework.objects.filter(urn=content.urn, is_current=True).first()
        if row is None:
            row = Framework(urn=content.urn, **fields)
            self._save(row)
            self._report.added.append(("framework", content.header.code))
        else:
            fields["parameters"] = _parameters_keep(row.parameters, fields["parameters"])
            locked = _WORDS if row.is_customised else frozenset[str]()
            self._refresh(row, fields, locked, "framework", content.header.code)
        self._tree(row, content)

    def _tree(self, framework: Framework, content: FrameworkContent) -> None:
        standing = {row.urn: row for row in framework.requirements.all()} if framework.pk else {}
        urn_of = {node.row.id: node.urn for node in content.nodes}
        written: dict[str, Requirement] = {}
        for order, node in enumerate(content.nodes, start=1):
            fields = {**requirement_fields(node, order), "is_retired": False}
            parent = written.get(urn_of[node.row.parent]) if node.row.parent else None
            fields["parent_id"] = (parent.pk or 0) if parent else None
            row = standing.pop(node.urn, None)
            if row is None:
                row = Requirement(framework=framework, urn=node.urn, **fields)
                self._save(row)
                self._report.added.append(("requirement", node.row.id))
            else:
                locked = frozenset(fields) - _TREE if row.is_customised else frozenset[str]()
                self._refresh(row, fields, locked, "requirement", row.ref_id)
            written[node.urn] = row
        for row in standing.values():
            self._retire(row)

    def _refresh(
        self, row: Any, fields: dict[str, Any], locked: frozenset[str], kind: str, key: str
    ) -> None:
        differs = differences(row, fields)
        kept = {name: pair for name, pair in differs.items() if name in locked}
        changed = {name: pair for name, pair in differs.items() if name not in locked}
        if kept:
            self._report.kept.append((kind, key, kept))
        if changed:
            for name in changed:
                setattr(row, name, fields[name])
            self._save(row, *changed)
            self._report.changed.append((kind, key, changed))
        if not differs:
            self._report.unchanged += 1

    def _retire(self, row: Requirement) -> None:
        """Gone from the files: no longer assessed, kept for the answers that were given to it."""
        if not row.is_retired:
            row.is_retired, row.is_assessable = True, False
            self._save(row, "is_retired", "is_assessable")
            self._report.retired.append(("requirement", row.ref_id))

    def _save(self, row: Any, *names: str) -> None:
        if not self._is_dry_run:
            row.save(update_fields=names or None)


def _parameters_keep(
    standing: dict[str, dict[str, Any]], brought: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """A value that an administrator set stays; everything else follows the new version."""
    kept = {}
    for name, parameter in brought.items():
        here = standing.get(name, {})
        more = {"value": here["value"], "is_set_here": True} if here.get("is_set_here") else {}
        kept[name] = {**parameter, **more}
    return kept


def care_mappings_write(referential: Referential, report: LoadReport, *, is_dry_run: bool) -> None:
    """Refresh the correspondences of the referential, those edited here excepted.

    Args:
        referential: the validated files.
        report: takes what changes.
        is_dry_run: report only.
    """
    found = RequirementMapping.objects.filter(mapping_set_urn__startswith="urn:hygie:mapping:")
    standing = {tuple(getattr(row, name) for name in _MAPPING_KEY): row for row in found}
    to_add = []
    for columns in mapping_rows(referential):
        row = standing.pop(tuple(columns[name] for name in _MAPPING_KEY), None)
        key = f"{columns['source_urn']} → {columns['target_urn']}"
        if row is None:
            to_add.append(RequirementMapping(**columns))
            report.added.append(("mapping", key))
        elif differs := differences(row, columns):
            (report.kept if row.is_customised else report.changed).append(("mapping", key, differs))
            if not is_dry_run and not row.is_customised:
                for name, value in columns.items():
                    setattr(row, name, value)
                row.save(update_fields=list(columns))
        else:
            report.unchanged += 1
    gone = [row for row in standing.values() if not row.is_customised]
    report.retired += [("mapping", f"{row.source_urn} → {row.target_urn}") for row in gone]
    if not is_dry_run:
        RequirementMapping.objects.bulk_create(to_add)
        RequirementMapping.objects.filter(pk__in=[row.pk for row in gone]).delete()
