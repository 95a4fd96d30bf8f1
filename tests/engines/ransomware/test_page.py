"""The page of the engine tells the parameters as they are published."""

from pathlib import Path

from hygie.engines.ransomware.parameter_types import Parameter
from hygie.engines.ransomware.published import PARAMETERS

PAGE = Path(__file__).parents[3] / "docs/engines/ransomware.md"


def row(each: Parameter) -> str:
    """The line of the page for one parameter."""
    source = f"[{each.source}]({each.url}), {each.year}" if each.url else each.source
    bounds = f"{each.low:g} – {each.high:g}"
    return f"| `{each.key}` | {each.default:g} | {bounds} | {each.unit.value} | {source} |"


def test_the_page_has_a_line_for_each_parameter_and_no_other() -> None:
    told = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    told = [line for line in told if line.count("|") == 6]
    assert told == [row(each) for each in PARAMETERS]
