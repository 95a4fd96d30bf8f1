"""How is one row of the referential written without undoing what an administrator changed?"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from hygie.programme.bridge import RowData
from hygie.programme.models import (
    Axis,
    DocumentKind,
    Domain,
    Indicator,
    Objective,
    Requirement,
    SecurityMeasure,
)
from hygie.programme.services.differences import differences

# kind → model and natural key.
TABLES: dict[str, tuple[type[models.Model], str]] = {
    "axis": (Axis, "number"),
    "domain": (Domain, "code"),
    "objective": (Objective, "packaged_number"),
    "document": (DocumentKind, "code"),
    "indicator": (Indicator, "code"),
    "measure": (SecurityMeasure, "code"),
}
# (kind, field) → kind at the other end; a requirement is named by its urn.
LINKS = {
    ("objective", "requirements"): "requirement",
    ("indicator", "objectives"): "objective",
    ("measure", "prerequisites"): "measure",
    ("measure", "indicators"): "indicator",
    ("measure", "requirements"): "requirement",
}


@dataclass(slots=True)
class LoadReport:
    """What a load did, or would do.

    Each entry is `(kind, key)`; `kept` are rows edited here that the new version would change, with
    the values it brings.
    """

    added: list[tuple[str, str]] = field(default_factory=list)
    changed: list[tuple[str, str, dict[str, list[Any]]]] = field(default_factory=list)
    kept: list[tuple[str, str, dict[str, list[Any]]]] = field(default_factory=list)
    retired: list[tuple[str, str]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """True when the database already says all this."""
        return not (self.added or self.changed or self.retired)


class RowWriter:
    """Compares, then writes, rows in file order; remembers keys so that links need no query.

    A dry run compares only: nothing at all is sent to the database but reads.
    """

    def __init__(self, report: LoadReport, *, is_dry_run: bool = False) -> None:
        self.report = report
        self.is_dry_run = is_dry_run
        self.found: dict[str, dict[Any, Any]] = {
            kind: {getattr(row, key): row for row in model._default_manager.all()}
            for kind, (model, key) in TABLES.items()
        }
        self.seen: dict[str, set[Any]] = {kind: set() for kind in TABLES}
        self._links = {pair: self._links_standing(*pair) for pair in LINKS}
        # Kind, row, field, and the keys at its other end: before, after.
        self._to_link: list[tuple[str, Any, str, list[Any]]] = []

    def write(self, data: RowData) -> None:
        """Add or refresh one row; a customised row keeps its fields and its links."""
        model, key = TABLES[data.kind]
        self.seen[data.kind].add(data.key)
        columns = {**data.fields, **self._foreign(data)}
        row = self.found[data.kind].get(data.key)
        if row is None:
            row = model(**{key: data.key}, **columns)
            self._save(row)
            self.found[data.kind][data.key] = row
            self.report.added.append((data.kind, str(data.key)))
            self._link_later(data, row, self._links_differing(data))
        else:
            self._refresh(row, data, columns)

    def finish(self) -> None:
        """Write the links once every row and requirement stands, and retire what is gone."""
        if not self.is_dry_run:
            urns = Requirement.objects.filter(framework__is_current=True)
            ids = {"requirement": dict(urns.values_list("urn", "id"))}
            for kind, rows in self.found.items():
                ids[kind] = {key: row.pk for key, row in rows.items()}
            self._link(ids)
        self._retire()

    def _link(self, ids: dict[str, dict[Any, int]]) -> None:
        """Links of rows that had none go in together, hundreds at a first load."""
        added: dict[Any, list[Any]] = defaultdict(list)
        for kind, row, name, (standing, wanted) in self._to_link:
            ends = {ids[LINKS[kind, name]][key] for key in wanted}
            end = getattr(row, name)
            if standing:
                end.set(ends)
                continue
            own, other = f"{end.source_field_name}_id", f"{end.target_field_name}_id"
            added[end.through] += [end.through(**{own: row.pk, other: pk}) for pk in ends]
        for through, links in added.items():
            through._default_manager.bulk_create(links)

    def _retire(self) -> None:
        """Mark the rows that the files no longer hold; nothing that was assessed is deleted."""
        for kind, rows in self.found.items():
            for key, row in rows.items():
                if key not in self.seen[kind] and not row.is_retired and not row.is_customised:
                    row.is_retired = True
                    self._save(row, "is_retired")
                    self.report.retired.append((kind, str(key)))

    def _save(self, row: Any, *names: str) -> None:
        if not self.is_dry_run:
            row.save(update_fields=names or None)

    def _foreign(self, data: RowData) -> dict[str, Any]:
        columns: dict[str, Any] = {}
        for name, kind in (("axis", "axis"), ("domain", "domain")):
            if name in data.links:
                target = self.found[kind].get(data.links[name])
                # 0 stands for a row that a dry run would add: it differs from what stands.
                columns[f"{name}_id"] = (target.pk or 0) if target else None
        return columns

    def _refresh(self, row: Any, data: RowData, columns: dict[str, Any]) -> None:
        differs, links = differences(row, columns), self._links_differing(data)
        if not differs and not links and not row.is_retired:
            self.report.unchanged += 1
            return
        told = {**differs, **links}
        if row.is_customised:
            self.report.kept.append((data.kind, str(data.key), told))
            return
        for name, value in columns.items():
            setattr(row, name, value)
        row.is_retired = False
        self._save(row, *columns, "is_retired")
        self._link_later(data, row, links)
        self.report.changed.append((data.kind, str(data.key), told))

    def _links_standing(self, kind: str, name: str) -> dict[Any, set[Any]]:
        model, key = TABLES[kind]
        other = LINKS[kind, name]
        other_key = "urn" if other == "requirement" else TABLES[other][1]
        rows = model._default_manager.filter(**{f"{name}__isnull": False})
        found: dict[Any, set[Any]] = defaultdict(set)
        for own, end in rows.values_list(key, f"{name}__{other_key}"):
            found[own].add(end)
        return found

    def _links_differing(self, data: RowData) -> dict[str, list[Any]]:
        differs = {}
        for kind, name in LINKS:
            if kind == data.kind and name in data.links:
                standing = self._links[kind, name].get(data.key, set())
                if standing != set(data.links[name]):
                    differs[name] = [sorted(standing, key=str), sorted(data.links[name], key=str)]
        return differs

    def _link_later(self, data: RowData, row: Any, links: dict[str, list[Any]]) -> None:
        self._to_link += [(data.kind, row, name, pair) for name, pair in links.items()]
