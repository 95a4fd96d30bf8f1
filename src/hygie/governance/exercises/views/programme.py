"""Who has played this year, who will, and what was learnt around here?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.errors import NotFound, Refusal
from hygie.governance.exercises.pages.debrief import page_language
from hygie.governance.exercises.pages.programme import (
    coverage_context,
    doors,
    plan_context,
    plans_context,
)
from hygie.governance.exercises.policies import may_read_plans
from hygie.governance.exercises.retex_tables import coverage_table, lessons_table, plans_table
from hygie.governance.exercises.selectors.coverage import coverage_in, lessons_around
from hygie.governance.exercises.selectors.exercises import design_place
from hygie.governance.exercises.selectors.plans import plans_in
from hygie.governance.exercises.services.plan import plan_apply, plan_places
from hygie.territory.people.http import HygieRequest


@login_required
@require_GET
def coverage(request: HygieRequest, organisation_id: int) -> HttpResponseBase:
    """The yearly exercise of each establishment: played, planned, or neither."""
    place = design_place(request.perimeter, organisation_id)
    rows = coverage_in(request.perimeter, place, timezone.now())
    table = coverage_table(request, rows)
    if table.wants_export:
        return csv_response(table, f"exercices-couverture-{place.code}")
    context = coverage_context(request.perimeter, place, rows) | {"table": table}
    return render(request, "exercises/retex/coverage.html", context)


@login_required
@require_GET
def plan_list(request: HygieRequest, organisation_id: int) -> HttpResponseBase:
    """Which plans exercises have put to the test, and how each held."""
    place = design_place(request.perimeter, organisation_id)
    if not may_read_plans(request.perimeter, place):
        raise NotFound
    rows = plans_in(request.perimeter, place, timezone.now())
    table = plans_table(request, rows)
    if table.wants_export:
        return csv_response(table, f"plans-eprouves-{place.code}")
    context = plans_context(request.perimeter, place, rows) | {"table": table}
    return render(request, "exercises/retex/plan_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Three years of exercises; the missing ones are proposed from the library."""
    place = design_place(request.perimeter, organisation_id)
    if not plan_places(request.perimeter, place):
        raise NotFound
    if request.method == "POST":
        wanted = [_pair(text) for text in request.POST.getlist("wanted")]
        try:
            count = plan_apply(
                perimeter=request.perimeter, place=place, language=page_language(), wanted=wanted
            )
        except NotFound:
            raise
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                ngettext("%(count)d exercice préparé.", "%(count)d exercices préparés.", count)
                % {"count": count}
                if count
                else _("Choisissez au moins une proposition."),
            )
        return redirect("exercises:plan", place.pk)
    context = plan_context(request.perimeter, place, timezone.now())
    return render(request, "exercises/retex/plan.html", context)


@login_required
@require_GET
def lesson_feed(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """What exercises of the region have taught, without saying whose."""
    place = design_place(request.perimeter, organisation_id)
    table = lessons_table(request, lessons_around(request.perimeter, place))
    context = doors(request.perimeter, place, "lesson_feed") | {"table": table}
    return render(request, "exercises/retex/lesson_feed.html", context)


def _pair(text: str) -> tuple[int, int]:
    place, _sep, year = text.partition("-")
    if not (place.isdecimal() and year.isdecimal()):
        raise NotFound
    return int(place), int(year)
