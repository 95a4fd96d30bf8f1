"""Are these two the same asset?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hygie.territory.estate.pages.pairs import pairs_context
from hygie.territory.estate.tables import pairs_filter
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth


@login_required
@require_GET
def look_alike_list(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Pairs that wait for a decision, and those decided."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    state = pairs_filter(request.GET.get("state", ""))
    context = pairs_context(request.perimeter, place, state, request.GET.get("page", ""))
    return render(request, "estate/look_alike_list.html", context)
