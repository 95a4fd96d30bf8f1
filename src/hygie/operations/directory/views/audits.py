"""Where does the directory of this place stand, and how is an audit launched?"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.errors import NotAllowed, NotFound, Refusal
from hygie.operations.directory.catalogue import control_points, in_language
from hygie.operations.directory.charts import level_chart, trend_chart
from hygie.operations.directory.forms import ExportsForm, LevelForm
from hygie.operations.directory.pages.audit import audit_context
from hygie.operations.directory.pages.place import place_context
from hygie.operations.directory.pages.sources import sources_context
from hygie.operations.directory.policies import may_audit, may_read
from hygie.operations.directory.selectors.audits import (
    audit_done_in,
    audit_get_in,
    audits_below,
    audits_of_forest,
)
from hygie.operations.directory.stated import stated_file
from hygie.operations.directory.tables import audits_table
from hygie.operations.directory.tasks import audit_launch
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth


@login_required
@require_GET
def audit_list(request: HygieRequest, organisation_id: int) -> HttpResponseBase:
    """The forests of a place and below, their level, and every audit."""
    place = _readable(request, organisation_id)
    table = audits_table(request, audits_below(request.perimeter, place))
    if table.wants_export:
        return csv_response(table, f"annuaires-{place.code}")
    context = place_context(request.perimeter, place, timezone.localdate())
    if len(context["forests"]) == 1:
        history = list(audits_of_forest(request.perimeter, context["forests"][0].forest))
        context |= {"level_chart": level_chart(history), "trend_chart": trend_chart(history)}
    context |= {"place": place, "table": table, "may_audit": may_audit(request.perimeter, place)}
    return render(request, "directory/audit_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def audit_add(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Drop the exports of one forest."""
    place = _auditable(request, organisation_id)
    form = ExportsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            audit = audit_launch(
                perimeter=request.perimeter,
                organisation_id=place.pk,
                files=[(one, one.name or "") for one in form.cleaned_data["file"]],
                purpose=form.cleaned_data["purpose"],
                is_collected_only=form.cleaned_data["is_collected_only"],
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("directory:audit_detail", audit.pk)
    context = {"place": place, "form": form, "limit": settings.UPLOAD_MAX_BYTES}
    status = 422 if request.method == "POST" else 200
    return render(request, "directory/audit_add.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def level_add(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Enter a level read in a report made elsewhere."""
    place = _auditable(request, organisation_id)
    choices = [(point.id, in_language(point.title)) for point in control_points().values()]
    form = LevelForm(choices, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        stream, name = stated_file(
            forest=said["name"], level=said["level"], on=said["effective_on"],
            failing=said["failing"],
        )  # fmt: skip
        audit = audit_launch(
            perimeter=request.perimeter, organisation_id=place.pk, files=[(stream, name)],
            purpose=said["purpose"],
        )  # fmt: skip
        messages.success(request, _("Niveau enregistré."))
        return redirect("directory:audit_detail", audit.pk)
    return render(request, "directory/level_add.html", {"place": place, "form": form})


@login_required
@require_GET
@never_cache
def audit_detail(request: HygieRequest, pk: int) -> HttpResponse:
    """The level and what holds it, the exposure and what cuts it."""
    audit = audit_get_in(request.perimeter, pk)
    context: dict[str, Any] = audit_context(request.perimeter, audit)
    return render(request, "directory/audit_detail.html", context)


@login_required
@require_GET
def source_list(request: HygieRequest, pk: int) -> HttpResponse:
    """From which exports the audit knows what it knows, and what it could not examine."""
    audit = audit_done_in(request.perimeter, pk)
    return render(request, "directory/source_list.html", sources_context(audit))


def _readable(request: HygieRequest, organisation_id: int) -> Organisation:
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    if not may_read(request.perimeter, place):
        raise NotFound
    return place


def _auditable(request: HygieRequest, organisation_id: int) -> Organisation:
    place = _readable(request, organisation_id)
    if not may_audit(request.perimeter, place):
        raise NotAllowed
    return place
