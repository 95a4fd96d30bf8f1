"""Django's card of this application."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.foundation.imports"
    label = "imports"
