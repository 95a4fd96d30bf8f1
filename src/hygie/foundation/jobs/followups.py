"""Something happened: who must hear of it? Reads the table settings.FOLLOW_UPS.

The announcement is a row of the same transaction as the fact: neither exists without the other.
A worker delivers it, which unites what many transactions announced.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.module_loading import import_string

from hygie.foundation.jobs.backends.immediate import ImmediateBackend
from hygie.foundation.jobs.services.followups import (
    follow_up_launchers,
    follow_up_store,
    follow_up_take,
)
from hygie.foundation.jobs.task import task

Launcher = Callable[..., object]


class _DeliveryAsked:
    """Marks a transaction that already queued the delivery; gone with it, or once it commits."""

    is_spent = False

    def __call__(self) -> None:
        self.is_spent = True


def follow_up(event: str, **ids: Any) -> None:
    """Announce an event; each launcher named for it is called soon after the commit.

    Args:
        event: key of settings.FOLLOW_UPS.
        ids: JSON values given to the launchers by name. Announcements to the same launcher whose
            values differ only by lists become one call, with the lists united and sorted.

    Raises:
        ImproperlyConfigured: the event is not in the table.
    """
    try:
        launchers = settings.FOLLOW_UPS[event]
    except KeyError as error:
        raise ImproperlyConfigured(f"settings.FOLLOW_UPS has no event {event!r}") from error
    if not launchers:
        return
    with transaction.atomic():
        follow_up_store(launchers=launchers, ids=ids)
        _delivery_ask()


def follow_ups_deliver() -> int:
    """Call the launchers of what was announced; each in one transaction with its announcements.

    Returns:
        Number of calls made.

    Raises:
        Exception: the last that a launcher raised, after the others were called; what it was told
            stays announced.
    """
    calls = 0
    failure: Exception | None = None
    for dotted in follow_up_launchers():
        try:
            while delivered := _deliver_some(dotted):
                calls += delivered
        except Exception as error:  # noqa: BLE001  # one launcher's fault is not the others'
            failure = error
    if failure is not None:
        raise failure
    return calls


@task()
def run_follow_ups() -> None:
    """Deliver what was announced."""
    follow_ups_deliver()


def _deliver_some(dotted: str) -> int:
    with transaction.atomic():
        told = follow_up_take(launcher=dotted)
        launcher: Launcher = import_string(dotted)
        for ids in told:
            launcher(**ids)
    return len(told)


def _delivery_ask() -> None:
    """Queue one delivery a transaction, however many announcements it makes."""
    waiting = transaction.get_connection().run_on_commit
    if any(isinstance(entry[1], _DeliveryAsked) and not entry[1].is_spent for entry in waiting):
        return
    run_follow_ups.enqueue()
    if not isinstance(run_follow_ups.get_backend(), ImmediateBackend):
        # A test's transaction never ends: there, each announcement queues its own delivery.
        transaction.on_commit(_DeliveryAsked())
