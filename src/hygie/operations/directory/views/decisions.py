"""What was decided for a forest: accepted risks, tier 0, costs?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.errors import NotAllowed, Refusal
from hygie.operations.directory.catalogue import point_title
from hygie.operations.directory.choices import TierZeroVerb
from hygie.operations.directory.forms import CostsForm, RiskForm, TierZeroForm
from hygie.operations.directory.models import Forest
from hygie.operations.directory.pages.forest import cost_fields, forest_context
from hygie.operations.directory.policies import may_decide
from hygie.operations.directory.selectors.audits import (
    accepted_get_in,
    costs_of,
    forest_get_in,
)
from hygie.operations.directory.selectors.packs import object_name
from hygie.operations.directory.services.decisions import (
    costs_set,
    risk_accept,
    risk_withdraw,
    tier_zero_set,
    tier_zero_unset,
)
from hygie.territory.people.http import HygieRequest


@login_required
@require_GET
def forest_detail(request: HygieRequest, pk: int) -> HttpResponse:
    """The decisions that hold for a forest."""
    forest = forest_get_in(request.perimeter, pk)
    context = forest_context(request.perimeter, forest, timezone.localdate())
    return render(request, "directory/forest_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def risk_add(request: HygieRequest, pk: int, point: str) -> HttpResponse:
    """Accept a risk, for a point or one object, for a time."""
    forest = _decided(request, pk)
    form = RiskForm(request.POST or None, initial={"identifier": request.GET.get("objet", "")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            risk_accept(
                perimeter=request.perimeter, forest=forest, point=point, reason=said["reason"],
                expires_on=said["expires_on"], identifier=said["identifier"],
                name=object_name(forest, said["identifier"]),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Risque accepté : il comptera au prochain audit."))
            return redirect("directory:forest_detail", pk)
    answer = _("« %(point)s » sera mis de côté jusqu'à l'échéance, et montré comme tel.")
    return _form(
        request, forest, form, _("Accepter un risque"), answer % {"point": point_title(point)}
    )


@login_required
@require_POST
def risk_end(request: HygieRequest, pk: int) -> HttpResponse:
    """Stop accepting a risk."""
    risk = accepted_get_in(request.perimeter, pk)
    risk_withdraw(perimeter=request.perimeter, risk=risk)
    messages.success(request, _("Ce risque n'est plus accepté."))
    return redirect("directory:forest_detail", risk.forest_id)


@login_required
@require_http_methods(["GET", "POST"])
def tier_zero(request: HygieRequest, pk: int) -> HttpResponse:
    """Put an object in or out of tier 0, or come back to the default."""
    forest = _decided(request, pk)
    unset = request.POST.get("unset", "")
    if unset.isdecimal():
        tier_zero_unset(perimeter=request.perimeter, forest=forest, edit_id=int(unset))
        return redirect("directory:forest_detail", pk)
    form = TierZeroForm(request.POST or None, initial={"identifier": request.GET.get("objet", "")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        tier_zero_set(
            perimeter=request.perimeter, forest=forest, identifier=said["identifier"],
            name=object_name(forest, said["identifier"]), verb=TierZeroVerb(said["verb"]),
            reason=said["reason"],
        )  # fmt: skip
        messages.success(request, _("Niveau 0 corrigé : cela comptera au prochain audit."))
        return redirect("directory:forest_detail", pk)
    answer = _("Le niveau 0 est ce qu'il faut protéger : qui y arrive tient tout l'annuaire.")
    return _form(request, forest, form, _("Corriger le niveau 0"), answer)


@login_required
@require_http_methods(["GET", "POST"])
def costs(request: HygieRequest, pk: int) -> HttpResponse:
    """Enter what each kind of change costs here."""
    forest = _decided(request, pk)
    words, defaults = cost_fields()
    form = CostsForm(words, defaults, request.POST or None, initial=costs_of(forest))
    if request.method == "POST" and form.is_valid():
        costs_set(perimeter=request.perimeter, forest=forest, costs=form.cleaned_data)
        messages.success(request, _("Coûts enregistrés : ils compteront au prochain audit."))
        return redirect("directory:forest_detail", pk)
    answer = _("En unités à vous (heures, points) : seul leur rapport compte.")
    return _form(request, forest, form, _("Coûts des changements"), answer)


def _decided(request: HygieRequest, pk: int) -> Forest:
    forest = forest_get_in(request.perimeter, pk)
    if not may_decide(request.perimeter, forest.organisation):
        raise NotAllowed
    return forest


def _form(
    request: HygieRequest, forest: Forest, form: Form, heading: str, answer: str
) -> HttpResponse:
    context = {"forest": forest, "form": form, "heading": heading, "answer": answer}
    return render(request, "directory/decision_form.html", context)
