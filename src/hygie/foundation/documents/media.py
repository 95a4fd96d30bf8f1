"""Under which media type is each kind of file given back, and which kinds go together?"""

from hygie.connectors.files.sniff import FileType

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

MEDIA_TYPES: dict[FileType, str] = {
    FileType.PDF: "application/pdf",
    FileType.PNG: "image/png",
    FileType.JPEG: "image/jpeg",
    FileType.GIF: "image/gif",
    FileType.WEBP: "image/webp",
    FileType.TIFF: "image/tiff",
    FileType.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileType.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileType.PPTX: f"{_OFFICE}.presentationml.presentation",
    FileType.ODT: f"{_OPEN}.text",
    FileType.ODS: f"{_OPEN}.spreadsheet",
    FileType.ODP: f"{_OPEN}.presentation",
    FileType.ZIP: "application/zip",
    FileType.CSV: "text/csv",
    FileType.TEXT: "text/plain",
    FileType.JSON: "application/json",
    FileType.YAML: "application/yaml",
    FileType.XML: "application/xml",
}
UNKNOWN_MEDIA = "application/octet-stream"

# Their bytes are a ZIP: opened only after the archive has been checked.
ARCHIVES = frozenset(
    {
        FileType.XLSX, FileType.DOCX, FileType.PPTX, FileType.ODT, FileType.ODS, FileType.ODP,
        FileType.ZIP,
    }
)  # fmt: skip
# Office files carry embedded objects that are archives themselves; a plain ZIP may not.
MAY_NEST = ARCHIVES - {FileType.ZIP}

TABLES = frozenset({FileType.CSV, FileType.TEXT, FileType.XLSX})
PROOFS = frozenset(
    {
        FileType.PDF, FileType.PNG, FileType.JPEG, FileType.XLSX, FileType.DOCX, FileType.PPTX,
        FileType.ODT, FileType.ODS, FileType.ODP, FileType.CSV, FileType.TEXT, FileType.JSON,
        FileType.XML,
    }
)  # fmt: skip
# Whatever a reader may understand: the kind of import decides afterwards.
IMPORTABLE = TABLES | frozenset(
    {FileType.JSON, FileType.YAML, FileType.XML, FileType.ZIP, FileType.ODS}
)
