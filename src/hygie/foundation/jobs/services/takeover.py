"""Whose calls does a PostgreSQL worker take over? Imported on PostgreSQL only."""

import contextlib
import logging
from datetime import timedelta

from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from procrastinate.manager import JobManager

# Any number, the same in every worker of one database.
_REAPER_LOCK = 0x48594749

log = logging.getLogger(__name__)


def stalled_reap(*, silent_s: float) -> int:
    """Queue again the jobs whose worker has been silent for too long.

    One worker at a time does it, between two commits: a job just taken over must not be taken
    again by a colleague that read the list a moment before.

    Args:
        silent_s: seconds without a heartbeat after which a worker is believed dead.

    Returns:
        Number of jobs queued again.
    """
    count = 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_REAPER_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        manager = JobManager(DjangoConnector(DEFAULT_DB_ALIAS))
        dead = Q(worker=None) | Q(worker__last_heartbeat__lt=Now() - timedelta(seconds=silent_s))
        stalled = ProcrastinateJob.objects.filter(dead, status="doing")
        for pk in stalled.values_list("pk", flat=True):
            # The worker may have ended it meanwhile: it is then no longer there to queue.
            with contextlib.suppress(ConnectorException), transaction.atomic():
                manager.retry_job_by_id(pk, retry_at=timezone.now())
                log.warning("job %s taken over from a silent worker", pk)
                count += 1
    return count
