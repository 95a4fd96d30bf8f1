"""Django's card of this application."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.foundation.live"
    label = "live"
