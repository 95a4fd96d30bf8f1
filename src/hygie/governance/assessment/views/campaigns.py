"""How far is a campaign?"""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.errors import NotFound, Refusal
from hygie.governance.assessment.forms import CampaignForm
from hygie.governance.assessment.selectors.questionnaires import (
    campaign_get_in,
    campaigns_in,
    questionnaires_in,
)
from hygie.governance.assessment.services.campaigns import (
    campaign_close,
    campaign_detach,
    campaign_launch,
)
from hygie.governance.assessment.tables import campaigns_table, questionnaires_table
from hygie.territory.organisations.selectors import may, organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Right


@login_required
@require_GET
def campaign_list(request: HygieRequest) -> HttpResponseBase:
    """Campaigns I run."""
    table = campaigns_table(request, campaigns_in(request.perimeter))
    if table.wants_export:
        return csv_response(table, "campagnes")
    place = request.place if request.place else None
    context = {
        "table": table,
        "place": place,
        "may_launch": place is not None and may(request.perimeter, place, Right.PLAN),
    }
    return render(request, "assessment/campaign_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def campaign_add(request: HygieRequest, node_id: int) -> HttpResponse:
    """Launch one below a node."""
    node = organisation_get_in(request.perimeter, node_id, right=Right.PLAN)
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            row = campaign_launch(
                perimeter=request.perimeter, node_id=node.pk, framework=said["framework"],
                name=said["name"], due_on=said["due_on"], kinds=[said["kind"]],
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Campagne lancée."))
            return redirect("assessment:campaign", row.pk)
    return render(request, "assessment/campaign_add.html", {"place": node, "form": form})


@login_required
@require_GET
def campaign(request: HygieRequest, pk: int) -> HttpResponseBase:
    """Progress, organisation by organisation."""
    row = campaign_get_in(request.perimeter, pk)
    table = questionnaires_table(request, questionnaires_in(request.perimeter).filter(campaign=row))
    if table.wants_export:
        return csv_response(table, f"campagne-{row.pk}")
    return render(request, "assessment/campaign.html", {"campaign": row, "table": table})


@login_required
@require_GET
def campaign_progress(request: HygieRequest, pk: int) -> HttpResponse:
    """The figures alone, asked again while the campaign runs."""
    row = campaign_get_in(request.perimeter, pk)
    return render(request, "assessment/_campaign_progress.html", {"campaign": row})


@login_required
@require_POST
def campaign_end(request: HygieRequest, pk: int) -> HttpResponse:
    """Close it."""
    _attempt(request, lambda: campaign_close(perimeter=request.perimeter, campaign_id=pk))
    return redirect("assessment:campaign", pk)


@login_required
@require_POST
def campaign_remove(request: HygieRequest, pk: int, organisation_id: int) -> HttpResponse:
    """Take one organisation out."""
    _attempt(
        request,
        lambda: campaign_detach(
            perimeter=request.perimeter, campaign_id=pk, organisation_id=organisation_id
        ),
    )
    return redirect("assessment:campaign", pk)


def _attempt(request: HygieRequest, act: Callable[[], object]) -> None:
    try:
        act()
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
