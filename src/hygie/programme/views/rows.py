"""What does the programme ask: axes, objectives, domains, indicators, measures?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hygie.foundation.design.spreadsheets import csv_response
from hygie.programme import selectors, tables
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Right


def _may_edit(request: HygieRequest) -> bool:
    return request.perimeter.holds_anywhere(Right.MANAGE_PROGRAMME)


@login_required
@require_GET
def home(request: HygieRequest) -> HttpResponse:
    """Four axes, twenty objectives, and how sure we are of each."""
    rows = list(selectors.objectives())
    context = {
        "blocks": [
            (axis, [row for row in rows if row.axis_id == axis.pk]) for axis in selectors.axes()
        ],
        "version": selectors.referential_version(),
        "may_edit": _may_edit(request),
    }
    return render(request, "programme/home.html", context)


@login_required
@require_GET
def objective(request: HygieRequest, pk: int) -> HttpResponse:
    """One objective: what measures it, what helps."""
    row = selectors.objective_get(pk)
    context = {
        "objective": row,
        "indicators": row.indicators.filter(is_retired=False),
        "requirements": row.requirements.filter(framework__is_current=True).select_related(
            "framework"
        ),
        "may_edit": _may_edit(request),
    }
    return render(request, "programme/objective.html", context)


@login_required
@require_GET
def domains(request: HygieRequest) -> HttpResponse:
    """The funding domains and their dates."""
    context = {
        "domains": selectors.domains().prefetch_related("frameworks"),
        "may_edit": _may_edit(request),
    }
    return render(request, "programme/domains.html", context)


@login_required
@require_GET
def documents(request: HygieRequest) -> HttpResponse | StreamingHttpResponse:
    """The kinds of proof that requirements ask for."""
    table = tables.documents_table(request, selectors.document_kinds())
    if table.wants_export:
        return csv_response(table, "types-de-preuve")
    context = {"table": table, "may_edit": _may_edit(request)}
    return render(request, "programme/documents.html", context)


@login_required
@require_GET
def indicators(request: HygieRequest) -> HttpResponse | StreamingHttpResponse:
    """Every indicator."""
    table = tables.indicators_table(request, selectors.indicators())
    if table.wants_export:
        return csv_response(table, "indicateurs")
    return render(request, "programme/indicators.html", {"table": table})


@login_required
@require_GET
def indicator(request: HygieRequest, pk: int) -> HttpResponse:
    """One indicator: unit, direction, freshness, targets, what helps."""
    row = selectors.indicator_get(pk)
    context = {
        "indicator": row,
        "targets": row.targets.all(),
        "measures": row.measures.filter(is_retired=False),
        "objectives": row.objectives.all(),
        "may_edit": _may_edit(request),
    }
    return render(request, "programme/indicator.html", context)


@login_required
@require_GET
def measures(request: HygieRequest) -> HttpResponse | StreamingHttpResponse:
    """The catalogue of measures."""
    table = tables.measures_table(request, selectors.measures(), list(selectors.axes()))
    if table.wants_export:
        return csv_response(table, "mesures")
    return render(
        request, "programme/measures.html", {"table": table, "may_edit": _may_edit(request)}
    )


@login_required
@require_GET
def measure(request: HygieRequest, pk: int) -> HttpResponse:
    """One measure: cost, effort, prerequisites, what it serves."""
    row = selectors.measure_get(pk)
    context = {
        "measure": row,
        "prerequisites": row.prerequisites.all(),
        "indicators": row.indicators.all(),
        "requirements": row.requirements.select_related("framework"),
        "may_edit": _may_edit(request),
    }
    return render(request, "programme/measure.html", context)
