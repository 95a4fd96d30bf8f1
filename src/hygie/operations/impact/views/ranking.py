"""Which losses cost most care, each alone or two at a time?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hygie.foundation.design.spreadsheets import csv_response
from hygie.operations.impact.pages.ranking import ranking_context
from hygie.operations.impact.selectors.rankings import losses_of, ranking_latest
from hygie.operations.impact.tables import losses_table
from hygie.operations.impact.tasks import ranking_launch
from hygie.operations.impact.views.places import readable_place
from hygie.territory.people.http import HygieRequest


@login_required
@require_GET
@never_cache
def ranking(request: HygieRequest, organisation_id: int) -> HttpResponseBase:
    """Every loss that touches care, heaviest first."""
    place = readable_place(request.perimeter, organisation_id)
    latest = ranking_latest(request.perimeter, place)
    table = losses_table(request, losses_of(latest)) if latest else None
    if table is not None and table.wants_export:
        return csv_response(table, f"pertes-{place.code}")
    context = ranking_context(request.perimeter, place, latest) | {"table": table}
    return render(request, "impact/ranking.html", context)


@login_required
@require_POST
def ranking_add(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Ask for a ranking of the map as it is now."""
    place = readable_place(request.perimeter, organisation_id)
    ranking_launch(perimeter=request.perimeter, organisation=place)
    messages.success(request, _("Classement lancé."))
    return redirect("impact:ranking", place.pk)
