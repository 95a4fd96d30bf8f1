"""Refusals reach their reader in the right clothes; reading writes nothing; the worker beats."""

import datetime as dt
import errno
import json
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils import timezone

from hygie.foundation.errors import NotAllowed, NotFound, Refusal
from hygie.foundation.http import health
from hygie.foundation.http.errors import RefusalMiddleware
from hygie.foundation.http.readonly import GetWroteError, RefusesWrites
from hygie.shell.urls import urlpatterns as house
from hygie.territory.people.models import User


class Hostile(Refusal):
    """Holds what a user typed."""

    code = "hostile"
    template = "Refusé : %(name)s"


def _refuse(error: Exception) -> object:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


def _locked() -> Exception:
    """As Django raises it when another program holds the file."""
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
    error = OperationalError("database is locked")
    error.__cause__ = cause
    return error


def _write(request: HttpRequest) -> HttpResponse:
    User.objects.create_user("ecrit@hygie.test")
    return HttpResponse("écrit")


urlpatterns = [
    *house,
    path("essai/absent/", _refuse(NotFound())),  # type: ignore[arg-type]
    path("essai/interdit/", _refuse(NotAllowed())),  # type: ignore[arg-type]
    path("essai/hostile/", _refuse(Hostile(name="<script>%(x)s</script>"))),  # type: ignore[arg-type]
    path("api/essai/", _refuse(Hostile(name="<b>"))),  # type: ignore[arg-type]
    path("essai/ecrit/", _write),
    path("essai/plein/", _refuse(OSError(errno.ENOSPC, "No space left on device"))),  # type: ignore[arg-type]
    path("essai/occupe/", _refuse(_locked())),  # type: ignore[arg-type]
    path("api/essai-plein/", _refuse(OSError(errno.ENOSPC, "No space left on device"))),  # type: ignore[arg-type]
]
handler500 = "hygie.shell.views.failed"


@override_settings(ROOT_URLCONF=__name__)
def test_what_the_machine_lacks_is_told_in_words_and_never_as_our_fault() -> None:
    client = Client(raise_request_exception=False)
    full = client.get("/essai/plein/")
    assert full.status_code == 507
    assert "Le disque de Hygie est plein" in full.content.decode()
    busy = client.get("/essai/occupe/", headers={"Accept-Language": "en"})
    assert busy.status_code == 503 and busy["Retry-After"] == "30"
    assert "The database is busy" in busy.content.decode()
    api = client.get("/api/essai-plein/")
    assert api.status_code == 507 and api.json()["code"] == "disk_full"


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_refusal_is_a_page_with_its_words_and_its_status() -> None:
    client = Client()
    assert client.get("/essai/absent/").status_code == 404
    forbidden = client.get("/essai/interdit/")
    assert forbidden.status_code == 403
    assert "Votre rôle ne permet pas" in forbidden.content.decode()
    hostile = client.get("/essai/hostile/")
    assert hostile.status_code == 400
    assert "&lt;script&gt;%(x)s&lt;/script&gt;" in hostile.content.decode()


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_the_api_hears_the_same_in_json() -> None:
    answer = Client().get("/api/essai/")
    assert answer.status_code == 400
    assert json.loads(answer.content) == {"code": "hostile", "detail": "Refusé : <b>"}


def test_another_error_is_left_to_django() -> None:
    middleware = RefusalMiddleware(lambda request: HttpResponse())
    request = RequestFactory().get("/")
    assert middleware.process_exception(request, RuntimeError("x")) is None


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_read_that_writes_fails_in_the_tests() -> None:
    assert Client().post("/essai/ecrit/").status_code == 200
    with pytest.raises(GetWroteError):
        Client().get("/essai/ecrit/")


@pytest.mark.django_db
def test_the_worker_beats_while_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    beats: list[dt.datetime] = []
    monkeypatch.setattr(health, "BEAT_EVERY_S", 0.01)
    monkeypatch.setattr(health, "worker_beat", beats.append)
    with health.worker_beating():
        time.sleep(0.1)
    count = len(beats)
    time.sleep(0.05)
    assert count > 2 and len(beats) == count


@pytest.mark.django_db
def test_a_beat_is_read_back() -> None:
    now = timezone.now()
    health.worker_beat(now)
    seen = health.worker_seen_at()
    assert seen is not None and abs(seen - now) < dt.timedelta(seconds=1)


def test_a_read_answers_for_what_its_own_thread_writes() -> None:
    refuses = RefusesWrites()

    def write() -> str:
        said: str = refuses(lambda sql, *_more: sql, "UPDATE x", (), False, {})
        return said

    with pytest.raises(GetWroteError):
        write()
    with ThreadPoolExecutor() as other:
        assert other.submit(write).result() == "UPDATE x"
