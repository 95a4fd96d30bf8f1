"""Django's card of this application."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Names the application and its tables."""

    name = "hygie.territory.organisations"
    label = "organisations"
