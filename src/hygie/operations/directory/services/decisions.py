"""How is a risk accepted, tier 0 corrected, a cost entered? One journal line each."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from hygie.foundation.errors import NotAllowed
from hygie.foundation.journal.services import journal_write
from hygie.operations.directory.catalogue import control_points
from hygie.operations.directory.choices import TierZeroVerb
from hygie.operations.directory.errors import (
    CostRefused,
    ExpiryRefused,
    ReasonMissing,
    UnknownPoint,
)
from hygie.operations.directory.models import AcceptedRisk, ChangeCost, Forest, TierZeroEdit
from hygie.operations.directory.policies import may_decide
from hygie.territory.perimeter import Perimeter

LONGEST_ACCEPTANCE = dt.timedelta(days=366)
LOWEST_COST, HIGHEST_COST = 0.1, 1000.0


@transaction.atomic
def risk_accept(
    *,
    perimeter: Perimeter,
    forest: Forest,
    point: str,
    reason: str,
    expires_on: dt.date,
    identifier: str = "",
    name: str = "",
) -> AcceptedRisk:
    """Set a point, or one of its objects, aside for a time; counts from the next audit on.

    Args:
        forest: read inside the perimeter.
        identifier: SID or GUID of the object; "" for the whole point.
        expires_on: last day, a year ahead at most.

    Raises:
        NotAllowed, UnknownPoint, ReasonMissing, ExpiryRefused.
    """
    _check(perimeter, forest, reason)
    if point not in control_points():
        raise UnknownPoint(point=point)
    today = timezone.localdate()
    if not today <= expires_on <= today + LONGEST_ACCEPTANCE:
        raise ExpiryRefused(date=expires_on.isoformat())
    risk = AcceptedRisk.objects.create(
        forest=forest, point=point, identifier=identifier.upper(), name=name,
        reason=reason.strip(), expires_on=expires_on, created_by_id=perimeter.actor.user_id,
    )  # fmt: skip
    _told(perimeter, forest, "directory_risk.accepted", risk.pk, reason=risk.reason)
    return risk


@transaction.atomic
def risk_withdraw(*, perimeter: Perimeter, risk: AcceptedRisk) -> AcceptedRisk:
    """Stop accepting a risk; withdrawing twice changes nothing.

    Raises:
        NotAllowed: outside the rights.
    """
    if not may_decide(perimeter, risk.forest.organisation):
        raise NotAllowed
    if not risk.is_withdrawn:
        risk.is_withdrawn = True
        risk.save(update_fields=["is_withdrawn"])
        _told(perimeter, risk.forest, "directory_risk.withdrawn", risk.pk)
    return risk


@transaction.atomic
def tier_zero_set(
    *,
    perimeter: Perimeter,
    forest: Forest,
    identifier: str,
    name: str,
    verb: TierZeroVerb,
    reason: str,
) -> TierZeroEdit:
    """Put an object in or out of tier 0 by hand; counts from the next audit on.

    Raises:
        NotAllowed, ReasonMissing.
    """
    _check(perimeter, forest, reason)
    edit, _is_new = TierZeroEdit.objects.update_or_create(
        forest=forest,
        identifier=identifier.upper(),
        defaults={
            "name": name, "verb": verb, "reason": reason.strip(),
            "created_by_id": perimeter.actor.user_id,
        },
    )  # fmt: skip
    _told(perimeter, forest, "directory_tier_zero.changed", edit.pk, reason=edit.reason)
    return edit


@transaction.atomic
def tier_zero_unset(*, perimeter: Perimeter, forest: Forest, edit_id: int) -> None:
    """Come back to the default for one object.

    Raises:
        NotAllowed: outside the rights.
    """
    if not may_decide(perimeter, forest.organisation):
        raise NotAllowed
    if TierZeroEdit.objects.filter(forest=forest, pk=edit_id).delete()[0]:
        _told(perimeter, forest, "directory_tier_zero.restored", edit_id)


@transaction.atomic
def costs_set(*, perimeter: Perimeter, forest: Forest, costs: dict[str, float | None]) -> int:
    """Enter what each kind of change costs here; None comes back to the default.

    Returns:
        How many costs are now entered.

    Raises:
        NotAllowed, CostRefused.
    """
    if not may_decide(perimeter, forest.organisation):
        raise NotAllowed
    for action, cost in costs.items():
        if cost is None:
            ChangeCost.objects.filter(forest=forest, action=action).delete()
            continue
        if not LOWEST_COST <= cost <= HIGHEST_COST:
            raise CostRefused(value=f"{cost:g}")
        ChangeCost.objects.update_or_create(forest=forest, action=action, defaults={"cost": cost})
    entered = ChangeCost.objects.filter(forest=forest).count()
    _told(perimeter, forest, "directory_costs.entered", forest.pk, count=entered)
    return entered


def _check(perimeter: Perimeter, forest: Forest, reason: str) -> None:
    if not may_decide(perimeter, forest.organisation):
        raise NotAllowed
    if not reason.strip():
        raise ReasonMissing


def _told(
    perimeter: Perimeter, forest: Forest, action: str, object_id: int, **detail: str | int
) -> None:
    journal_write(
        actor=perimeter.actor,
        action=action,
        object_type="directory_forest",
        object_id=object_id,
        organisation_id=forest.organisation_id,
        detail=detail,
    )
