"""What a loss costs in care."""

from django.apps import AppConfig


class ImpactConfig(AppConfig):
    """Losses, and ransomware rehearsed."""

    name = "hygie.operations.impact"
    label = "impact"
