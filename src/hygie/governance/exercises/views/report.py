"""How is a report written, taken out, opened to people without account, and filed?"""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.design.pdf.render import pdf_response
from hygie.foundation.documents.download import attachment_protect
from hygie.foundation.errors import NotFound, Refusal
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.pages.debrief import report_context
from hygie.governance.exercises.retex import retex_of
from hygie.governance.exercises.retex_data import retex_data
from hygie.governance.exercises.retex_forms import ReportLinkForm
from hygie.governance.exercises.retex_paper import board_paper, retex_paper
from hygie.governance.exercises.retex_texts import answer_of
from hygie.governance.exercises.retex_word import board_word, retex_word
from hygie.governance.exercises.selectors.debrief import (
    debrief_get_in,
    report_get_in,
    report_link_open,
)
from hygie.governance.exercises.services.closing import exercise_close
from hygie.governance.exercises.services.people import token_hash
from hygie.governance.exercises.services.report import (
    report_link_issue,
    report_link_revoke,
    report_text_set,
)
from hygie.territory.people.http import HygieRequest

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BOARD_FILES = ("direction.pdf", "direction.docx")
FILES = ("rapport.pdf", "rapport.docx", *BOARD_FILES)


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def report(request: HygieRequest, pk: int) -> HttpResponse:
    """The report, its words free to change until it is closed."""
    exercise = report_get_in(request.perimeter, pk)
    if request.method == "POST":
        try:
            report_text_set(
                perimeter=request.perimeter, exercise=exercise,
                section=request.POST.get("section", ""), text=request.POST.get("text", ""),
            )  # fmt: skip
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("exercises:report", exercise.pk)
    context = report_context(request.perimeter, exercise) | {"link_form": ReportLinkForm()}
    return render(request, "exercises/retex/report.html", context)


@login_required
@require_GET
def report_file(request: HygieRequest, pk: int, name: str) -> HttpResponse:
    """The report as PDF or Word, whole or in two pages."""
    return _file(report_get_in(request.perimeter, pk), name)


@login_required
@require_GET
def report_json(request: HygieRequest, pk: int) -> HttpResponse:
    """Everything that the report says, for a program."""
    exercise = report_get_in(request.perimeter, pk)
    body = json.dumps(retex_data(retex_of(exercise)), ensure_ascii=False, indent=1, default=str)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="retex-{exercise.pk}.json"'
    return attachment_protect(response)


@login_required
@require_POST
def exercise_end(request: HygieRequest, pk: int) -> HttpResponse:
    """Close: the report goes to the proofs, the measurements to the assessment."""
    exercise = debrief_get_in(request.perimeter, pk)
    try:
        done = exercise_close(
            perimeter=request.perimeter, exercise=exercise, paper=retex_paper(retex_of(exercise))
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("exercises:report", exercise.pk)
    messages.success(request, _("Exercice clos : l'évaluation en tient compte."))
    if done.evidence is None:
        messages.warning(request, _("Le rapport n'a pas pu être versé aux preuves d'ici."))
    return redirect("exercises:report", exercise.pk)


@login_required
@require_POST
@never_cache
def report_open(request: HygieRequest, pk: int) -> HttpResponse:
    """Make a link for people without account; it is shown once."""
    exercise = debrief_get_in(request.perimeter, pk)
    form = ReportLinkForm(request.POST)
    if not form.is_valid():
        context = report_context(request.perimeter, exercise) | {"link_form": form}
        return render(request, "exercises/retex/report.html", context, status=422)
    try:
        link, token = report_link_issue(
            perimeter=request.perimeter, exercise=exercise, **form.cleaned_data
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("exercises:report", exercise.pk)
    url = request.build_absolute_uri(reverse("exercises:report_shared", args=[token]))
    context = {"exercise": exercise, "link": link, "url": url}
    return render(request, "exercises/retex/link.html", context)


@login_required
@require_POST
def report_shut(request: HygieRequest, pk: int, link_id: int) -> HttpResponse:
    """Make a link useless."""
    exercise = debrief_get_in(request.perimeter, pk)
    report_link_revoke(perimeter=request.perimeter, exercise=exercise, link_id=link_id)
    messages.success(request, _("Lien fermé."))
    return redirect("exercises:report", exercise.pk)


@require_GET
@never_cache
def report_shared(request: HygieRequest, token: str) -> HttpResponse:
    """The door of those who have no account: what the report says first, and its files."""
    link = report_link_open(token_hash(token), timezone.now())
    context = {
        "exercise": link.exercise,
        "link": link,
        "answer": answer_of(retex_of(link.exercise)),
        "files": [
            (reverse("exercises:report_shared_file", args=[token, name]), name)
            for name in (BOARD_FILES if link.is_board_only else FILES)
        ],
    }
    response = render(request, "exercises/retex/shared.html", context)
    return _unlisted(response)


@require_GET
@never_cache
def report_shared_file(request: HygieRequest, token: str, name: str) -> HttpResponse:
    """A file of the report, by a link."""
    link = report_link_open(token_hash(token), timezone.now())
    if link.is_board_only and name not in BOARD_FILES:
        raise NotFound
    return _unlisted(_file(link.exercise, name))


def _file(exercise: Exercise, name: str) -> HttpResponse:
    if name not in FILES:
        raise NotFound
    retex = retex_of(exercise)
    stem, _dot, kind = name.partition(".")
    is_board = name in BOARD_FILES
    if kind == "pdf":
        paper = board_paper(retex) if is_board else retex_paper(retex)
        return attachment_protect(pdf_response(paper, f"{stem}-exercice-{exercise.pk}"))
    content = board_word(retex) if is_board else retex_word(retex)
    response = HttpResponse(content, content_type=_DOCX)
    response["Content-Disposition"] = f'attachment; filename="{stem}-exercice-{exercise.pk}.docx"'
    return attachment_protect(response)


def _unlisted(response: HttpResponse) -> HttpResponse:
    """The address holds a key: nobody else learns it, and no engine lists it."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
