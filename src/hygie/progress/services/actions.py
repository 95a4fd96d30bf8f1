"""How is a promise made, kept or given up?"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from hygie.foundation.journal.services import journal_write
from hygie.progress.choices import ActionPriority, ActionState
from hygie.progress.errors import (
    ActionClosed,
    ActionOpen,
    DateRefused,
    EvidenceWithdrawn,
    ProofMissing,
    ReasonMissing,
    UnknownRequirement,
)
from hygie.progress.models import Action, Evidence
from hygie.progress.selectors.requirements import unknown_urns
from hygie.territory.organisations.selectors import organisation_get_in
from hygie.territory.perimeter import Depth, Perimeter, Right

_CLOSED = {ActionState.DONE, ActionState.CANCELLED}
EDITABLE = ("title", "description", "owner_id", "owner_label", "due_on", "priority")


def action_add(
    *,
    perimeter: Perimeter,
    organisation_id: int,
    title: str,
    description: str = "",
    owner_id: int | None = None,
    owner_label: str = "",
    due_on: dt.date | None = None,
    priority: int = ActionPriority.NORMAL,
    origin: str = "declared",
    origin_ref: str = "",
    requirement_urn: str = "",
    measure_id: int | None = None,
) -> Action:
    """Promise something: who, what, by when, and where the need came from.

    Raises:
        NotFound, NotAllowed: outside the perimeter or its rights.
        UnknownRequirement: no framework has that urn.
    """
    organisation = organisation_get_in(
        perimeter, organisation_id, depth=Depth.DETAIL, right=Right.RECORD
    )
    if requirement_urn and unknown_urns([requirement_urn]):
        raise UnknownRequirement(names=requirement_urn)
    with transaction.atomic():
        action = Action.objects.create(
            organisation=organisation,
            title=title,
            description=description,
            owner_id=owner_id,
            owner_label=owner_label,
            due_on=due_on,
            priority=priority,
            origin=origin,
            origin_ref=origin_ref,
            requirement_urn=requirement_urn,
            measure_id=measure_id,
            created_by_id=perimeter.actor.user_id,
        )
        _told(perimeter, action, "action.added", {"title": title, "due_on": _iso(due_on)})
    return action


@transaction.atomic
def action_edit(*, perimeter: Perimeter, action: Action, values: Mapping[str, Any]) -> Action:
    """Change the title, owner, due date or priority of an open action.

    Args:
        values: some of EDITABLE; equal ones change nothing and leave no line.

    Raises:
        ActionClosed: reopen it first.
    """
    _open_take(perimeter, action)
    before = {
        name: getattr(action, name)
        for name in EDITABLE
        if name in values and getattr(action, name) != values[name]
    }
    if not before:
        return action
    for name in before:
        setattr(action, name, values[name])
    _save(action, *before)
    changed = {name: [_json(before[name]), _json(values[name])] for name in before}
    _told(perimeter, action, "action.edited", {"changed": changed})
    return action


@transaction.atomic
def actions_change(
    *,
    perimeter: Perimeter,
    actions: Sequence[Action],
    values: Mapping[str, Any],
    state: str = "",
    reason: str = "",
) -> int:
    """The same change to several actions: all or none, each with its own journal lines.

    Args:
        values: some of EDITABLE, written first, since a closed action no longer changes.
        state: in progress, done or cancelled; "" leaves the states as they are.
        reason: what attests the end, or why they are given up.

    Raises:
        ActionClosed, ProofMissing, ReasonMissing: the first that cannot.
    """
    for action in actions:
        if values:
            action_edit(perimeter=perimeter, action=action, values=values)
        if state == ActionState.DONE:
            action_finish(perimeter=perimeter, action=action, reason=reason)
        elif state == ActionState.CANCELLED:
            action_cancel(perimeter=perimeter, action=action, reason=reason)
        elif state == ActionState.IN_PROGRESS:
            action_start(perimeter=perimeter, action=action)
    return len(actions)


@transaction.atomic
def action_start(*, perimeter: Perimeter, action: Action) -> Action:
    """Work has begun; starting twice changes nothing.

    Raises:
        ActionClosed: reopen it first.
    """
    _open_take(perimeter, action)
    if action.state == ActionState.IN_PROGRESS:
        return action
    return _state_set(perimeter, action, ActionState.IN_PROGRESS, {})


@transaction.atomic
def action_finish(
    *,
    perimeter: Perimeter,
    action: Action,
    proof: Evidence | None = None,
    reason: str = "",
    done_on: dt.date | None = None,
) -> Action:
    """Done, with a proof or with what attests it in words.

    Args:
        proof: one that the perimeter may read.
        done_on: today by default, never in the future.

    Raises:
        ProofMissing: neither of the two.
        EvidenceWithdrawn: the proof no longer counts.
        DateRefused: it is not done yet.
        ActionClosed: it is over already.
    """
    _open_take(perimeter, action)
    today = timezone.localdate()
    if done_on is not None and done_on > today:
        raise DateRefused(date=done_on.isoformat())
    if proof is None and not reason.strip():
        raise ProofMissing
    if proof is not None and proof.is_withdrawn:
        raise EvidenceWithdrawn(date=_iso(proof.withdrawn_on) or "")
    action.proof = proof
    action.done_on = done_on or today
    attested = {"attested": reason.strip(), "evidence": proof.pk if proof else None}
    return _state_set(perimeter, action, ActionState.DONE, attested)


@transaction.atomic
def action_cancel(*, perimeter: Perimeter, action: Action, reason: str) -> Action:
    """Give it up, and say why.

    Raises:
        ReasonMissing: no word of explanation.
        ActionClosed: it is over already.
    """
    _open_take(perimeter, action)
    if not reason.strip():
        raise ReasonMissing
    return _state_set(perimeter, action, ActionState.CANCELLED, {"reason": reason.strip()})


@transaction.atomic
def action_reopen(*, perimeter: Perimeter, action: Action, reason: str) -> Action:
    """Take a closed action up again; what had attested its end stays in the journal only.

    Raises:
        ReasonMissing: no word of explanation.
        ActionOpen: it is not closed.
    """
    _take(perimeter, action)
    if action.state not in _CLOSED:
        raise ActionOpen
    if not reason.strip():
        raise ReasonMissing
    action.done_on, action.proof = None, None
    return _state_set(
        perimeter, action, ActionState.IN_PROGRESS, {"reason": reason.strip()}, "action.reopened"
    )


def _take(perimeter: Perimeter, action: Action) -> None:
    """The right is held, and the action is read again, locked, as others have left it."""
    organisation_get_in(perimeter, action.organisation_id, depth=Depth.DETAIL, right=Right.RECORD)
    action.refresh_from_db(from_queryset=Action.objects.select_for_update())


def _open_take(perimeter: Perimeter, action: Action) -> None:
    _take(perimeter, action)
    if action.state in _CLOSED:
        raise ActionClosed


def _state_set(
    perimeter: Perimeter,
    action: Action,
    state: ActionState,
    detail: dict[str, Any],
    verb: str = "",
) -> Action:
    before = action.state
    action.state = state
    _save(action, "state", "done_on", "proof")
    _told(perimeter, action, verb or f"action.{state}", {"before": before, **detail})
    return action


def _save(action: Action, *fields: str) -> None:
    action.sequence += 1
    action.save(update_fields=[*fields, "sequence", "changed_at"])


def _told(perimeter: Perimeter, action: Action, verb: str, detail: dict[str, Any]) -> None:
    journal_write(
        actor=perimeter.actor,
        action=verb,
        object_type="action",
        object_id=action.pk,
        organisation_id=action.organisation_id,
        detail=detail,
    )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _json(value: Any) -> Any:
    return _iso(value) if isinstance(value, dt.date) else value
