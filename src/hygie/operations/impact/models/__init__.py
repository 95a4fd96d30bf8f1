"""Which losses were saved or ranked, which attacks were rehearsed, with which parameters?

The map itself is not copied: an answer holds the revision of the map it was computed from, and a
page says when the map has changed since.
"""

from hygie.operations.impact.models.losses import LossRanking, LossScenario, RankedLoss
from hygie.operations.impact.models.rehearsals import ImpactParameter, RansomwareRehearsal

__all__ = [
    "ImpactParameter",
    "LossRanking",
    "LossScenario",
    "RankedLoss",
    "RansomwareRehearsal",
]
