"""What does a worker compute once a map has changed, and how is it asked?"""

from collections.abc import Sequence

from hygie.foundation.jobs.task import task
from hygie.territory.estate.services.derived import derived_refresh


@task(max_attempts=3)
def run_derive(organisation_ids: list[int]) -> None:
    """Hand care's rank down a map too large for a page to wait."""
    derived_refresh(organisation_ids)


def derive_launch(*, organisation_ids: Sequence[int]) -> None:
    """Called by the follow-up "estate_to_derive": one run for all that was told meanwhile."""
    run_derive.enqueue(list(organisation_ids))
