"""How does one invite someone, give them a role, take it away?"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hygie.foundation.errors import NotAllowed, Refusal
from hygie.territory.people.forms import InvitationForm, RoleForm
from hygie.territory.people.http import HygieRequest
from hygie.territory.people.policies import roles_anywhere
from hygie.territory.people.selectors import (
    nodes_to_suggest,
    person_get_in,
    role_assignment_get_in,
)
from hygie.territory.people.services.accounts import account_invite
from hygie.territory.people.services.roles import role_assign, role_end
from hygie.territory.people.views.links import link_hand_over


@login_required
@require_http_methods(["GET", "POST"])
def person_invite(request: HygieRequest) -> HttpResponse:
    """Open an account with a first role, or add a role to someone known."""
    form = InvitationForm(request.POST or None, **_form_options(request))
    if request.method == "POST" and form.is_valid():
        try:
            invited = account_invite(perimeter=request.perimeter, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if invited.link is not None:
                return link_hand_over(request, invited.link, invited.token)
            messages.success(request, _("%(person)s a reçu ce rôle.") % {"person": invited.person})
            return redirect("people:person_detail", invited.person.pk)
    return _form_page(request, form, "people/person_invite.html")


@login_required
@require_http_methods(["GET", "POST"])
def role_give(request: HygieRequest, pk: int) -> HttpResponse:
    """Give one more role to someone of the perimeter."""
    person = person_get_in(request.perimeter, pk)
    form = RoleForm(request.POST or None, **_form_options(request))
    if request.method == "POST" and form.is_valid():
        try:
            role_assign(perimeter=request.perimeter, person=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(person)s a reçu ce rôle.") % {"person": person})
            return redirect("people:person_detail", pk)
    return _form_page(request, form, "people/role_give.html", person=person)


@login_required
@require_POST
def role_take(request: HygieRequest, pk: int) -> HttpResponse:
    """Take a role away, at once."""
    held = role_assignment_get_in(request.perimeter, pk)
    role_end(perimeter=request.perimeter, assignment=held)
    messages.success(
        request,
        _("%(person)s n'a plus le rôle « %(role)s » sur %(organisation)s.")
        % {
            "person": held.user,
            "role": held.get_role_display(),
            "organisation": held.organisation.name,
        },
    )
    return redirect("people:person_list")


def _form_options(request: HygieRequest) -> dict[str, Any]:
    roles = roles_anywhere(request.perimeter)
    if not roles:
        raise NotAllowed
    place = request.place
    initial = {"organisation": request.GET.get("organisation") or (place.code if place else "")}
    return {"perimeter": request.perimeter, "roles": roles, "initial": initial}


def _form_page(
    request: HygieRequest, form: RoleForm, template: str, **context: object
) -> HttpResponse:
    context |= {"form": form, "nodes": nodes_to_suggest(request.perimeter)}
    return render(request, template, context, status=422 if form.errors else 200)
