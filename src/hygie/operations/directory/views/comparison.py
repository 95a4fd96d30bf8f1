"""What is new, fixed or still there since another audit?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hygie.foundation.design.spreadsheets import csv_response
from hygie.operations.directory.comparing import compared, comparison_answer
from hygie.operations.directory.pages.audit import tabs_of
from hygie.operations.directory.selectors.audits import (
    audit_before,
    audit_done_in,
    audits_of_forest,
)
from hygie.operations.directory.tables import comparison_table
from hygie.territory.people.http import HygieRequest


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
    context = {
        "audit": audit,
        "before": before,
        "others": others,
        "table": table,
        "answer": comparison_answer(before, audit, rows),
        "tab": "compare",
        "tabs": tabs_of(audit),
    }
    return render(request, "directory/audit_compare.html", context)
