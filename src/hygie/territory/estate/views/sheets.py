"""Which column of someone's sheet is which of our fields, and how is it kept and given away?"""

from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.connectors.inventories.mapping import SUBJECTS
from hygie.connectors.messages import FileRefused
from hygie.foundation.documents.messages import sentence_of
from hygie.foundation.documents.selectors import document_path
from hygie.foundation.errors import NotAllowed, NotFound, Refusal
from hygie.foundation.imports.errors import ImportNotCancellable
from hygie.foundation.imports.models import Import
from hygie.foundation.imports.selectors import import_get_in
from hygie.foundation.imports.services import import_cancel
from hygie.foundation.imports.tasks import import_start
from hygie.territory.estate.forms import SheetForm
from hygie.territory.estate.pages.sheets import columns_chosen, import_kind_of, sheet_context
from hygie.territory.estate.policies import may_edit
from hygie.territory.estate.rooms import ESTATE_SHEETS
from hygie.territory.estate.services.sheets import sheet_look
from hygie.territory.estate.words import subject_word
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth
from hygie.territory.sheets.forms import MappingForm
from hygie.territory.sheets.models import ColumnMapping
from hygie.territory.sheets.services import MappingFile, mapping_save, mapping_share
from hygie.territory.sheets.views import (
    Door,
    mapping_decide,
    mapping_download,
    mappings_page,
)

_DOOR = Door(ESTATE_SHEETS, "estate", "estate:sheet_prepare", "estate.sheet", subject_word)


@login_required
@require_http_methods(["GET", "POST"])
def sheet_prepare(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Drop a sheet whose titles are one's own."""
    place = _edited(request, organisation_id)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = import_start(
                perimeter=request.perimeter, kind="estate.sheet", stream=file,
                name=file.name or "", options={"organisation": place.code},
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("estate:sheet_map", place.pk, run.pk)
    context = {"place": place, "form": form, "limit": settings.UPLOAD_MAX_BYTES}
    return render(request, "estate/sheet_prepare.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def sheet_map(request: HygieRequest, organisation_id: int, pk: int) -> HttpResponse:
    """Say what each title is, keep it under a name, and read the sheet with it."""
    place = _edited(request, organisation_id)
    run = import_get_in(request.perimeter, pk)
    if run.document is None or run.kind != "estate.sheet":
        raise NotFound
    asked = request.POST if request.method == "POST" else request.GET
    subject = asked.get("subject", "")
    subject = subject if subject in SUBJECTS else ""
    try:
        look = sheet_look(
            document_path(run.document), subject=subject, sheet=asked.get("sheet", "")[:200]
        )
    except FileRefused as refused:
        messages.error(request, str(sentence_of(refused.message.code, refused.message.params)))
        return redirect("estate:sheet_prepare", place.pk)
    form = MappingForm(request.POST if "save" in request.POST else None)
    chosen = columns_chosen(look, request.POST) if request.method == "POST" else {}
    if form.is_bound and form.is_valid():
        try:
            mapping = mapping_save(
                perimeter=request.perimeter, room=ESTATE_SHEETS, organisation=place,
                told=MappingFile(form.cleaned_data["name"], subject or look.preview.subject,
                                 chosen, form.cleaned_data["values"]),
            )  # fmt: skip
            if form.cleaned_data["is_shared"]:
                mapping_share(
                    perimeter=request.perimeter, room=ESTATE_SHEETS, mapping=mapping,
                    is_shared=True,
                )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("imports:import_detail", _read_with(request, run, mapping, place).pk)
    titles = {title: column for column, title in chosen.items() if title}
    context = {"place": place, "run": run, "form": form}
    context |= sheet_context(look, subject, titles)
    return render(request, "estate/sheet_map.html", context, status=422 if form.is_bound else 200)


def _read_with(
    request: HygieRequest, run: Import, mapping: ColumnMapping, place: Organisation
) -> Import:
    """The same file once more, read with the mapping; the first reading is abandoned."""
    assert run.document is not None  # noqa: S101  # checked by the caller
    kept = {name: run.options.get(name, "") for name in ("on_difference", "unknown_names")}
    with document_path(run.document).open("rb") as stream:
        again = import_start(
            perimeter=request.perimeter, kind=import_kind_of(mapping.subject), stream=stream,
            name=run.file_name,
            options={**kept, "organisation": place.code, "mapping": mapping.pk},
        )  # fmt: skip
    # Refused already, or abandoned elsewhere: nothing is left of it either way.
    with suppress(ImportNotCancellable):
        import_cancel(perimeter=request.perimeter, run=run)
    return again


@login_required
@require_http_methods(["GET", "POST"])
def mapping_list(request: HygieRequest, organisation_id: int) -> HttpResponseBase:
    """Mappings that may be used here; bring one that someone gave."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    return mappings_page(request, place, _DOOR)


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


def _edited(request: HygieRequest, organisation_id: int) -> Organisation:
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    if not may_edit(request.perimeter, place):
        raise NotAllowed
    return place
