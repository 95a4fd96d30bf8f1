"""Which library does an Excel workbook describe, sheet pair by sheet pair?

The result is the tree that the YAML form would give, so that one reader checks both.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from hygie.connectors.files.limits import Limits
from hygie.connectors.frameworks.excel_first_form import FIRST_FORM_SHEET, first_form
from hygie.connectors.frameworks.excel_nodes import NodeSheet
from hygie.connectors.frameworks.excel_sheets import (
    Block,
    ContentRow,
    content_rows,
    key_values,
    translations_in,
)
from hygie.connectors.frameworks.excel_urns import clean_suffix
from hygie.connectors.frameworks.tree_load import LineMap, Tree
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report, refusal
from hygie.connectors.tables.types import Sheet
from hygie.connectors.tables.xlsx_package import read_workbook
from hygie.connectors.tables.xlsx_rows import XlsxSheet

_LIBRARY_KEYS = (
    "urn", "locale", "ref_id", "name", "description", "copyright", "version",
    "publication_date", "provider", "packager", "dependencies", "labels",
)  # fmt: skip
_FRAMEWORK_KEYS = ("urn", "ref_id", "name", "description", "min_score", "max_score")
_MAPPING_KEYS = (
    "urn", "ref_id", "name", "description", "source_framework_urn", "target_framework_urn",
)  # fmt: skip
_HELPERS = frozenset({"answers", "implementation_groups", "scores", "urn_prefix"})
_REVERSED = {"subset": "superset", "superset": "subset"}


def load_workbook_tree(
    path: Path, report: Report, limits: Limits, *, file_name: str = ""
) -> tuple[Tree, str]:
    """Read the Excel form of a library as the tree of its YAML form.

    Args:
        path: an .xlsx file.
        report: gets the mistakes of the sheets themselves.
        limits: bounds on the archive.
        file_name: name shown to the user.

    Returns:
        The tree, and the form: "excel-v2" (`*_meta`/`*_content`) or "excel-v1" (one
        `library_content` sheet that lists the others).

    Raises:
        FileRefused: unsafe archive, or a workbook without a sheet that describes a library.

    Source: intuitem/ciso-assistant-community, product-docs/configuration/libraries.
    """
    workbook = read_workbook(path, limits, file_name=file_name)
    sheets: dict[str, Sheet] = {
        entry.name.strip().lower(): XlsxSheet(workbook, entry) for entry in workbook.sheets
    }
    if "library_meta" in sheets:
        meta = key_values(sheets["library_meta"], report)
        return _tree(meta, _blocks(sheets, report), report), "excel-v2"
    if FIRST_FORM_SHEET in sheets:
        meta, blocks = first_form(sheets, report)
        return _tree(meta, blocks, report), "excel-v1"
    raise refusal(MessageCode.SHEET_MISSING, file=report.file, sheet="library_meta")


def _blocks(sheets: Mapping[str, Sheet], report: Report) -> dict[str, Block]:
    found = {}
    for name, sheet in sheets.items():
        if not name.endswith("_meta") or name == "library_meta":
            continue
        prefix = name.removesuffix("_meta")
        meta = key_values(sheet, report)
        content = sheets.get(f"{prefix}_content")
        if content is None:
            report.error(MessageCode.SHEET_MISSING, field=name, sheet=f"{prefix}_content")
            continue
        label = str(meta.get("name") or prefix) if meta.get("type") in _HELPERS else prefix
        found[label] = Block(str(meta.get("type") or ""), meta, content_rows(content, report))
    return found


def _tree(meta: LineMap, blocks: Mapping[str, Block], report: Report) -> LineMap:
    objects = LineMap(1)
    prefixes = _prefixes(blocks)
    for label, block in blocks.items():
        if block.kind in _HELPERS:
            continue
        if block.kind == "framework":
            _append(objects, "frameworks", _framework(block, blocks, prefixes, report))
        elif block.kind == "requirement_mapping_set":
            for one in _mapping_sets(block):
                _append(objects, "requirement_mapping_sets", one)
        elif block.kind in {"threats", "reference_controls"}:
            for item in _references(block):
                _append(objects, block.kind, item)
        else:
            _append(objects, block.kind or label, LineMap(1))
    library = _picked(meta, _LIBRARY_KEYS)
    library["objects"] = objects
    return library


def _append(objects: LineMap, key: str, item: LineMap) -> None:
    items = objects.setdefault(key, [])
    if isinstance(items, list):
        items.append(item)


def _picked(meta: LineMap, keys: Sequence[str]) -> LineMap:
    """Keep the keys of the format, and the translations written `name[en]`."""
    kept = LineMap(meta.line, {key: meta[key] for key in keys if meta.get(key)})
    translations = translations_in(meta, meta.line)
    if translations:
        kept["translations"] = translations
    return kept


def _prefixes(blocks: Mapping[str, Block]) -> dict[str, str]:
    found: dict[str, str] = {}
    for block in blocks.values():
        if block.kind != "urn_prefix":
            continue
        found.update(
            {name: str(value) for name, value in block.meta.items() if value and not block.rows}
        )
        for row in block.rows:
            found[row.get("prefix_id")] = row.get("prefix_value")
    return found


def _framework(
    block: Block, blocks: Mapping[str, Block], prefixes: Mapping[str, str], report: Report
) -> LineMap:
    framework = _picked(block.meta, _FRAMEWORK_KEYS)
    scales = {label: _rows_as_list(one) for label, one in blocks.items() if one.kind == "scores"}
    groups = blocks.get(str(block.meta.get("implementation_groups_definition") or ""))
    answers = blocks.get(str(block.meta.get("answers_definition") or ""))
    main = str(block.meta.get("scores_definition") or "")
    if groups:
        framework["implementation_groups_definition"] = _rows_as_list(groups)
    sheet = NodeSheet(block.meta, prefixes, answers.rows if answers else (), report)
    framework["requirement_nodes"] = sheet.nodes(block.rows)
    others = LineMap(1, {label: scale for label, scale in scales.items() if label in sheet.scales})
    if others:
        framework["scores_definition"] = LineMap(
            1, {"default": scales.get(main, []), "alternatives": others}
        )
    elif main in scales:
        framework["scores_definition"] = scales[main]
    return framework


def _rows_as_list(block: Block) -> list[Tree]:
    return [row.as_map() for row in block.rows]


def _references(block: Block) -> list[LineMap]:
    base = str(block.meta.get("base_urn") or "")
    found = []
    for row in block.rows:
        reference = row.get("ref_id")
        if reference:
            item = row.as_map()
            item["urn"] = f"{base}:{clean_suffix(reference)}"
            found.append(item)
    return found


def _mapping_sets(block: Block) -> list[LineMap]:
    """Read one set, and make the reverse one, as the tool of the format does."""
    meta = block.meta
    source = str(meta.get("source_node_base_urn") or "")
    target = str(meta.get("target_node_base_urn") or "")
    forward, backward = _picked(meta, _MAPPING_KEYS), _picked(meta, _MAPPING_KEYS)
    backward["urn"] = f"{meta.get('urn') or ''}-revert"
    backward["ref_id"] = f"{meta.get('ref_id') or ''}-revert"
    backward["source_framework_urn"] = meta.get("target_framework_urn")
    backward["target_framework_urn"] = meta.get("source_framework_urn")
    there: list[Tree] = []
    back: list[Tree] = []
    for row in block.rows:
        from_urn, to_urn = _node_urn(source, row, "source"), _node_urn(target, row, "target")
        relationship = row.get("relationship").lower()
        extra = row.as_map("rationale", "strength_of_relationship")
        there.append(_link(row, from_urn, to_urn, relationship, extra))
        back.append(_link(row, to_urn, from_urn, _REVERSED.get(relationship, relationship), extra))
    forward["requirement_mappings"], backward["requirement_mappings"] = there, back
    return [forward, backward]


def _node_urn(base: str, row: ContentRow, side: str) -> str | None:
    identifier = row.get(f"{side}_node_id")
    return f"{base}:{identifier.lower().replace(' ', '-')}" if identifier else None


def _link(
    row: ContentRow, source: str | None, target: str | None, relationship: str, extra: LineMap
) -> LineMap:
    link = LineMap(row.number, extra)
    link["source_requirement_urn"] = source
    link["target_requirement_urn"] = target
    link["relationship"] = relationship
    return link
