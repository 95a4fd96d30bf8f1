"""Which column of someone's timeline is which of ours, and where does its script go?"""

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.connectors.exercise_formats.mapping import Preview, preview
from hygie.connectors.messages import FileRefused
from hygie.foundation.documents.messages import sentence_of
from hygie.foundation.documents.selectors import document_path
from hygie.foundation.errors import NotFound, Refusal
from hygie.foundation.imports.errors import ImportNotCancellable
from hygie.foundation.imports.models import Import
from hygie.foundation.imports.selectors import import_get_in
from hygie.foundation.imports.services import import_cancel
from hygie.foundation.imports.tasks import import_start
from hygie.governance.exercises.pages.sheets import columns_chosen, kind_of_file, sheet_context
from hygie.governance.exercises.rooms import TIMELINE, TIMELINES
from hygie.governance.exercises.sheet_forms import FileForm, MapForm
from hygie.governance.exercises.views.access import designed, designed_place
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.http import HygieRequest
from hygie.territory.sheets.models import ColumnMapping
from hygie.territory.sheets.selectors import mappings_fitting
from hygie.territory.sheets.services import MappingFile, mapping_save, mapping_share
from hygie.territory.sheets.views import (
    Door,
    mapping_decide,
    mapping_download,
    mappings_page,
)

_SHEET = "exercises.chronogram"


def _subject_word(_subject: str) -> str:
    return _("chronogrammes")


_DOOR = Door(TIMELINES, "exercises", "exercises:chronogram_prepare", _SHEET, _subject_word)


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
    fitting = mappings_fitting(request.perimeter, TIMELINES, place, seen.titles)
    kept = _kept(fitting, asked.get("mapping"))
    form = MapForm(request.POST if "save" in request.POST else None, initial=_initial(run, kept))
    chosen = columns_chosen(seen, request.POST) if request.method == "POST" else {}
    if form.is_bound and form.is_valid():
        try:
            _keep(request, place, form, chosen, kept)
            again = _read_with(request, run, place, _options(run, seen, form, chosen, kept))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("imports:import_detail", again.pk)
    context = {"place": place, "run": run, "form": form, "seen": seen, "kept": kept}
    context["fitting"] = [(one, one == kept) for one in fitting]
    told = chosen or (kept.columns if kept else {})
    context |= sheet_context(seen, told, is_told=bool(told))
    context["address"] = reverse("exercises:chronogram_map", args=[place.pk, run.pk])
    status = 422 if form.errors else 200
    return render(request, "exercises/chronogram_map.html", context, status=status)


def _kept(fitting: Sequence[ColumnMapping], asked: str | None) -> ColumnMapping | None:
    """The mapping that is asked for, the one that says most at first; None when none is wanted."""
    if asked is None:
        return fitting[0] if fitting else None
    return next((one for one in fitting if str(one.pk) == asked), None)


def _initial(run: Import, kept: ColumnMapping | None) -> dict[str, Any]:
    is_own = kept is not None and kept.organisation_id == run.organisation_id
    return {
        "start": run.options.get("start") or None,
        "name": kept.name if kept and is_own else "",
        "is_shared": bool(kept and is_own and kept.is_shared),
    }


def _keep(
    request: HygieRequest, place: Organisation, form: MapForm, chosen: dict[str, str],
    kept: ColumnMapping | None,
) -> None:  # fmt: skip
    """Keep the columns under a name; under that of the mapping in use, change it."""
    name = " ".join(form.cleaned_data["name"].split())
    if not name:
        return
    is_same = kept is not None and kept.organisation_id == place.pk and kept.name == name
    values = kept.values if kept else {}
    mapping = mapping_save(
        perimeter=request.perimeter, room=TIMELINES, organisation=place,
        told=MappingFile(name, TIMELINE, chosen, values), mapping=kept if is_same else None,
    )  # fmt: skip
    mapping_share(
        perimeter=request.perimeter, room=TIMELINES, mapping=mapping,
        is_shared=form.cleaned_data["is_shared"],
    )  # fmt: skip


def _options(
    run: Import, seen: Preview, form: MapForm, chosen: dict[str, str],
    kept: ColumnMapping | None,
) -> dict[str, Any]:  # fmt: skip
    start = form.cleaned_data["start"]
    return {
        **run.options, "sheet": seen.sheet, "columns": json.dumps(chosen),
        "start": f"{start:%Y-%m-%dT%H:%M}" if start else "",
        # Its words; its columns are those that the page shows.
        "mapping": kept.pk if kept and kept.values else None,
    }  # fmt: skip


def _read_with(
    request: HygieRequest, run: Import, place: Organisation, options: dict[str, Any]
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


@login_required
@require_http_methods(["GET", "POST"])
def mapping_list(request: HygieRequest, organisation_id: int) -> HttpResponseBase:
    """Mappings of timelines that may be used here; bring one that someone gave."""
    return mappings_page(request, designed_place(request, organisation_id), _DOOR)


@login_required
@require_GET
def mapping_file(request: HygieRequest, pk: int) -> HttpResponse:
    """A mapping as a file to give away."""
    return mapping_download(request, pk, _DOOR)


@login_required
@require_POST
def mapping_act(request: HygieRequest, pk: int) -> HttpResponse:
    """Offer a mapping to the group, take it back, or forget it."""
    return mapping_decide(request, pk, _DOOR)
