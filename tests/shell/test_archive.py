"""Archives that must not be trusted: nothing of them reaches the instance."""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hygie.foundation.errors import Refusal
from hygie.shell.backup import archive as archives
from hygie.shell.backup.archive import archive_extract, archive_writing
from hygie.shell.backup.errors import (
    ArchiveAltered,
    ArchiveMemberRefused,
    ArchiveTooLarge,
    ArchiveUnreadable,
)
from hygie.shell.backup.manifest import Manifest
from hygie.shell.backup.swap import swap_undo, swapped, swaps_recover


def manifest(**changes: object) -> Manifest:
    content: dict[str, object] = {
        "database": "sqlite", "hygie": "0", "django": "5", "server": "3", "written_at": "now",
        "migrations": [], "rows": {}, "has_secret": False,
    }  # fmt: skip
    return Manifest(**{**content, **changes})  # type: ignore[arg-type]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    documents = tmp_path / "documents" / "ab"
    documents.mkdir(parents=True)
    (documents / "preuve.pdf").write_bytes(b"%PDF-1.7 preuve")
    path = tmp_path / "good.tar.gz"
    with archive_writing(path) as archive:
        archive.add_folder("documents", tmp_path / "documents")
        archive.add("secret.key", tmp_path / "absent")
        archive.close_with(manifest(members=archive.members))
    return path


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    folder = tmp_path / "staging"
    folder.mkdir()
    return folder


@pytest.fixture
def forge(tmp_path: Path) -> Callable[..., Path]:
    """Writes an archive member by member, with a manifest that agrees with it."""

    def make(*members: tarfile.TarInfo | tuple[str, bytes], **changes: object) -> Path:
        path = tmp_path / "forged.tar.gz"
        sums: dict[str, list[object]] = {}
        with tarfile.open(path, "w:gz") as tar:
            for member in members:
                if isinstance(member, tarfile.TarInfo):
                    tar.addfile(member)
                    continue
                name, content = member
                information = tarfile.TarInfo(name)
                information.size = len(content)
                tar.addfile(information, io.BytesIO(content))
                sums[name] = [hashlib.sha256(content).hexdigest(), len(content)]
            text = json.loads(manifest(members=sums).text())
            text = json.dumps({**text, **changes}).encode()
            information = tarfile.TarInfo("manifest.json")
            information.size = len(text)
            tar.addfile(information, io.BytesIO(text))
        return path

    return make


def link(name: str, target: str, kind: bytes) -> tarfile.TarInfo:
    information = tarfile.TarInfo(name)
    information.type = kind
    information.linkname = target
    return information


def test_an_archive_comes_out_as_it_went_in(good: Path, staging: Path) -> None:
    found = archive_extract(good, staging)
    assert list(found.members) == ["documents/ab/preuve.pdf"]
    assert (staging / "documents/ab/preuve.pdf").read_bytes() == b"%PDF-1.7 preuve"
    assert good.stat().st_mode & 0o077 == 0


def test_a_failed_backup_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), archive_writing(tmp_path / "x.tar.gz"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "../outside", "documents/../../outside", "/etc/outside", "documents//double",
        "documents/./dot", "elsewhere/file", "documents", "hygie.sqlite3", "supervisor.lock",
        "database/../secret.key", "",
    ],
)  # fmt: skip
def test_a_name_that_a_backup_never_holds_is_refused(
    forge: Callable[..., Path], staging: Path, tmp_path: Path, name: str
) -> None:
    with pytest.raises(ArchiveMemberRefused):
        archive_extract(forge((name, b"x")), staging)
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize(
    "member",
    [
        link("documents/link", "/etc/passwd", tarfile.SYMTYPE),
        link("documents/hard", "documents/other", tarfile.LNKTYPE),
        link("documents/pipe", "", tarfile.FIFOTYPE),
        link("documents/device", "", tarfile.CHRTYPE),
        link("documents/folder", "", tarfile.DIRTYPE),
    ],
    ids=lambda member: member.name,
)
def test_what_is_not_an_ordinary_file_is_refused(
    forge: Callable[..., Path], staging: Path, member: tarfile.TarInfo
) -> None:
    with pytest.raises(ArchiveMemberRefused):
        archive_extract(forge(member), staging)


def test_a_name_twice_is_refused(forge: Callable[..., Path], staging: Path) -> None:
    with pytest.raises(ArchiveMemberRefused):
        archive_extract(forge(("documents/a", b"1"), ("documents/a", b"2")), staging)


def test_a_changed_byte_is_found(forge: Callable[..., Path], staging: Path) -> None:
    sums = {"documents/a": [hashlib.sha256(b"other").hexdigest(), 5]}
    with pytest.raises(ArchiveAltered) as refusal:
        archive_extract(forge(("documents/a", b"bytes"), members=sums), staging)
    assert refusal.value.params["member"] == "documents/a"


def test_a_missing_member_is_found(forge: Callable[..., Path], staging: Path) -> None:
    with pytest.raises(ArchiveAltered):
        archive_extract(forge(members={"documents/gone": ["0" * 64, 1]}), staging)


def test_a_member_that_the_manifest_ignores_is_refused(
    forge: Callable[..., Path], staging: Path
) -> None:
    with pytest.raises(ArchiveAltered):
        archive_extract(forge(("documents/added", b"x"), members={}), staging)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2}, {"rows": []}, {"members": None}, {"unknown": 1}, {"has_secret": "yes"},
        {"database": 3},
    ],
    ids=str,
)  # fmt: skip
def test_a_manifest_of_another_shape_is_refused(
    forge: Callable[..., Path], staging: Path, changes: dict[str, object]
) -> None:
    with pytest.raises(ArchiveUnreadable):
        archive_extract(forge(**changes), staging)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_archive_is_refused(good: Path, staging: Path, share: float) -> None:
    content = good.read_bytes()
    good.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ArchiveUnreadable):
        archive_extract(good, staging)


@pytest.mark.parametrize(
    "content", [b"", b"not an archive", gzip.compress(b"not a tar", mtime=0), b"PK\x03\x04zip"]
)
def test_what_is_no_archive_is_refused(tmp_path: Path, staging: Path, content: bytes) -> None:
    path = tmp_path / "no.tar.gz"
    path.write_bytes(content)
    with pytest.raises(ArchiveUnreadable):
        archive_extract(path, staging)


def test_what_would_fill_the_disk_is_refused(
    good: Path, staging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "_RESERVE_BYTES", 2**62)
    with pytest.raises(ArchiveTooLarge):
        archive_extract(good, staging)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.integers(0, 10**6), value=st.integers(0, 255))
def test_any_single_changed_byte_is_refused_or_changes_nothing(
    good: Path, tmp_path_factory: pytest.TempPathFactory, position: int, value: int
) -> None:
    content = bytearray(good.read_bytes())
    content[position % len(content)] = value
    folder = tmp_path_factory.mktemp("bytes")
    (folder / "staging").mkdir()
    (folder / "x.tar.gz").write_bytes(content)
    try:
        archive_extract(folder / "x.tar.gz", folder / "staging")
    except Refusal:
        return
    kept = folder / "staging" / "documents" / "ab" / "preuve.pdf"
    assert kept.read_bytes() == b"%PDF-1.7 preuve"


@pytest.fixture
def swap(tmp_path: Path) -> tuple[Path, Path]:
    home = tmp_path / "home"
    fresh = home / ".restore-x"
    fresh.mkdir(parents=True)
    (home / "a").write_text("old a")
    (home / "gone").write_text("old gone")
    (fresh / "a").write_text("new a")
    (fresh / "born").write_text("new born")
    return home, fresh


NAMES = ("a", "gone", "born", "never")


def content(home: Path) -> dict[str, str]:
    return {p.name: p.read_text() for p in home.iterdir() if p.is_file()}


def test_a_swap_replaces_adds_and_removes(swap: tuple[Path, Path]) -> None:
    home, staging = swap
    with swapped(home, staging, NAMES):
        pass
    assert content(home) == {"a": "new a", "born": "new born"}
    swaps_recover(home)
    assert content(home) == {"a": "new a", "born": "new born"}
    assert not staging.exists()


def test_a_failure_after_the_swap_puts_everything_back(swap: tuple[Path, Path]) -> None:
    home, staging = swap
    with pytest.raises(RuntimeError), swapped(home, staging, NAMES):
        raise RuntimeError
    assert content(home) == {"a": "old a", "gone": "old gone"}


@pytest.mark.parametrize("moves_done", range(5))
def test_a_crash_at_any_move_is_undone_at_the_next_start(
    swap: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, moves_done: int
) -> None:
    home, staging = swap
    rename = Path.rename
    left = moves_done

    def crash(self: Path, target: Path) -> Path:
        nonlocal left
        if left == 0:
            raise KeyboardInterrupt
        left -= 1
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", crash)
        # The process dies there: what it would still do in passing is not done.
        patch.setattr("hygie.shell.backup.swap.swap_undo", lambda _home, _staging: None)
        with pytest.raises(KeyboardInterrupt), swapped(home, staging, NAMES):
            raise KeyboardInterrupt
    swap_undo(home, staging)
    swaps_recover(home)
    assert content(home) == {"a": "old a", "gone": "old gone"}
