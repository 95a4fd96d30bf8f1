"""How does a player, with an account or by a link, answer the questionnaire?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hygie.foundation.errors import NotFound, Refusal
from hygie.governance.exercises.catalogue_questions import QuestionKind
from hygie.governance.exercises.choices import ExerciseState
from hygie.governance.exercises.pages.debrief import questions_by_key, survey_context
from hygie.governance.exercises.selectors.seats import Seat
from hygie.governance.exercises.services.survey import survey_answer
from hygie.governance.exercises.views.seats import seated
from hygie.territory.people.http import HygieRequest


@seated
@require_http_methods(["GET", "POST"])
@never_cache
def survey(request: HygieRequest, seat: Seat) -> HttpResponse:
    """Twelve questions, once; what is promised about names is said first."""
    if seat.participant is None or not seat.is_player:
        raise NotFound
    if request.method == "POST":
        try:
            survey_answer(
                participant=seat.participant, answers=_answers(request), marks=_marks(request)
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Merci : vos réponses sont enregistrées."))
        return redirect(request.path)
    context = survey_context(seat.exercise) | {
        "has_answered": seat.participant.has_answered,
        "is_survey_open": seat.exercise.state == ExerciseState.ENDED,
    }
    return render(request, "exercises/retex/survey.html", context)


def _answers(request: HygieRequest) -> dict[str, int | str]:
    found: dict[str, int | str] = {}
    for key, question in questions_by_key().items():
        said = request.POST.get(f"q-{key}", "").strip()
        if question.kind is QuestionKind.SCALE:
            if said.isdecimal():
                found[key] = int(said)
        elif said:
            found[key] = said
    return found


def _marks(request: HygieRequest) -> dict[int, int]:
    return {
        int(name.removeprefix("mark-")): int(value)
        for name in request.POST
        if name.startswith("mark-")
        and name.removeprefix("mark-").isdecimal()
        and (value := request.POST.get(name, "")).isdecimal()
    }
