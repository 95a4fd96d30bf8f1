"""Which control points pass, which fail, and of which objects?"""

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hygie.foundation.design.spreadsheets import csv_response
from hygie.operations.directory.pages.audit import audit_answer, tabs_of
from hygie.operations.directory.pages.point import point_context
from hygie.operations.directory.selectors.audits import audit_done_in
from hygie.operations.directory.selectors.points import point_objects, point_row, point_rows
from hygie.operations.directory.tables import objects_table, points_table
from hygie.territory.people.http import HygieRequest


@login_required
@require_GET
def point_list(request: HygieRequest, pk: int) -> HttpResponseBase:
    """Every control point of an audit."""
    audit = audit_done_in(request.perimeter, pk)
    rows = point_rows(audit)
    table = points_table(request, rows)
    if table.wants_export:
        return csv_response(table, f"points-{audit.pk}")
    context = {
        "audit": audit,
        "table": table,
        "counts": dict(Counter(row.state for row in rows)),
        "answer": audit_answer(audit),
        "tab": "points",
        "tabs": tabs_of(audit),
    }
    return render(request, "directory/point_list.html", context)


@login_required
@require_GET
def point_detail(request: HygieRequest, pk: int, point: str) -> HttpResponseBase:
    """One control point: why it is in that state, on which objects, what to do."""
    audit = audit_done_in(request.perimeter, pk)
    row = point_row(audit, point)
    objects = point_objects(audit, point)
    table = objects_table(request, objects) if objects else None
    if table is not None and table.wants_export:
        return csv_response(table, f"{audit.pk}-{row.official_id.replace('_', '-')}")
    context = point_context(request.perimeter, audit, row) | {"table": table}
    return render(request, "directory/point_detail.html", context)
