"""How is a loss kept under a name?"""

from collections.abc import Sequence

from django.db import transaction

from hygie.foundation.errors import NotAllowed
from hygie.foundation.journal.services import journal_write
from hygie.operations.impact.errors import NameTaken, NothingLost
from hygie.operations.impact.models import LossScenario
from hygie.operations.impact.policies import may_record
from hygie.operations.impact.tokens import MOST, token_of
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter


@transaction.atomic
def scenario_save(
    *,
    perimeter: Perimeter,
    organisation: Organisation,
    name: str,
    losses: Sequence[str],
    note: str = "",
) -> LossScenario:
    """Keep a loss under a name; one of that name is replaced only by hand.

    Args:
        organisation: read inside the perimeter. losses: as addresses write them.

    Raises:
        NotAllowed, NothingLost, NameTaken. LossUnknown: one is no loss.
    """
    if not may_record(perimeter, organisation):
        raise NotAllowed
    kept = [str(token_of(text)) for text in dict.fromkeys(losses)][:MOST]
    if not kept or not name.strip():
        raise NothingLost
    if LossScenario.objects.filter(organisation=organisation, name=name.strip()).exists():
        raise NameTaken(name=name.strip())
    row = LossScenario.objects.create(
        organisation=organisation, name=name.strip(), losses=kept, note=note.strip(),
        created_by_id=perimeter.actor.user_id,
    )  # fmt: skip
    _told(perimeter, row, "loss_scenario.saved")
    return row


@transaction.atomic
def scenario_remove(*, perimeter: Perimeter, scenario: LossScenario) -> None:
    """Forget a saved loss.

    Raises:
        NotAllowed: outside the rights.
    """
    if not may_record(perimeter, scenario.organisation):
        raise NotAllowed
    _told(perimeter, scenario, "loss_scenario.removed")
    scenario.delete()


def _told(perimeter: Perimeter, row: LossScenario, action: str) -> None:
    journal_write(
        actor=perimeter.actor,
        action=action,
        object_type="loss_scenario",
        object_id=row.pk,
        organisation_id=row.organisation_id,
        detail={"title": row.name},
    )
