"""A served instance for the tests of streams."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.foundation.live.site import Listener, Site, served_site


@pytest.fixture(scope="module")
def site(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """Started; a test that ends it starts it again."""
    home = tmp_path_factory.mktemp("live") / "home"
    with django_db_blocker.unblock(), served_site(home) as made:
        made.start()
        yield made


@pytest.fixture
def listen(site: Site) -> Iterator[Callable[..., Listener]]:
    """listen(channel, after=…, heard_as=…): a stream opened, and closed with the test."""
    with ExitStack() as stack:

        def begin(channel: str, **asked: object) -> Listener:
            return stack.enter_context(closing(Listener(site, channel, **asked).open()))  # type: ignore[arg-type]

        yield begin
