"""Instances for the tests of the command line."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from tests.shell.instances import Instance
from tests.tables import Laid, postgresql_database


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    """A new instance on SQLite, without tables yet."""
    return Instance(tmp_path / "home")


@pytest.fixture(scope="module")
def new_instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Instance]]:
    """new_instance(laid): an instance on the database under test, SQLite or one of PostgreSQL.

    Without tables yet, or with those that are given.
    """
    with ExitStack() as stack:
        made = 0

        def make(laid: Laid | None = None) -> Instance:
            nonlocal made
            made += 1
            home = tmp_path_factory.mktemp(f"instance{made}") / "home"
            url = ""
            if settings.DATABASE_URL:
                model = laid.database if laid else "template1"
                url = stack.enter_context(postgresql_database(settings.DATABASE_URL, model))
            elif laid:
                laid.lay(home)
            return Instance(home, url)

        yield make


@pytest.fixture
def laid_instance(new_instance: Callable[..., Instance], laid: Laid) -> Instance:
    """An instance on the database under test whose tables are up to date, and empty."""
    return new_instance(laid)
