"""What the sign-in tests share: an empty rate limit, a person with a password, a fake provider."""

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from hygie.territory.people.models import User
from tests.shell.signin.fake_provider import FakeProvider

PASSWORD = "cheval batterie agrafe 42"


@pytest.fixture(autouse=True)
def _no_earlier_attempt() -> Iterator[None]:
    """Limits are counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def nora(db: None) -> User:
    """Someone with a password and a proven address."""
    user = User.objects.create_user("nora@hygie.test", PASSWORD, first_name="Nora")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    """An OpenID Connect provider on 127.0.0.1, as strict as the real one."""
    with FakeProvider() as running:
        yield running
