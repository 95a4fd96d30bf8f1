"""What is on the map, one by one: to find, read, describe, change together?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.documents.download import attachment_protect
from hygie.foundation.errors import NotAllowed, NotFound, Refusal
from hygie.territory.estate.choices import AssetKind
from hygie.territory.estate.exports import estate_export as export
from hygie.territory.estate.forms import AssetForm, BulkForm
from hygie.territory.estate.models import Asset
from hygie.territory.estate.pages.object import object_context
from hygie.territory.estate.pages.place import home_context
from hygie.territory.estate.policies import may_edit
from hygie.territory.estate.selectors.access import asset_get_in, assets_at
from hygie.territory.estate.selectors.lists import (
    assets_listed,
    reference_choices,
    source_choices,
)
from hygie.territory.estate.services.assets import (
    asset_add as add,
)
from hygie.territory.estate.services.assets import (
    asset_edit as edit,
)
from hygie.territory.estate.services.assets import (
    asset_remove as remove,
)
from hygie.territory.estate.services.assets import (
    asset_retire as retire,
)
from hygie.territory.estate.services.assets import (
    assets_edit,
)
from hygie.territory.estate.tables import assets_table, parts_table, present
from hygie.territory.estate.words import kind_word, title_of_kind
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth

_MOST_TOGETHER = 2000


@login_required
@require_GET
def home(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """How well the map of a place is known, and what to do next."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    return render(request, "estate/home.html", home_context(request.perimeter, place))


@login_required
@require_POST
def estate_export(request: HygieRequest, organisation_id: int, suffix: str) -> FileResponse:
    """The whole map as a file that can be brought back; the journal keeps who took it."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    stream = export(perimeter=request.perimeter, organisation=place, suffix=suffix)
    name = f"carte-{place.code}-{timezone.localdate().isoformat()}.{suffix}"
    return attachment_protect(FileResponse(stream, as_attachment=True, filename=name))


@login_required
@require_GET
def asset_list(request: HygieRequest, organisation_id: int) -> HttpResponseBase:
    """Assets of a place: search, filters, CSV, change several at once."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    edits = may_edit(request.perimeter, place)
    table = assets_table(
        request,
        place,
        present(request, assets_listed(request.perimeter, place)),
        reference_choices(request.perimeter, place),
        source_choices(request.perimeter, place),
        may_edit=edits,
    )
    if table.wants_export:
        return csv_response(table, f"carte-{place.code}")
    kind = table.active.get("kind", "")
    context = {
        "place": place,
        "table": table,
        "kind": kind,
        "title": title_of_kind(kind) if kind else _("Éléments de la carte"),
        "kinds": [(value, kind_word(value)) for value in AssetKind.values],
        "may_edit": edits,
    }
    return render(request, "estate/asset_list.html", context)


@login_required
@require_POST
def asset_bulk(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """The same change to the ticked assets: asked for, then made."""
    place = _edited(request, organisation_id)
    ticked = [int(pk) for pk in request.POST.getlist("selected") if pk.isdecimal()]
    assets = list(
        assets_at(request.perimeter, place)
        .filter(pk__in=ticked[:_MOST_TOGETHER])
        .select_related("organisation", "site", "zone", "supplier")
    )
    is_asked = "apply" in request.POST
    form = BulkForm(reference_choices(request.perimeter, place), request.POST if is_asked else None)
    if is_asked and form.is_valid():
        try:
            count = assets_edit(perimeter=request.perimeter, assets=assets, values=form.values)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            said = ngettext("%(n)d élément modifié.", "%(n)d éléments modifiés.", count)
            messages.success(request, said % {"n": count})
            return redirect("estate:asset_list", place.pk)
    context = {"place": place, "form": form, "assets": assets, "shown": assets[:40]}
    return render(request, "estate/asset_bulk.html", context)


@login_required
@require_GET
def asset_detail(request: HygieRequest, pk: int) -> HttpResponseBase:
    """Everything about one asset."""
    asset = asset_get_in(request.perimeter, pk)
    parts = parts_table(request, asset.parts.all())
    if parts.wants_export:
        return csv_response(parts, f"composants-{asset.code}")
    context = object_context(request.perimeter, asset, request.place or None, parts)
    return render(request, "estate/asset_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def asset_add(request: HygieRequest, organisation_id: int, kind: str) -> HttpResponse:
    """Describe something new."""
    if kind not in AssetKind.values:
        raise NotFound
    place = _edited(request, organisation_id)
    form = AssetForm(kind, reference_choices(request.perimeter, place), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asset = add(
                perimeter=request.perimeter,
                organisation_id=place.pk,
                kind=kind,
                name=form.values["name"],
                code=form.code_given,
                values={name: value for name, value in form.values.items() if name != "name"},
                identifiers=form.identifiers,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Élément ajouté à la carte."))
            return redirect("estate:asset_detail", asset.pk)
    heading = _("Ajouter : %(kind)s") % {"kind": kind_word(kind)}
    return _form(request, form, place, heading, None)


@login_required
@require_http_methods(["GET", "POST"])
def asset_edit(request: HygieRequest, pk: int) -> HttpResponse:
    """Change what is known of an asset."""
    asset = _own(request, pk)
    place = asset.organisation
    form = AssetForm(
        asset.kind, reference_choices(request.perimeter, place), request.POST or None, asset=asset
    )
    if request.method == "POST" and form.is_valid():
        try:
            edit(
                perimeter=request.perimeter,
                asset=asset,
                values=form.values,
                code=form.code_given or None,
                identifiers=form.identifiers,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Modifications enregistrées."))
            return redirect("estate:asset_detail", pk)
    return _form(request, form, place, _("Modifier %(name)s") % {"name": asset.name}, asset)


def _form(
    request: HygieRequest, form: AssetForm, place: Organisation, heading: str, asset: Asset | None
) -> HttpResponse:
    context = {"form": form, "place": place, "heading": heading, "asset": asset}
    return render(request, "estate/asset_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def asset_retire(request: HygieRequest, pk: int) -> HttpResponse:
    """Take it out of service, or off the map when it should never have been there."""
    asset = _own(request, pk)
    place = asset.organisation_id
    if request.POST.get("act") == "remove":
        remove(perimeter=request.perimeter, asset=asset)
        messages.success(request, _("Élément supprimé de la carte, avec ses liens."))
        return redirect("estate:asset_list", place)
    retire(perimeter=request.perimeter, asset=asset)
    messages.success(request, _("Élément retiré du service : il ne compte plus."))
    return redirect("estate:asset_detail", pk)


def _edited(request: HygieRequest, organisation_id: int) -> Organisation:
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    if not may_edit(request.perimeter, place):
        raise NotAllowed
    return place


def _own(request: HygieRequest, pk: int) -> Asset:
    asset = asset_get_in(request.perimeter, pk)
    if not may_edit(request.perimeter, asset.organisation):
        raise NotAllowed
    return asset
