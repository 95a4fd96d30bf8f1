"""The pages of column mappings, as each room of the house serves them at its own addresses."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hygie.foundation.errors import NotAllowed, Refusal
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.http import HygieRequest
from hygie.territory.sheets.errors import MappingActUnknown
from hygie.territory.sheets.forms import MappingFileForm
from hygie.territory.sheets.policies import may_keep
from hygie.territory.sheets.rooms import Room
from hygie.territory.sheets.selectors import mapping_get_in, mappings_at
from hygie.territory.sheets.services import (
    LARGEST_FILE,
    mapping_as_json,
    mapping_from_json,
    mapping_save,
    mapping_share,
)
from hygie.territory.sheets.services import mapping_remove as remove
from hygie.territory.sheets.tables import mappings_table


@dataclass(frozen=True, slots=True)
class Door:
    """Where a room serves its mappings.

    Attributes:
        room: that reads the sheets.
        app: name space of its addresses: mapping_list, mapping_act and mapping_file.
        prepare: name of the address where a sheet is dropped.
        import_kind: that reads a sheet with a mapping.
        subject_word: subject → its words.
    """

    room: Room
    app: str
    prepare: str
    import_kind: str
    subject_word: Callable[[str], str]


def mappings_page(request: HygieRequest, place: Organisation, door: Door) -> HttpResponseBase:
    """Mappings that may be used here; bring one that someone gave."""
    keeps = may_keep(request.perimeter, door.room, place)
    rows = mappings_at(request.perimeter, door.room, place)
    form = MappingFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not keeps:
            raise NotAllowed
        if form.is_valid() and _bring(request, place, door, form):
            return redirect(f"{door.app}:mapping_list", place.pk)
    table = mappings_table(request, rows)
    for row in table.page_rows:
        row.subject_words = door.subject_word(row.subject)
        row.file_address = reverse(f"{door.app}:mapping_file", args=[row.pk])
        row.act_address = reverse(f"{door.app}:mapping_act", args=[row.pk])
    context = {
        "place": place, "table": table, "form": form, "keeps": keeps,
        "prepare": reverse(door.prepare, args=[place.pk]),
        "use": reverse("imports:new", args=[door.import_kind]),
    }  # fmt: skip
    return render(request, "sheets/mapping_list.html", context, status=422 if form.errors else 200)


def mapping_download(request: HygieRequest, pk: int, door: Door) -> HttpResponse:
    """A mapping as a file to give away."""
    mapping = mapping_get_in(request.perimeter, door.room, pk)
    response = HttpResponse(mapping_as_json(mapping), content_type="application/json")
    name = slugify(mapping.name) or "correspondance"
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


def mapping_decide(request: HygieRequest, pk: int, door: Door) -> HttpResponse:
    """Offer a mapping to the group, take it back, or forget it."""
    mapping = mapping_get_in(request.perimeter, door.room, pk)
    act, place = request.POST.get("act", ""), mapping.organisation_id
    if act in {"share", "unshare"}:
        mapping_share(
            perimeter=request.perimeter, room=door.room, mapping=mapping, is_shared=act == "share"
        )
    elif act == "remove":
        remove(perimeter=request.perimeter, room=door.room, mapping=mapping)
    else:
        raise MappingActUnknown
    messages.success(request, _("C'est fait."))
    return redirect(f"{door.app}:mapping_list", place)


def _bring(request: HygieRequest, place: Organisation, door: Door, form: MappingFileForm) -> bool:
    """Keep the mapping of a file; False when the form says why not."""
    try:
        told = mapping_from_json(door.room, form.cleaned_data["file"].read(LARGEST_FILE + 1))
        mapping_save(perimeter=request.perimeter, room=door.room, organisation=place, told=told)
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return False
    messages.success(request, _("Correspondance « %(name)s » enregistrée.") % {"name": told.name})
    return True
