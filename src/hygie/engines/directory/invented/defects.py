"""Which defects can be planted? One for each point of the catalogue, and ways to tier 0."""

from collections.abc import Mapping

from hygie.engines.directory.invented.defects_of_accounts import OF_ACCOUNTS
from hygie.engines.directory.invented.defects_of_rights import OF_RIGHTS
from hygie.engines.directory.invented.defects_of_settings import OF_SETTINGS
from hygie.engines.directory.invented.planted_paths import PATHS
from hygie.engines.directory.invented.types import Defect

DEFECTS: Mapping[str, Defect] = {**OF_RIGHTS, **OF_ACCOUNTS, **OF_SETTINGS, **PATHS}
"""By key: the identifier of a point for the defect that fails it, `path_…` for a way to tier 0."""
