"""What do the pages of a ranking show?"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.foundation.jobs.choices import JobState
from hygie.foundation.jobs.selectors import job_progress
from hygie.operations.impact.choices import WorkState
from hygie.operations.impact.models import LossRanking
from hygie.operations.impact.policies import may_record
from hygie.operations.impact.selectors.marks import map_mark
from hygie.operations.impact.selectors.rankings import ranking_under_way
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter


def ranking_context(
    perimeter: Perimeter, place: Organisation, latest: LossRanking | None
) -> dict[str, Any]:
    """The answer, whether it still holds, and the computation under way. 4 queries."""
    under_way = ranking_under_way(perimeter, place)
    is_running = under_way is not None and under_way.state == WorkState.RUNNING
    job = under_way.job if under_way is not None and is_running else None
    # The progress of a job is its owner's; others only read that something runs.
    is_mine = job is not None and job.owner_id == perimeter.actor.user_id and job.owner_id
    return {
        "place": place,
        "ranking": latest,
        "answer": ranking_answer(latest),
        "is_stale": latest is not None and latest.revision != map_mark(place),
        "is_running": is_running,
        "job": job if is_mine else None,
        "progress": job_progress(job) if is_mine and job else None,
        "failure": _failure(under_way) if under_way is not None and not is_running else "",
        "notes": _notes(latest),
        "may_record": may_record(perimeter, place),
    }


def ranking_answer(latest: LossRanking | None) -> str:
    """How many single points of failure vital care has."""
    if latest is None:
        return _("Les pertes de cette carte n'ont pas encore été classées.")
    found = latest.summary
    if not found["care"]:
        return _("La carte n'a aucune activité de soins : aucune perte ne peut être pesée.")
    least, most = found["single_points"], found["single_points_at_worst"]
    if least != most:
        return _(
            "De %(least)d à %(most)d éléments arrêteraient seuls un soin vital, selon les "
            "activités dont la criticité n'est pas dite."
        ) % {"least": least, "most": most}
    if not found["vital"]:
        return _("Aucune activité de soins n'est déclarée vitale : rien ne peut être conclu.")
    if not least:
        return _("Aucun élément n'arrête à lui seul un soin vital.")
    return ngettext(
        "%(count)d élément arrête à lui seul au moins un soin vital.",
        "%(count)d éléments arrêtent, chacun à lui seul, au moins un soin vital.",
        least,
    ) % {"count": least}


def _notes(latest: LossRanking | None) -> list[str]:
    """What the ranking rests on, and what it does not know."""
    if latest is None:
        return []
    found = latest.summary
    notes = [
        _("%(losses)d pertes seules et %(pairs)d paires essayées sur %(assets)d éléments.")
        % {"losses": found["losses"], "pairs": found["pairs"], "assets": found["assets"]}
    ]
    if found.get("pairs_refused"):
        notes.append(
            _("Les paires sont trop nombreuses pour être toutes essayées : elles ne le sont pas.")
        )
    if found["unranked"]:
        notes.append(
            ngettext(
                "%(count)d activité n'a pas de criticité déclarée.",
                "%(count)d activités n'ont pas de criticité déclarée.",
                found["unranked"],
            )
            % {"count": found["unranked"]}
        )
    return notes


def _failure(row: LossRanking | None) -> str:
    if row is None:
        return ""
    if row.job is not None and row.job.state == JobState.CANCELLED:
        return _("Le dernier classement a été arrêté avant la fin.")
    return row.summary.get("reason") or _("Le dernier classement s'est interrompu : relancez-le.")
