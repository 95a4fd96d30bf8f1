"""What has been told on a channel since a cursor, to these audiences?"""

from collections.abc import Collection

from hygie.foundation.live.models import LiveEvent

AT_ONCE = 200


def live_events(
    channel: str, audiences: Collection[str], after: int, limit: int = AT_ONCE
) -> list[LiveEvent]:
    """Events of a channel that these audiences may hear, oldest first.

    The caller has checked that its reader belongs to the audiences.

    Args:
        channel: where.
        audiences: names that the reader answers to; none hears nothing.
        after: cursor: id of the last event known, 0 for the beginning.
        limit: most events given.

    Cost: one read by index.
    """
    told = LiveEvent.objects.filter(channel=channel, audience__in=audiences, id__gt=after)
    return list(told.order_by("id")[:limit])


def live_cursor(channel: str, audiences: Collection[str]) -> int:
    """Id of the last event that these audiences heard, 0 when none.

    Read it before the rows that a page shows: what happens in between is then told again, never
    missed.
    """
    heard = LiveEvent.objects.filter(channel=channel, audience__in=audiences)
    last = heard.order_by("-id").values_list("id", flat=True).first()
    return last or 0
