"""Django's card of this application."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.shell"
    label = "shell"
