"""Who serves a tick of a schedule?"""

from datetime import datetime

from hygie.foundation.jobs.models import ScheduleTick


def tick_serve(*, name: str, tick_at: datetime) -> bool:
    """Take a tick for oneself, in the transaction that queues its task.

    Args:
        name: of the schedule.
        tick_at: the tick, aware.

    Returns:
        Whether it is ours. A schedule seen for the first time begins with its next tick.
    """
    _tick, is_new = ScheduleTick.objects.get_or_create(name=name, defaults={"tick_at": tick_at})
    if is_new:
        return False
    late = ScheduleTick.objects.filter(name=name, tick_at__lt=tick_at)
    return late.update(tick_at=tick_at) == 1
