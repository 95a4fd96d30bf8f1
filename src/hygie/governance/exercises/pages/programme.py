"""What do the pages of a whole programme of exercises say: coverage, plan, lessons?"""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.pages.debrief import page_language
from hygie.governance.exercises.policies import may_design, may_read, may_read_plans
from hygie.governance.exercises.selectors.coverage import (
    CoverageRow,
    plan_in,
    shares_of,
)
from hygie.governance.exercises.selectors.plans import PlanRow
from hygie.governance.exercises.services.plan import (
    YEARS,
    plan_places,
    plan_proposals,
)
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

_WIDE = (OrganisationKind.NATION,)


def doors(perimeter: Perimeter, place: Organisation, current: str) -> dict[str, Any]:
    """Pages of the programme of a place that are open to the reader."""
    return {
        "place": place,
        "current": current,
        "may_list": may_read(perimeter, place),
        "may_read_plans": may_read_plans(perimeter, place),
        "may_plan": bool(plan_places(perimeter, place)) or may_design(perimeter, place),
    }


def coverage_context(
    perimeter: Perimeter, place: Organisation, rows: list[CoverageRow]
) -> dict[str, Any]:
    """Shares by region or group around the list, and the sentence that answers the page."""
    covered = sum(row.state in {"passed", "partial"} for row in rows)
    answer = _("Aucune entité suivie ici.")
    if rows:
        answer = ngettext(
            "%(covered)d établissement sur %(total)d a joué un exercice depuis un an.",
            "%(covered)d établissements sur %(total)d ont joué un exercice depuis un an.",
            covered,
        ) % {"covered": covered, "total": len(rows)}
        missing = sum(
            row.state not in {"passed", "partial"} and row.next_at is None for row in rows
        )
        if missing:
            answer += " " + ngettext(
                "%(count)d n'en a ni joué ni prévu.", "%(count)d n'en ont ni joué ni prévu.",
                missing,
            ) % {"count": missing}  # fmt: skip
    by_region = place.kind in _WIDE
    return doors(perimeter, place, "coverage") | {
        "answer": answer,
        "shares": shares_of(rows, by_region=by_region) if len(rows) > 1 else [],
        "by_region": by_region,
        "counts": [
            (state, sum(row.state == state for row in rows))
            for state in ("passed", "partial", "stale", "not_tested")
        ],
    }


def plans_context(perimeter: Perimeter, place: Organisation, rows: list[PlanRow]) -> dict[str, Any]:
    """The sentence that answers the page of plans."""
    held = sum(row.standing == "held" for row in rows)
    never = sum(row.standing == "never" for row in rows)
    without = sum(row.held is None for row in rows)
    answer = _("Aucun plan à mettre à l'épreuve n'est connu du référentiel.")
    if rows:
        answer = ngettext(
            "%(held)d plan sur %(total)d a tenu lors d'un exercice depuis un an.",
            "%(held)d plans sur %(total)d ont tenu lors d'un exercice depuis un an.",
            held,
        ) % {"held": held, "total": len(rows)}
        if never:
            answer += " " + ngettext(
                "%(count)d n'a jamais été éprouvé.", "%(count)d n'ont jamais été éprouvés.", never
            ) % {"count": never}
    return doors(perimeter, place, "plan_list") | {"answer": answer, "without": without}


def plan_context(perimeter: Perimeter, place: Organisation, now: dt.datetime) -> dict[str, Any]:
    """Year by establishment: what is planned or played, and what is proposed for the gaps."""
    years = list(range(now.year, now.year + YEARS))
    places = plan_places(perimeter, place)
    planned: dict[tuple[int, int], list[Exercise]] = {}
    for row in plan_in(perimeter, place, years[0], years[-1]):
        if row.organisation is None or row.planned_at is None:
            continue
        if not may_read(perimeter, row.organisation):
            continue
        node = row.organisation.legal_entity_id or row.organisation.pk
        year = timezone.localtime(row.planned_at).year
        planned.setdefault((node, year), []).append(row)
    proposals = {
        (one.place.pk, one.year): one
        for one in plan_proposals(perimeter, place, page_language(), now=now)
    }
    rows = [
        (one, [(year, planned.get((one.pk, year), []), proposals.get((one.pk, year)))
               for year in years])
        for one in places
    ]  # fmt: skip
    return doors(perimeter, place, "plan") | {
        "years": years,
        "rows": rows,
        "missing": len(proposals),
        "answer": ngettext(
            "%(count)d exercice manque pour que chacun joue chaque année.",
            "%(count)d exercices manquent pour que chacun joue chaque année.",
            len(proposals),
        ) % {"count": len(proposals)}
        if proposals
        else _("Chaque établissement a son exercice chaque année."),
    }  # fmt: skip
