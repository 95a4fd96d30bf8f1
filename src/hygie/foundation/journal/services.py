"""How is a line added? Last thing in a service's transaction, never changed afterwards."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hygie.foundation.journal.chain import head_seal, line_hash, line_seal, normal
from hygie.foundation.journal.models import JournalHead, JournalLine
from hygie.foundation.journal.types import Actor


def journal_write(
    *,
    actor: Actor,
    action: str,
    object_type: str = "",
    object_id: str | int = "",
    organisation_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> JournalLine:
    """Add one line to the chain.

    Call it last in the transaction of the decision it tells: on PostgreSQL it holds the head of the
    chain until commit, so that two decisions never claim the same place.

    Args:
        actor: who, and through which door.
        action: dotted past tense, `measurement.recorded`.
        object_type, object_id: the thing decided upon.
        organisation_id: where; decides who may read the line.
        detail: JSON values, dates, decimals and lazy texts; never a secret, never a person's
            answer.

    Returns:
        The line as written.
    """
    with transaction.atomic():
        JournalHead.objects.get_or_create(id=1)
        head = JournalHead.objects.select_for_update().get(id=1)
        now = timezone.now()
        content: dict[str, Any] = {
            "sequence": head.sequence + 1,
            "at": now.isoformat(timespec="microseconds"),
            "actor_id": actor.user_id,
            "actor_label": normal(actor.label),
            "via": str(actor.via),
            "action": action,
            "object_type": object_type,
            "object_id": normal(str(object_id)),
            "organisation_id": organisation_id,
            "detail": normal(detail or {}),
        }
        digest = line_hash(head.hash, content)
        line = JournalLine.objects.create(
            **{**content, "at": now},
            previous_hash=head.hash,
            hash=digest,
            seal=line_seal(settings.SECRET_KEY, digest),
        )
        head.sequence = line.sequence
        head.hash = digest
        head.seal = head_seal(settings.SECRET_KEY, line.sequence, digest)
        head.save(update_fields=["sequence", "hash", "seal"])
    return line
