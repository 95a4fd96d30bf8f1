"""Django's card of this application."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.overview"
    label = "overview"
