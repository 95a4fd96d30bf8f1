"""What is an exercise made of besides its timeline: objectives, variables, settings?"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.errors import NotFound, Refusal
from hygie.governance.exercises.catalogue import variable_labels
from hygie.governance.exercises.choices import ExerciseKind
from hygie.governance.exercises.forms import ObjectiveForm, SettingsForm, ShareForm
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.pages.parts import objectives_context, variables_context
from hygie.governance.exercises.pages.tabs import tabs_of
from hygie.governance.exercises.selectors.exercises import objective_get
from hygie.governance.exercises.selectors.plans import plan_choices
from hygie.governance.exercises.selectors.requirements import (
    requirement_names,
    requirement_suggestions,
)
from hygie.governance.exercises.services.design import exercise_edit
from hygie.governance.exercises.services.design_cells import (
    objective_add,
    objective_edit,
    objective_remove,
    variables_set,
)
from hygie.governance.exercises.services.script import script_is_open
from hygie.governance.exercises.views.access import designed
from hygie.programme.selectors import requirement_urns
from hygie.territory.people.http import HygieRequest


@login_required
@require_http_methods(["GET", "POST"])
def objective_list(request: HygieRequest, pk: int) -> HttpResponse:
    """What the exercise must prove; add, change."""
    exercise = designed(request, pk)
    edited = request.GET.get("objectif", "")
    row = objective_get(exercise, int(edited)) if edited.isdecimal() else None
    form = ObjectiveForm(plan_choices(), request.POST or None, initial=_objective_initial(row))
    if request.method == "POST" and form.is_valid():
        try:
            values = _objective_values(form)
            if values is not None:
                _objective_save(request, exercise, row, values)
                return redirect("exercises:objective_list", exercise.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = objectives_context(request.perimeter, exercise) | {"form": form, "edited": row}
    status = 422 if form.errors else 200
    return render(request, "exercises/objective_list.html", context, status=status)


def _objective_initial(row: Any) -> dict[str, str]:
    if row is None:
        return {}
    named = requirement_names([row.requirement]).get(row.requirement, "")
    reference = named.partition(" – ")[0] or row.requirement
    return {
        "title": row.title, "requirement": reference, "competence": row.competence,
        "plan": row.plan,
    }  # fmt: skip


def _objective_values(form: ObjectiveForm) -> dict[str, str] | None:
    """What the service takes; None when the form says what is wrong."""
    said = dict(form.cleaned_data)
    # A suggestion is written with its title.
    reference = said["requirement"].partition(" – ")[0].strip()
    if reference:
        found, unknown = requirement_urns(reference)
        if unknown or len(found) != 1:
            form.add_error(
                "requirement", _("Référence inconnue : %(names)s") % {"names": reference}
            )
            return None
        said["requirement"] = found[0]
    return said


def _objective_save(
    request: HygieRequest, exercise: Exercise, row: Any, values: dict[str, str]
) -> None:
    if row is None:
        objective_add(perimeter=request.perimeter, exercise=exercise, **values)
    else:
        objective_edit(
            perimeter=request.perimeter, exercise=exercise, objective_id=row.pk, **values
        )


@login_required
@require_POST
def objective_act(request: HygieRequest, pk: int, objective_id: int) -> HttpResponse:
    """Take an objective away."""
    exercise = designed(request, pk)
    objective_remove(perimeter=request.perimeter, exercise=exercise, objective_id=objective_id)
    return redirect("exercises:objective_list", exercise.pk)


@login_required
@require_GET
def requirement_search(request: HygieRequest) -> HttpResponse:
    """Requirements that hold some words, to choose from while one types."""
    found = requirement_suggestions(request.GET.get("requirement", "")[:100])
    if request.htmx:
        return render(request, "exercises/_requirements.html", {"found": found})
    return JsonResponse({"found": found})


@login_required
@require_http_methods(["GET", "POST"])
def variable_list(request: HygieRequest, pk: int) -> HttpResponse:
    """What the words of the script stand for here."""
    exercise = designed(request, pk)
    if request.method == "POST":
        names, values = request.POST.getlist("name"), request.POST.getlist("value")
        if len(names) != len(values):
            raise NotFound
        try:
            variables_set(
                perimeter=request.perimeter, exercise=exercise,
                variables=dict(zip(names, values, strict=True)),
            )  # fmt: skip
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Variables enregistrées."))
        return redirect("exercises:variable_list", exercise.pk)
    context = variables_context(exercise, variable_labels(exercise.language))
    return render(request, "exercises/variable_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def exercise_settings(request: HygieRequest, pk: int) -> HttpResponse:
    """What the exercise says of itself; share a model; call off, copy, erase."""
    exercise = designed(request, pk)
    form = SettingsForm(exercise, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            exercise_edit(perimeter=request.perimeter, exercise=exercise, values=form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Réglages enregistrés."))
            return redirect("exercises:exercise_settings", exercise.pk)
    sites = [site.organisation for site in exercise.sites.select_related("organisation")]
    context = {
        "exercise": exercise,
        "place": exercise.organisation,
        "sites": ", ".join(one.code for one in sites),
        "site_names": [one.name for one in sites],
        "tabs": tabs_of(exercise, "exercises:exercise_settings"),
        "form": form,
        "share": ShareForm(initial={"sharing": exercise.sharing}),
        "is_model": exercise.kind == ExerciseKind.TEMPLATE,
        "is_open": script_is_open(exercise),
    }
    status = 422 if form.errors else 200
    return render(request, "exercises/exercise_settings.html", context, status=status)
