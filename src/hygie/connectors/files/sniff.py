"""What is this file really, going by its content and never by its name?"""

import re
import zipfile
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path, PurePath

from hygie.connectors.files.archive import ZIP_ERRORS, check_directory_size
from hygie.connectors.files.limits import DEFAULT_LIMITS, Limits
from hygie.connectors.files.opening import checked_size
from hygie.connectors.files.text_kind import text_kind
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, Message, Severity, refusal


class FileType(StrEnum):
    """What the content says."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    TIFF = "tiff"
    XLSX = "xlsx"
    XLSM = "xlsm"
    DOCX = "docx"
    DOCM = "docm"
    PPTX = "pptx"
    PPTM = "pptm"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    ODM = "odm"  # an open document that carries macros
    OLE = "ole"  # office files of before 2007, and any password-protected office file
    ZIP = "zip"
    ARCHIVE = "archive"  # 7z, rar, gzip, bzip2, xz
    CSV = "csv"
    TEXT = "text"
    JSON = "json"
    YAML = "yaml"
    XML = "xml"
    HTML = "html"
    SVG = "svg"
    EXECUTABLE = "executable"
    UNKNOWN = "unknown"


_SIGNATURES: tuple[tuple[bytes, FileType], ...] = (
    (b"%PDF-", FileType.PDF),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"GIF87a", FileType.GIF),
    (b"GIF89a", FileType.GIF),
    (b"II*\x00", FileType.TIFF),
    (b"MM\x00*", FileType.TIFF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileType.OLE),
    (b"7z\xbc\xaf\x27\x1c", FileType.ARCHIVE),
    (b"Rar!\x1a\x07", FileType.ARCHIVE),
    (b"\x1f\x8b", FileType.ARCHIVE),
    (b"BZh", FileType.ARCHIVE),
    (b"\xfd7zXZ\x00", FileType.ARCHIVE),
    (b"MZ", FileType.EXECUTABLE),
    (b"\x7fELF", FileType.EXECUTABLE),
    (b"\xfe\xed\xfa\xce", FileType.EXECUTABLE),
    (b"\xfe\xed\xfa\xcf", FileType.EXECUTABLE),
    (b"\xce\xfa\xed\xfe", FileType.EXECUTABLE),
    (b"\xcf\xfa\xed\xfe", FileType.EXECUTABLE),
    (b"\xca\xfe\xba\xbe", FileType.EXECUTABLE),
    (b"#!", FileType.EXECUTABLE),
)
_OFFICE_PARTS = (
    ("xl/workbook.xml", FileType.XLSX, FileType.XLSM),
    ("word/document.xml", FileType.DOCX, FileType.DOCM),
    ("ppt/presentation.xml", FileType.PPTX, FileType.PPTM),
)
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": FileType.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileType.ODS,
    b"application/vnd.oasis.opendocument.presentation": FileType.ODP,
}
_EXTENSIONS: dict[FileType, frozenset[str]] = {
    FileType.JPEG: frozenset({"jpg", "jpeg", "jpe"}),
    FileType.TIFF: frozenset({"tif", "tiff"}),
    FileType.OLE: frozenset({"xls", "doc", "ppt", "msg"}),
    FileType.ARCHIVE: frozenset({"7z", "rar", "gz", "tgz", "bz2", "xz"}),
    FileType.CSV: frozenset({"csv", "tsv", "txt", "tab"}),
    FileType.TEXT: frozenset({"txt", "csv", "tsv", "md", "log", "yaml", "yml", "eml", "nmap"}),
    FileType.JSON: frozenset({"json", "jsonl", "geojson", "yaml", "yml", "txt"}),
    FileType.YAML: frozenset({"yaml", "yml", "txt", "md", "log"}),
    FileType.XML: frozenset({"xml", "nessus", "xsd", "rss"}),
    FileType.HTML: frozenset({"html", "htm", "xhtml"}),
}
_USUAL = {FileType.JPEG: "jpg", FileType.TIFF: "tif", FileType.TEXT: "txt"}
_HEAD = 64 * 1024
# VBA, the sheets of macros of before VBA, and the folders of scripts of open documents.
_MACROS = re.compile(r"(^|/)vbaProject\.bin$|^xl/macrosheets/", re.IGNORECASE)
_OPEN_MACROS = re.compile(r"^(Basic|Scripts)/.")
_WITH_MACROS = frozenset({FileType.XLSM, FileType.DOCM, FileType.PPTM, FileType.ODM})


def sniff(path: Path) -> FileType:
    """Tell the type of a file from its first 64 KiB, and from the directory of a ZIP.

    Args:
        path: an existing file.

    Returns:
        The type; UNKNOWN for bytes that are neither a known format nor text.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileType.WEBP
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path)
    return FileType(text_kind(head, whole=len(head) < _HEAD))


def check_type(
    path: Path,
    accepted: Collection[FileType],
    *,
    file_name: str = "",
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[FileType, tuple[Message, ...]]:
    """Refuse a file whose content is not of an accepted type.

    Args:
        path: the file.
        accepted: types wanted.
        file_name: name given by the user; its extension is compared, never trusted.
        limits: only `max_bytes` is used.

    Returns:
        The type, and a warning when the extension claims another one.

    Raises:
        FileRefused: missing, empty, too large, macros, password or type not accepted.
    """
    name = file_name or path.name
    checked_size(path, limits, file_name=name)
    found = sniff(path)
    if found not in accepted:
        if found in _WITH_MACROS:
            raise refusal(MessageCode.FILE_HAS_MACROS, file=name)
        if found is FileType.OLE:
            is_locked = _is_encrypted_office(path)
            code = MessageCode.FILE_ENCRYPTED if is_locked else MessageCode.FILE_OLD_OFFICE
            raise refusal(code, file=name)
        wanted = ", ".join(sorted(accepted))
        raise refusal(MessageCode.FILE_TYPE_REFUSED, file=name, found=found, accepted=wanted)
    extension = PurePath(name).suffix.lstrip(".").lower()
    if extension in extensions_of(found):
        return found, ()
    mismatch = Message(
        Severity.WARNING,
        MessageCode.FILE_TYPE_MISMATCH,
        {"found": found.value, "extension": extension},
        name,
    )
    return found, (mismatch,)


def extensions_of(kind: FileType) -> frozenset[str]:
    """Endings, without their dot, that a file of this type may bear."""
    return _EXTENSIONS.get(kind, frozenset({kind.value}))


def named_by_content(name: str, kind: FileType) -> str:
    """A name whose ending says what is inside: double-clicked, it opens as what it is.

    Args:
        name: a clean name.
        kind: what the content says.

    Returns:
        The name, completed when its ending claims another type ("plan.html" → "plan.html.pdf").
    """
    extension = PurePath(name).suffix.lstrip(".").lower()
    if extension in extensions_of(kind):
        return name
    return f"{name}.{_USUAL.get(kind, kind.value)}"


def _kind_of_zip(path: Path) -> FileType:
    """Look into the directory; what is inside is not decompressed, but for `mimetype`."""
    try:
        with path.open("rb") as stream:
            check_directory_size(stream, path.stat().st_size, DEFAULT_LIMITS)
        with zipfile.ZipFile(path) as archive:
            names = {member.filename for member in archive.infolist()}
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                kind = _OPEN_DOCUMENTS.get(archive.read("mimetype").strip())
                if kind:
                    return FileType.ODM if any(map(_OPEN_MACROS.search, names)) else kind
    except (FileRefused, *ZIP_ERRORS):
        return FileType.ZIP
    if "[Content_Types].xml" not in names:
        return FileType.ZIP
    has_macros = any(_MACROS.search(name) for name in names)
    for part, plain, with_macros in _OFFICE_PARTS:
        if part in names:
            return with_macros if has_macros else plain
    return FileType.ZIP


def _is_encrypted_office(path: Path) -> bool:
    """Tell whether an OLE file wraps an encrypted package ([MS-OFFCRYPTO] 2.3.4)."""
    with path.open("rb") as stream:
        return "EncryptedPackage".encode("utf-16-le") in stream.read(_HEAD * 16)
