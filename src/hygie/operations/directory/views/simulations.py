"""Which changes cut the paths, and what would they change?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hygie.foundation.errors import Refusal
from hygie.operations.directory.pages.changes import changes_context, simulation_context
from hygie.operations.directory.selectors.audits import audit_done_in, simulation_get_in
from hygie.operations.directory.services.simulations import simulation_promise as promise
from hygie.operations.directory.tasks import simulation_launch
from hygie.territory.people.http import HygieRequest


@login_required
@require_GET
def change_list(request: HygieRequest, pk: int) -> HttpResponse:
    """The proven sequence, and the smallest set that cuts everything."""
    audit = audit_done_in(request.perimeter, pk)
    return render(request, "directory/change_list.html", changes_context(request.perimeter, audit))


@login_required
@require_POST
def simulation_add(request: HygieRequest, pk: int) -> HttpResponse:
    """Ask what the ticked changes would do."""
    audit = audit_done_in(request.perimeter, pk)
    try:
        row = simulation_launch(
            perimeter=request.perimeter, audit=audit, keys=request.POST.getlist("keys")
        )
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        messages.error(request, str(refusal))
        return redirect("directory:change_list", pk)
    return redirect("directory:simulation_detail", row.pk)


@login_required
@require_GET
@never_cache
def simulation_detail(request: HygieRequest, pk: int) -> HttpResponse:
    """Level and exposure, before and after."""
    row = simulation_get_in(request.perimeter, pk)
    return render(
        request, "directory/simulation_detail.html", simulation_context(request.perimeter, row)
    )


@login_required
@require_POST
def simulation_promise(request: HygieRequest, pk: int) -> HttpResponse:
    """Turn the ticked changes into actions."""
    row = simulation_get_in(request.perimeter, pk)
    made = promise(perimeter=request.perimeter, simulation=row, keys=request.POST.getlist("keys"))
    messages.success(
        request,
        ngettext("%(count)d action créée.", "%(count)d actions créées.", made) % {"count": made},
    )
    return redirect("progress:actions", row.audit.organisation_id)
