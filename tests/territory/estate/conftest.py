"""What do the tests of the map share? A small map at Alice's, her browser, files she brings."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from hygie.foundation.imports.models import Import
from hygie.foundation.imports.services import import_run_now
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


@pytest.fixture
def bring(perimeters: SimpleNamespace, territory: SimpleNamespace) -> Callable[..., Import]:
    """bring("estate.sheet", path): Alice brings a file to her establishment."""

    def make(kind: str, path: Path, *, by: Any = None, at: Any = None, **options: Any) -> Import:
        place = at or territory.entities[0]
        return import_run_now(
            perimeter=by or perimeters.alice, kind=kind, path=path,
            options={"organisation": place.code, **options},
        )  # fmt: skip

    return make
