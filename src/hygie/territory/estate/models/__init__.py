"""What is the map of an information system made of?

One table of assets whatever their kind, one of links: a kind is a word, so that a page, an import,
a search or an engine follows a tie from care down to a cable without knowing every noun.
"""

from hygie.territory.estate.models.asset import Asset, AssetIdentifier, AssetPart, AssetShare
from hygie.territory.estate.models.link import Link
from hygie.territory.estate.models.work import EstateRevision, LookAlike

__all__ = [
    "Asset",
    "AssetIdentifier",
    "AssetPart",
    "AssetShare",
    "EstateRevision",
    "Link",
    "LookAlike",
]
