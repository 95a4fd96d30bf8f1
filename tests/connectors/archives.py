"""Archives and workbooks made by hand, including those that no honest tool would write."""

import io
import struct
import zipfile
from pathlib import Path

_CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def make_zip(path: Path, members: dict[str, bytes | str]) -> Path:
    """A ZIP archive with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def make_xlsx(
    path: Path,
    sheet_data: str,
    *,
    before: str = "",
    after: str = "",
    shared: str | None = None,
    styles: str | None = None,
    sheets: str = '<sheet name="Feuil1" sheetId="1" r:id="rId1"/>',
    workbook_properties: str = "",
    extra: dict[str, bytes | str] | None = None,
) -> Path:
    """A minimal workbook whose first sheet has this raw sheetData."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{workbook_properties}'
            f"<sheets>{sheets}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            "<Relationships>"
            '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
            '<Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/>'
            "</Relationships>"
        ),
        "xl/worksheets/sheet1.xml": (
            f'{before}<worksheet xmlns="{_MAIN}"><sheetData>{sheet_data}</sheetData>'
            f"{after}</worksheet>"
        ),
    }
    if shared is not None:
        members["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{shared}</sst>'
    if styles is not None:
        members["xl/styles.xml"] = f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>'
    return make_zip(path, members | (extra or {}))


def text_cell(reference: str, text: str) -> str:
    """The XML of a cell that holds a text."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def make_ods(path: Path, tables: str, styles: str = "") -> Path:
    """A minimal OpenDocument spreadsheet with these raw tables."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return make_zip(path, {"mimetype": kind, "content.xml": content})


def forged(path: Path, field: str, value: int) -> Path:
    """Change a field of the first entry of the directory: flags, method, size or attributes."""
    offsets = {
        "flags": (8, "<H"),
        "method": (10, "<H"),
        "size": (24, "<L"),
        "attributes": (38, "<L"),
    }
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    offset, kind = offsets[field]
    struct.pack_into(kind, data, entry + offset, value)
    path.write_bytes(bytes(data))
    return path


def zip_bytes(members: dict[str, bytes | str]) -> bytes:
    """A ZIP archive, as bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()
