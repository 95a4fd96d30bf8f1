"""Sign-in by a provider: the whole round trip over real HTTP, and every rule broken once."""

import http.client
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from hygie.foundation.journal.models import JournalLine
from hygie.territory.people.choices import LinkPurpose
from hygie.territory.people.models import User
from hygie.territory.people.services.links import link_issue
from hygie.territory.perimeter import operator_perimeter
from tests.shell.signin.conftest import PASSWORD
from tests.shell.signin.fake_provider import FakeProvider


def _declare(settings: Settings, provider: FakeProvider, **options: Any) -> None:
    declared = provider.settings(**options)
    settings.OIDC_PROVIDERS = [declared]
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": [declared]}
    }


def _consent(address: str) -> str:
    """What the browser does at the provider: follow to the consent, come back with the code."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}")
    back = connection.getresponse().getheader("Location") or ""
    connection.close()
    return back


def _round_trip(client: Client, start: str = "") -> HttpResponse:
    url = start or reverse("openid_connect_login", args=["fake"])
    leaving = client.post(url)
    assert leaving.status_code == 302, leaving.content
    back = urlsplit(_consent(leaving["Location"]))
    answer: HttpResponse = client.get(f"{back.path}?{back.query}")
    return answer


def _is_in(client: Client) -> bool:
    return client.get(reverse("people:me")).status_code == 200


def test_a_bound_identity_comes_in_through_discovery_pkce_token_and_keys(
    nora: User, provider: FakeProvider, settings: Settings
) -> None:
    _declare(settings, provider)
    SocialAccount.objects.create(user=nora, provider="fake", uid="psc-1")
    client = Client()
    assert _round_trip(client).status_code == 302
    assert _is_in(client)
    assert provider.asked["code_challenge_method"] == "S256"
    assert {"/.well-known/openid-configuration", "/token", "/keys", "/userinfo"} <= set(
        provider.seen
    )
    line = JournalLine.objects.get(action="session.opened")
    assert line.detail["methods"] == ["socialaccount:fake"]


def test_an_unknown_identity_opens_no_account(
    nora: User, provider: FakeProvider, settings: Settings
) -> None:
    """Even with a matching e-mail address: this provider is not trusted with addresses."""
    _declare(settings, provider)
    client = Client()
    answer = _round_trip(client)
    assert "Aucun compte ici" in answer.content.decode()
    assert not _is_in(client)
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()
    assert JournalLine.objects.get().action == "session.provider_unknown"


def test_a_trusted_provider_is_matched_by_an_address_verified_on_both_sides(
    nora: User, provider: FakeProvider, settings: Settings
) -> None:
    _declare(settings, provider, trust_email=True)
    client = Client()
    _round_trip(client)
    assert _is_in(client)
    assert SocialAccount.objects.get().user == nora


@pytest.mark.parametrize("side", ["here", "there"])
def test_an_address_unproven_on_either_side_matches_nothing(
    nora: User, provider: FakeProvider, settings: Settings, side: str
) -> None:
    _declare(settings, provider, trust_email=True)
    if side == "here":
        EmailAddress.objects.update(verified=False)
    else:
        provider.claims["email_verified"] = False
    client = Client()
    _round_trip(client)
    assert not _is_in(client)
    nora.refresh_from_db()
    assert nora.check_password(PASSWORD)


def test_a_deactivated_account_stays_closed_by_this_door_too(
    nora: User, provider: FakeProvider, settings: Settings
) -> None:
    _declare(settings, provider, trust_email=True)
    SocialAccount.objects.create(user=nora, provider="fake", uid="psc-1")
    nora.is_active = False
    nora.save()
    client = Client()
    assert _round_trip(client)["Location"] == reverse("account_inactive")
    assert not _is_in(client)


def _break_signature(provider: FakeProvider) -> None:
    provider.signs_with_other_key = True


def _break_algorithm(provider: FakeProvider) -> None:
    provider.algorithm = "none"


def _break_with_shared_secret(provider: FakeProvider) -> None:
    provider.algorithm = "HS256"


def _break_audience(provider: FakeProvider) -> None:
    provider.token_changes["aud"] = "someone-else"


def _break_issuer(provider: FakeProvider) -> None:
    provider.token_changes["iss"] = "https://evil.test"


def _break_expiry(provider: FakeProvider) -> None:
    provider.token_changes["exp"] = 1_000_000_000


def _break_subject(provider: FakeProvider) -> None:
    provider.userinfo_changes["sub"] = "psc-2"


@pytest.mark.parametrize(
    "spoil",
    [
        _break_signature, _break_algorithm, _break_with_shared_secret, _break_audience,
        _break_issuer, _break_expiry, _break_subject,
    ],
)  # fmt: skip
def test_an_answer_that_breaks_one_rule_opens_nothing(
    nora: User, provider: FakeProvider, settings: Settings, spoil: Any
) -> None:
    _declare(settings, provider, trust_email=True)
    SocialAccount.objects.create(user=nora, provider="fake", uid="psc-1")
    SocialAccount.objects.create(
        user=User.objects.create_user("victim@hygie.test"), provider="fake", uid="psc-2"
    )
    spoil(provider)
    client = Client()
    answer = _round_trip(client)
    assert "pas pu vous identifier" in answer.content.decode()
    assert not _is_in(client)


def test_an_answer_to_another_browser_s_question_opens_nothing(
    nora: User, provider: FakeProvider, settings: Settings
) -> None:
    _declare(settings, provider)
    SocialAccount.objects.create(user=nora, provider="fake", uid="psc-1")
    leaving = Client().post(reverse("openid_connect_login", args=["fake"]))
    back = urlsplit(_consent(leaving["Location"]))
    victim = Client()
    victim.get(f"{back.path}?{back.query}")
    assert not _is_in(victim)


def test_a_link_cannot_weaken_what_is_asked_of_the_provider(
    nora: User, provider: FakeProvider, settings: Settings
) -> None:
    _declare(settings, provider, auth_params={"acr_values": "eidas1"}, scope=["openid"])
    url = reverse("openid_connect_login", args=["fake"])
    Client().post(f"{url}?auth_params=acr_values%3Dnone&scope=everything")
    client = Client()
    leaving = client.post(f"{url}?auth_params=acr_values%3Dnone&scope=everything")
    _consent(leaving["Location"])
    assert provider.asked["acr_values"] == "eidas1"
    assert provider.asked["scope"] == "openid"


def test_an_invited_person_binds_a_provider_instead_of_choosing_a_password(
    provider: FakeProvider, settings: Settings, db: None
) -> None:
    _declare(settings, provider)
    person = User.objects.create_user("new@hygie.test")
    _link, token = link_issue(operator_perimeter(), person, LinkPurpose.INVITATION)
    client = Client()
    page = client.get(reverse("signin_access", args=[token])).content.decode()
    assert "Continuer avec Fake" in page
    _round_trip(client, reverse("signin_access_provider", args=[token, "fake"]))
    assert _is_in(client)
    assert SocialAccount.objects.get().user == person
    assert Client().get(reverse("signin_access", args=[token])).status_code == 404


def test_a_provider_is_bound_and_unbound_from_one_s_own_account(
    nora: User, provider: FakeProvider, settings: Settings
) -> None:
    _declare(settings, provider)
    client = Client()
    client.post(reverse("account_login"), {"login": nora.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    _round_trip(client, reverse("openid_connect_login", args=["fake"]) + "?process=connect")
    bound = SocialAccount.objects.get()
    assert bound.user == nora
    page = client.get(reverse("socialaccount_connections")).content.decode()
    assert "psc-1" in page
    client.post(reverse("socialaccount_connections"), {"account": bound.pk})
    assert not SocialAccount.objects.exists()
    told = set(JournalLine.objects.values_list("action", flat=True))
    assert {"account.provider_bound", "account.provider_unbound"} <= told


def test_a_provider_that_does_not_answer_is_told_to_the_person(
    provider: FakeProvider, settings: Settings, db: None
) -> None:
    provider.url = "http://127.0.0.1:9"
    _declare(settings, provider)
    answer = Client().post(reverse("openid_connect_login", args=["fake"]))
    assert answer.status_code == 502
    assert "Rien n'a été ouvert" in answer.content.decode()


def test_an_undeclared_provider_is_not_found(db: None) -> None:
    assert Client().post(reverse("openid_connect_login", args=["nobody"])).status_code == 404
