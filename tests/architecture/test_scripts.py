"""Do our scripts still find each other once their names carry their content?"""

import re

from tests.architecture.test_house import SOURCES

_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^;\n]*["']\.{0,2}/|\bimport\(""", re.MULTILINE)


def test_no_script_asks_for_another_by_its_name() -> None:
    """A served file is called `keep.ee641b7bba60.js`: `./keep.js` is nowhere."""
    ours = [
        path for path in SOURCES.rglob("static/**/*.js")
        if "vendor" not in path.parts and _IMPORT.search(path.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert ours == []
