"""What do the tests of the map's pages share? A small map at Alice's, and her browser."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from hygie.territory.estate.models import Asset
from hygie.territory.people.models import User
from tests.territory.estate.rows import map_write
from tests.territory.estate.small import SMALL


@pytest.fixture
def written(territory: SimpleNamespace) -> dict[str, Asset]:
    """The small map, at Alice's."""
    return map_write(SMALL, territory.entities[0])


@pytest.fixture
def alice(characters: SimpleNamespace, signed_in: Callable[[User], Client]) -> Client:
    """Her browser."""
    return signed_in(characters.alice)
