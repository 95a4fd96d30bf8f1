"""What is decided of a whole exercise: ready, called off, copied, shared, erased?"""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hygie.foundation.errors import NotFound, Refusal
from hygie.governance.exercises.choices import ExerciseKind
from hygie.governance.exercises.errors import ActUnknown
from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.services.design import (
    exercise_cancel,
    exercise_copy,
    exercise_ready,
    exercise_remove,
    exercise_reopen,
    exercise_sites_set,
    template_share,
)
from hygie.governance.exercises.views.access import designed
from hygie.territory.organisations.selectors import organisation_by_code
from hygie.territory.people.http import HygieRequest

_MOST_SITES = 200
_PREPARE, _SETTINGS = "exercises:exercise_prepare", "exercises:exercise_settings"


@login_required
@require_POST
def exercise_act(request: HygieRequest, pk: int) -> HttpResponse:
    """Do what the button says; a refusal is told where one was."""
    exercise = designed(request, pk)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise ActUnknown
    try:
        return act(request, exercise)
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(_PREPARE, exercise.pk)


def _ready(request: HygieRequest, exercise: Exercise) -> HttpResponse:
    exercise_ready(perimeter=request.perimeter, exercise=exercise)
    messages.success(request, _("L'exercice est prêt."))
    return redirect(_PREPARE, exercise.pk)


def _reopen(request: HygieRequest, exercise: Exercise) -> HttpResponse:
    exercise_reopen(perimeter=request.perimeter, exercise=exercise)
    return redirect(_PREPARE, exercise.pk)


def _cancel(request: HygieRequest, exercise: Exercise) -> HttpResponse:
    reason = request.POST.get("reason", "")
    exercise_cancel(perimeter=request.perimeter, exercise=exercise, reason=reason)
    messages.success(request, _("L'exercice est annulé ; les agendas des participants suivront."))
    return redirect(_PREPARE, exercise.pk)


def _template(request: HygieRequest, exercise: Exercise) -> HttpResponse:
    return _copied(request, exercise, ExerciseKind.TEMPLATE)


def _again(request: HygieRequest, exercise: Exercise) -> HttpResponse:
    return _copied(request, exercise, ExerciseKind.RUN)


def _copied(request: HygieRequest, exercise: Exercise, kind: ExerciseKind) -> HttpResponse:
    assert exercise.organisation_id is not None  # noqa: S101  # one's own, hence someone's
    made = exercise_copy(
        perimeter=request.perimeter, organisation_id=exercise.organisation_id, source=exercise,
        kind=kind,
    )  # fmt: skip
    messages.success(request, _("Copie faite : vous y êtes."))
    return redirect(_PREPARE, made.pk)


def _share(request: HygieRequest, exercise: Exercise) -> HttpResponse:
    sharing = request.POST.get("sharing", "")
    template_share(perimeter=request.perimeter, template=exercise, sharing=sharing)
    messages.success(request, _("C'est fait."))
    return redirect(_SETTINGS, exercise.pk)


def _sites(request: HygieRequest, exercise: Exercise) -> HttpResponse:
    codes = request.POST.get("sites", "").replace(";", ",").split(",")
    told = [code.strip() for code in codes if code.strip()][:_MOST_SITES]
    found = [organisation_by_code(request.perimeter, code).pk for code in told]
    exercise_sites_set(perimeter=request.perimeter, exercise=exercise, organisation_ids=found)
    messages.success(request, _("C'est fait."))
    return redirect(_SETTINGS, exercise.pk)


def _remove(request: HygieRequest, exercise: Exercise) -> HttpResponse:
    place = exercise.organisation_id
    exercise_remove(perimeter=request.perimeter, exercise=exercise)
    messages.success(request, _("Effacé."))
    return redirect("exercises:exercise_list", place)


_ACTS: dict[str, Callable[[HygieRequest, Exercise], HttpResponse]] = {
    "ready": _ready,
    "reopen": _reopen,
    "cancel": _cancel,
    "template": _template,
    "again": _again,
    "share": _share,
    "sites": _sites,
    "remove": _remove,
}
