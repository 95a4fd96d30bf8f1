"""What does the journal keep of a decision about a person? Never a token, never a password."""

from typing import Any

from hygie.foundation.journal.services import journal_write
from hygie.territory.people.models import User
from hygie.territory.perimeter import Perimeter


def person_told(
    perimeter: Perimeter,
    action: str,
    person: User,
    *,
    organisation_id: int | None = None,
    **detail: Any,
) -> None:
    """One journal line about a person, with the address that names them years later.

    Args:
        perimeter: whose actor signs the line.
        action: dotted past tense.
        person: whom it is about.
        organisation_id: where, when the decision concerns a node.
        detail: JSON values.
    """
    journal_write(
        actor=perimeter.actor,
        action=action,
        object_type="person",
        object_id=person.pk,
        organisation_id=organisation_id,
        detail={"email": person.email, **detail},
    )
