"""Which column of someone's timeline is which of ours, and where does its script go?"""

import json
from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hygie.connectors.exercise_formats.mapping import preview
from hygie.connectors.messages import FileRefused
from hygie.foundation.documents.messages import sentence_of
from hygie.foundation.documents.selectors import document_path
from hygie.foundation.errors import NotFound, Refusal
from hygie.foundation.imports.errors import ImportNotCancellable
from hygie.foundation.imports.models import Import
from hygie.foundation.imports.selectors import import_get_in
from hygie.foundation.imports.services import import_cancel
from hygie.foundation.imports.tasks import import_start
from hygie.governance.exercises.forms import FileForm, MapForm
from hygie.governance.exercises.pages.sheets import columns_chosen, kind_of_file, sheet_context
from hygie.governance.exercises.views.access import designed, designed_place
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.http import HygieRequest

_SHEET = "exercises.chronogram"


@login_required
@require_http_methods(["GET", "POST"])
def chronogram_prepare(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Drop a timeline, an export of OpenAEV or of CEXF."""
    place = designed_place(request, organisation_id)
    asked = request.GET.get("exercise", "")
    exercise = designed(request, int(asked)) if asked.isdecimal() else None
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        options = {"organisation": place.code, "kind": form.cleaned_data["kind"]}
        if exercise is not None:
            options["exercise"] = str(exercise.pk)
        if form.cleaned_data["start"]:
            options["start"] = f"{form.cleaned_data['start']:%Y-%m-%dT%H:%M}"
        kind = kind_of_file(file)
        try:
            run = import_start(
                perimeter=request.perimeter, kind=kind, stream=file, name=file.name or "",
                options=options,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            if kind == _SHEET:
                return redirect("exercises:chronogram_map", place.pk, run.pk)
            return redirect("imports:import_detail", run.pk)
    context = {
        "place": place, "form": form, "exercise": exercise, "limit": settings.UPLOAD_MAX_BYTES,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "exercises/chronogram_prepare.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def chronogram_map(request: HygieRequest, organisation_id: int, pk: int) -> HttpResponse:
    """Say what each title is, when the exercise starts, and read the timeline so."""
    place = designed_place(request, organisation_id)
    run = import_get_in(request.perimeter, pk)
    if run.document is None or run.kind != _SHEET:
        raise NotFound
    asked = request.POST if request.method == "POST" else request.GET
    try:
        seen = preview(document_path(run.document), sheet=asked.get("sheet", "")[:200])
    except FileRefused as refused:
        messages.error(request, str(sentence_of(refused.message.code, refused.message.params)))
        return redirect("exercises:chronogram_prepare", place.pk)
    start = run.options.get("start") or None
    form = MapForm(request.POST if "save" in request.POST else None, initial={"start": start})
    chosen = columns_chosen(seen, request.POST) if request.method == "POST" else {}
    if form.is_bound and form.is_valid():
        options = {
            **run.options, "sheet": seen.sheet, "columns": json.dumps(chosen),
            "start": f"{form.cleaned_data['start']:%Y-%m-%dT%H:%M}"
            if form.cleaned_data["start"] else "",
        }  # fmt: skip
        try:
            again = _read_with(request, run, place, options)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("imports:import_detail", again.pk)
    context = {"place": place, "run": run, "form": form, "seen": seen}
    context |= sheet_context(seen, chosen)
    context["address"] = reverse("exercises:chronogram_map", args=[place.pk, run.pk])
    status = 422 if form.errors else 200
    return render(request, "exercises/chronogram_map.html", context, status=status)


def _read_with(
    request: HygieRequest, run: Import, place: Organisation, options: dict[str, str]
) -> Import:
    """The same file once more, read with the mapping; the first reading is abandoned."""
    assert run.document is not None  # noqa: S101  # checked by the caller
    with document_path(run.document).open("rb") as stream:
        again = import_start(
            perimeter=request.perimeter, kind=_SHEET, stream=stream, name=run.file_name,
            options={**options, "organisation": place.code},
        )  # fmt: skip
    # Refused already, or abandoned elsewhere: nothing is left of it either way.
    with suppress(ImportNotCancellable):
        import_cancel(perimeter=request.perimeter, run=run)
    return again
