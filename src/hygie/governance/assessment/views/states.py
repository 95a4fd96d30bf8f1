"""Where does an organisation stand, requirement by requirement, and why?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hygie.governance.assessment.choices import StateChoice
from hygie.governance.assessment.policies import may_ask
from hygie.governance.assessment.selectors.candidates import ASSESSED_KINDS
from hygie.governance.assessment.selectors.elements import indicator_elements, requirement_elements
from hygie.governance.assessment.selectors.objectives import standings_own
from hygie.governance.assessment.selectors.requirement_page import requirement_page
from hygie.governance.assessment.selectors.tree import framework_standings, framework_tree
from hygie.programme.selectors import framework_get, objective_get, requirement_get
from hygie.territory.organisations.selectors import may, organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Right


@login_required
@require_GET
def requirement_list(request: HygieRequest) -> HttpResponse:
    """The assessment of the place where one works; a region or the nation has its cockpit."""
    place = request.place if request.place else None
    if place is None:
        return redirect("overview:home")
    if place.kind not in ASSESSED_KINDS:
        return redirect("overview:cockpit", place.pk)
    return redirect("assessment:organisation", place.pk)


@login_required
@require_GET
def organisation(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Every framework with the requirements by state."""
    place = organisation_get_in(request.perimeter, organisation_id)
    if place.kind not in ASSESSED_KINDS:
        may_plan = may(request.perimeter, place, Right.PLAN)
        return render(request, "assessment/above.html", {"place": place, "may_plan": may_plan})
    context = {
        "place": place,
        "may_record": may(request.perimeter, place, Right.RECORD),
        "may_ask": may_ask(request.perimeter, place),
        "standings": framework_standings(request.perimeter, place, timezone.localdate()),
    }
    return render(request, "assessment/organisation.html", context)


@login_required
@require_GET
def framework(request: HygieRequest, organisation_id: int, framework_id: int) -> HttpResponse:
    """The tree of one framework, each leaf with its state."""
    place = organisation_get_in(request.perimeter, organisation_id)
    chosen = framework_get(framework_id)
    state = request.GET.get("state", "")
    group = request.GET.get("group", "")
    leaves = framework_tree(
        request.perimeter, place, chosen, timezone.localdate(), group=group, state=state
    )
    context = {
        "place": place,
        "framework": chosen,
        "leaves": leaves,
        "reached": sum(leaf.state == StateChoice.PASSED for leaf in leaves),
        "leaf_count": sum(bool(leaf.state) for leaf in leaves),
        "state": state,
        "group": group,
        "states": StateChoice.choices,
    }
    return render(request, "assessment/framework.html", context)


@login_required
@require_GET
def objective(request: HygieRequest, organisation_id: int, objective_id: int) -> HttpResponse:
    """What an objective's state is made of here."""
    place = organisation_get_in(request.perimeter, organisation_id)
    row = objective_get(objective_id)
    today = timezone.localdate()
    context = {
        "place": place,
        "objective": row,
        "standing": standings_own(request.perimeter, place, today).get(row.pk),
        "requirements": requirement_elements(request.perimeter, place, row, today),
        "indicators": indicator_elements(request.perimeter, place, row, today),
    }
    return render(request, "assessment/objective.html", context)


@login_required
@require_GET
def requirement(request: HygieRequest, organisation_id: int, requirement_id: int) -> HttpResponse:
    """The state of one requirement, line by line, with its proofs and the gap to close."""
    place = organisation_get_in(request.perimeter, organisation_id)
    row = requirement_get(requirement_id)
    page = requirement_page(request.perimeter, place, row, timezone.localdate())
    return render(request, "assessment/requirement.html", {"place": place, "page": page})
