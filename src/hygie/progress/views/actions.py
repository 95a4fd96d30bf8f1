"""Pages of actions."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.documents.download import attachment_protect
from hygie.foundation.errors import Refusal
from hygie.foundation.journal.selectors import journal_of_object
from hygie.programme.selectors import requirement_by_ref
from hygie.progress import tables
from hygie.progress.calendar import calendar_of
from hygie.progress.forms import ActionForm, BulkForm, FinishForm, ReasonForm
from hygie.progress.models import Action
from hygie.progress.selectors.actions import (
    OPEN,
    action_get_in,
    actions_chosen,
    actions_for_calendar,
    actions_in,
)
from hygie.progress.selectors.evidence import evidence_of_line, proof_readable
from hygie.progress.selectors.requirements import requirements_named
from hygie.progress.services.actions import (
    action_add,
    action_cancel,
    action_edit,
    action_finish,
    action_reopen,
    action_start,
    actions_change,
)
from hygie.territory.organisations.selectors import below, may, organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth, Right

_MOST = 500


@login_required
@require_GET
def actions(request: HygieRequest, organisation_id: int) -> HttpResponse | StreamingHttpResponse:
    """Actions of a place and of those below it."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    today = timezone.localdate()
    may_record = may(request.perimeter, place, Right.RECORD)
    bulk_url = reverse("progress:actions_bulk", args=[place.pk]) if may_record else ""
    rows = actions_in(request.perimeter).filter(below(place, "organisation__"))
    table = tables.actions_table(request, rows, bulk_url, today)
    if table.wants_export:
        return csv_response(table, f"actions-{place.code}")
    context = {"place": place, "table": table, "today": today, "may_record": may_record}
    return render(request, "progress/action_list.html", context)


@login_required
@require_GET
def calendar(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Actions with a due date, as iCalendar."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    rows = actions_for_calendar(request.perimeter, place, today=timezone.localdate())
    text = calendar_of(rows, name=place.name)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="actions-{place.code}.ics"'
    return attachment_protect(response)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Promise something, for a requirement when one is named."""
    place = organisation_get_in(
        request.perimeter, organisation_id, depth=Depth.DETAIL, right=Right.RECORD
    )
    asked = request.GET.get("requirement", "")
    requirement = requirement_by_ref(asked) if asked else None
    form = ActionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        action = action_add(
            perimeter=request.perimeter,
            organisation_id=place.pk,
            requirement_urn=requirement.urn if requirement else "",
            **form.cleaned_data,
        )
        messages.success(request, _("Action créée."))
        return redirect("progress:action_detail", action.pk)
    context = {"place": place, "form": form, "requirement": requirement}
    return render(request, "progress/action_add.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "POST"])
def detail(request: HygieRequest, pk: int) -> HttpResponse:
    """One action: read, and edited while it is open."""
    row = action_get_in(request.perimeter, pk)
    initial = {name: getattr(row, name) for name in ActionForm.base_fields}
    form = ActionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            action_edit(perimeter=request.perimeter, action=row, values=form.cleaned_data)
        except Refusal as refusal:
            _tell(request, refusal)
        else:
            messages.success(request, _("Action modifiée."))
        return redirect("progress:action_detail", row.pk)
    return _detail_page(request, row, form=form)


@login_required
@require_POST
def move(request: HygieRequest, pk: int) -> HttpResponse:
    """Start, finish, give up or take up again."""
    row = action_get_in(request.perimeter, pk)
    act = request.POST.get("act", "")
    if act == "finish":
        return _finish(request, row)
    form = ReasonForm(request.POST, prefix="why")
    if act in _REASONED and not form.is_valid():
        return _detail_page(request, row, reason_form=form)
    try:
        if act == "start":
            action_start(perimeter=request.perimeter, action=row)
        elif act in _REASONED:
            reason = form.cleaned_data["reason"]
            _REASONED[act](perimeter=request.perimeter, action=row, reason=reason)
    except Refusal as refusal:
        _tell(request, refusal)
    return redirect("progress:action_detail", row.pk)


_REASONED: dict[str, Callable[..., Action]] = {"cancel": action_cancel, "reopen": action_reopen}


def _finish(request: HygieRequest, row: Action) -> HttpResponse:
    form = FinishForm(evidence_of_line(request.perimeter, row.organisation), request.POST)
    if form.is_valid():
        try:
            action_finish(perimeter=request.perimeter, action=row, **form.cleaned_data)
        except Refusal as refusal:
            if refusal.status != 400:
                raise
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Action terminée."))
            return redirect("progress:action_detail", row.pk)
    return _detail_page(request, row, finish_form=form)


@login_required
@require_POST
def bulk(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """The same change to the ticked actions: first the form, then, once confirmed, the change."""
    place = organisation_get_in(
        request.perimeter, organisation_id, depth=Depth.DETAIL, right=Right.RECORD
    )
    ids = [int(one) for one in request.POST.getlist("selected")[:_MOST] if one.isdecimal()]
    chosen = actions_chosen(request.perimeter, place, ids)
    if not chosen:
        messages.error(request, _("Cochez au moins une action."))
        return redirect("progress:actions", place.pk)
    form = BulkForm(request.POST if "confirmed" in request.POST else None)
    if form.is_valid():
        try:
            values = form.cleaned_data
            count = actions_change(
                perimeter=request.perimeter, actions=chosen, values=form.edits,
                state=values["move"], reason=values["reason"],
            )  # fmt: skip
        except Refusal as refusal:
            if refusal.status != 400:
                raise
            form.add_error(None, str(refusal))
        else:
            said = ngettext("%(n)d action modifiée.", "%(n)d actions modifiées.", count)
            messages.success(request, said % {"n": count})
            return redirect("progress:actions", place.pk)
    context = {"place": place, "form": form, "chosen": chosen}
    return render(request, "progress/action_bulk.html", context, status=_status(form))


def _detail_page(request: HygieRequest, row: Action, **filled: Form) -> HttpResponse:
    """The page of an action, with the one form that came back with its mistakes."""
    is_open = row.state in OPEN
    initial = {name: getattr(row, name) for name in ActionForm.base_fields}
    urn = row.requirement_urn
    forms: dict[str, Form] = {
        "form": ActionForm(initial=initial),
        "finish_form": FinishForm(evidence_of_line(request.perimeter, row.organisation)),
        "reason_form": ReasonForm(prefix="why"),
    }
    context = {
        "action": row,
        "place": row.organisation,
        "is_open": is_open,
        "is_late": is_open and row.due_on is not None and row.due_on < timezone.localdate(),
        "proof": proof_readable(request.perimeter, row.proof_id),
        "requirement": requirements_named([urn]).get(urn) if urn else None,
        "journal": journal_of_object("action", row.pk)[:20],
        "may_record": may(request.perimeter, row.organisation, Right.RECORD),
        **forms,
        **filled,
    }
    is_refused = any(form.errors for form in filled.values())
    return render(
        request, "progress/action_detail.html", context, status=422 if is_refused else 200
    )


def _tell(request: HygieRequest, refusal: Refusal) -> None:
    """A refusal of what was asked becomes a message; an absence or a forbidden act stays one."""
    if refusal.status != 400:
        raise refusal
    messages.error(request, str(refusal))


def _status(form: Form) -> int:
    return 422 if form.errors else 200
