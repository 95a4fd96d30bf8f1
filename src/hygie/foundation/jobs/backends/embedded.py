"""Calls wait in the database for the one worker of a SQLite instance."""

from hygie.foundation.jobs.backends.stored import StoredBackend


class EmbeddedBackend(StoredBackend):
    """The worker looks by itself: storing is enough."""
