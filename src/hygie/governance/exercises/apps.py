"""Django's card of this application."""

from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.governance.exercises"
    label = "exercises"
