"""Django's card of this application."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.foundation.design"
    label = "design"
