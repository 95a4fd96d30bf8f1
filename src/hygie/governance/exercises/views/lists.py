"""Which exercises are there, and how does one begin?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.errors import Refusal
from hygie.governance.exercises.catalogue import Kind, kind_titles
from hygie.governance.exercises.choices import ExerciseKind
from hygie.governance.exercises.forms import BlankForm, StartForm
from hygie.governance.exercises.pages.lists import card_context, list_context, model_context
from hygie.governance.exercises.policies import may_design, may_read_plans
from hygie.governance.exercises.selectors.exercises import (
    exercise_get_in,
    exercises_below,
    script_ids_in,
)
from hygie.governance.exercises.selectors.library import (
    kind_of_place,
    library_at,
    model_get_at,
)
from hygie.governance.exercises.services.design import (
    blank_scenario,
    exercise_copy,
    exercise_create,
)
from hygie.governance.exercises.tables import exercises_table, library_table
from hygie.governance.exercises.views.access import designed_place, readable_place
from hygie.territory.people.http import HygieRequest


@login_required
@require_GET
def exercise_list(request: HygieRequest, organisation_id: int) -> HttpResponseBase:
    """Exercises of a place: when, how ready."""
    place = readable_place(request, organisation_id)
    table = exercises_table(request, exercises_below(request.perimeter, place))
    if table.wants_export:
        return csv_response(table, f"exercices-{place.code}")
    context = list_context(request.perimeter, place, timezone.now())
    context |= {
        "table": table,
        "may_design": may_design(request.perimeter, place),
        "may_read_plans": may_read_plans(request.perimeter, place),
        "designed": script_ids_in(request.perimeter, table.page_rows),
    }
    return render(request, "exercises/exercise_list.html", context)


@login_required
@require_GET
def exercise_detail(request: HygieRequest, pk: int) -> HttpResponse:
    """One exercise: when, where, how ready; the doors that are open to the reader."""
    exercise = exercise_get_in(request.perimeter, pk)
    return render(
        request, "exercises/exercise_detail.html", card_context(request.perimeter, exercise)
    )


@login_required
@require_GET
def library(request: HygieRequest, organisation_id: int) -> HttpResponseBase:
    """Models to start from; at first in the reader's language, for this kind of place."""
    place = designed_place(request, organisation_id)
    language = (get_language() or "fr")[:2]
    kind = kind_of_place(place)
    if not request.GET:
        query = f"?language={language}" + (f"&kind={kind}" if kind else "")
        return redirect(f"{request.path}{query}")
    titles = [(one.value, title) for one, title in kind_titles(language).items()]
    rows = library_at(request.perimeter, place)
    table = library_table(request, rows, language, titles)
    context = {
        "place": place,
        "table": table,
        "kinds": {one.value: title for one, title in kind_titles(language).items()},
        "suited": kind.value if isinstance(kind, Kind) else "",
    }
    return render(request, "exercises/library.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def library_model(request: HygieRequest, organisation_id: int, pk: int) -> HttpResponse:
    """What a model holds, and the exercise made from it in one click."""
    place = designed_place(request, organisation_id)
    model = model_get_at(request.perimeter, place, pk)
    form = StartForm(request.POST or None, initial={"title": model.title})
    if request.method == "POST" and form.is_valid():
        try:
            made = exercise_copy(
                perimeter=request.perimeter, organisation_id=place.pk, source=model,
                title=form.cleaned_data["title"], planned_at=form.cleaned_data["planned_at"],
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Exercice préparé : tout s'y modifie."))
            return redirect("exercises:exercise_prepare", made.pk)
    context = model_context(request.perimeter, place, model) | {"form": form}
    return render(
        request, "exercises/library_model.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def exercise_add(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Begin with an empty timeline."""
    place = designed_place(request, organisation_id)
    language = (get_language() or "fr")[:2]
    form = BlankForm(request.POST or None, initial={"language": language})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = exercise_create(
                perimeter=request.perimeter, organisation_id=place.pk,
                scenario=blank_scenario(said["title"], said["language"]),
                kind=ExerciseKind.TEMPLATE if said["is_model"] else ExerciseKind.RUN,
                planned_at=said["planned_at"],
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("exercises:exercise_prepare", made.pk)
    context = {"place": place, "form": form}
    return render(
        request, "exercises/exercise_add.html", context, status=422 if form.errors else 200
    )
