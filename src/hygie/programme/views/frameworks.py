"""What do the frameworks hold, and what answers what?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hygie.foundation.design.spreadsheets import csv_response
from hygie.programme import selectors, tables
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Right


@login_required
@require_GET
def frameworks(request: HygieRequest) -> HttpResponse | StreamingHttpResponse:
    """Current frameworks, ours and imported."""
    table = tables.frameworks_table(request, selectors.frameworks())
    if table.wants_export:
        return csv_response(table, "referentiels")
    context = {
        "table": table,
        "may_import": request.perimeter.holds_anywhere(Right.MANAGE_PROGRAMME),
    }
    return render(request, "programme/frameworks.html", context)


@login_required
@require_GET
def framework(request: HygieRequest, pk: int) -> HttpResponse:
    """The tree of one framework, in the order of its file."""
    row = selectors.framework_get(pk)
    context = {
        "framework": row,
        "nodes": selectors.requirements_of(row),
        "others": selectors.framework_versions(row),
        "may_edit": request.perimeter.holds_anywhere(Right.MANAGE_PROGRAMME),
    }
    return render(request, "programme/framework.html", context)


@login_required
@require_GET
def requirement(request: HygieRequest, pk: int) -> HttpResponse:
    """One requirement: the rule in words, what is expected, what answers what."""
    row = selectors.requirement_get(pk)
    context = {
        "requirement": row,
        "links": selectors.mapping_links(row.urn),
        "measures": row.measures.filter(is_retired=False),
        "may_edit": request.perimeter.holds_anywhere(Right.MANAGE_PROGRAMME),
    }
    return render(request, "programme/requirement.html", context)
