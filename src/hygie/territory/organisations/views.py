"""Which pages show the territory, and where does one go to work in it?"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.documents.download import attachment_protect
from hygie.foundation.journal.selectors import journal_of_object
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.exports import territory_export_open
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.policies import may_follow
from hygie.territory.organisations.selectors import depth_at, may, organisation_get_in
from hygie.territory.organisations.selectors.exporting import may_export
from hygie.territory.organisations.selectors.groups import (
    figures_of,
    members_of,
    memberships_of,
    sites_of,
)
from hygie.territory.organisations.selectors.search import places_matching, territory_is_empty
from hygie.territory.organisations.services.follow import organisation_follow as follow
from hygie.territory.organisations.tables import children_page, organisations_page
from hygie.territory.organisations.words import ORIGINS
from hygie.territory.people.http import HygieRequest
from hygie.territory.people.place import place_choose as remember
from hygie.territory.people.selectors import people_of_organisation
from hygie.territory.perimeter import Depth, Right

JOURNAL_LENGTH = 20


@login_required
@require_GET
def organisation_list(request: HygieRequest) -> HttpResponseBase:
    """Structures of my perimeter."""
    page = organisations_page(request, request.perimeter)
    if page.wants_export:
        return csv_response(page, "structures")
    shown = {column.name for column in page.columns}
    context = {
        "organisations": page,
        "shows_ght": "ght" in shown,
        "shows_region": "region" in shown,
        "is_empty": not page.page_rows and territory_is_empty(),
        "may_import": request.perimeter.holds_anywhere(Right.MANAGE_TERRITORY),
        "may_export": may_export(request.perimeter),
    }
    return render(request, "organisations/organisation_list.html", context)


@login_required
@require_GET
def organisation_detail(request: HygieRequest, pk: int) -> HttpResponseBase:
    """One structure: identity, place, members and weights, figures, people, journal."""
    node = organisation_get_in(request.perimeter, pk)
    children = children_page(request, request.perimeter, node)
    if children.wants_export:
        return csv_response(children, f"structures-{node.code}")
    context = {
        "node": node,
        "origin": ORIGINS.get(node.source, ""),
        "above": _above(request, node),
        "children": None if node.kind == OrganisationKind.ET else children,
        "figures": list(figures_of(node)),
        "people": people_of_organisation(request.perimeter, pk),
        "may_follow": may_follow(request.perimeter, node),
        **_group_context(request, node),
    }
    if may(request.perimeter, node, Right.READ_JOURNAL):
        context["lines"] = journal_of_object("organisation", pk)[:JOURNAL_LENGTH]
    return render(request, "organisations/organisation_detail.html", context)


def _above(request: HygieRequest, node: Organisation) -> list[tuple[str, Organisation, bool]]:
    """Region, group and legal entity, and whether their page may be opened; no query."""
    places = ((_("Région"), node.region), (_("GHT"), node.ght),
              (_("Entité juridique"), node.legal_entity))  # fmt: skip
    return [
        (words, place, depth_at(request.perimeter, place) > Depth.NONE)
        for words, place in places
        if place is not None
    ]


def _group_context(request: HygieRequest, node: Organisation) -> dict[str, Any]:
    """Members of a group; groups and establishments of a legal entity."""
    context: dict[str, Any] = {"weights": None, "memberships": None, "lines": None}
    if node.kind == OrganisationKind.GHT:
        context["weights"] = members_of(request.perimeter, node)
    elif node.kind == OrganisationKind.EJ:
        weights = sites_of(request.perimeter, node)
        # Without any figure the list below says as much, a page at a time.
        context["weights"] = weights if weights.year else None
        context["memberships"] = memberships_of(node)
    return context


@login_required
@require_POST
def organisation_follow(request: HygieRequest) -> HttpResponse:
    """Follow the ticked structures."""
    return _follow(request, is_followed=True)


@login_required
@require_POST
def organisation_unfollow(request: HygieRequest) -> HttpResponse:
    """Stop following the ticked structures."""
    return _follow(request, is_followed=False)


def _follow(request: HygieRequest, *, is_followed: bool) -> HttpResponse:
    ticked = [int(pk) for pk in request.POST.getlist("selected") if pk.isdecimal()]
    changed = follow(perimeter=request.perimeter, organisation_ids=ticked, is_followed=is_followed)
    said = ngettext(
        "%(n)d structure modifiée.", "%(n)d structures modifiées.", changed
    ) % {"n": changed}  # fmt: skip
    messages.success(request, said)
    return redirect(_way_back(request, "organisations:organisation_list"))


@login_required
@require_http_methods(["GET", "POST"])
def place_choose(request: HygieRequest) -> HttpResponse:
    """Choose where to work: search as one types, then go there."""
    if request.method == "POST":
        asked = request.POST.get("organisation", "")
        node = organisation_get_in(request.perimeter, int(asked) if asked.isdecimal() else 0)
        remember(request.session, node)
        messages.success(request, _("Vous travaillez maintenant ici : %(name)s.") % {"name": node})
        return redirect(_way_back(request, settings.LOGIN_REDIRECT_URL))
    wanted = request.GET.get("q", "")[:200]
    context = {"q": wanted, "places": places_matching(request.perimeter, wanted)}
    is_fragment = bool(request.htmx) and not request.htmx.boosted
    name = "_places.html" if is_fragment else "place_choose.html"
    return render(request, f"organisations/{name}", context)


def _way_back(request: HygieRequest, otherwise: str) -> str:
    """The page that asked, when it is one of ours."""
    wanted = request.POST.get("next") or request.headers.get("referer", "")
    hosts = {request.get_host()}
    if request.path not in wanted and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts=hosts, require_https=request.is_secure()
    ):
        return wanted
    return otherwise


@login_required
@require_GET
def territory_file(request: HygieRequest, kind: str, suffix: str) -> FileResponse:
    """The territory of my perimeter, in a format that can be imported again."""
    stream = territory_export_open(request.perimeter, kind=kind, suffix=suffix)
    name = f"hygie-{kind}-{timezone.localdate().isoformat()}.{suffix}"
    return attachment_protect(FileResponse(stream, as_attachment=True, filename=name))
