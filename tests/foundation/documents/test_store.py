"""Are received bytes kept whole, recognised by content and refused in words?"""

import io
import os
import time
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation

from hygie.connectors.files.sniff import FileType
from hygie.connectors.message_codes import MessageCode
from hygie.foundation.documents.download import document_download
from hygie.foundation.documents.errors import DocumentDamaged, FileNotAccepted
from hygie.foundation.documents.media import IMPORTABLE, PROOFS
from hygie.foundation.documents.messages import SENTENCES, sentence_of
from hygie.foundation.documents.models import Document
from hygie.foundation.documents.selectors import (
    document_is_intact,
    document_open,
    document_path,
    documents_damaged,
)
from hygie.foundation.documents.services import (
    document_discard,
    document_store,
    documents_sweep,
)
from hygie.foundation.journal.types import SYSTEM

PDF = b"%PDF-1.7\nune preuve\n%%EOF\n"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path) -> object:
    with override_settings(
        MEDIA_ROOT=str(tmp_path / "documents"), FILE_UPLOAD_TEMP_DIR=str(tmp_path / "incoming")
    ):
        yield


def store(data: bytes, name: str = "preuve.pdf", allowed: frozenset[FileType] = PROOFS) -> Document:
    return document_store(stream=io.BytesIO(data), name=name, allowed=allowed, actor=SYSTEM)


def archive(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return target.getvalue()


@pytest.mark.django_db
def test_a_document_is_known_by_its_hash_and_opens_with_the_bytes_received() -> None:
    document = store(PDF)
    assert document.path.endswith(document.sha256) and document.size == len(PDF)
    assert document.media_type == "application/pdf"
    with document_open(document) as stream:
        assert stream.read() == PDF
    assert not list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())


@pytest.mark.django_db
def test_the_same_bytes_under_two_names_lie_once_on_disk() -> None:
    first, second = store(PDF, "a.pdf"), store(PDF, "b.pdf")
    assert first.pk != second.pk and first.path == second.path
    stored = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(stored) == 1


@pytest.mark.django_db
def test_a_name_that_tries_to_leave_its_folder_is_only_a_label() -> None:
    document = store(PDF, "../../etc/pass\u202ewd\r\n.pdf")
    assert "/" not in document.name and ".." not in document.name.split(".pdf")[0]
    assert "\u202e" not in document.name
    assert Path(settings.MEDIA_ROOT) in document_path(document).parents


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "name", "allowed", "code"),
    [
        (b"", "vide.pdf", PROOFS, MessageCode.FILE_EMPTY),
        (b"MZ\x90\x00" + b"\0" * 100, "facture.pdf", PROOFS, MessageCode.FILE_TYPE_REFUSED),
        (b"<html><script>alert(1)</script>", "x.pdf", PROOFS, MessageCode.FILE_TYPE_REFUSED),
        (b"<svg onload='x'/>", "logo.png", PROOFS, MessageCode.FILE_TYPE_REFUSED),
        (PDF, "tableau.csv", IMPORTABLE, MessageCode.FILE_TYPE_REFUSED),
        (archive({"a.csv": b"0" * 30_000_000}), "a.zip", IMPORTABLE, MessageCode.ARCHIVE_RATIO),
        (archive({"../x": b"1"}), "a.zip", IMPORTABLE, MessageCode.ARCHIVE_UNSAFE_PATH),
        (archive({"in.zip": archive({"a": b"1"})}), "a.zip", IMPORTABLE,
         MessageCode.ARCHIVE_NESTED),
        (b"PK\x03\x04 rien de plus", "a.zip", IMPORTABLE, MessageCode.FILE_DAMAGED),
    ],
)  # fmt: skip
def test_a_dangerous_or_useless_file_is_refused_with_its_reason_and_leaves_nothing(
    data: bytes, name: str, allowed: frozenset[FileType], code: MessageCode
) -> None:
    with pytest.raises(FileNotAccepted) as refused:
        store(data, name, allowed)
    assert refused.value.message.code is code
    assert name in str(refused.value)
    assert not Document.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert not list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())


@pytest.mark.django_db
def test_a_file_over_the_limit_is_refused_before_it_is_whole_on_disk() -> None:
    class Endless:
        def read(self, size: int = -1, /) -> bytes:
            return b"a" * size

    with override_settings(UPLOAD_MAX_BYTES=3 * 1024 * 1024), pytest.raises(FileNotAccepted) as no:
        document_store(stream=Endless(), name="long.txt", allowed=PROOFS, actor=SYSTEM)
    assert no.value.message.code is MessageCode.FILE_TOO_LARGE
    assert "3" in str(no.value)


@pytest.mark.django_db
def test_a_download_is_an_attachment_that_no_browser_runs() -> None:
    response = document_download(store(PDF, "preuve été.pdf"))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "private" in response["Cache-Control"]
    assert b"".join(response.streaming_content) == PDF  # type: ignore[arg-type]
    response.close()


@pytest.mark.django_db
def test_a_changed_or_missing_file_is_found_and_named() -> None:
    whole, changed, gone = store(PDF), store(PDF + b"2"), store(PDF + b"333")
    document_path(changed).write_bytes(PDF + b"X")
    document_path(gone).unlink()
    assert document_is_intact(whole) and not document_is_intact(changed)
    assert {(one.document.pk, one.is_missing) for one in documents_damaged()} == {
        (changed.pk, False),
        (gone.pk, True),
    }
    with pytest.raises(DocumentDamaged):
        document_open(gone)


@pytest.mark.django_db
def test_the_sweep_removes_only_old_bytes_that_no_document_owns() -> None:
    kept, forgotten, fresh = store(PDF), store(PDF + b"2"), store(PDF + b"33")
    paths = {name: document_path(one) for name, one in
             (("kept", kept), ("forgotten", forgotten), ("fresh", fresh))}  # fmt: skip
    assert document_discard(forgotten) and document_discard(fresh)
    old = time.time() - 48 * 3600
    os.utime(paths["kept"], (old, old))
    os.utime(paths["forgotten"], (old, old))
    assert documents_sweep() == 1
    assert paths["kept"].is_file() and paths["fresh"].is_file()
    assert not paths["forgotten"].exists()


def test_every_code_of_the_readers_has_a_sentence_that_takes_its_parameters() -> None:
    from hygie.connectors.message_parameters import MESSAGE_PARAMETERS

    for code in MessageCode:
        params: dict[str, str | int] = dict.fromkeys(MESSAGE_PARAMETERS[code], 7)
        with translation.override("fr"):
            said = str(sentence_of(code, params))
        assert said and said != code and "%(" not in said
        assert code in SENTENCES
    assert sentence_of("from_the_future", {}) == "from_the_future"


def test_user_text_in_a_message_is_never_a_format_string() -> None:
    said = str(sentence_of(MessageCode.CELL_NOT_NUMBER, {"value": "%(secret)s %s %d"}))
    assert "%(secret)s %s %d" in said
