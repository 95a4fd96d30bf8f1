"""Which part of the map does one look at, and how does it leave as a drawing?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hygie.foundation.errors import NotFound
from hygie.territory.estate.pages.asked import LAYERS, LEVELS, asked_from
from hygie.territory.estate.pages.cycles import cycles_context
from hygie.territory.estate.pages.export import drawing_file
from hygie.territory.estate.pages.map import Exploration, map_context
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth


@login_required
@require_GET
def estate_map(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """The map around some assets, by distance from them."""
    return _explorer(request, organisation_id, LEVELS)


@login_required
@require_GET
def estate_layers(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """The same, in layers from care to places."""
    return _explorer(request, organisation_id, LAYERS)


def _explorer(request: HygieRequest, organisation_id: int, layout: str) -> HttpResponse:
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    context = map_context(request.perimeter, place, asked_from(request.GET, layout=layout))
    return render(request, "estate/map.html", context)


@login_required
@require_GET
def map_file(request: HygieRequest, organisation_id: int, suffix: str) -> HttpResponse:
    """What is shown, as SVG, PNG or PDF."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    layout = LAYERS if request.GET.get("vue") == LAYERS else LEVELS
    seen = Exploration(request.perimeter, place, asked_from(request.GET, layout=layout))
    if not seen.view.nodes:
        raise NotFound
    content, content_type = drawing_file(seen, suffix)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="carte-{place.code}.{suffix}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_GET
def cycle_list(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Circles of needs."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    return render(request, "estate/cycle_list.html", cycles_context(request.perimeter, place))
