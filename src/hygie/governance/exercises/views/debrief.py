"""What was learnt, who closes it, and how far was each objective reached?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hygie.foundation.errors import NotFound, Refusal
from hygie.governance.exercises.choices import When
from hygie.governance.exercises.models import Exercise, Lesson
from hygie.governance.exercises.pages.debrief import (
    debrief_context,
    lessons_context,
    maturity_context,
)
from hygie.governance.exercises.retex_forms import LessonActionForm, LessonForm
from hygie.governance.exercises.selectors.debrief import debrief_get_in, lessons_of
from hygie.governance.exercises.selectors.exercises import script_get_in
from hygie.governance.exercises.selectors.people import accounts_to_answer
from hygie.governance.exercises.services.debrief import (
    lesson_act,
    lesson_add,
    lesson_edit,
    lesson_remove,
    lesson_share,
)
from hygie.governance.exercises.services.marks import objective_mark
from hygie.governance.exercises.services.maturity import maturity_answer
from hygie.territory.people.http import HygieRequest


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def debrief(request: HygieRequest, pk: int) -> HttpResponse:
    """Lessons as they are said, marks of the objectives."""
    exercise = debrief_get_in(request.perimeter, pk)
    form = _lesson_form(request, exercise)
    if request.method == "POST" and form.is_valid():
        try:
            lesson_add(perimeter=request.perimeter, exercise=exercise, **form.values)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("exercises:debrief", exercise.pk)
    context = debrief_context(exercise) | {"form": form}
    return render(
        request, "exercises/retex/debrief.html", context, status=422 if form.errors else 200
    )


@login_required
@require_GET
@never_cache
def lesson_list(request: HygieRequest, pk: int) -> HttpResponse:
    """The list alone, read again while several people write."""
    exercise = debrief_get_in(request.perimeter, pk)
    return render(request, "exercises/retex/_lessons.html", lessons_context(exercise))


@login_required
@require_http_methods(["GET", "POST"])
def lesson_change(request: HygieRequest, pk: int, lesson_id: int) -> HttpResponse:
    """Say a lesson better, take it back, share it."""
    exercise = debrief_get_in(request.perimeter, pk)
    lesson = _lesson(exercise, lesson_id)
    act = request.POST.get("act", "")
    if act in {"share", "unshare", "remove"}:
        try:
            if act == "remove":
                lesson_remove(perimeter=request.perimeter, exercise=exercise, lesson_id=lesson.pk)
            else:
                lesson_share(
                    perimeter=request.perimeter, exercise=exercise, lesson_id=lesson.pk,
                    is_shared=act == "share",
                )  # fmt: skip
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("exercises:debrief", exercise.pk)
    form = _lesson_form(request, exercise, lesson)
    if request.method == "POST" and form.is_valid():
        try:
            lesson_edit(
                perimeter=request.perimeter, exercise=exercise, lesson_id=lesson.pk, **form.values
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("exercises:debrief", exercise.pk)
    context = {"exercise": exercise, "form": form, "heading": _("Modifier le constat")}
    return render(request, "exercises/retex/form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def lesson_action(request: HygieRequest, pk: int, lesson_id: int) -> HttpResponse:
    """Promise what closes a gap."""
    exercise = debrief_get_in(request.perimeter, pk)
    lesson = _lesson(exercise, lesson_id)
    form = LessonActionForm(
        accounts_to_answer(request.perimeter, exercise),
        request.POST or None,
        initial={"title": lesson.text[:250]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            lesson_act(
                perimeter=request.perimeter, exercise=exercise, lesson_id=lesson.pk, **form.values
            )
        except NotFound:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Action créée : elle est suivie avec les autres."))
            return redirect("exercises:debrief", exercise.pk)
    context = {"exercise": exercise, "form": form, "heading": _("En faire une action"),
               "lesson": lesson}  # fmt: skip
    return render(request, "exercises/retex/form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def mark_give(request: HygieRequest, pk: int) -> HttpResponse:
    """Keep the marks of the page: official and of each cell."""
    exercise = debrief_get_in(request.perimeter, pk)
    try:
        for name in request.POST:
            given = request.POST.get(name, "")
            kind, _sep, rest = name.partition("-")
            if kind != "mark":
                continue
            objective_id, cell_id = _ids(rest)
            if given not in {"", "0", "1", "2", "3"}:
                raise NotFound
            objective_mark(
                perimeter=request.perimeter, exercise=exercise, objective_id=objective_id,
                cell_id=cell_id, value=int(given) if given else None,
            )  # fmt: skip
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Notes enregistrées."))
    return redirect("exercises:debrief", exercise.pk)


@login_required
@require_http_methods(["GET", "POST"])
def maturity(request: HygieRequest, pk: int, when: str) -> HttpResponse:
    """The self-assessment of crisis maturity, before or after."""
    exercise = script_get_in(request.perimeter, pk)
    if when not in When.values:
        raise NotFound
    if request.method == "POST":
        answers = {
            name.removeprefix("item-"): None if value == "unknown" else int(value)
            for name in request.POST
            if name.startswith("item-")
            and ((value := request.POST.get(name, "")) == "unknown" or value.isdecimal())
        }
        try:
            maturity_answer(
                perimeter=request.perimeter, exercise=exercise, when=when, answers=answers
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Auto-évaluation enregistrée."))
        return redirect("exercises:maturity", exercise.pk, when)
    return render(request, "exercises/retex/maturity.html", maturity_context(exercise, when))


def _lesson_form(
    request: HygieRequest, exercise: Exercise, lesson: Lesson | None = None
) -> LessonForm:
    initial = {}
    if lesson is not None:
        initial = {"kind": lesson.kind, "text": lesson.text, "cell": lesson.cell_id,
                   "objective": lesson.objective_id}  # fmt: skip
    return LessonForm(
        list(exercise.cells.values_list("pk", "name")),
        list(exercise.objectives.values_list("pk", "title")),
        request.POST or None,
        initial=initial,
    )


def _lesson(exercise: Exercise, pk: int) -> Lesson:
    found = lessons_of(exercise).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _ids(text: str) -> tuple[int, int | None]:
    objective, _sep, cell = text.partition("-")
    if not objective.isdecimal() or (cell and not cell.isdecimal()):
        raise NotFound
    return int(objective), int(cell) if cell else None
