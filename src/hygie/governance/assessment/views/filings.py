"""When did this candidate file?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hygie.foundation.errors import Refusal
from hygie.governance.assessment.forms import FilingForm
from hygie.governance.assessment.policies import may_file
from hygie.governance.assessment.selectors.asked import domain_by_code
from hygie.governance.assessment.selectors.questionnaires import filings_of
from hygie.governance.assessment.services.filings import filing_record
from hygie.programme.selectors import domains
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.people.http import HygieRequest


@login_required
@require_http_methods(["GET", "POST"])
def filings(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Filing dates, domain by domain; a post changes one of them."""
    place = organisation_get_in(request.perimeter, organisation_id)
    code = request.POST.get("domain", "")
    known = filings_of(request.perimeter, place)
    forms = []
    for domain in domains():
        filing = known.get(domain.pk)
        initial = (
            {"applied_on": filing.applied_on, "attained_on": filing.attained_on} if filing else {}
        )
        data = request.POST if code == domain.code else None
        forms.append((domain, FilingForm(data, prefix=domain.code, initial=initial)))
    for domain, form in forms:
        if form.is_bound and form.is_valid() and _saved(request, place.pk, domain.code, form):
            return redirect("assessment:filings", place.pk)
    context = {"place": place, "forms": forms, "may_file": may_file(request.perimeter, place)}
    return render(request, "assessment/filings.html", context)


def _saved(request: HygieRequest, organisation_id: int, code: str, form: FilingForm) -> bool:
    try:
        filing_record(
            perimeter=request.perimeter,
            organisation_id=organisation_id,
            domain=domain_by_code(code),
            applied_on=form.cleaned_data["applied_on"],
            attained_on=form.cleaned_data["attained_on"],
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Dates enregistrées : les états suivent."))
    return True
