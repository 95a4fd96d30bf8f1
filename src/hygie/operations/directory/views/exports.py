"""How does an audit leave the page: on paper, for a program, for an expert, as a proof?"""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hygie.foundation.design.pdf.render import pdf_response
from hygie.foundation.documents.download import attachment_protect
from hygie.foundation.errors import NotFound
from hygie.operations.directory.anonymous import anonymous_file
from hygie.operations.directory.paper import audit_paper
from hygie.operations.directory.policies import may_export
from hygie.operations.directory.report import audit_as_data
from hygie.operations.directory.selectors.audits import audit_done_in
from hygie.operations.directory.services.proofs import audit_prove as prove
from hygie.territory.people.http import HygieRequest


@login_required
@require_GET
def audit_pdf(request: HygieRequest, pk: int) -> HttpResponse:
    """The audit on paper."""
    audit = audit_done_in(request.perimeter, pk)
    return attachment_protect(pdf_response(audit_paper(audit), f"annuaire-{audit.pk}"))


@login_required
@require_GET
def audit_json(request: HygieRequest, pk: int) -> HttpResponse:
    """Everything that was decided, for a program."""
    audit = audit_done_in(request.perimeter, pk)
    if not may_export(request.perimeter, audit.organisation):
        raise NotFound
    body = json.dumps(audit_as_data(audit), ensure_ascii=False, indent=1, default=str)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="annuaire-{audit.pk}.json"'
    return attachment_protect(response)


@login_required
@require_GET
def audit_anonymous(request: HygieRequest, pk: int) -> HttpResponseBase:
    """The same directory under other names, for an expert outside."""
    audit = audit_done_in(request.perimeter, pk)
    if not may_export(request.perimeter, audit.organisation):
        raise NotFound
    response = FileResponse(
        anonymous_file(audit),
        as_attachment=True,
        filename=f"annuaire-{audit.pk}-anonyme.zip",
        content_type="application/zip",
    )
    return attachment_protect(response)


@login_required
@require_POST
def audit_prove(request: HygieRequest, pk: int) -> HttpResponse:
    """File the report among the proofs."""
    audit = audit_done_in(request.perimeter, pk)
    proof = prove(perimeter=request.perimeter, audit=audit, paper=audit_paper(audit))
    messages.success(request, _("Rapport versé aux preuves."))
    return redirect("progress:evidence_detail", proof.pk)
