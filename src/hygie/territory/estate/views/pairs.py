"""Are these two the same asset?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hygie.foundation.errors import NotAllowed, Refusal
from hygie.territory.estate.errors import ActUnknown
from hygie.territory.estate.pages.pairs import pairs_context
from hygie.territory.estate.policies import may_edit
from hygie.territory.estate.selectors.lists import pair_get_in
from hygie.territory.estate.services.look_alikes import (
    look_alike_apart,
    look_alike_merge,
    look_alike_undo,
)
from hygie.territory.estate.tables import pairs_filter
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth

_SAID = {
    "merge": _("Fusionnés : les liens et identifiants des deux sont réunis. L'onglet « fusionnés » "
               "permet d'annuler."),
    "merge_other": _("Fusionnés : les liens et identifiants des deux sont réunis. L'onglet "
                     "« fusionnés » permet d'annuler."),
    "apart": _("Gardés distincts : la question ne sera plus posée."),
    "undo": _("Décision annulée : tout est comme avant, et la question se pose de nouveau."),
}  # fmt: skip


@login_required
@require_GET
def look_alike_list(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Pairs that wait for a decision, and those decided."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    state = pairs_filter(request.GET.get("state", ""))
    context = pairs_context(request.perimeter, place, state, request.GET.get("page", ""))
    return render(request, "estate/look_alike_list.html", context)


@login_required
@require_POST
def look_alike_decide(request: HygieRequest, pk: int) -> HttpResponse:
    """Merge the two, keep them apart, or take a decision back."""
    pair = pair_get_in(request.perimeter, pk)
    if not may_edit(request.perimeter, pair.organisation):
        raise NotAllowed
    act = request.POST.get("act", "")
    if act not in _SAID:
        raise ActUnknown
    try:
        if act == "apart":
            look_alike_apart(perimeter=request.perimeter, pair=pair)
        elif act == "undo":
            look_alike_undo(perimeter=request.perimeter, pair=pair)
        else:
            stays = pair.other if act == "merge_other" else pair.kept
            look_alike_merge(perimeter=request.perimeter, pair=pair, stays=stays)
    except Refusal as refusal:
        # Decided elsewhere meanwhile, or no longer possible: the queue itself says where it stands.
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(_SAID[act]))
    return redirect("estate:look_alike_list", pair.organisation_id)
