"""By which chain of rights is tier 0 reached?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hygie.operations.directory.pages.paths import paths_context
from hygie.operations.directory.paths import path_page
from hygie.operations.directory.selectors.audits import audit_done_in
from hygie.territory.people.http import HygieRequest


@login_required
@require_GET
def path_explore(request: HygieRequest, pk: int) -> HttpResponse:
    """Search an object, see its shortest path, as a drawing and as a list."""
    audit = audit_done_in(request.perimeter, pk)
    asked = request.GET
    kinds = [int(code) for code in asked.getlist("par") if code.isascii() and code.isdecimal()]
    page = path_page(
        audit, words=asked.get("q", ""), start=asked.get("de", ""), goal=asked.get("vers", ""),
        kinds=kinds,
    )  # fmt: skip
    context = paths_context(audit, page, words=asked.get("q", ""), kinds=kinds, path=request.path)
    return render(request, "directory/path_explore.html", context)
