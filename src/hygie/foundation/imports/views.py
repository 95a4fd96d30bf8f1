"""Which pages lead a file from its drop to its rows?"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.documents.download import document_download
from hygie.foundation.documents.errors import FileNotAccepted
from hygie.foundation.errors import NotFound
from hygie.foundation.imports.forms import UploadForm
from hygie.foundation.imports.http import ReaderRequest
from hygie.foundation.imports.kinds import (
    kind_get,
    kind_get_for,
    kinds_for,
    options_form,
    thing_made,
)
from hygie.foundation.imports.models import Import, ImportState
from hygie.foundation.imports.planner import KEPT_PER_VERB
from hygie.foundation.imports.selectors import import_get_in
from hygie.foundation.imports.services import import_cancel as cancel
from hygie.foundation.imports.services import import_is_stuck
from hygie.foundation.imports.tables import (
    changes_page,
    counts_words,
    imports_page,
    messages_page,
    understood_lines,
)
from hygie.foundation.imports.tasks import import_apply as apply
from hygie.foundation.imports.tasks import import_reread as reread
from hygie.foundation.imports.tasks import import_start
from hygie.foundation.imports.types import ImportKind, Verb
from hygie.foundation.jobs.selectors import job_progress


@login_required
@require_GET
def import_list(request: ReaderRequest) -> HttpResponseBase:
    """My imports, newest first."""
    runs = imports_page(request, request.perimeter)
    if runs.wants_export:
        return csv_response(runs, "imports")
    return render(
        request, "imports/import_list.html", {"runs": runs, "kinds": kinds_for(request.perimeter)}
    )


@login_required
@require_GET
def import_kinds(request: ReaderRequest) -> HttpResponse:
    """Which kinds of file may I bring?"""
    return render(request, "imports/import_kinds.html", {"kinds": kinds_for(request.perimeter)})


@login_required
@require_http_methods(["GET", "POST"])
def import_new(request: ReaderRequest, name: str) -> HttpResponse:
    """Drop a file of one kind."""
    kind = kind_get_for(request.perimeter, name)
    if request.method == "GET":
        return _drop_page(request, kind, UploadForm(), options_form(kind, request.GET or None))
    form, options = UploadForm(request.POST, request.FILES), options_form(kind, request.POST)
    if form.is_valid() and (options is None or options.is_valid()):
        try:
            run = import_start(
                perimeter=request.perimeter,
                kind=name,
                stream=form.upload,
                name=form.upload.name or "",
                options=request.POST,
            )
        except FileNotAccepted as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("imports:import_detail", run.pk)
    return _drop_page(request, kind, form, options)


def _drop_page(
    request: HttpRequest, kind: ImportKind, form: Form, options: Form | None
) -> HttpResponse:
    context = {
        "kind": kind, "form": form, "options": options, "limit": settings.UPLOAD_MAX_BYTES,
    }  # fmt: skip
    return render(request, "imports/import_new.html", context)


@login_required
@require_GET
@never_cache
def import_detail(request: ReaderRequest, pk: int) -> HttpResponseBase:
    """What was understood of a file, what it does or has done, what was refused."""
    run = import_get_in(request.perimeter, pk)
    kind = kind_get(run.kind)
    changes, said = changes_page(request, run, kind), messages_page(request, run, kind)
    for page, name in ((changes, "changements"), (said, "messages")):
        if page.wants_export:
            return csv_response(page, f"import-{run.pk}-{name}")
    context = _detail(run, kind, changes, said)
    if run.state == ImportState.APPLIED:
        context["made"] = thing_made(kind, request.perimeter, run.outcome)
    return render(request, "imports/import_detail.html", context)


def _detail(run: Import, kind: ImportKind, changes: Any, said: Any) -> dict[str, Any]:
    return {
        "run": run,
        "kind": kind,
        "made": None,
        "changes": changes,
        "said": said,
        "effect": counts_words(run.counts),
        "understood": understood_lines(run, kind),
        "is_stuck": import_is_stuck(run),
        "is_working": run.state in {ImportState.READING, ImportState.APPLYING},
        "has_effect": any(run.counts.get(verb) for verb in Verb),
        "is_partial": any(run.counts.get(verb, 0) > KEPT_PER_VERB for verb in Verb),
        "job": run.job,
        "progress": job_progress(run.job) if run.job else None,
    }


@login_required
@require_GET
def import_file(request: ReaderRequest, pk: int) -> HttpResponseBase:
    """The file itself, as long as it is kept."""
    run = import_get_in(request.perimeter, pk)
    if run.document is None:
        raise NotFound
    return document_download(run.document)


@login_required
@require_POST
def import_apply(request: ReaderRequest, pk: int) -> HttpResponse:
    """Decide to write what was shown."""
    run = import_get_in(request.perimeter, pk)
    apply(perimeter=request.perimeter, run=run)
    return redirect("imports:import_detail", pk)


@login_required
@require_POST
def import_reread(request: ReaderRequest, pk: int) -> HttpResponse:
    """Read the same file again."""
    run = import_get_in(request.perimeter, pk)
    reread(perimeter=request.perimeter, run=run)
    return redirect("imports:import_detail", pk)


@login_required
@require_POST
def import_cancel(request: ReaderRequest, pk: int) -> HttpResponse:
    """Abandon a file that was not applied."""
    run = import_get_in(request.perimeter, pk)
    cancel(perimeter=request.perimeter, run=run)
    messages.success(request, _("Import abandonné : rien n'a été modifié."))
    return redirect("imports:import_list")
