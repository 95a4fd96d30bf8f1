"""What are today's three most useful acts here?

Late, then the nearest gap, then what expires; then what to renew, to measure first, to close.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.governance.assessment.choices import StateChoice
from hygie.governance.assessment.models import RequirementStateChange
from hygie.governance.assessment.selectors.requirements import closest_to_pass, recent_changes
from hygie.overview.selectors.cockpit import Cockpit, ObjectiveRow
from hygie.programme.words import localized
from hygie.progress.models import Action, Evidence
from hygie.progress.selectors.actions import actions_due
from hygie.progress.selectors.evidence import evidence_expiring
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import below, depth_at
from hygie.territory.perimeter import Depth, Perimeter

RECENT_DAYS = 60
_LIMIT = 3
_CHANGES = 3


@dataclass(frozen=True, slots=True)
class Advice:
    """One act: what, why now, and where to do it."""

    kind: str  # late, gap, expiring, stale, missing, failed
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


def focus(perimeter: Perimeter, found: Cockpit) -> Focus:
    """Read what asks for attention; five queries, none below full depth."""
    node, today = found.node, found.today
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
            _named(row.requirement.ref_id, localized(row.requirement, "name")),
            sentence or _("C'est la règle la plus proche du seuil."),
            reverse("assessment:requirement", args=[node.pk, row.requirement_id]),
        )
        for row, sentence in closest_to_pass(perimeter, node, today, limit=1)
    ]
    advice += [_proof(proof, today) for proof in expiring[:_LIMIT]]
    advice += _of_objectives(found)
    changes = list(recent_changes(perimeter, node, today - dt.timedelta(days=RECENT_DAYS))[:60])
    return Focus(
        advice=tuple(advice[:_LIMIT]),
        due=tuple(due),
        went_stale=_latest(changes, StateChoice.STALE),
        improved=_latest(changes, StateChoice.PASSED),
    )


def _latest(
    changes: list[RequirementStateChange], state: StateChoice
) -> tuple[RequirementStateChange, ...]:
    """The last change of each requirement, when it led to that state and nothing undid it since."""
    last: dict[int, RequirementStateChange] = {}
    for change in changes:  # newest first
        last.setdefault(change.requirement_id, change)
    return tuple(change for change in last.values() if change.state == state)[:_CHANGES]


def _of_objectives(found: Cockpit) -> Iterator[Advice]:
    """What the objectives themselves ask for, when nothing is late or about to expire."""
    rows = [row for row in found.rows if row.state]
    stale = max(rows, key=lambda row: row.standing.stale, default=None)
    if stale and (n := stale.standing.stale):
        why = ngettext(
            "%(n)d élément périmé à renouveler.", "%(n)d éléments périmés à renouveler.", n
        )
        yield _of_objective("stale", stale, why % {"n": n}, found.node)
    missing = max(rows, key=lambda row: row.standing.missing, default=None)
    if missing and (n := missing.standing.missing):
        why = ngettext(
            "%(n)d élément n'a encore ni mesure ni preuve qui permette de conclure.",
            "%(n)d éléments n'ont encore ni mesure ni preuve qui permette de conclure.",
            n,
        )
        yield _of_objective("missing", missing, why % {"n": n}, found.node)
    for row in rows:
        for one in row.holding:
            if one.state == StateChoice.FAILED:
                yield Advice(
                    "failed",
                    _named(one.ref_id, one.name),
                    _("Non atteinte, elle retient l'objectif n° %(number)d : %(title)s.")
                    % {
                        "number": row.objective.number,
                        "title": localized(row.objective, "title"),
                    },
                    reverse("assessment:requirement", args=[found.node.pk, one.requirement_id]),
                )


def _proof(proof: Evidence, today: dt.date) -> Advice:
    is_over = proof.expires_on is not None and proof.expires_on <= today
    why = (
        _("%(kind)s : la preuve a expiré le %(date)s.")
        if is_over
        else _("%(kind)s : la preuve expire le %(date)s.")
    )
    return Advice(
        "stale" if is_over else "expiring",
        proof.title,
        why
        % {
            "kind": localized(proof.kind, "title"),
            "date": date_format(proof.expires_on, "DATE_FORMAT") if proof.expires_on else "",
        },
        reverse("progress:evidence_detail", args=[proof.pk]),
    )


def _of_objective(kind: str, row: ObjectiveRow, why: str, node: Organisation) -> Advice:
    title = localized(row.objective, "title")
    url = reverse("assessment:objective", args=[node.pk, row.objective.pk])
    return Advice(kind, title, why, url)


def _named(ref: str, name: str) -> str:
    return _("%(ref)s : %(name)s") % {"ref": ref, "name": name}


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
