"""How does a public framework library reach the database, and what would a new version change?"""

from django.db import transaction

from hygie.connectors.frameworks.types import FrameworkData, Library
from hygie.connectors.messages import Severity
from hygie.foundation.errors import NotAllowed
from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Verb
from hygie.foundation.jobs.followups import follow_up
from hygie.foundation.jobs.watch import Watch
from hygie.foundation.journal.services import journal_write
from hygie.programme.bridge_library import framework_fields, requirement_fields
from hygie.programme.choices import FrameworkOrigin
from hygie.programme.models import Framework
from hygie.programme.services.differences import differences
from hygie.programme.services.library_checks import library_fits
from hygie.programme.services.library_rows import framework_write, mappings_write
from hygie.territory.perimeter import Perimeter, Right


def library_apply(
    *,
    perimeter: Perimeter,
    library: Library,
    planner: Planner,
    watch: Watch,
    is_dry_run: bool,
    accepts_older: bool = False,
) -> list[Framework]:
    """Add the frameworks and correspondences of a library; a second time adds nothing.

    A framework whose urn is known with a lower version becomes the current version beside the old
    one, which stays readable. The plan and the application gather the same changes.

    Args:
        perimeter: must hold MANAGE_PROGRAMME.
        planner: gathers what is added, changed and kept.
        is_dry_run: gather only.
        accepts_older: let a lower version than the current one become current again.

    Returns:
        The frameworks as they are after the call; empty for a dry run.

    Raises:
        NotAllowed: the right is missing.
    """
    if not perimeter.holds_anywhere(Right.MANAGE_PROGRAMME):
        raise NotAllowed
    if not library_fits(library, planner):
        return []
    written: list[Framework] = []
    with transaction.atomic():
        for data in library.frameworks:
            watch.stage("Exigences", total=len(data.nodes))
            row = _framework_plan(library, data, planner, accepts_older=accepts_older)
            if not is_dry_run and row is not None:
                written.append(framework_write(library, data, row, watch))
        mappings_write(library, planner, is_dry_run=is_dry_run)
        if not is_dry_run and (planner.counts[Verb.ADD] or planner.counts[Verb.CHANGE]):
            _told(perimeter, library, planner)
    return written


def _framework_plan(
    library: Library, data: FrameworkData, planner: Planner, *, accepts_older: bool
) -> Framework | None:
    """The row to write (unsaved when new), or None when nothing of it is to be written."""
    current = Framework.objects.filter(urn=data.urn, is_current=True).first()
    if current is not None and library.version < current.version and not accepts_older:
        planner.note(
            Severity.ERROR, "older_version", framework=data.ref_id,
            version=library.version, current=current.version,
        )  # fmt: skip
        return None
    if current is not None and current.origin != FrameworkOrigin.LIBRARY:
        planner.note(Severity.ERROR, "packaged_framework", framework=data.ref_id, urn=data.urn)
        return None
    same = Framework.objects.filter(urn=data.urn, version=library.version).first()
    fields = framework_fields(library, data)
    detail = {"version": [current.version if current else None, library.version]}
    if same is None:
        verb = Verb.ADD if current is None else Verb.CHANGE
        planner.plan_change(verb, key=data.urn, label=data.name, detail=detail)
    elif not same.is_current or (not same.is_customised and differences(same, fields)):
        planner.plan_change(Verb.CHANGE, key=data.urn, label=data.name, detail=detail)
    else:
        planner.keep()
    _requirements_plan(same or current, data, planner)
    return same or Framework(urn=data.urn, version=library.version, **fields)


def _requirements_plan(standing: Framework | None, data: FrameworkData, planner: Planner) -> None:
    rows = {row.urn: row for row in standing.requirements.all()} if standing else {}
    for node in data.nodes:
        row = rows.pop(node.urn, None)
        label = f"{node.ref_id} {node.name}".strip()[:200]
        if row is None or row.is_retired:
            planner.plan_change(Verb.ADD, key=node.urn, label=label, row=node.row or None)
            continue
        changed = (
            {}
            if row.is_customised
            else differences(row, requirement_fields(node, data.alternative_scores))
        )
        if changed:
            planner.plan_change(
                Verb.CHANGE, key=node.urn, label=label, detail=changed, row=node.row or None
            )
        else:
            planner.keep()
    for row in rows.values():
        if not row.is_retired:
            planner.plan_change(Verb.CLOSE, key=row.urn, label=f"{row.ref_id} {row.name}"[:200])


def _told(perimeter: Perimeter, library: Library, planner: Planner) -> None:
    journal_write(
        actor=perimeter.actor,
        action="library.imported",
        object_type="library",
        object_id=library.urn[:60],
        detail={
            "urn": library.urn,
            "version": library.version,
            "added": planner.counts[Verb.ADD],
            "changed": planner.counts[Verb.CHANGE],
        },
    )
    follow_up("referential_changed")
