"""What changes jobs, from outside this application?"""

from hygie.foundation.jobs.services.jobs import job_cancel, jobs_prune

__all__ = ["job_cancel", "jobs_prune"]
