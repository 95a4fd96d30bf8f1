"""Which pages follow a job?"""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.jobs.models import Job
from hygie.foundation.jobs.selectors import job_get, job_progress, jobs_of
from hygie.foundation.jobs.services import job_cancel as cancel
from hygie.foundation.jobs.tables import jobs_page
from hygie.foundation.journal.types import Actor, Via


@login_required
@require_GET
def job_list(request: HttpRequest) -> HttpResponseBase:
    """My jobs, newest first."""
    jobs = jobs_page(request, jobs_of(request.user.pk))
    if jobs.wants_export:
        return csv_response(jobs, "travaux")
    return render(request, "jobs/job_list.html", {"jobs": jobs})


@login_required
@require_GET
@never_cache
def job_progress_view(request: HttpRequest, pk: int) -> HttpResponse:
    """One of my jobs; polled, only what changed since `seen`."""
    job = job_get(request.user.pk, pk)
    if request.headers.get("HX-Request"):
        return _beat(request, job, seen=request.GET.get("seen", ""))
    context = {"job": job, "progress": job_progress(job)}
    return render(request, "jobs/job_progress.html", context)


@login_required
@require_POST
def job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one of my jobs to stop."""
    actor = Actor(user_id=request.user.pk, label=request.user.get_username(), via=Via.PAGE)
    job = cancel(actor=actor, pk=pk)
    if request.headers.get("HX-Request"):
        return _beat(request, job, seen="")
    return redirect("jobs:job_progress", pk=pk)


def _beat(request: HttpRequest, job: Job, *, seen: str) -> HttpResponse:
    progress = job_progress(job)
    # A screen reader hears each change of words once, and no figure.
    context = {"job": job, "progress": progress, "is_news": seen != progress.token}
    response = render(request, "jobs/_job_beat.html", context)
    if job.is_finished:
        told = {"jobFinished": {"job": job.pk, "state": job.state}}
        response["HX-Trigger-After-Settle"] = json.dumps(told)
    return response
