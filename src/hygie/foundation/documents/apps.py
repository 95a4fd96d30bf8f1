"""Django's card of this application."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.foundation.documents"
    label = "documents"
