"""The packaged referential in the database, and a copy of its files to change."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import hygie.programme.referential as package
from hygie.programme.services.referential import referential_load
from hygie.programme.services.rows import LoadReport

DATA = Path(package.__file__).parent / "data"


@pytest.fixture
def loaded(operator: Any) -> LoadReport:
    """The packaged referential is in the database."""
    return referential_load(perimeter=operator)


@pytest.fixture
def reload(tmp_path: Path, operator: Any) -> Callable[..., LoadReport]:
    """reload(("axes.yaml", before, after), …): load a version of the files so changed."""

    def load(*changes: tuple[str, str, str], dry_run: bool = False) -> LoadReport:
        folder = tmp_path / "referential"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(DATA, folder)
        for name, before, after in changes:
            text = (folder / name).read_text(encoding="utf-8")
            assert before in text, (name, before)
            (folder / name).write_text(text.replace(before, after, 1), encoding="utf-8")
        return referential_load(perimeter=operator, path=folder, dry_run=dry_run)

    return load
