"""The first command of an instance may be any: its tables are made, and nothing else is retried."""

import json
from pathlib import Path

import pytest

from tests.shell.instances import Instance


@pytest.mark.real_data
def test_an_import_is_enough_to_begin(tmp_path: Path, real_data: Path) -> None:
    instance = Instance(tmp_path / "new")
    extract = real_data / "finess" / "etalab-cs1100502-extract.csv"
    done = instance.run("territory", "import", extract, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"]["add"] > 11
    assert "tables créées" in done.stderr
    again = instance.run("territory", "import", extract, "--json")
    assert json.loads(again.stdout)["counts"]["add"] == 0
    assert "tables" not in again.stderr
    assert instance.run("journal", "verify", "--json").returncode == 0
