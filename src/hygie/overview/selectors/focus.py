"""What are today's three most useful acts here? Late, then the nearest gap, then what expires."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.governance.assessment.models import RequirementStateChange
from hygie.governance.assessment.selectors.requirements import closest_to_pass, recent_changes
from hygie.progress.models import Action
from hygie.progress.selectors.actions import actions_due
from hygie.progress.selectors.evidence import evidence_expiring
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import below, depth_at
from hygie.territory.perimeter import Depth, Perimeter

RECENT_DAYS = 60
_LIMIT = 3


@dataclass(frozen=True, slots=True)
class Advice:
    """One act: what, why now, and where to do it."""

    kind: str  # late, expiring, gap
    title: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class Focus:
    """What asks for attention at a node; empty below full depth."""

    advice: tuple[Advice, ...]
    due: tuple[Action, ...]
    went_stale: tuple[RequirementStateChange, ...]
    improved: tuple[RequirementStateChange, ...]


NOTHING = Focus((), (), (), ())


def focus(perimeter: Perimeter, node: Organisation, today: dt.date) -> Focus:
    """Read what asks for attention; five queries, none below full depth."""
    if depth_at(perimeter, node) < Depth.DETAIL:
        return NOTHING
    due = list(
        actions_due(perimeter, today=today).filter(below(node, "organisation__"))[: _LIMIT + 2]
    )
    expiring = evidence_expiring(perimeter, today=today).filter(below(node, "organisation__"))
    advice = [_late(action, today) for action in due if action.due_on and action.due_on <= today]
    advice += [
        Advice(
            "gap",
            _("%(ref)s : %(name)s") % {"ref": row.requirement.ref_id, "name": row.requirement.name},
            sentence or _("C'est la règle la plus proche du seuil."),
            reverse("assessment:requirement", args=[node.pk, row.requirement_id]),
        )
        for row, sentence in closest_to_pass(perimeter, node, today, limit=1)
    ]
    advice += [
        Advice(
            "expiring",
            proof.title,
            _("%(kind)s : la preuve expire le %(date)s.")
            % {"kind": proof.kind.title_fr, "date": proof.expires_on},
            reverse("progress:evidence_detail", args=[proof.pk]),
        )
        for proof in expiring[:_LIMIT]
    ]
    changes = list(recent_changes(perimeter, node, today - dt.timedelta(days=RECENT_DAYS))[:60])
    return Focus(
        advice=tuple(advice[:_LIMIT]),
        due=tuple(due),
        went_stale=tuple(c for c in changes if c.state == "stale")[:5],
        improved=tuple(c for c in changes if c.state == "passed")[:5],
    )


def _late(action: Action, today: dt.date) -> Advice:
    days = (today - action.due_on).days if action.due_on else 0
    return Advice(
        "late",
        action.title,
        (
            ngettext(
                "Action en retard de %(days)d jour (%(organisation)s).",
                "Action en retard de %(days)d jours (%(organisation)s).",
                days,
            )
            if days
            else _("Action à rendre aujourd'hui (%(organisation)s).")
        )
        % {"days": days, "organisation": action.organisation.name},
        reverse("progress:action_detail", args=[action.pk]),
    )
