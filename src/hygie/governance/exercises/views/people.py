"""Who takes part, in which cell, and by which door do they come in?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hygie.foundation.errors import NotFound, Refusal
from hygie.governance.exercises.errors import ActUnknown
from hygie.governance.exercises.forms import CellForm, EditPersonForm, PersonForm
from hygie.governance.exercises.invitations import exercise_calendar
from hygie.governance.exercises.models import Exercise, Participant
from hygie.governance.exercises.pages.parts import cells_context
from hygie.governance.exercises.selectors.exercises import cell_get, participant_get
from hygie.governance.exercises.selectors.people import accounts_to_invite
from hygie.governance.exercises.services.design_cells import cell_add, cell_edit, cell_remove
from hygie.governance.exercises.services.people import (
    guest_link_issue,
    guest_link_mail,
    guest_link_revoke,
    participant_add,
    participant_edit,
    participant_remove,
)
from hygie.governance.exercises.views.access import designed
from hygie.territory.people.http import HygieRequest


@login_required
@require_http_methods(["GET", "POST"])
def cell_list(request: HygieRequest, pk: int) -> HttpResponse:
    """Cells and their people; add one or the other."""
    exercise = designed(request, pk)
    adds = request.POST.get("add", "")
    cell_form = CellForm(request.POST if adds == "cell" else None, prefix="cell")
    person_form = PersonForm(
        list(exercise.cells.values_list("pk", "name")),
        accounts_to_invite(request.perimeter, exercise),
        request.POST if adds == "person" else None,
        prefix="person",
        initial={"cell": request.GET.get("cellule", "")},
    )
    bound = cell_form if cell_form.is_bound else person_form
    if bound.is_bound and bound.is_valid():
        try:
            if bound is cell_form:
                cell_add(perimeter=request.perimeter, exercise=exercise, **cell_form.cleaned_data)
            else:
                participant_add(
                    perimeter=request.perimeter, exercise=exercise, **person_form.values
                )
        except Refusal as refusal:
            bound.add_error(None, str(refusal))
        else:
            return redirect("exercises:cell_list", exercise.pk)
    context = cells_context(exercise) | {"cell_form": cell_form, "person_form": person_form}
    status = 422 if bound.errors else 200
    return render(request, "exercises/cell_list.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def cell_change(request: HygieRequest, pk: int, cell_id: int) -> HttpResponse:
    """Rename a cell, or take it away."""
    exercise = designed(request, pk)
    cell = cell_get(exercise, cell_id)
    if "remove" in request.POST:
        try:
            cell_remove(perimeter=request.perimeter, exercise=exercise, cell_id=cell.pk)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("exercises:cell_list", exercise.pk)
    form = CellForm(request.POST or None, initial={"name": cell.name, "kind": cell.kind})
    if request.method == "POST" and form.is_valid():
        try:
            cell_edit(
                perimeter=request.perimeter, exercise=exercise, cell_id=cell.pk,
                **form.cleaned_data,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("exercises:cell_list", exercise.pk)
    return _form(request, exercise, form, cell.name)


@login_required
@require_http_methods(["GET", "POST"])
def person_change(request: HygieRequest, pk: int, participant_id: int) -> HttpResponse:
    """Change someone's role, cell or particulars."""
    exercise = designed(request, pk)
    row = participant_get(exercise, participant_id)
    form = EditPersonForm(
        list(exercise.cells.values_list("pk", "name")),
        request.POST or None,
        initial={"role": row.role, "cell": row.cell_id, "name": row.name,
                 "function": row.function, "email": row.email},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            participant_edit(
                perimeter=request.perimeter, exercise=exercise, participant_id=row.pk,
                **form.values,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("exercises:cell_list", exercise.pk)
    return _form(request, exercise, form, row.name)


@login_required
@require_POST
@never_cache
def person_act(request: HygieRequest, pk: int, participant_id: int) -> HttpResponse:
    """Make, send or take back someone's link; take them away."""
    exercise = designed(request, pk)
    row = participant_get(exercise, participant_id)
    act = request.POST.get("act", "")
    try:
        if act == "link":
            return _link(request, exercise, row.pk)
        if act == "revoke":
            guest_link_revoke(perimeter=request.perimeter, exercise=exercise, participant_id=row.pk)
            messages.success(request, _("Ce lien n'ouvre plus rien."))
        elif act == "remove":
            participant_remove(
                perimeter=request.perimeter, exercise=exercise, participant_id=row.pk
            )
        else:
            raise ActUnknown
    except (NotFound, ActUnknown):
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("exercises:cell_list", exercise.pk)


def _link(request: HygieRequest, exercise: Exercise, participant_id: int) -> HttpResponse:
    """A fresh link: sent when it can be, shown once otherwise."""
    guest, token = guest_link_issue(
        perimeter=request.perimeter, exercise=exercise, participant_id=participant_id
    )
    url = request.build_absolute_uri(guest_address(token))
    if "mail" in request.POST:
        try:
            guest_link_mail(
                perimeter=request.perimeter, exercise=exercise, guest=guest, url=url,
                calendar=_invitation(request, exercise, guest),
            )  # fmt: skip
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Lien envoyé à %(email)s.") % {"email": guest.email})
            return redirect("exercises:cell_list", exercise.pk)
    context = {"exercise": exercise, "place": exercise.organisation, "guest": guest, "url": url}
    return render(request, "exercises/guest_link.html", context)


def _invitation(request: HygieRequest, exercise: Exercise, guest: Participant) -> bytes:
    """The day of the exercise for the guest's calendar; empty while it has none."""
    if exercise.planned_at is None:
        return b""
    return exercise_calendar(exercise, [guest], host=request.get_host())


def guest_address(token: str) -> str:
    """Where a guest's link leads."""
    try:
        return reverse("exercises:guest_enter", args=[token])
    except NoReverseMatch:
        return f"/exercice/{token}/"


def _form(
    request: HygieRequest, exercise: Exercise, form: CellForm | EditPersonForm, heading: str
) -> HttpResponse:
    context = {
        "exercise": exercise, "place": exercise.organisation, "form": form, "heading": heading,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "exercises/part_form.html", context, status=status)
