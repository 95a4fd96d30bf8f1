"""What does this application do by the clock?"""

from hygie.foundation.jobs.services.jobs import jobs_prune
from hygie.foundation.jobs.task import task


@task()
def run_prune() -> None:
    """Forget the jobs that ended long ago."""
    jobs_prune()
