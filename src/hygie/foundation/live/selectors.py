"""What has been told on a channel since a cursor, to these audiences?"""

from collections.abc import Collection, Mapping

from django.db.models import Max, Q

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
    return heard.aggregate(last=Max("id"))["last"] or 0


def live_knows(channel: str, cursor: int) -> bool:
    """Is this cursor one of ours, so that what follows it is whole?

    A cursor whose event was pruned, or of another database (a backup put back), is not.
    """
    return cursor == 0 or LiveEvent.objects.filter(pk=cursor, channel=channel).exists()


def live_tip(channel: str) -> int:
    """Id of the last event of a channel, whoever may hear it; 0 when none."""
    return LiveEvent.objects.filter(channel=channel).aggregate(last=Max("id"))["last"] or 0


def live_since(positions: Mapping[str, int], limit: int) -> list[LiveEvent]:
    """Events of several channels, each since its own position, whoever may hear them.

    Args:
        positions: id of the last event known, by channel; at least one.
        limit: most events given.

    Returns:
        Oldest first: what the limit leaves out is newer than what is given.

    Cost: one read, an index range a channel.
    """
    wanted = Q()
    for channel, position in positions.items():
        wanted |= Q(channel=channel, id__gt=position)
    return list(LiveEvent.objects.filter(wanted).order_by("id")[:limit])
