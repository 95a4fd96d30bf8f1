"""What stops if this stops, when, why, and what would hold?"""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.documents.download import attachment_protect
from hygie.foundation.errors import NotFound, Refusal
from hygie.operations.impact.affected import affected_rows, loss_as_data
from hygie.operations.impact.answers import loss_answer
from hygie.operations.impact.bridge import impact_map
from hygie.operations.impact.errors import LossUnknown, MapEmpty
from hygie.operations.impact.forms import ScenarioForm
from hygie.operations.impact.pages.loss import choice_context, loss_context
from hygie.operations.impact.policies import may_export, may_record
from hygie.operations.impact.selectors.rankings import scenario_get_in, scenarios_at
from hygie.operations.impact.services.scenarios import scenario_remove as remove
from hygie.operations.impact.services.scenarios import scenario_save
from hygie.operations.impact.tables import affected_table
from hygie.operations.impact.views.places import readable_place
from hygie.territory.people.http import HygieRequest


@login_required
@require_GET
def loss(request: HygieRequest, organisation_id: int) -> HttpResponseBase:
    """Choose what is lost, and read what it does."""
    place = readable_place(request.perimeter, organisation_id)
    try:
        found = impact_map(place)
    except MapEmpty as refusal:
        return render(request, "impact/empty.html", {"place": place, "reason": str(refusal)})
    tokens = request.GET.getlist("perte")
    context = choice_context(place, found, request.GET, request.GET.get("q", ""))
    context |= {
        "scenarios": list(scenarios_at(request.perimeter, place)),
        "may_record": may_record(request.perimeter, place),
        "may_export": may_export(request.perimeter, place),
        "form": ScenarioForm(),
    }
    if not tokens:
        return render(request, "impact/loss.html", context)
    answer = loss_answer(found, tokens)
    table = affected_table(request, affected_rows(answer))
    if table.wants_export:
        return csv_response(table, f"perte-{place.code}")
    asked = request.GET.get("pourquoi", "")
    why_id = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None
    context |= loss_context(place, answer, request.GET, why_id) | {"table": table}
    return render(request, "impact/loss.html", context)


@login_required
@require_GET
def loss_json(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """A loss and everything that it does, for a program."""
    place = readable_place(request.perimeter, organisation_id)
    if not may_export(request.perimeter, place):
        raise NotFound
    data = loss_as_data(loss_answer(impact_map(place), request.GET.getlist("perte")))
    body = json.dumps(data, ensure_ascii=False, indent=1)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="perte-{place.code}.json"'
    return attachment_protect(response)


@login_required
@require_POST
def scenario_add(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Keep a loss under a name."""
    place = readable_place(request.perimeter, organisation_id)
    tokens = request.POST.getlist("perte")
    form = ScenarioForm(request.POST)
    back = reverse("impact:loss", args=[place.pk]) + _query(tokens)
    if not form.is_valid():
        messages.error(request, _("Donnez un nom à cette perte."))
        return redirect(back)
    try:
        scenario_save(
            perimeter=request.perimeter, organisation=place, name=form.cleaned_data["name"],
            losses=tokens, note=form.cleaned_data["note"],
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status in {403, 404} and not isinstance(refusal, LossUnknown):
            raise
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Perte enregistrée : elle se retrouve ici par son nom."))
    return redirect(back)


@login_required
@require_POST
def scenario_remove(request: HygieRequest, pk: int) -> HttpResponse:
    """Forget a saved loss."""
    row = scenario_get_in(request.perimeter, pk)
    remove(perimeter=request.perimeter, scenario=row)
    messages.success(request, _("Perte effacée."))
    return redirect("impact:loss", row.organisation_id)


def _query(tokens: list[str]) -> str:
    asked = QueryDict(mutable=True)
    asked.setlist("perte", tokens)
    return f"?{asked.urlencode()}" if tokens else ""
