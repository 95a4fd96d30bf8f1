"""Where can one see every component at once? The style page, absent from production."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from hygie.foundation.design import samples
from hygie.foundation.design.components.states import STATES
from hygie.foundation.design.spreadsheets import csv_response

_PROFILES_WITH_STYLE_PAGE = frozenset({"demo", "development", "test"})


def style_page(request: HttpRequest) -> HttpResponseBase:
    """Each component in each state; a form sent here comes back with its mistakes."""
    if settings.PROFILE not in _PROFILES_WITH_STYLE_PAGE:
        raise Http404
    today = timezone.localdate()
    table = samples.sample_table(request, today)
    if table.wants_export:
        return csv_response(table, "exemple")
    form = samples.SampleForm(request.POST or None)
    form.is_valid()
    context = {
        "table": table,
        "form": form,
        "refused": samples.SampleForm({"name": "", "kind": "z", "count": "0"}, prefix="refused"),
        "charts": samples.sample_charts(),
        "graph": samples.sample_graph(),
        "states": STATES,
        "counts": {"passed": 12, "partial": 3, "failed": 4, "not_tested": 5, "stale": 1},
        "today": today,
    }
    return render(request, "design/style.html", context)
