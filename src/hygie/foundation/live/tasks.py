"""What does this application do by the clock?"""

from django.conf import settings

from hygie.foundation.jobs.task import task
from hygie.foundation.live.services import live_prune


@task()
def run_live_prune() -> None:
    """Forget what was told long ago."""
    live_prune(keep_days=settings.LIVE_KEEP_DAYS)
