"""Django's card of this application."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.programme"
    label = "programme"
