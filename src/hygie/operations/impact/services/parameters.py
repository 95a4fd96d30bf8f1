"""How does an establishment say that it knows a parameter better than the default?"""

import math

from django.db import transaction

from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.parameters import BY_KEY, parameters
from hygie.foundation.errors import NotAllowed
from hygie.foundation.journal.services import journal_write
from hygie.operations.impact.errors import (
    NoteMissing,
    ParameterOrderRefused,
    ParameterRefused,
    ParameterUnknown,
)
from hygie.operations.impact.models import ImpactParameter
from hygie.operations.impact.parameter_words import UNIT_WORDS, WORDS, shown, stored
from hygie.operations.impact.policies import may_set_parameters
from hygie.operations.impact.selectors.parameters import parameter_changes
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter


@transaction.atomic
def parameter_set(
    *, perimeter: Perimeter, organisation: Organisation, key: str, value: float, note: str
) -> ImpactParameter:
    """Give a parameter its value here; counts from the next computation on.

    Args:
        perimeter: must hold REVIEW there.
        organisation: read inside the perimeter.
        key: of the parameter. value: as pages write it, a share of a hundred for a probability.
        note: where the value comes from.

    Raises:
        NotAllowed, ParameterUnknown, ParameterRefused, ParameterOrderRefused, NoteMissing.
    """
    if not may_set_parameters(perimeter, organisation):
        raise NotAllowed
    if not note.strip():
        raise NoteMissing
    found = _checked(organisation, key, value)
    before = parameter_changes(organisation).get(key, BY_KEY[key].default)
    row, _is_new = ImpactParameter.objects.update_or_create(
        organisation=organisation,
        key=key,
        defaults={"value": found, "note": note.strip(), "set_by_id": perimeter.actor.user_id},
    )
    _told(perimeter, row, "impact_parameter.set", value=found, before=before, reason=row.note)
    return row


@transaction.atomic
def parameter_reset(*, perimeter: Perimeter, organisation: Organisation, key: str) -> None:
    """Come back to what holds above, most often the default; doing it twice changes nothing.

    Raises:
        NotAllowed, ParameterUnknown.
    """
    if not may_set_parameters(perimeter, organisation):
        raise NotAllowed
    if key not in BY_KEY:
        raise ParameterUnknown(key=key)
    row = ImpactParameter.objects.filter(organisation=organisation, key=key).first()
    if row is None:
        return
    before = row.value
    _told(perimeter, row, "impact_parameter.reset", before=before)
    row.delete()


def _checked(organisation: Organisation, key: str, value: float) -> float:
    parameter = BY_KEY.get(key)
    if parameter is None:
        raise ParameterUnknown(key=key[:80])
    found = stored(parameter, value)
    if not math.isfinite(found) or not parameter.low <= found <= parameter.high:
        raise ParameterRefused(
            key=str(WORDS[key]),
            low=f"{shown(parameter, parameter.low):g}",
            high=f"{shown(parameter, parameter.high):g}",
            unit=str(UNIT_WORDS[parameter.unit]),
            value=f"{value:g}",
        )
    try:
        parameters(parameter_changes(organisation) | {key: found})
    except RansomwareError as error:
        # Each value is within its bounds: only a median and its ninth decile can disagree.
        raise ParameterOrderRefused(key=str(WORDS[key])) from error
    return found


def _told(perimeter: Perimeter, row: ImpactParameter, action: str, **detail: str | float) -> None:
    journal_write(
        actor=perimeter.actor,
        action=action,
        object_type="impact_parameter",
        object_id=row.pk,
        organisation_id=row.organisation_id,
        detail={"parameter": row.key, **detail},
    )
