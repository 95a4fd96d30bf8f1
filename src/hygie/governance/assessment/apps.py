"""Django's card of this application."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.governance.assessment"
    label = "assessment"
