"""The content says the type; the extension is only compared."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.connectors.files.digest import sha256_of
from hygie.connectors.files.names import clean_file_name
from hygie.connectors.files.sniff import FileType, check_type, sniff
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, Severity
from tests.connectors.archives import make_ods, make_xlsx, make_zip

CONTENTS = [
    (b"%PDF-1.7\n", FileType.PDF),
    (b"\x89PNG\r\n\x1a\n....", FileType.PNG),
    (b"\xff\xd8\xff\xe0..", FileType.JPEG),
    (b"RIFF\x10\0\0\0WEBPVP8 ", FileType.WEBP),
    (b"MZ\x90\0", FileType.EXECUTABLE),
    (b"\x7fELF\2\1", FileType.EXECUTABLE),
    (b"#!/bin/sh\necho a;b\n", FileType.EXECUTABLE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileType.OLE),
    (b"\x1f\x8b\x08", FileType.ARCHIVE),
    (b"a;b;c\n1;2;3\n", FileType.CSV),
    ("é;b\n1;2\n".encode("cp1252"), FileType.CSV),
    ("nom\tville\nA\tB\n".encode("utf-16"), FileType.CSV),
    ("nom;ville\nA;B\n".encode("utf-16-le"), FileType.CSV),
    (b'{"a": [1, 2]}', FileType.JSON),
    (b'{"a": 1}\n{"a": 2}\n', FileType.JSON),
    (b"urn: urn:a\nname: b\nobjects:\n  x: 1\n", FileType.YAML),
    (b"---\n- a\n- b\n", FileType.YAML),
    (b'<?xml version="1.0"?><a/>', FileType.XML),
    (b"<!DOCTYPE html><p>x", FileType.HTML),
    (b"<p>x</p><script>1</script>", FileType.HTML),
    (b"<?xml version='1.0'?><!DOCTYPE nmaprun><!-- <html> --><nmaprun><script id='x'/></nmaprun>",
     FileType.XML),
    (b"<?xml version='1.0'?><x:html xmlns:x='y'><script>1</script></x:html>", FileType.HTML),
    (b"<?xml version='1.0'?><p><svg/><script/></p>", FileType.SVG),
    (b'<svg xmlns="s"><script/></svg>', FileType.SVG),
    (b"Bonjour, tout va bien.\nAu revoir.\n", FileType.TEXT),
    (b"\x00\x01\x02\x03\x04", FileType.UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("content", "kind"), CONTENTS)
def test_the_content_says_the_type(tmp_path: Path, content: bytes, kind: FileType) -> None:
    path = tmp_path / "facture.pdf"
    path.write_bytes(content)
    assert sniff(path) is kind


def test_a_json_text_cut_inside_a_long_string_is_json(tmp_path: Path) -> None:
    path = tmp_path / "bom.json"
    path.write_text(
        '{"bomFormat": "CycloneDX", "image": "' + "A" * 100_000 + '"}', encoding="utf-8"
    )
    assert sniff(path) is FileType.JSON


def test_office_files_are_told_apart(tmp_path: Path) -> None:
    types = {"[Content_Types].xml": "<Types/>"}
    assert sniff(make_xlsx(tmp_path / "a", "")) is FileType.XLSX
    assert sniff(make_ods(tmp_path / "b", "")) is FileType.ODS
    assert sniff(make_zip(tmp_path / "c", {**types, "word/document.xml": ""})) is FileType.DOCX
    assert sniff(make_zip(tmp_path / "d", {"a.txt": ""})) is FileType.ZIP
    macros = make_xlsx(tmp_path / "e", "", extra={"xl/vbaProject.bin": b"x"})
    assert sniff(macros) is FileType.XLSM


def test_a_type_that_is_not_accepted_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(b"MZ\x90\0" * 10)
    with pytest.raises(FileRefused) as caught:
        check_type(path, {FileType.CSV, FileType.XLSX})
    assert caught.value.message.code is MessageCode.FILE_TYPE_REFUSED
    assert caught.value.message.params == {"found": "executable", "accepted": "csv, xlsx"}


def test_macros_and_passwords_have_their_own_words(tmp_path: Path) -> None:
    macros = make_xlsx(tmp_path / "a.xlsx", "", extra={"xl/vbaProject.bin": b"x"})
    locked = tmp_path / "b.xlsx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    for path, code in (
        (macros, MessageCode.FILE_HAS_MACROS),
        (locked, MessageCode.FILE_ENCRYPTED),
    ):
        with pytest.raises(FileRefused) as caught:
            check_type(path, {FileType.XLSX})
        assert caught.value.message.code is code


def test_a_misleading_extension_is_reported_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "liste.png"
    path.write_bytes(b"a;b\n1;2\n")
    kind, messages = check_type(path, {FileType.CSV})
    assert kind is FileType.CSV
    assert [(m.severity, m.code) for m in messages] == [
        (Severity.WARNING, MessageCode.FILE_TYPE_MISMATCH)
    ]
    assert messages[0].params == {"found": "csv", "extension": "png"}


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=400))
def test_no_bytes_make_the_sniffer_crash(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("s") / "x"
    path.write_bytes(data)
    assert sniff(path) in FileType


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\Rapport d'audit.PDF", "Rapport d'audit.PDF"),
        ("  .htaccess. ", "htaccess"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("CON.txt", "_CON.txt"),
        ("", "document"),
        ("e\u0301te\u0301.csv", "été.csv"),
        ('a<b>:"c|?*;.txt', "a_b___c____.txt"),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(given_name: str, kept: str) -> None:
    assert clean_file_name(given_name) == kept


@given(name=st.text(max_size=400))
def test_any_name_becomes_a_safe_one(name: str) -> None:
    cleaned = clean_file_name(name)
    assert 1 <= len(cleaned) <= 120
    assert not set(cleaned) & set('/\\\0\r\n"<>:|?*;')
    assert not cleaned.startswith(".") and not cleaned.endswith((".", " "))
    assert clean_file_name(cleaned) == cleaned


def test_the_digest_is_that_of_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc" * 1_000_000)
    assert sha256_of(path) == ("f4096a131e7e6ebfa7a512b5c299e13b065df34d15624ee1202ab394cc4d7e90")
