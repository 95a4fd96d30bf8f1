"""What people said of the columns of their sheets."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Column mappings, whatever the sheets are about."""

    name = "hygie.territory.sheets"
    label = "sheets"
