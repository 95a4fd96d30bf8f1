"""Pages of proofs."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.documents.download import document_download
from hygie.foundation.documents.models import Document
from hygie.foundation.documents.services import document_discard, document_store
from hygie.foundation.errors import Refusal
from hygie.foundation.journal.selectors import journal_of_object
from hygie.programme.selectors import requirement_by_ref, requirement_urns
from hygie.progress import tables
from hygie.progress.forms import EvidenceForm, LinkForm, ReasonForm, RevisionForm
from hygie.progress.imports.evidence import PROOF_TYPES
from hygie.progress.models import Evidence
from hygie.progress.selectors.evidence import (
    evidence_get_in,
    evidence_in,
    revision_get_in,
    revisions_of,
    served_by,
)
from hygie.progress.services.evidence import (
    evidence_add,
    evidence_link,
    evidence_revise,
    evidence_unlink,
    evidence_withdraw,
)
from hygie.territory.organisations.selectors import below, may, organisation_get_in
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth, Right


@login_required
@require_GET
def evidence(request: HygieRequest, organisation_id: int) -> HttpResponse | StreamingHttpResponse:
    """Proofs of a place and of those below it."""
    place = organisation_get_in(request.perimeter, organisation_id, depth=Depth.DETAIL)
    today = timezone.localdate()
    rows = evidence_in(request.perimeter).filter(below(place, "organisation__"))
    table = tables.evidence_table(request, rows, today)
    if table.wants_export:
        return csv_response(table, f"preuves-{place.code}")
    context = {
        "place": place,
        "table": table,
        "today": today,
        "may_record": may(request.perimeter, place, Right.RECORD),
    }
    return render(request, "progress/evidence_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Add a proof, for a requirement when one is named."""
    place = organisation_get_in(
        request.perimeter, organisation_id, depth=Depth.DETAIL, right=Right.RECORD
    )
    asked = request.GET.get("requirement", "")
    requirement = requirement_by_ref(asked) if asked else None
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "file"}
        values["requirement_urns"] = [requirement.urn] if requirement else []
        found = _with_file(
            request, form, lambda document: evidence_add(
                perimeter=request.perimeter, organisation_id=place.pk, document=document, **values
            )
        )  # fmt: skip
        if found is not None:
            messages.success(request, _("Preuve ajoutée ; les états suivent."))
            return redirect("progress:evidence_detail", found.pk)
    context = {"place": place, "form": form, "requirement": requirement, "limit": _limit()}
    return render(request, "progress/evidence_add.html", context, status=_status(form))


@login_required
@require_GET
def detail(request: HygieRequest, pk: int) -> HttpResponse:
    """One proof: dates, file, history, what it serves."""
    return _detail_page(request, evidence_get_in(request.perimeter, pk))


@login_required
@require_POST
def revise(request: HygieRequest, pk: int) -> HttpResponse:
    """Add a revision."""
    row = evidence_get_in(request.perimeter, pk)
    form = RevisionForm(request.POST, request.FILES)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "file"}
        revision = _with_file(
            request, form, lambda document: evidence_revise(
                perimeter=request.perimeter, evidence=row, document=document, **values
            )
        )  # fmt: skip
        if revision is not None:
            messages.success(request, _("Révision ajoutée ; les états suivent."))
            return redirect("progress:evidence_detail", row.pk)
    return _detail_page(request, evidence_get_in(request.perimeter, pk), revision_form=form)


@login_required
@require_POST
def link(request: HygieRequest, pk: int) -> HttpResponse:
    """Let the proof serve more requirements."""
    row = evidence_get_in(request.perimeter, pk)
    form = LinkForm(request.POST)
    if form.is_valid():
        found, unknown = requirement_urns(form.cleaned_data["requirements"])
        if unknown or not found:
            named = ", ".join(unknown) or "—"
            form.add_error("requirements", _("Référence inconnue : %(names)s") % {"names": named})
        else:
            evidence_link(perimeter=request.perimeter, evidence=row, requirement_urns=found)
            messages.success(request, _("Exigences liées."))
            return redirect("progress:evidence_detail", row.pk)
    return _detail_page(request, row, link_form=form)


@login_required
@require_POST
def unlink(request: HygieRequest, pk: int) -> HttpResponse:
    """The proof no longer serves a requirement."""
    row = evidence_get_in(request.perimeter, pk)
    urn = request.POST.get("requirement", "")
    evidence_unlink(perimeter=request.perimeter, evidence=row, requirement_urn=urn)
    messages.success(request, _("Exigence déliée."))
    return redirect("progress:evidence_detail", row.pk)


@login_required
@require_POST
def withdraw(request: HygieRequest, pk: int) -> HttpResponse:
    """Take the proof back."""
    row = evidence_get_in(request.perimeter, pk)
    form = ReasonForm(request.POST, prefix="withdraw")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        evidence_withdraw(perimeter=request.perimeter, evidence=row, reason=reason)
        messages.success(request, _("Preuve retirée ; elle reste au dossier et ne compte plus."))
        return redirect("progress:evidence_detail", row.pk)
    return _detail_page(request, row, withdraw_form=form)


@login_required
@require_GET
def file(request: HygieRequest, pk: int) -> FileResponse:
    """The file of a revision, as a download."""
    revision = revision_get_in(request.perimeter, pk)
    assert revision.document is not None  # noqa: S101  # revision_get_in promises it
    return document_download(revision.document)


def _detail_page(request: HygieRequest, row: Evidence, **filled: Form) -> HttpResponse:
    """The page of a proof, with the one form that came back with its mistakes."""
    forms: dict[str, Form] = {
        "revision_form": RevisionForm(initial={"effective_on": row.effective_on}),
        "withdraw_form": ReasonForm(prefix="withdraw"),
        "link_form": LinkForm(),
    }
    context = {
        "proof": row,
        "place": row.organisation,
        "revisions": revisions_of(row),
        "served": served_by(row),
        "journal": journal_of_object("evidence", row.pk)[:20],
        "today": timezone.localdate(),
        "limit": _limit(),
        "may_record": may(request.perimeter, row.organisation, Right.RECORD)
        and not row.is_withdrawn,
        **forms,
        **filled,
    }
    status = 422 if filled else 200
    return render(request, "progress/evidence_detail.html", context, status=status)


def _with_file(request: HygieRequest, form: Form, write: Any) -> Any:
    """What `write(document)` gives; None once the form tells why it was refused."""
    document: Document | None = None
    upload = request.FILES.get("file")
    try:
        if upload is not None:
            document = document_store(
                stream=upload, name=upload.name or "", allowed=PROOF_TYPES,
                actor=request.perimeter.actor,
            )  # fmt: skip
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return None
    try:
        return write(document)
    except Refusal as refusal:
        if document is not None:
            document_discard(document)
        if refusal.status != 400:
            raise
        form.add_error(None, str(refusal))
        return None


def _limit() -> int:
    return int(settings.UPLOAD_MAX_BYTES)


def _status(form: Form) -> int:
    return 422 if form.errors else 200
