"""What did a rehearsed attack show: on the page, on paper, for a program?"""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hygie.foundation.design.pdf.render import pdf_response
from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.documents.download import attachment_protect
from hygie.foundation.errors import NotFound
from hygie.operations.impact.choices import WorkState
from hygie.operations.impact.pages.rehearsal import rehearsal_context
from hygie.operations.impact.pages.rehearsals import care_rows
from hygie.operations.impact.paper import rehearsal_paper
from hygie.operations.impact.policies import may_export
from hygie.operations.impact.report import rehearsal_as_data
from hygie.operations.impact.selectors.rehearsals import (
    attacked_assets,
    rehearsal_done_in,
    rehearsal_get_in,
)
from hygie.operations.impact.tables import attacked_table, care_table
from hygie.territory.people.http import HygieRequest


@login_required
@require_GET
@never_cache
def rehearsal_detail(request: HygieRequest, pk: int) -> HttpResponseBase:
    """The care that an attack takes, and what would change that."""
    row = rehearsal_get_in(request.perimeter, pk)
    request.place = row.organisation
    context = rehearsal_context(request.perimeter, row)
    if row.state == WorkState.DONE:
        table = care_table(request, care_rows(row))
        if table.wants_export:
            return csv_response(table, f"rancongiciel-{row.pk}-soins")
        context |= {"table": table}
    return render(request, "impact/rehearsal_detail.html", context)


@login_required
@require_GET
def rehearsal_assets(request: HygieRequest, pk: int) -> HttpResponseBase:
    """How often each asset is taken, and when."""
    row = rehearsal_done_in(request.perimeter, pk)
    request.place = row.organisation
    table = attacked_table(request, attacked_assets(row))
    if table.wants_export:
        return csv_response(table, f"rancongiciel-{row.pk}-elements")
    context = {"rehearsal": row, "place": row.organisation, "table": table}
    return render(request, "impact/rehearsal_assets.html", context)


@login_required
@require_GET
def rehearsal_pdf(request: HygieRequest, pk: int) -> HttpResponse:
    """The rehearsal on paper."""
    row = rehearsal_done_in(request.perimeter, pk)
    return attachment_protect(pdf_response(rehearsal_paper(row), f"rancongiciel-{row.pk}"))


@login_required
@require_GET
def rehearsal_json(request: HygieRequest, pk: int) -> HttpResponse:
    """Everything that was found, for a program."""
    row = rehearsal_done_in(request.perimeter, pk)
    if not may_export(request.perimeter, row.organisation):
        raise NotFound
    body = json.dumps(rehearsal_as_data(row), ensure_ascii=False, indent=1, default=str)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rancongiciel-{row.pk}.json"'
    return attachment_protect(response)
