"""Django's card of this application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.territory.people"
    label = "people"
