"""A hostile file never gets in as a proof, and whatever got in only ever leaves as a download."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from hygie.foundation.documents.models import Document
from hygie.progress.models import Evidence
from tests.connectors.archives import forged, make_zip
from tests.progress.conftest import TODAY

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def packed(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def docx(**more: bytes) -> bytes:
    members = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
    return packed(members | {name.replace("__", "/"): data for name, data in more.items()})


@pytest.fixture
def alice(asked, territory, characters, signed_in):
    return signed_in(characters.alice)


@pytest.fixture
def drop(alice, asked, territory):
    """drop(data, name): the answer of the page that takes a proof."""

    def send(data: bytes, name: str, **more: object):
        values = {
            "kind": asked.plan.pk, "title": "Le plan signé", "effective_on": TODAY.isoformat(),
            "file": SimpleUploadedFile(name, data, content_type="application/pdf"),
        }  # fmt: skip
        address = reverse("progress:evidence_add", args=[territory.entities[0].pk])
        return alice.post(address, values | more)

    return send


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
HOSTILE = {
    "programme sous un nom de PDF": (b"MZ\x90\x00" + b"\0" * 200, "plan.pdf"),
    "ELF": (b"\x7fELF\x02\x01\x01" + b"\0" * 100, "plan.pdf"),
    "script shell": (b"#!/bin/sh\nrm -rf /\n", "plan.pdf"),
    "SVG avec script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
                        "logo.svg"),
    "SVG avec prologue": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
                          "logo.png"),
    "page HTML": (b"<!doctype html><html><script>alert(1)</script></html>", "plan.pdf"),
    "HTML d'abord, PDF ensuite": (b"<html><script>1</script></html>\n" + PDF, "plan.pdf"),
    "XML": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "plan.xml"),
    "vide": (b"", "plan.pdf"),
    "double extension": (b"MZ\x90\x00" + b"\0" * 200, "plan.pdf.exe"),
    "bombe": (docx(word__media__x=b"\0" * 40_000_000), "plan.docx"),
    "chemin qui sort": (docx(**{"..__..__etc__passwd": b"x"}), "plan.docx"),
    "archive nue": (packed({"a.txt": b"a"}), "plan.zip"),
    "archive abîmée": (docx()[:60], "plan.docx"),
    "GIF et script": (b"GIF89a=1;alert(1)//", "image.png"),
    "entités XML": (docx(**{"word/styles.xml": DOCTYPE}), "plan.docx"),
    "entités XML en UTF-16": (
        docx(**{"word/styles.xml": DOCTYPE.decode().encode("utf-16")}), "plan.docx"
    ),
    "macros d'Excel": (
        packed({"[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/vbaProject.bin": b"x"}),
        "plan.xlsx",
    ),
    "macros d'avant VBA": (
        packed({"[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/macrosheets/s.xml": b""}),
        "plan.xlsx",
    ),
    "macros de présentation": (
        packed({"[Content_Types].xml": b"", "ppt/presentation.xml": b"",
                "ppt/vbaProject.bin": b"x"}),
        "plan.pptx",
    ),
    "macros de document ouvert": (
        packed({"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/x.xml": b"x"}),
        "plan.odt",
    ),
    "document d'avant 2007": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "plan.doc"),
    "texte en UTF-32": ("a;b\n1;2\n".encode("utf-32"), "plan.csv"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_the_form_keeps_what_was_typed(drop, case):
    data, name = HOSTILE[case]
    answer = drop(data, name)
    page = answer.content.decode()
    assert answer.status_code == 422, page[:2000]
    assert name in page and 'role="alert"' in page
    assert 'value="Le plan signé"' in page and f'value="{TODAY.isoformat()}"' in page
    assert not Evidence.objects.exists() and not Document.objects.exists()


def test_an_encrypted_archive_is_refused(drop, tmp_path):
    path = make_zip(
        tmp_path / "x.docx", {"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"}
    )
    answer = drop(forged(path, "flags", 1).read_bytes(), "plan.docx")
    assert answer.status_code == 422 and not Document.objects.exists()


def test_a_file_over_the_limit_is_refused(drop):
    with override_settings(UPLOAD_MAX_BYTES=1000):
        answer = drop(PDF + b"0" * 2000, "plan.pdf")
    assert answer.status_code == 422 and not Document.objects.exists()


def test_a_body_over_the_limit_is_not_even_read(drop):
    with override_settings(UPLOAD_MAX_BYTES=10):
        answer = drop(PDF + b"0" * 1_100_000, "plan.pdf")
    assert answer.status_code == 413 and not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\moi\\plan.pdf", "plan.pdf"),
        ("plan\u202efdp.exe.pdf", None),
        ('plan";filename=x.html.pdf', None),
        ("a" * 400 + ".pdf", None),
    ],
)
def test_a_hostile_name_is_only_a_label(alice, drop, name, shown):
    answer = drop(PDF, name)
    assert answer.status_code == 302
    document = Document.objects.get()
    assert "/" not in document.name and "\\" not in document.name
    assert "\u202e" not in document.name and len(document.name) <= 200
    assert shown is None or document.name == shown
    leaves = _download(alice)
    assert leaves["Content-Disposition"].startswith("attachment")
    assert "\n" not in leaves["Content-Disposition"]


@pytest.mark.parametrize(
    ("data", "name", "kept"),
    [
        # Opened by a double click, each would run in a browser or a shell.
        (PDF.replace(b"\n", b"\n<html><script>alert(1)</script></html>\n", 1), "plan.html",
         "plan.html.pdf"),
        (b"@echo off\r\nformat c:\r\n", "plan.bat", "plan.bat.txt"),
        (b"new ActiveXObject('WScript.Shell')\n", "plan.js", "plan.js.txt"),
        (PDF, "plan.exe", "plan.exe.pdf"),
        (PDF, "plan", "plan.pdf"),
        (b"\xff\xd8\xff" + b"\0" * 40, "photo.JPEG", "photo.JPEG"),
    ],
)  # fmt: skip
def test_a_proof_is_named_by_what_it_is(drop, data, name, kept):
    answer = drop(data, name)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert Document.objects.get().name == kept


def test_files_sent_without_end_are_refused_and_a_stranger_sends_none(drop, asked, territory):
    with override_settings(UPLOADS_PER_MINUTE=2):
        answers = [drop(PDF, "plan.pdf").status_code for _turn in range(4)]
    # The minute may turn once in between.
    assert answers[:2] == [302, 302] and answers.count(429) >= 1
    address = reverse("progress:evidence_add", args=[territory.entities[0].pk])
    heavy = SimpleUploadedFile("plan.pdf", PDF + b"0" * 1_200_000)
    with override_settings(FILE_UPLOAD_TEMP_DIR="/nulle-part"):  # hence the body is not read
        sent_away = Client(enforce_csrf_checks=True).post(address, {"file": heavy})
    assert sent_away.status_code == 302 and "/connexion/" in sent_away["Location"]
    assert Client().post(address, {"title": "x"}).status_code == 302


def _download(client):
    """The answer that gives the file of the only proof, read to its end as `body`."""
    revision = Evidence.objects.get().revisions.latest("number")
    answer = client.get(reverse("progress:evidence_file", args=[revision.pk]))
    answer.body = b"".join(answer.streaming_content)
    return answer


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (PDF, "plan.pdf"),
        (PNG, "ecran.png"),
        (docx(), "plan.docx"),
        (b"un texte <script>alert(1)</script>", "notes.txt"),
        # Both a PDF and a page for whoever would sniff it.
        (PDF + b"<html><script>alert(1)</script></html>", "plan.pdf"),
        (b"a;b\n=HYPERLINK(1);2\n", "liste.csv"),
    ],
)
def test_whatever_was_kept_leaves_only_as_a_sandboxed_download(alice, drop, data, name):
    answer = drop(data, name)
    if answer.status_code == 422:
        assert not Document.objects.exists()
        return
    leaves = _download(alice)
    assert leaves.body == data
    assert leaves["Content-Disposition"].startswith("attachment")
    assert leaves["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in leaves["Content-Security-Policy"]
    assert "html" not in leaves["Content-Type"] and "svg" not in leaves["Content-Type"]
    assert leaves["Cache-Control"] == "private, no-store"


def test_the_declared_type_of_an_upload_is_not_believed(alice, drop):
    drop(PNG, "plan.pdf")
    assert Document.objects.get().media_type == "image/png"


def test_a_file_refused_with_its_dates_leaves_no_document_behind(drop):
    answer = drop(PDF, "plan.pdf", expires_on="2020-01-01")
    assert answer.status_code == 422 and "précède" in answer.content.decode()
    assert not Document.objects.exists()


def test_a_revision_refuses_a_hostile_file_and_keeps_what_was_typed(alice, drop):
    drop(PDF, "plan.pdf")
    proof = Evidence.objects.get()
    answer = alice.post(
        reverse("progress:evidence_revise", args=[proof.pk]),
        {
            "effective_on": TODAY.isoformat(), "reason": "revue annuelle",
            "file": SimpleUploadedFile("plan.pdf", b"MZ\x90\x00" + b"\0" * 99),
        },
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422 and "revue annuelle" in page and 'role="alert"' in page
    assert proof.revisions.count() == 1
