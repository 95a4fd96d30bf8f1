"""How is something told, so that whoever listens hears it once, in order, after the commit?"""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from hygie.foundation.journal.services import journal_write
from hygie.foundation.journal.types import SYSTEM
from hygie.foundation.live.models import LiveEvent
from hygie.foundation.live.vocabulary import (
    KIND,
    NAME_LENGTH,
    NOTIFICATION,
    OWN,
    PAYLOAD_BYTES,
    RIGHTS,
)

_PRUNED_AT_ONCE = 5000


def live_tell(
    *, channel: str, audience: str, kind: str, payload: Mapping[str, Any] | None = None
) -> LiveEvent:
    """Tell something, in the transaction of the decision that it tells.

    It is heard when that transaction commits, and never if it does not. On PostgreSQL the channel
    is held until then, so that ids appear in order: tell late, after the other writes and just
    before `journal_write`, and on one channel only in a transaction.

    Args:
        channel: where, `exercise:12`; at most 120 characters.
        audience: who may hear it, `staff` or `cell:4`; a reader brings theirs to `live_response`.
        kind: what happened, `inject.played`: small letters, digits, `.`, `-`, `_`; not `live.…`.
            Pages hear it as `live:<kind>`.
        payload: JSON values, at most 16 KiB; say what changed by its id, so that the page reads it
            again with its reader's own rights, rather than the thing itself.

    Returns:
        The event; its id is the cursor.

    Raises:
        ValueError: a name or a payload that does not fit.
    """
    if not KIND.fullmatch(kind) or kind.startswith(OWN):
        raise ValueError(f"not a kind of event: {kind!r}")
    return _insert(channel, audience, kind, dict(payload or {}))


def live_rights_changed(*, channel: str) -> None:
    """Have the rights of all who listen to a channel asked again now, not within the minute.

    Raises:
        ValueError: a name that does not fit.
    """
    _insert(channel, "*", RIGHTS, {})


def _insert(channel: str, audience: str, kind: str, payload: dict[str, Any]) -> LiveEvent:
    for name in (channel, audience):
        if not 0 < len(name) <= NAME_LENGTH:
            raise ValueError(f"not a name: {name!r}")
    written = json.dumps(payload, cls=DjangoJSONEncoder, allow_nan=False)
    if len(written.encode()) > PAYLOAD_BYTES:
        raise ValueError(f"{kind}: a payload of more than {PAYLOAD_BYTES} bytes")
    with transaction.atomic():
        if connection.vendor == "postgresql":
            _channel_hold(channel)
        return LiveEvent.objects.create(
            channel=channel, audience=audience, kind=kind, payload=payload
        )


def _channel_hold(channel: str) -> None:
    """Let one transaction at a time tell on a channel, and wake listeners at its commit.

    Without it an id taken first could appear last, and a reader already past it would never see it.
    """
    digest = hashlib.blake2b(f"hygie.live:{channel}".encode(), digest_size=8).digest()
    key = int.from_bytes(digest, signed=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s), pg_notify(%s, %s)", [key, NOTIFICATION, channel]
        )


def live_prune(*, keep_days: int) -> int:
    """Forget what was told long ago.

    Args:
        keep_days: age from which an event is forgotten, in days.

    Returns:
        Number of events forgotten.
    """
    before = timezone.now() - timedelta(days=keep_days)
    count = 0
    while True:
        # A part at a time, oldest first: what is told meanwhile must not wait for last month.
        ages = LiveEvent.objects.order_by("id").values_list("id", "at")[:_PRUNED_AT_ONCE]
        old = [pk for pk, at in ages if at < before]
        if not old:
            break
        count += LiveEvent.objects.filter(id__in=old).delete()[0]
    if count:
        journal_write(actor=SYSTEM, action="live.pruned", detail={"count": count})
    return count
