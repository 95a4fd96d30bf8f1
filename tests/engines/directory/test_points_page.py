"""Does the page about the points say what the rules read?"""

from pathlib import Path

from hygie.engines.directory.catalogue import Nature, PointDay
from hygie.engines.directory.points.inputs import IS_DC, MORE_RIGHTS, RIGHTS, SERVERS
from hygie.engines.directory.points.rules import Field, Rule, name_of
from hygie.engines.directory.points.table import RULES
from tests.engines.directory.judging import CATALOGUE

PAGE = Path(__file__).resolve().parents[3] / "docs" / "engines" / "directory.md"
LETTERS = {
    "oradad": "O",
    "sharphound": "S",
    "rusthound": "R",
    "bloodhound_py": "B",
    "pingcastle": "P",
    "ads": "A",
}
SETS: tuple[tuple[tuple[Field, ...], str], ...] = (
    (MORE_RIGHTS, "*rights*"),
    (RIGHTS, "*control*"),
    (SERVERS, "*server*"),
    (IS_DC, "*controller*"),
)


def in_short(fields: tuple[Field, ...]) -> str:
    """The fields, with the sets of the page in place of their members."""
    left, words = list(dict.fromkeys(fields)), []
    for members, word in SETS:
        if set(members) <= set(left):
            left = [field for field in left if field not in members]
            words.append(word)
    return ", ".join((*(name_of(field) for field in left), *words)) or "—"


def line(point: PointDay, rule: Rule) -> str:
    """The row of the page about one point."""
    is_control = point.nature is Nature.CONTROL
    levels = ", ".join(map(str, point.levels)) if is_control else point.nature.value
    looked = [kind.name for kind in rule.kinds] + ["privileged"] * rule.is_privileged
    exports = "".join(LETTERS[export.value] for export in point.point.exports)
    return (
        f"| `{point.id}` | {levels} | {', '.join(looked) or '—'} | {in_short(rule.fields)} "
        f"| {in_short(rule.helps)} | {exports} |"
    )


def test_the_page_has_the_row_of_each_point() -> None:
    expected = [line(point, RULES[point.id]) for point in CATALOGUE.points]
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    assert [row for row in lines if row.startswith("| `") and row in expected] == expected
