"""Reads of the territory. Those of the perimeter, which everyone needs, are named here."""

from hygie.territory.organisations.selectors.perimeters import (
    ancestor_ids,
    below,
    depth_at,
    may,
    organisation_by_code,
    organisation_get_in,
    organisations_in,
    perimeter_filter,
)

__all__ = [
    "ancestor_ids",
    "below",
    "depth_at",
    "may",
    "organisation_by_code",
    "organisation_get_in",
    "organisations_in",
    "perimeter_filter",
]
