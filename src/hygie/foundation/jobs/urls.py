"""Addresses of this capability."""

from django.urls import path

from hygie.foundation.jobs.views import job_cancel, job_list, job_progress_view

app_name = "jobs"
urlpatterns = [
    path("", job_list, name="job_list"),
    path("<int:pk>/", job_progress_view, name="job_progress"),
    path("<int:pk>/annuler", job_cancel, name="job_cancel"),
]
