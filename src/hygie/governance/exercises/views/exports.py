"""How does an exercise leave the page: on paper, in a sheet, for another tool, for calendars?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from hygie.foundation.design.pdf.render import pdf_response
from hygie.foundation.documents.download import attachment_protect
from hygie.foundation.errors import NotFound
from hygie.governance.exercises.choices import ExerciseKind
from hygie.governance.exercises.exports import script_cexf, script_xlsx
from hygie.governance.exercises.invitations import exercise_calendar
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.paper import players_kit, staff_kit
from hygie.governance.exercises.selectors.exercises import participants_of
from hygie.governance.exercises.views.access import designed
from hygie.territory.people.http import HygieRequest

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_GET
def kit_staff(request: HygieRequest, pk: int) -> HttpResponse:
    """The folder of the staff."""
    exercise = designed(request, pk)
    return attachment_protect(pdf_response(staff_kit(exercise), _name(exercise, "animation")))


@login_required
@require_GET
def kit_players(request: HygieRequest, pk: int) -> HttpResponse:
    """The folder of the players."""
    exercise = designed(request, pk)
    return attachment_protect(pdf_response(players_kit(exercise), _name(exercise, "joueurs")))


@login_required
@require_GET
def export_xlsx(request: HygieRequest, pk: int) -> HttpResponse:
    """The timeline in a workbook; `?pour=joueurs` without what is the staff's."""
    exercise = designed(request, pk)
    for_players = request.GET.get("pour") == "joueurs"
    content = script_xlsx(exercise, for_players=for_players)
    name = _name(exercise, "joueurs" if for_players else "chronogramme")
    return _download(content, f"{name}.xlsx", _XLSX)


@login_required
@require_GET
def export_cexf(request: HygieRequest, pk: int) -> HttpResponse:
    """The script for another tool."""
    exercise = designed(request, pk)
    return _download(
        script_cexf(exercise), f"{_name(exercise, 'cexf')}.json", "application/json; charset=utf-8"
    )


@login_required
@require_GET
def export_ics(request: HygieRequest, pk: int) -> HttpResponse:
    """The day of the exercise for calendars, with all whom it invites."""
    exercise = designed(request, pk)
    if exercise.kind != ExerciseKind.RUN:
        raise NotFound
    content = exercise_calendar(
        exercise, list(participants_of(exercise)), host=request.get_host(),
        url=_page(request, exercise),
    )  # fmt: skip
    return _download(content, f"{_name(exercise, 'agenda')}.ics", "text/calendar; charset=utf-8")


def _page(request: HttpRequest, exercise: Exercise) -> str:
    return request.build_absolute_uri(reverse("exercises:exercise_detail", args=[exercise.pk]))


def _name(exercise: Exercise, what: str) -> str:
    return f"EXERCICE-{slugify(exercise.title)[:60] or exercise.pk}-{what}"


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return attachment_protect(response)
