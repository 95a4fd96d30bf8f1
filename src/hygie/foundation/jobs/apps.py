"""Django's card of this application."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.foundation.jobs"
    label = "jobs"
