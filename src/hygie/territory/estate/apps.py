"""The map of the information system."""

from django.apps import AppConfig


class EstateConfig(AppConfig):
    """Assets, and what ties them."""

    name = "hygie.territory.estate"
    label = "estate"
