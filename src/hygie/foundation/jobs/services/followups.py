"""How are announcements kept until they are delivered?"""

import json
from collections.abc import Iterable
from typing import Any

from hygie.foundation.jobs.models import FollowUp

# Well under the number of parameters that a statement may have.
TAKEN_AT_ONCE = 2000


def follow_up_store(*, launchers: Iterable[str], ids: dict[str, Any]) -> None:
    """Keep one announcement for each launcher, in the caller's transaction."""
    FollowUp.objects.bulk_create(FollowUp(launcher=dotted, ids=ids) for dotted in launchers)


def follow_up_launchers() -> list[str]:
    """The launchers that something was announced to, in a stable order."""
    return sorted(set(FollowUp.objects.order_by().values_list("launcher", flat=True)))


def follow_up_take(*, launcher: str) -> list[dict[str, Any]]:
    """Take away what was announced to a launcher, united; in the caller's transaction.

    Returns:
        Keyword arguments of each call to make; empty when nothing is left.
    """
    rows = FollowUp.objects.select_for_update(skip_locked=True).filter(launcher=launcher)
    taken = list(rows.order_by("id").values_list("pk", "ids")[:TAKEN_AT_ONCE])
    FollowUp.objects.filter(pk__in=[pk for pk, _ids in taken]).delete()
    return ids_united([ids for _pk, ids in taken])


def ids_united(announced: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Make one call of those that differ by their lists only.

    Args:
        announced: JSON keyword arguments, in the order of announcement.

    Returns:
        The calls, in order of first announcement; lists united and sorted.
    """
    united: dict[str, dict[str, Any]] = {}
    for ids in announced:
        fixed = {name: None if isinstance(value, list) else value for name, value in ids.items()}
        lists = sorted(name for name, value in ids.items() if isinstance(value, list))
        known = united.setdefault(json.dumps([fixed, lists], sort_keys=True), dict(ids))
        for name in lists:
            known[name] = sorted({*known[name], *ids[name]})
    return list(united.values())
