"""Sign-in by password: limits, sessions, reset, what the journal keeps and what it never keeps."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from hygie.foundation.journal.models import JournalLine
from hygie.territory.people.models import User
from tests.shell.signin.conftest import PASSWORD


def _enter(client: Client, email: str, password: str, **more: str) -> HttpResponse:
    form = {"login": email, "password": password, **more}
    answer: HttpResponse = client.post(reverse("account_login"), form)
    return answer


def _is_in(client: Client) -> bool:
    return client.get(reverse("people:me")).status_code == 200


@pytest.fixture
def database_cache(settings: Settings, db: None) -> Iterator[None]:
    """The cache that production uses, shared by its processes."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "hygie_cache",
        }
    }
    call_command("createcachetable", verbosity=0)
    cache.clear()
    yield


def test_a_right_password_opens_a_new_session_and_leaves_a_line(nora: User) -> None:
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    assert _enter(client, "NORA@hygie.test", PASSWORD)["Location"] == "/"
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    line = JournalLine.objects.get()
    assert (line.action, line.actor_id, line.via) == ("session.opened", nora.pk, "sign-in")
    assert line.detail == {"address": "127.0.0.1", "methods": ["password"]}


def test_a_wrong_password_leaves_a_line_and_says_nothing_of_the_account(nora: User) -> None:
    known = _enter(Client(), nora.email, "pas le bon")
    unknown = _enter(Client(), "personne@hygie.test", "pas le bon")
    words = re.compile(r'<div class="hy-refusals".*?</div>', re.S)
    said = [words.search(answer.content.decode()) for answer in (known, unknown)]
    assert said[0] is not None and said[1] is not None
    assert said[0][0] == said[1][0]
    lines = list(JournalLine.objects.values_list("action", "actor_label"))
    assert lines == [("session.refused", "nora@hygie.test"), ("session.refused", "?")]


def test_the_journal_never_keeps_what_was_typed(nora: User) -> None:
    _enter(Client(), "monMotDePasse!dans-le-mauvais-champ@x.fr", "autre secret")
    _enter(Client(), nora.email, "autre secret")
    kept = str(list(JournalLine.objects.values()))
    assert "monMotDePasse" not in kept and "autre secret" not in kept


@pytest.mark.usefixtures("database_cache")
def test_the_sixth_failed_attempt_is_refused_even_with_the_right_password(nora: User) -> None:
    for _attempt in range(5):
        assert _enter(Client(), nora.email, "pas le bon").status_code == 200
    refused = Client()
    answer = _enter(refused, nora.email, PASSWORD)
    assert "Trop de tentatives" in answer.content.decode()
    assert not _is_in(refused)
    assert JournalLine.objects.filter(action="session.refused").count() == 5


@pytest.mark.usefixtures("database_cache")
def test_one_address_that_tries_many_accounts_is_stopped_too(nora: User) -> None:
    statuses = [
        _enter(Client(), f"p{number}@hygie.test", "pas le bon").content.decode()
        for number in range(12)
    ]
    assert sum("Trop de tentatives" in page for page in statuses) == 2


@pytest.mark.usefixtures("database_cache")
def test_insisting_on_the_page_itself_gets_too_many_requests(nora: User) -> None:
    answers = [_enter(Client(), nora.email, PASSWORD).status_code for _attempt in range(31)]
    assert answers[-1] == 429
    assert set(answers[:30]) == {302}


def test_a_deactivated_account_does_not_open(nora: User) -> None:
    nora.is_active = False
    nora.save()
    client = Client()
    _enter(client, nora.email, PASSWORD)
    assert not _is_in(client)


def test_signing_out_closes_the_session_and_leaves_a_line(nora: User) -> None:
    client = Client()
    _enter(client, nora.email, PASSWORD)
    assert client.get(reverse("account_logout")).status_code == 200
    assert _is_in(client)
    client.post(reverse("account_logout"))
    assert not _is_in(client)
    assert JournalLine.objects.last().action == "session.closed"  # type: ignore[union-attr]


@pytest.mark.parametrize("onwards", ["https://evil.test/", "//evil.test/", "javascript:alert(1)"])
def test_sign_in_leads_nowhere_outside(nora: User, onwards: str) -> None:
    answer = _enter(Client(), nora.email, PASSWORD, next=onwards)
    assert "evil" not in answer["Location"] and "javascript" not in answer["Location"]


def test_nobody_signs_up_alone_nor_changes_their_address(nora: User) -> None:
    client = Client()
    for name in ("account_signup", "account_email", "socialaccount_signup"):
        answer = client.post(reverse(name), {"email": "x@hygie.test"})
        assert answer.status_code in {302, 404}
    assert User.objects.count() == 1


def test_changing_the_password_closes_the_other_sessions(nora: User) -> None:
    here, there = Client(), Client()
    _enter(here, nora.email, PASSWORD)
    _enter(there, nora.email, PASSWORD)
    new = "une phrase bien plus longue"
    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert _is_in(here) and not _is_in(there)
    assert JournalLine.objects.filter(action="account.password_changed").exists()


def test_my_sessions_are_listed_and_the_others_closed(nora: User) -> None:
    here, there = Client(HTTP_USER_AGENT="Firefox"), Client(HTTP_USER_AGENT="Chrome du bureau")
    _enter(there, nora.email, PASSWORD)
    _enter(here, nora.email, PASSWORD)
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "Chrome du bureau" in page
    here.post(reverse("usersessions_list"))
    assert _is_in(here) and not _is_in(there)


def test_a_forgotten_password_is_replaced_by_a_mailed_link_once(
    nora: User, settings: Settings
) -> None:
    settings.HAS_MAIL = True
    client = Client()
    client.post(reverse("account_reset_password"), {"email": nora.email})
    client.post(reverse("account_reset_password"), {"email": "personne@hygie.test"})
    assert [message.to for message in mail.outbox] == [[nora.email]]
    found = re.search(r"http://\S+?(/compte/mot-de-passe/nouveau/\S+)", str(mail.outbox[0].body))
    assert found is not None
    new = "une phrase bien plus longue"
    form = client.get(found[1], follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert _enter(Client(), nora.email, new).status_code == 302
    assert JournalLine.objects.filter(action="account.password_reset").exists()
    assert "plus valable" in Client().get(found[1]).content.decode()


def test_without_a_mail_server_the_reset_page_says_whom_to_ask(
    settings: Settings, db: None
) -> None:
    settings.HAS_MAIL = False
    page = Client().get(reverse("account_reset_password")).content.decode()
    assert "demandez un lien" in page
    assert '<form method="post" action="/compte/mot-de-passe/oublie/"' not in page
