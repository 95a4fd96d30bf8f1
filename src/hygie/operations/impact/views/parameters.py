"""On which figures does the model rest here, and who changed them?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.errors import NotAllowed, NotFound, Refusal
from hygie.operations.impact.forms import ParameterForm
from hygie.operations.impact.pages.parameters import parameters_answer
from hygie.operations.impact.policies import may_set_parameters
from hygie.operations.impact.selectors.parameters import parameter_row, parameter_rows
from hygie.operations.impact.services.parameters import parameter_reset as reset
from hygie.operations.impact.services.parameters import parameter_set
from hygie.operations.impact.tables import parameters_table
from hygie.operations.impact.views.places import readable_place
from hygie.territory.people.http import HygieRequest


@login_required
@require_GET
def parameters(request: HygieRequest, organisation_id: int) -> HttpResponseBase:
    """Every parameter, with its value, bounds and source."""
    place = readable_place(request.perimeter, organisation_id)
    rows = parameter_rows(place)
    table = parameters_table(request, rows)
    if table.wants_export:
        return csv_response(table, f"parametres-{place.code}")
    context = {
        "place": place,
        "table": table,
        "answer": parameters_answer(rows),
        "may_set": may_set_parameters(request.perimeter, place),
    }
    return render(request, "impact/parameters.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def parameter_edit(request: HygieRequest, organisation_id: int, key: str) -> HttpResponse:
    """Say what is known better here than the default."""
    place = readable_place(request.perimeter, organisation_id)
    row = parameter_row(place, key)
    if row is None:
        raise NotFound
    if not may_set_parameters(request.perimeter, place):
        raise NotAllowed
    form = ParameterForm(row, request.POST or None, initial={"value": row.value})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            parameter_set(
                perimeter=request.perimeter, organisation=place, key=key, value=said["value"],
                note=said["note"],
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("value", str(refusal))
        else:
            messages.success(request, _("Valeur enregistrée : elle comptera au prochain calcul."))
            return redirect("impact:parameters", place.pk)
    context = {"place": place, "row": row, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "impact/parameter_edit.html", context, status=status)


@login_required
@require_POST
def parameter_reset(request: HygieRequest, organisation_id: int, key: str) -> HttpResponse:
    """Come back to the default."""
    place = readable_place(request.perimeter, organisation_id)
    reset(perimeter=request.perimeter, organisation=place, key=key)
    messages.success(request, _("Valeur par défaut rétablie."))
    return redirect("impact:parameters", place.pk)
