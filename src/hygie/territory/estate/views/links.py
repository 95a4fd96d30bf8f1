"""What ties two assets, and how is a tie added, changed, removed?"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from hygie.foundation.errors import NotAllowed, NotFound, Refusal
from hygie.territory.estate.forms import LinkForm
from hygie.territory.estate.models import Asset, Link
from hygie.territory.estate.policies import may_edit
from hygie.territory.estate.selectors.access import asset_get_in, assets_in, link_get_in
from hygie.territory.estate.selectors.lists import assets_found
from hygie.territory.estate.selectors.object import groups_of
from hygie.territory.estate.services.links import Need, links_add
from hygie.territory.estate.services.links import link_edit as edit
from hygie.territory.estate.services.links import link_remove as remove
from hygie.territory.estate.words import duration_words, verb_word
from hygie.territory.people.http import HygieRequest

_MOST_TARGETS = 60


@login_required
@require_http_methods(["GET", "POST"])
def link_add(request: HygieRequest, pk: int) -> HttpResponse:
    """Tie an asset to what it needs: search, tick, say what happens without."""
    source = asset_get_in(request.perimeter, pk)
    if not may_edit(request.perimeter, source.organisation):
        raise NotAllowed
    asked = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(request, asked.getlist("target"), source)
    form = LinkForm(request.POST if "save" in request.POST else None, initial={"effect": "stop"})
    if form.is_bound and form.is_valid():
        try:
            links = links_add(
                perimeter=request.perimeter,
                source=source,
                verb=form.cleaned_data["verb"],
                targets=chosen,
                group=form.cleaned_data["group"],
                need=_need(form),
            )
        except NotFound:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            said = ngettext("%(n)d lien ajouté.", "%(n)d liens ajoutés.", len(links))
            messages.success(request, said % {"n": len(links)})
            return redirect("estate:asset_detail", pk)
    words = asked.get("q", "")[:100]
    place = request.place or source.organisation
    found = [
        one
        for one in assets_found(request.perimeter, place, words)
        if one.pk != source.pk and one not in chosen
    ]
    context = {
        "asset": source, "form": form, "chosen": chosen, "found": found, "q": words,
        "groups": groups_of(source),
    }  # fmt: skip
    return render(request, "estate/link_add.html", context, status=422 if form.is_bound else 200)


def _chosen(request: HygieRequest, ticked: list[str], source: Asset) -> list[Asset]:
    pks = [int(one) for one in ticked[:_MOST_TARGETS] if one.isdecimal() and len(one) < 16]
    rows = assets_in(request.perimeter).filter(pk__in=pks).exclude(pk=source.pk)
    return list(rows.select_related("organisation").order_by("name", "pk"))


@login_required
@require_http_methods(["GET", "POST"])
def link_edit(request: HygieRequest, pk: int) -> HttpResponse:
    """Change what a tie is worth, and with it the group that it belongs to."""
    link = _own(request, pk)
    form = LinkForm(request.POST or None, initial=_initial(link), has_verb=False)
    if request.method == "POST" and form.is_valid():
        try:
            edit(
                perimeter=request.perimeter, link=link, group=form.cleaned_data["group"],
                need=_need(form),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Lien modifié."))
            return redirect("estate:asset_detail", link.source_id)
    context = {
        "link": link, "verb": verb_word(link.verb), "form": form, "groups": groups_of(link.source),
    }  # fmt: skip
    return render(request, "estate/link_edit.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def link_remove(request: HygieRequest, pk: int) -> HttpResponse:
    """Untie two assets."""
    link = _own(request, pk)
    source = link.source_id
    remove(perimeter=request.perimeter, link=link)
    messages.success(request, _("Lien retiré."))
    return redirect("estate:asset_detail", source)


def _own(request: HygieRequest, pk: int) -> Link:
    link = link_get_in(request.perimeter, pk)
    if not may_edit(request.perimeter, link.source.organisation):
        raise NotAllowed
    return link


def _need(form: LinkForm) -> Need:
    said = form.cleaned_data
    return Need(needed=said["needed"], delay_min=said["delay_min"] or 0, effect=said["effect"])


def _initial(link: Link) -> dict[str, Any]:
    return {
        "group": link.group,
        "needed": link.needed if link.group else None,
        "delay_min": duration_words(link.delay_min) if link.delay_min else "",
        "effect": link.effect,
    }
