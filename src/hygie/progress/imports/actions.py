"""How are many actions brought in at once?"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hygie.connectors.messages import Severity
from hygie.connectors.tables.cells import RowCheck
from hygie.connectors.tables.types import Column
from hygie.foundation.imports.planner import Planner
from hygie.foundation.imports.types import Text, Verb
from hygie.progress.choices import ActionPriority, ActionState
from hygie.progress.errors import DateRefused
from hygie.progress.imports.sheet import Places, SheetImport
from hygie.progress.selectors.requirements import urns_by_name
from hygie.progress.selectors.standing import action_keys
from hygie.progress.services.actions import action_add, action_cancel, action_finish, action_start
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter

STATES: dict[ActionState, tuple[str, ...]] = {
    ActionState.PLANNED: ("prévue", "prevue", "à faire", "planned"),
    ActionState.IN_PROGRESS: ("en cours", "en_cours", "in progress", "in_progress"),
    ActionState.DONE: ("terminée", "terminee", "faite", "done"),
    ActionState.CANCELLED: ("abandonnée", "abandonnee", "annulée", "cancelled"),
}
PRIORITIES: dict[ActionPriority, tuple[str, ...]] = {
    ActionPriority.HIGH: ("haute", "high", "1"),
    ActionPriority.NORMAL: ("normale", "normal", "2"),
    ActionPriority.LOW: ("basse", "low", "3"),
}


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One row of the sheet."""

    title: str
    owner: str
    due_on: dt.date | None
    state: ActionState
    priority: ActionPriority
    done_on: dt.date | None
    reason: str
    urn: str


class ActionImport(SheetImport):
    """One line per action."""

    kind: ClassVar[str] = "progress.actions"
    label: ClassVar[Text] = _("Plan d'actions")
    help: ClassVar[Text] = _(
        "Une ligne par action : organisation, action, responsable, échéance, état. Une action de "
        "même organisation, intitulé et échéance n'est pas créée deux fois."
    )
    columns: ClassVar[Sequence[Column]] = (
        Column("title", ("Action", "Intitulé", "Title")),
        Column("owner", ("Responsable", "Owner"), required=False),
        Column("due_on", ("Échéance", "Echeance", "Due"), required=False),
        Column("state", ("État", "Etat", "State"), required=False),
        Column("priority", ("Priorité", "Priority"), required=False),
        Column("requirement", ("Exigence", "Requirement"), required=False),
        Column("done_on", ("Terminée le", "Done on"), required=False),
        Column("reason", ("Motif", "Ce qui l'atteste", "Reason"), required=False),
    )
    fields: ClassVar[Mapping[str, Text]] = {"due_on": _("échéance"), "state": _("état")}

    def __init__(self) -> None:
        self.urns: dict[str, str] = {}

    def batch(
        self,
        rows: Sequence[RowCheck],
        places: Places,
        planner: Planner,
        perimeter: Perimeter,
        *,
        is_dry_run: bool,
    ) -> None:
        """Plan some actions; those already there are kept."""
        if not self.urns:
            self.urns = urns_by_name()
        standing = set(action_keys({p.pk for p in places.known.values() if p is not None}))
        for check in rows:
            place = self.place(check, places, planner)
            line = self._line(check, planner)
            if place is None or line is None:
                continue
            key = (place.pk, line.title, line.due_on)
            if key in standing:
                planner.keep()
                continue
            standing.add(key)
            _plan(planner, place, line, check)
            if not is_dry_run:
                _write(perimeter, place, line)

    def _line(self, check: RowCheck, planner: Planner) -> ActionLine | None:
        """What a row says; None, with notes, when it cannot be kept."""
        named = check.text("requirement", needed=False)
        line = ActionLine(
            title=check.text("title", longest=250),
            owner=check.text("owner", needed=False, longest=120),
            due_on=check.date("due_on"),
            state=check.choice("state", STATES, default=ActionState.PLANNED),
            priority=check.choice("priority", PRIORITIES, default=ActionPriority.NORMAL),
            done_on=check.date("done_on"),
            reason=check.text("reason", needed=False, longest=500),
            urn=self.urns.get(named) or self.urns.get(named.upper(), ""),
        )
        if named and not line.urn:
            planner.note(
                Severity.ERROR, "unknown_code", row=check.row.number, field="Exigence", name=named
            )
            return None
        if line.done_on is not None and line.done_on > timezone.localdate():
            self.refuse(planner, check, DateRefused(date=line.done_on.isoformat()))
            return None
        return None if check.is_refused else line


def _plan(planner: Planner, place: Organisation, line: ActionLine, check: RowCheck) -> None:
    planner.plan_change(
        Verb.ADD,
        key=f"{place.code} {line.title}"[:120],
        label=f"{place.name} · {line.title}",
        detail={
            "due_on": [None, line.due_on.isoformat() if line.due_on else None],
            "state": [None, str(line.state.label)],
        },
        row=check.row.number,
    )


def _write(perimeter: Perimeter, place: Organisation, line: ActionLine) -> None:
    action = action_add(
        perimeter=perimeter, organisation_id=place.pk, title=line.title, owner_label=line.owner,
        due_on=line.due_on, priority=line.priority, origin="import", requirement_urn=line.urn,
    )  # fmt: skip
    # The sheet itself attests what it gives as over.
    reason = line.reason or str(_("Selon le plan d'actions importé"))
    if line.state == ActionState.IN_PROGRESS:
        action_start(perimeter=perimeter, action=action)
    elif line.state == ActionState.DONE:
        action_finish(perimeter=perimeter, action=action, reason=reason, done_on=line.done_on)
    elif line.state == ActionState.CANCELLED:
        action_cancel(perimeter=perimeter, action=action, reason=reason)
