"""Files brought to a map, by Alice unless another is named."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hygie.foundation.imports.models import Import
from hygie.foundation.imports.services import import_run_now


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
