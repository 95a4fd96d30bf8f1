"""An export is recognised by what it holds, never by its name."""

from pathlib import Path

import pytest

from hygie.connectors.directory_exports.opening import open_export
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused
from hygie.engines.directory.vocabulary import ExportKind
from tests.connectors.directory_exports.exports import archive, document, record, sid

USERS = document("users", [record(sid(1104), "A")])


def test_a_file_an_archive_and_a_folder_of_json_are_one_export(tmp_path: Path) -> None:
    single = tmp_path / "users.dat"
    single.write_bytes(b"\xef\xbb\xbf" + USERS)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.json").write_bytes(USERS)
    (folder / "b.json").write_bytes(document("groups", [record(sid(512), "DA")]))
    zipped = archive(tmp_path / "e.bin", {"a.json": USERS})
    for path, objects in ((single, 1), (folder, 2), (zipped, 1)):
        reading = open_export(path)
        (export,) = reading.exports
        assert export.kind is ExportKind.SHARPHOUND and export.counts["objects"] == objects
        assert export.name == path.name and reading.report.file == path.name


def test_a_folder_of_archives_is_several_exports_with_one_progress(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    archive(folder / "20240101000000_a.zip", {"a.json": USERS})
    archive(folder / "20250101000000_b.zip", {"a.json": USERS})
    (folder / "lisez-moi.txt").write_text("bonjour")
    seen: list[tuple[int, int]] = []
    reading = open_export(folder, progress=lambda done, total: seen.append((done, total)))
    assert [one.name for one in reading.exports] == [
        "exports/20240101000000_a.zip",
        "exports/20250101000000_b.zip",
    ]
    assert reading.exports[0].collected_on < reading.exports[1].collected_on
    assert seen == sorted(seen) and seen[-1][0] == seen[-1][1]


def test_digests_tell_exports_apart(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.json").write_bytes(USERS)
    first = open_export(folder).exports[0].digest
    (folder / "a.json").write_bytes(USERS + b" ")
    assert open_export(folder).exports[0].digest != first


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"MZ\x90", b"bonjour", b"PK\x03\x04"])
def test_anything_else_is_refused_with_what_is_accepted(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(content)
    with pytest.raises(FileRefused) as caught:
        open_export(path)
    expected = (
        MessageCode.FILE_DAMAGED if content[:2] == b"PK" else MessageCode.DIRECTORY_NOT_EXPORT
    )
    assert caught.value.message.code is expected


def test_an_empty_folder_and_an_absent_file_are_refused(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path, MessageCode.DIRECTORY_NOT_EXPORT),
        (tmp_path / "absent.zip", MessageCode.FILE_MISSING),
    ):
        with pytest.raises(FileRefused) as caught:
            open_export(path)
        assert caught.value.message.code is code


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_bytes(USERS)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.json").symlink_to(outside)
    with pytest.raises(FileRefused):
        open_export(folder)
