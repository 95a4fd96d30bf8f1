"""Instances for the tests of the command line."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from tests.shell.instances import Instance, postgresql_database


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    """A new instance on SQLite, without tables yet."""
    return Instance(tmp_path / "home")


@pytest.fixture(scope="module")
def new_instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Instance]]:
    """Makes instances on the database under test: SQLite, or PostgreSQL with its own database."""
    with ExitStack() as stack:
        made = 0

        def make() -> Instance:
            nonlocal made
            made += 1
            url = ""
            if settings.DATABASE_URL:
                url = stack.enter_context(postgresql_database(settings.DATABASE_URL))
            return Instance(tmp_path_factory.mktemp(f"instance{made}") / "home", url)

        yield make
