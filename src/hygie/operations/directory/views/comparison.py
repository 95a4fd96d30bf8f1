"""What is new, fixed or still there since another audit? Where do forests differ?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.errors import NotFound
from hygie.operations.directory.catalogue import point_title
from hygie.operations.directory.comparing import compared, comparison_answer, objects_moved
from hygie.operations.directory.pages.audit import tabs_of
from hygie.operations.directory.pages.place import forests_answer
from hygie.operations.directory.policies import may_read
from hygie.operations.directory.selectors.audits import (
    audit_before,
    audit_done_in,
    audits_of_forest,
    forests_in,
    newest_done,
)
from hygie.operations.directory.selectors.forests import shared_points
from hygie.operations.directory.tables import comparison_table, forests_table
from hygie.territory.organisations.selectors import below, organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth


@login_required
@require_GET
def audit_compare(request: HygieRequest, pk: int) -> HttpResponseBase:
    """Points and objects: new, fixed, persistent."""
    audit = audit_done_in(request.perimeter, pk)
    others = []
    if audit.forest is not None:
        found = audits_of_forest(request.perimeter, audit.forest).exclude(pk=audit.pk)
        others = list(found.reverse())
    wanted = request.GET.get("avec", "")
    before = next((one for one in others if str(one.pk) == wanted), None)
    before = before or audit_before(request.perimeter, audit)
    rows = compared(before, audit) if before else []
    table = comparison_table(request, rows)
    if table.wants_export:
        return csv_response(table, f"comparaison-{audit.pk}")
    point = request.GET.get("point", "")
    context = {
        "audit": audit,
        "moved": objects_moved(before, audit, point) if before and point else None,
        "moved_title": point_title(point),
        "before": before,
        "others": others,
        "table": table,
        "answer": comparison_answer(before, audit, rows),
        "tab": "compare",
        "tabs": tabs_of(audit),
    }
    return render(request, "directory/audit_compare.html", context)


@login_required
@require_GET
def forest_compare(request: HygieRequest, organisation_id: int) -> HttpResponseBase:
    """Each control point across the forests of a group, most shared failure first."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    if not may_read(request.perimeter, place):
        raise NotFound
    forests = list(forests_in(request.perimeter).filter(below(place, "organisation__")))
    audits = newest_done(forests)
    rows = shared_points(audits)
    table = forests_table(request, rows, audits)
    if table.wants_export:
        return csv_response(table, f"forets-{place.code}")
    context = {
        "place": place,
        "audits": audits,
        "table": table,
        "answer": forests_answer(audits, rows),
    }
    return render(request, "directory/forest_compare.html", context)
