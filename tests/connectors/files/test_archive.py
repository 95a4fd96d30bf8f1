"""Which archives are refused, and why."""

import stat
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.connectors.files.archive import check_archive
from hygie.connectors.files.limits import Limits
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused
from tests.connectors.archives import forged, make_zip, zip_bytes

SMALL = Limits(
    max_uncompressed_bytes=200_000, max_ratio=50, ratio_floor_bytes=10_000, max_members=5,
    max_member_name=60,
)  # fmt: skip


def code_of(path: Path, limits: Limits = SMALL) -> MessageCode:
    with pytest.raises(FileRefused) as caught:
        check_archive(path, limits)
    assert caught.value.message.file == path.name
    return caught.value.message.code


def test_an_ordinary_archive_gives_its_files(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"d/": "", "d/é.txt": "x" * 100, "b.csv": "1;2"})
    assert check_archive(path, SMALL) == ("d/é.txt", "b.csv")


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"a": b"\0" * 150_000})
    assert code_of(path) is MessageCode.ARCHIVE_RATIO


def test_a_bomb_is_refused_by_its_declared_size(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {str(index): "ab" * 30_000 for index in range(4)})
    assert code_of(path, Limits(max_uncompressed_bytes=200_000)) is MessageCode.ARCHIVE_TOO_LARGE


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = forged(make_zip(tmp_path / "a.zip", {"a": b"\0" * 9_000_000}), "size", 100)
    assert code_of(path) is MessageCode.FILE_DAMAGED


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../x", "a/../../x", "C:\\x", "C:x", "a\\..\\b", "\\\\host\\x", "a\nb"]
)
def test_a_path_that_leaves_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    assert code_of(make_zip(tmp_path / "a.zip", {name: "x"})) is MessageCode.ARCHIVE_UNSAFE_PATH


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"link": "/etc/passwd"})
    assert code_of(forged(path, "attributes", (stat.S_IFLNK | 0o777) << 16)) is (
        MessageCode.ARCHIVE_SYMLINK
    )


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"a": "x"})
    assert code_of(forged(path, "flags", 1)) is MessageCode.ARCHIVE_ENCRYPTED


def test_a_strange_compression_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"a": "x"})
    assert code_of(forged(path, "method", 99)) is MessageCode.ARCHIVE_METHOD


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    assert code_of(make_zip(tmp_path / "a.zip", {"a/B.txt": "1", "a/b.TXT": "2"})) is (
        MessageCode.ARCHIVE_DUPLICATE
    )
    path = tmp_path / "same.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a", "1")
        archive.writestr("a", "2")
    assert code_of(path) is MessageCode.ARCHIVE_DUPLICATE


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"photo.png": zip_bytes({"x": "y"})})
    assert code_of(path) is MessageCode.ARCHIVE_NESTED
    assert check_archive(path, SMALL, nested=True) == ("photo.png",)


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {str(index): "" for index in range(6)})
    assert code_of(path) is MessageCode.ARCHIVE_TOO_MANY_MEMBERS


def test_a_directory_of_any_length_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"a": "x"})
    data = bytearray(path.read_bytes())
    struct.pack_into("<L", data, data.rindex(b"PK\x05\x06") + 12, 2**31)
    path.write_bytes(bytes(data))
    assert code_of(path) is MessageCode.ARCHIVE_TOO_MANY_MEMBERS


def test_a_long_name_is_refused(tmp_path: Path) -> None:
    assert code_of(make_zip(tmp_path / "a.zip", {"a" * 61: "x"})) is (
        MessageCode.ARCHIVE_NAME_TOO_LONG
    )


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"a": "x" * 50, "b": "y" * 50})
    data = bytearray(path.read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    struct.pack_into("<L", data, second + 42, 0)
    path.write_bytes(bytes(data))
    assert code_of(path) is MessageCode.ARCHIVE_OVERLAP


@pytest.mark.parametrize("cut", [1, 10, 30, 60])
def test_a_cut_archive_is_refused(tmp_path: Path, cut: int) -> None:
    path = make_zip(tmp_path / "a.zip", {"a": "x" * 500})
    path.write_bytes(path.read_bytes()[:-cut])
    assert code_of(path) is MessageCode.FILE_DAMAGED


def test_a_missing_an_empty_and_a_heavy_file_are_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.zip"
    empty.touch()
    heavy = make_zip(tmp_path / "heavy.zip", {"a": "x"})
    assert code_of(tmp_path / "none.zip") is MessageCode.FILE_MISSING
    assert code_of(empty) is MessageCode.FILE_EMPTY
    assert code_of(heavy, Limits(max_bytes=10)) is MessageCode.FILE_TOO_LARGE


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=300), place=st.integers(0, 200), seeded=st.booleans())
def test_no_bytes_make_it_crash(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, place: int, seeded: bool
) -> None:
    path = tmp_path_factory.mktemp("z") / "a.zip"
    good = zip_bytes({"a.txt": "hello", "b": "x" * 50})
    path.write_bytes(good[:place] + data + good[place + len(data) :] if seeded else data)
    try:
        check_archive(path, SMALL)
    except FileRefused as refused:
        assert refused.message.code in MessageCode
