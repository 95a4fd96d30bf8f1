"""Which library does a workbook of the older Excel form describe?

One sheet, `library_content`, holds variables such as `framework_name` and lists the other sheets.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from hygie.connectors.frameworks.excel_sheets import Block, ContentRow, content_rows
from hygie.connectors.frameworks.tree_load import LineMap
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.connectors.tables.types import Sheet

FIRST_FORM_SHEET = "library_content"
_VARIABLE = re.compile(r"(library|framework|risk_matrix|mapping)_([a-z_]+)(\[[\w-]+\])?", re.ASCII)
_BASES = ("reference_control_base_urn", "threat_base_urn")
_LINKED = {
    "scores": "scores_definition",
    "implementation_groups": "implementation_groups_definition",
    "answers": "answers_definition",
}


@dataclass(slots=True)
class _Contents:
    """What the first sheet says."""

    metas: dict[str, LineMap] = field(
        default_factory=lambda: {
            kind: LineMap(1) for kind in ("library", "framework", "risk_matrix", "mapping")
        }
    )
    tabs: list[tuple[str, str, str]] = field(default_factory=list)
    prefixes: LineMap = field(default_factory=lambda: LineMap(1))
    bases: dict[str, str] = field(default_factory=dict)


def first_form(sheets: Mapping[str, Sheet], report: Report) -> tuple[LineMap, dict[str, Block]]:
    """Read a workbook of the older form.

    Args:
        sheets: sheets by name, lowercase; `library_content` is among them.
        report: gets the mistakes of the sheets.

    Returns:
        What is said of the library, and its objects by name of sheet.
    """
    contents = _contents(sheets[FIRST_FORM_SHEET], report)
    framework = contents.metas["framework"]
    framework["base_urn"] = str(framework.get("urn") or "").replace("framework", "req_node")
    if "answers" in sheets and all(kind != "answers" for _tab, kind, _detail in contents.tabs):
        contents.tabs.append(("answers", "answers", ""))
    blocks = {"urn_prefixes": Block("urn_prefix", contents.prefixes, [])}
    for tab, kind, _detail in contents.tabs:
        if kind in _LINKED:
            framework[_LINKED[kind]] = tab
    for tab, kind, detail in contents.tabs:
        if tab not in sheets:
            report.error(MessageCode.SHEET_MISSING, field=FIRST_FORM_SHEET, sheet=tab)
            continue
        rows = content_rows(sheets[tab], report)
        blocks[tab] = _block(kind, detail, contents.metas, contents.bases, rows)
    return contents.metas["library"], blocks


def _contents(sheet: Sheet, report: Report) -> _Contents:
    contents = _Contents()
    for row in sheet.rows(report):
        first, second, third, fourth = ([str(cell).strip() for cell in row.cells] + [""] * 4)[:4]
        found = _VARIABLE.fullmatch(first)
        if found:
            contents.metas[found[1]][f"{found[2]}{found[3] or ''}"] = second
        elif first == "tab":
            contents.tabs.append((second.lower(), third, fourth))
        elif first in _BASES:
            contents.bases.setdefault(first, second)
            if third:
                contents.prefixes[third] = second
    return contents


def _block(
    kind: str,
    detail: str,
    metas: Mapping[str, LineMap],
    bases: Mapping[str, str],
    rows: list[ContentRow],
) -> Block:
    if kind == "requirements":
        meta = LineMap(1, metas["framework"])
        if detail:
            meta["section"] = detail
        return Block("framework", meta, rows)
    if kind == "mappings":
        return Block("requirement_mapping_set", metas["mapping"], rows)
    if kind in {"threats", "reference_controls"}:
        base = detail or bases.get(f"{kind.removesuffix('s')}_base_urn", "")
        return Block(kind, LineMap(1, {"base_urn": base}), rows)
    return Block(kind, LineMap(1), rows)
