"""What is asked of us, what did we answer, and who reads it?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.errors import NotFound, Refusal
from hygie.governance.assessment.choices import AnswerResult, QuestionnaireState
from hygie.governance.assessment.forms import AskForm, AssigneeForm, answer_form
from hygie.governance.assessment.models import Questionnaire
from hygie.governance.assessment.policies import WRITABLE, may_answer, may_ask, steps_open
from hygie.governance.assessment.selectors.answerers import answerers
from hygie.governance.assessment.selectors.questionnaires import (
    Item,
    questionnaire_get_in,
    questionnaire_items,
    questionnaires_in,
    reminders,
)
from hygie.governance.assessment.services.answers import Said, answer_save, answers_fill
from hygie.governance.assessment.services.questionnaires import (
    questionnaire_assign,
    questionnaire_close,
    questionnaire_reassign,
    questionnaire_send_back,
    questionnaire_submit,
)
from hygie.governance.assessment.sheets import sheet_bytes
from hygie.governance.assessment.tables import questionnaires_table
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_GET
def questionnaire_list(request: HygieRequest) -> HttpResponseBase:
    """Questionnaires of my perimeter, and those to answer soon."""
    table = questionnaires_table(request, questionnaires_in(request.perimeter))
    if table.wants_export:
        return csv_response(table, "questionnaires")
    context = {
        "table": table,
        "reminders": reminders(request.perimeter, timezone.localdate())[:5],
        "today": timezone.localdate(),
    }
    return render(request, "assessment/questionnaire_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def questionnaire_add(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Ask one organisation."""
    place = organisation_get_in(request.perimeter, organisation_id)
    form = AskForm(answerers(request.perimeter, place), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = questionnaire_assign(
                perimeter=request.perimeter, organisation_id=place.pk, **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Questionnaire assigné."))
            return redirect("assessment:questionnaire", row.pk)
    context = {"place": place, "form": form, "may_ask": may_ask(request.perimeter, place)}
    return render(request, "assessment/questionnaire_add.html", context)


@login_required
@require_GET
def questionnaire(request: HygieRequest, pk: int) -> HttpResponse:
    """Every question with its answer; writable until submitted."""
    row = questionnaire_get_in(request.perimeter, pk)
    items = questionnaire_items(request.perimeter, row)
    asked = [item for item in items if not item.is_heading]
    writable = row.state in WRITABLE and may_answer(request.perimeter, row.organisation)
    context = {
        "questionnaire": row,
        "place": row.organisation,
        "items": [(item, None if item.is_heading else answer_form(item)) for item in items],
        "asked": len(asked),
        "answered": sum(bool(item.result) for item in asked),
        "is_writable": writable,
        "assignee_form": _assignee_form(request, row),
        "steps": steps_open(request.perimeter, row.organisation, row.state),
        "results": [
            (one.value, one.label)
            for one in AnswerResult
            if one in {AnswerResult.NOT_APPLICABLE, AnswerResult.UNKNOWN, AnswerResult.COMPLIANT}
        ],
    }
    return render(request, "assessment/questionnaire.html", context)


@login_required
@require_POST
def questionnaire_assignee(request: HygieRequest, pk: int) -> HttpResponse:
    """Name the person expected to answer."""
    row = questionnaire_get_in(request.perimeter, pk)
    form = AssigneeForm(answerers(request.perimeter, row.organisation), request.POST)
    if form.is_valid():
        try:
            questionnaire_reassign(
                perimeter=request.perimeter, questionnaire_id=pk, **form.cleaned_data
            )
            messages.success(request, _("La personne attendue est notée."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    else:
        messages.error(request, _("Choisissez une personne de la liste."))
    return redirect("assessment:questionnaire", pk)


@login_required
@require_POST
def answer(request: HygieRequest, pk: int, requirement_id: int) -> HttpResponse:
    """Keep one answer; the fragment comes back with its new state."""
    row = questionnaire_get_in(request.perimeter, pk)
    form = answer_form(_item(request, pk, requirement_id), request.POST)
    error = ""
    if form.is_valid():
        said = Said(
            result=form.cleaned_data["result"],
            choices=form.choices_given(),
            score=form.cleaned_data.get("score"),
            comment=form.cleaned_data["comment"],
            na_reason=form.cleaned_data["na_reason"],
        )
        try:
            answer_save(
                perimeter=request.perimeter, questionnaire_id=pk, requirement_id=requirement_id,
                said=said,
            )  # fmt: skip
        except Refusal as refusal:
            error = str(refusal)
    if not request.htmx:
        if error:
            messages.error(request, error)
        return redirect(f"{request.path.rsplit('/reponse/', 1)[0]}/#r{requirement_id}")
    item = _item(request, pk, requirement_id)
    shown = form if error or form.errors else answer_form(item)
    context = {"questionnaire": row, "item": item, "form": shown, "error": error,
               "is_writable": True, "is_saved": not error and not form.errors}  # fmt: skip
    return render(request, "assessment/_answer.html", context)


@login_required
@require_POST
def answers_bulk(request: HygieRequest, pk: int) -> HttpResponse:
    """Give the ticked requirements one answer."""
    ids = [int(value) for value in request.POST.getlist("selected") if value.isdecimal()]
    try:
        count = answers_fill(
            perimeter=request.perimeter,
            questionnaire_id=pk,
            requirement_ids=ids,
            result=request.POST.get("result", ""),
            na_reason=request.POST.get("na_reason", ""),
        )
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(count)d réponses enregistrées.") % {"count": count})
    return redirect("assessment:questionnaire", pk)


@login_required
@require_POST
def questionnaire_step(request: HygieRequest, pk: int) -> HttpResponse:
    """Submit, send back or close."""
    wanted = request.POST.get("state", "")
    try:
        if wanted == QuestionnaireState.SUBMITTED:
            questionnaire_submit(perimeter=request.perimeter, questionnaire_id=pk)
        elif wanted == QuestionnaireState.CLOSED:
            questionnaire_close(perimeter=request.perimeter, questionnaire_id=pk)
        else:
            questionnaire_send_back(
                perimeter=request.perimeter, questionnaire_id=pk, note=request.POST.get("note", "")
            )
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("assessment:questionnaire", pk)


@login_required
@require_GET
def questionnaire_sheet(request: HygieRequest, pk: int) -> HttpResponse:
    """The questionnaire as a workbook, to be answered offline."""
    row = questionnaire_get_in(request.perimeter, pk)
    content = sheet_bytes(row, questionnaire_items(request.perimeter, row))
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="questionnaire-{row.pk}.xlsx"'
    return response


def _item(request: HygieRequest, pk: int, requirement_id: int) -> Item:
    row = questionnaire_get_in(request.perimeter, pk)
    items = questionnaire_items(request.perimeter, row)
    found = [one for one in items if one.requirement.pk == requirement_id and not one.is_heading]
    if not found:
        raise NotFound
    return found[0]


def _assignee_form(request: HygieRequest, row: Questionnaire) -> AssigneeForm | None:
    """The choice of a person, for whoever may ask, as long as answers may change."""
    if row.state not in WRITABLE or not may_ask(request.perimeter, row.organisation):
        return None
    return AssigneeForm(
        answerers(request.perimeter, row.organisation), initial={"assignee": row.assignee_id}
    )
