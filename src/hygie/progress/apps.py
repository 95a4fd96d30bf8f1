"""Django's card of this application."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.progress"
    label = "progress"
