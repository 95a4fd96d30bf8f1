"""Pages that look at the four axes together."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hygie.foundation.design.pdf.render import pdf_response
from hygie.overview import charts, tables
from hygie.overview.paper import cockpit_pdf
from hygie.overview.selectors.cockpit import cockpit
from hygie.overview.selectors.comparison import comparison
from hygie.overview.selectors.focus import focus
from hygie.overview.selectors.home import home_node
from hygie.overview.selectors.words import (
    answer,
    axis_sentence,
    comparison_answer,
    comparison_rows,
)
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.people.place import PLACE_KEY


@login_required
@require_GET
def home(request: HygieRequest) -> HttpResponse:
    """The cockpit of the place where one works, or what to do when there is none yet."""
    chosen = request.place if PLACE_KEY in request.session else None
    node_id = chosen.pk if chosen else home_node(request.perimeter)
    if node_id is None:
        return render(request, "overview/nothing_yet.html")
    return redirect("overview:cockpit", node_id)


@login_required
@require_GET
def cockpit_view(request: HygieRequest, node_id: int) -> HttpResponse | StreamingHttpResponse:
    """Where the node stands, what to do today, and what is below it."""
    node = organisation_get_in(request.perimeter, node_id)
    today = timezone.localdate()
    found = cockpit(request.perimeter, node, today)
    children = tables.children_table(request, found)
    if children.wants_export:
        return tables.children_csv(children, node)
    context = {
        "node": node,
        "cockpit": found,
        "answer": answer(found),
        "axes": [
            (block, axis_sentence(block, is_aggregate=found.is_aggregate)) for block in found.axes
        ],
        "focus": focus(request.perimeter, found),
        "children": children,
        "history": charts.history_chart(found),
    }
    return render(request, "overview/cockpit.html", context)


@login_required
@require_GET
def cockpit_pdf_view(request: HygieRequest, node_id: int) -> HttpResponse:
    """The same on two sheets of paper, for a board."""
    node = organisation_get_in(request.perimeter, node_id)
    today = timezone.localdate()
    found = cockpit(request.perimeter, node, today)
    content = cockpit_pdf(found, focus(request.perimeter, found))
    return pdf_response(content, f"cockpit-{node.code}-{today.isoformat()}")


@login_required
@require_GET
def comparison_view(request: HygieRequest, node_id: int) -> HttpResponse:
    """The node among its peers, when the group is large enough."""
    node = organisation_get_in(request.perimeter, node_id)
    found = comparison(request.perimeter, node, timezone.localdate())
    rows = comparison_rows(found)
    context = {
        "node": node,
        "comparison": found,
        "rows": rows,
        "answer": comparison_answer(found),
        "chart": charts.comparison_chart(found, rows) if rows else None,
    }
    return render(request, "overview/comparison.html", context)
