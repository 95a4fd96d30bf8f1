"""Django's card of this application."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.operations.directory"
    label = "directory"
