"""Each variable an operator may set has its line in the documentation, and no other has."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\bHYGIE_[A-Z]+(?:_[A-Z]+)*\b")


def test_the_documented_variables_are_those_that_are_read() -> None:
    sources = [*REPOSITORY.glob("src/**/*.py"), REPOSITORY / "hygie"]
    quoted = re.compile(r'"(HYGIE_[A-Z_]+)"')
    read = {name for path in sources for name in quoted.findall(path.read_text(encoding="utf-8"))}
    page = (REPOSITORY / "docs" / "operations" / "settings.md").read_text(encoding="utf-8")
    assert set(VARIABLE.findall(page)) == read
