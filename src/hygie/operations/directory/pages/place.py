"""What does the list of audits of a place say first?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.operations.directory.models import DirectoryAudit, Forest
from hygie.operations.directory.selectors.audits import forests_in
from hygie.operations.directory.selectors.forests import SharedPoint
from hygie.operations.directory.words import level_sentence
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import below
from hygie.territory.perimeter import Perimeter

# As the indicator `ads.level`: an older audit no longer says where one stands.
FRESH_DAYS = 180


@dataclass(frozen=True, slots=True)
class ForestCard:
    """One forest by its latest audit."""

    forest: Forest
    audit: DirectoryAudit
    is_stale: bool

    @property
    def sentence(self) -> str:
        """Its level in words."""
        return audit_sentence(self.audit)


def audit_sentence(audit: DirectoryAudit) -> str:
    """The level of a finished audit in words."""
    if audit.level_at_best is None or audit.level_at_worst is None:
        return _("Niveau indéterminé.")
    return level_sentence(
        audit.level_at_best,
        audit.level_at_worst,
        len(audit.summary.get("holding", ())),
        audit.undecided,
    )


def place_context(perimeter: Perimeter, place: Organisation, today: dt.date) -> dict[str, Any]:
    """Cards of the forests and the sentence that answers the page."""
    cards = [
        ForestCard(forest, audit, _is_stale(audit, today))
        for forest in forests_in(perimeter).filter(below(place, "organisation__"))
        for audit in forest.done[:1]  # type: ignore[attr-defined]  # prefetched
    ]
    return {"forests": cards, "answer": _answer(cards), "level_chart": None, "trend_chart": None}


def _is_stale(audit: DirectoryAudit, today: dt.date) -> bool:
    return audit.effective_on is None or (today - audit.effective_on).days > FRESH_DAYS


def _answer(cards: Sequence[ForestCard]) -> str:
    if not cards:
        return _("Aucun annuaire audité ici.")
    if len(cards) == 1:
        return cards[0].sentence
    levels = [card.audit.level_at_best for card in cards if card.audit.level_at_best is not None]
    return ngettext(
        "%(count)d forêt auditée ; la plus faible est au niveau %(level)s au mieux.",
        "%(count)d forêts auditées ; la plus faible est au niveau %(level)s au mieux.",
        len(cards),
    ) % {"count": len(cards), "level": min(levels, default="–")}


def forests_answer(audits: Sequence[DirectoryAudit], rows: Sequence[SharedPoint]) -> str:
    """Which failure the forests share most."""
    if len(audits) < 2:
        return _("Il faut au moins deux forêts auditées pour les comparer.")
    shared = [row for row in rows if row.failing >= 2]
    if not shared:
        return _("Aucun point n'est en échec dans deux forêts à la fois.")
    return ngettext(
        "%(count)d point est en échec dans plusieurs forêts : une même action profite à toutes.",
        "%(count)d points sont en échec dans plusieurs forêts : une même action profite à toutes.",
        len(shared),
    ) % {"count": len(shared)}
