"""Which attacks were rehearsed here, how is another one asked, and what comes out of it?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.errors import Refusal
from hygie.operations.impact.bridge import impact_map
from hygie.operations.impact.errors import MapEmpty
from hygie.operations.impact.forms import RehearsalForm
from hygie.operations.impact.pages.rehearsals import list_answer, rehearsal_initial
from hygie.operations.impact.paper import rehearsal_paper
from hygie.operations.impact.policies import may_rehearse
from hygie.operations.impact.selectors.exposure import directory_exposure
from hygie.operations.impact.selectors.rehearsals import (
    rehearsal_done_in,
    rehearsal_get_in,
    rehearsals_at,
)
from hygie.operations.impact.services.promises import rehearsal_promise as promise
from hygie.operations.impact.services.promises import rehearsal_prove as prove
from hygie.operations.impact.services.rehearsals import rehearsal_remove as remove
from hygie.operations.impact.tables import rehearsals_table
from hygie.operations.impact.tasks import rehearsal_launch
from hygie.operations.impact.views.places import rehearsal_place, rehearsing_place
from hygie.territory.people.http import HygieRequest


@login_required
@require_GET
@never_cache
def rehearsal_list(request: HygieRequest, organisation_id: int) -> HttpResponseBase:
    """Every rehearsal of a place, newest first."""
    place = rehearsing_place(request.perimeter, organisation_id)
    table = rehearsals_table(request, rehearsals_at(request.perimeter, place))
    if table.wants_export:
        return csv_response(table, f"rancongiciels-{place.code}")
    context = {
        "place": place,
        "table": table,
        "answer": list_answer(request.perimeter, place),
        "may_rehearse": may_rehearse(request.perimeter, place),
    }
    return render(request, "impact/rehearsal_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def rehearsal_add(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Choose an attack, and the defences to compare."""
    place = rehearsal_place(request.perimeter, organisation_id)
    try:
        found = impact_map(place)
    except MapEmpty as refusal:
        return render(request, "impact/empty.html", {"place": place, "reason": str(refusal)})
    copied = request.GET.get("copie", "")
    model = None
    if copied.isascii() and copied.isdecimal() and len(copied) < 19:
        model = rehearsals_at(request.perimeter, place).filter(pk=int(copied)).first()
    form = RehearsalForm(found, request.POST or None, initial=rehearsal_initial(found, model))
    if request.method == "POST" and form.is_valid():
        try:
            row = rehearsal_launch(
                perimeter=request.perimeter, organisation=place,
                name=form.cleaned_data["name"], asked=form.asked(),
            )  # fmt: skip
        except Refusal as refusal:
            if refusal.status == 403:
                raise
            form.add_error(None, str(refusal))
        else:
            return redirect("impact:rehearsal_detail", row.pk)
    context = {"place": place, "form": form, "exposure": directory_exposure(place)}
    status = 422 if request.method == "POST" else 200
    return render(request, "impact/rehearsal_add.html", context, status=status)


@login_required
@require_POST
def rehearsal_prove(request: HygieRequest, pk: int) -> HttpResponse:
    """File the report among the proofs."""
    row = rehearsal_done_in(request.perimeter, pk)
    proof = prove(perimeter=request.perimeter, rehearsal=row, paper=rehearsal_paper(row))
    messages.success(request, _("Rapport versé aux preuves."))
    return redirect("progress:evidence_detail", proof.pk)


@login_required
@require_POST
def rehearsal_promise(request: HygieRequest, pk: int) -> HttpResponse:
    """Turn the ticked defences into actions."""
    row = rehearsal_done_in(request.perimeter, pk)
    try:
        made = promise(
            perimeter=request.perimeter, rehearsal=row, names=request.POST.getlist("names")
        )
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        messages.error(request, str(refusal))
        return redirect("impact:rehearsal_detail", pk)
    messages.success(
        request,
        ngettext("%(count)d action créée.", "%(count)d actions créées.", made) % {"count": made},
    )
    return redirect("progress:actions", row.organisation_id)


@login_required
@require_POST
def rehearsal_remove(request: HygieRequest, pk: int) -> HttpResponse:
    """Forget a rehearsal."""
    row = rehearsal_get_in(request.perimeter, pk)
    remove(perimeter=request.perimeter, rehearsal=row)
    messages.success(request, _("Répétition effacée."))
    return redirect("impact:rehearsal_list", row.organisation_id)
