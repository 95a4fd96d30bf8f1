"""Which exercise does this establishment's own map give?"""

from dataclasses import fields
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from hygie.foundation.errors import NotFound, Refusal
from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.selectors import job_get, job_progress
from hygie.governance.exercises.forms import GenerateForm
from hygie.governance.exercises.policies import may_attack
from hygie.governance.exercises.services.generated import (
    ATTACK,
    Offer,
    Wanted,
    losses_offered,
    map_is_large,
)
from hygie.governance.exercises.services.generated import exercise_generate as generate
from hygie.governance.exercises.tasks import GENERATION, generation_launch
from hygie.governance.exercises.views.access import designed_place
from hygie.governance.exercises.words import LOSSES
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import depth_at
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Depth


@login_required
@require_http_methods(["GET", "POST"])
def exercise_generate(request: HygieRequest, organisation_id: int) -> HttpResponse:
    """Choose what is lost, for whom, how long: the script is drawn from the map."""
    place = designed_place(request, organisation_id)
    if depth_at(request.perimeter, place) < Depth.DETAIL:
        # Exercises of a region are its own; the maps below it are not.
        raise NotFound
    followed = request.GET.get("travail", "")
    if followed.isascii() and followed.isdecimal() and len(followed) < 19:
        return _followed(request, place, int(followed))
    text = request.GET.get("q", "")[:100].replace("\x00", "")
    offers = losses_offered(request.perimeter, place, text)
    attacks = may_attack(request.perimeter, place)
    language = (get_language() or "fr")[:2]
    form = GenerateForm(
        _choices(offers, attacks=attacks), request.POST or None, initial={"language": language}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        wanted = Wanted(**{one.name: said[one.name] for one in fields(Wanted)})
        if map_is_large(request.perimeter, place):
            job = generation_launch(
                perimeter=request.perimeter, place=place, wanted=wanted,
                planned_at=said["planned_at"],
            )  # fmt: skip
            return redirect(f"{request.path}?travail={job.pk}")
        try:
            made = generate(
                perimeter=request.perimeter, place=place, wanted=wanted,
                planned_at=said["planned_at"],
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Scénario tiré de votre carte : tout s'y modifie."))
            return redirect("exercises:exercise_prepare", made.pk)
    context = {"place": place, "form": form, "q": text, "is_empty": not offers and not text}
    status = 422 if form.errors else 200
    return render(request, "exercises/exercise_generate.html", context, status=status)


def _followed(request: HygieRequest, place: Organisation, pk: int) -> HttpResponse:
    """Where the worker is; once it has written the script, the script itself."""
    job = job_get(request.user.pk, pk)
    if job.kind != GENERATION or job.organisation_id != place.pk:
        raise NotFound
    if job.state == JobState.DONE:
        messages.success(request, _("Scénario tiré de votre carte : tout s'y modifie."))
        there = job.result_url
        return HttpResponseClientRedirect(there) if request.htmx else redirect(there)
    context = {"place": place, "job": job, "progress": job_progress(job)}
    return render(request, "exercises/exercise_generating.html", context)


def _choices(offers: list[Offer], *, attacks: bool) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    if attacks:
        found.append((ATTACK, _("une attaque par rançongiciel, tirée sur la carte")))
    for family, group in groupby(offers, key=lambda one: one.family):
        words = str(LOSSES[family])
        found.append((words, [(one.value, one.name or words) for one in group]))
    return found
