"""What does the first page of impact show?"""

from typing import Any

from django.utils.translation import ngettext

from hygie.operations.impact.models import LossRanking, RankedLoss, RansomwareRehearsal
from hygie.operations.impact.pages.loss import asset_url
from hygie.operations.impact.pages.ranking import ranking_answer, ranking_context
from hygie.operations.impact.policies import may_read_rehearsals, may_rehearse
from hygie.operations.impact.selectors.rankings import (
    ranking_latest,
    scenarios_at,
    single_points_of,
)
from hygie.operations.impact.selectors.rehearsals import rehearsal_latest
from hygie.operations.impact.words import care_count, lost_names, moment_words
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

_SHOWN = 8


def home_context(perimeter: Perimeter, place: Organisation) -> dict[str, Any]:
    """The heaviest loss in a sentence, the single points of failure, the latest rehearsal."""
    latest = ranking_latest(perimeter, place)
    points = single_points_of(latest, _SHOWN) if latest else []
    reads_rehearsals = may_read_rehearsals(perimeter, place)
    rehearsal = rehearsal_latest(perimeter, place) if reads_rehearsals else None
    return ranking_context(perimeter, place, latest) | {
        "answer": home_answer(latest, points),
        "points": [point_line(one) for one in points],
        "points_answer": ranking_answer(latest),
        "scenarios": list(scenarios_at(perimeter, place)[:_SHOWN]),
        "reads_rehearsals": reads_rehearsals,
        "may_rehearse": may_rehearse(perimeter, place),
        "rehearsal": rehearsal,
        "hours": _hours(rehearsal),
    }


def home_answer(latest: LossRanking | None, points: list[RankedLoss]) -> str:
    """What the heaviest single loss would stop."""
    if latest is None or not points:
        return ranking_answer(latest)
    heaviest = max(points, key=lambda one: (one.weight, one.stopped))
    return ngettext(
        "La perte de %(name)s arrêterait %(care)s, la première %(when)s.",
        "La perte de %(name)s arrêterait %(care)s, la première %(when)s.",
        heaviest.stopped,
    ) % {
        "name": lost_names(heaviest),
        "care": care_count(heaviest.stopped),
        "when": moment_words(heaviest.first_min),
    }  # fmt: skip


def point_line(one: RankedLoss) -> dict[str, Any]:
    """One single point of failure and why it counts."""
    vital = ngettext("dont %(count)d vitale", "dont %(count)d vitales", one.vital) % {
        "count": one.vital
    }
    return {
        "row": one,
        "name": lost_names(one),
        "url": asset_url(one.asset_id),
        "token": one.tokens[0],
        "care": care_count(one.stopped),
        "vital": vital if one.vital else "",
        "when": moment_words(one.first_min),
    }


def _hours(rehearsal: RansomwareRehearsal | None) -> dict[str, Any] | None:
    if rehearsal is None:
        return None
    found: dict[str, Any] = rehearsal.summary["hours"]
    return found
