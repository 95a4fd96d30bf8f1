"""Django's card of this application."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.foundation.journal"
    label = "journal"
