"""What would cost most care here, and how do we know?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hygie.operations.impact.pages.home import home_context
from hygie.operations.impact.views.places import readable_place
from hygie.territory.people.http import HygieRequest


@login_required
@require_GET
@never_cache
def home(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """The heaviest loss, the single points of failure, the latest rehearsed attack."""
    place = readable_place(request.perimeter, organisation_id)
    return render(request, "impact/home.html", home_context(request.perimeter, place))
