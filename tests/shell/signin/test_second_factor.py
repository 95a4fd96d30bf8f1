"""Second factors: asked for, refused, counted, sealed at rest, demanded when told to."""

import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from hygie.foundation.journal.models import JournalLine
from hygie.territory.people.models import User
from tests.shell.signin.conftest import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def _code(drift: int = 0) -> str:
    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + drift)))


def _enter(client: Client, user: User) -> HttpResponse:
    form = {"login": user.email, "password": PASSWORD}
    answer: HttpResponse = client.post(reverse("account_login"), form)
    return answer


def _is_in(client: Client) -> bool:
    return client.get(reverse("people:me")).status_code == 200


@pytest.fixture
def with_code(nora: User) -> User:
    """Nora has an application of codes."""
    TOTP.activate(nora, SECRET)
    return nora


def test_the_password_alone_no_longer_opens(with_code: User) -> None:
    client = Client()
    assert _enter(client, with_code)["Location"] == reverse("mfa_authenticate")
    assert not _is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": _code()})
    assert _is_in(client)
    line = JournalLine.objects.get(action="session.opened")
    assert line.detail["methods"] == ["password", "mfa:totp"]


def test_a_wrong_code_is_refused_journalled_and_after_five_the_right_one_too(
    with_code: User,
) -> None:
    client = Client()
    _enter(client, with_code)
    for _attempt in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": _code()})
    assert not _is_in(client)
    refused = JournalLine.objects.filter(action="session.second_factor_refused")
    assert refused.count() == 6
    assert {line.actor_label for line in refused} == {"nora@hygie.test"}


def test_a_code_opens_once(with_code: User) -> None:
    code = _code()
    for expected in (True, False):
        client = Client()
        _enter(client, with_code)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert _is_in(client) is expected


def test_a_recovery_code_opens_once(with_code: User) -> None:
    codes = RecoveryCodes.activate(with_code).get_unused_codes()
    for expected in (True, False):
        client = Client()
        _enter(client, with_code)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert _is_in(client) is expected


def test_the_secrets_are_sealed_in_the_database(with_code: User) -> None:
    RecoveryCodes.activate(with_code)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    sealed = Authenticator.objects.get(type="recovery_codes").data["seed"]
    assert str(sealed).startswith("gAAAA")


def test_a_former_secret_key_still_opens_the_sealed_codes(
    with_code: User, settings: Settings
) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new secret key" * 4
    client = Client()
    _enter(client, with_code)
    client.post(reverse("mfa_authenticate"), {"code": _code()})
    assert _is_in(client)


def test_touching_second_factors_asks_for_the_password_again(
    nora: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = Client()
    _enter(client, nora)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert "hy-codes" in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    told = set(JournalLine.objects.values_list("action", flat=True))
    assert "second_factor.code_added" in told


def test_every_second_factor_page_draws(with_code: User) -> None:
    RecoveryCodes.activate(with_code)
    client = Client()
    _enter(client, with_code)
    client.post(reverse("mfa_authenticate"), {"code": _code()})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    names = (
        "mfa_index", "mfa_deactivate_totp", "mfa_list_webauthn", "mfa_add_webauthn",
        "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_reauthenticate",
        "account_reauthenticate", "account_change_password", "usersessions_list",
        "socialaccount_connections", "people:me",
    )  # fmt: skip
    for name in names:
        answer = client.get(reverse(name))
        assert answer.status_code == 200, name
        assert b"hy-title" in answer.content, name


class TestDemanded:
    """HYGIE_MFA_REQUIRED: page, fragment and API wait for a second factor."""

    @pytest.fixture(autouse=True)
    def _demanded(self, settings: Settings) -> None:
        settings.MFA_REQUIRED = True

    def test_a_page_leads_to_the_page_that_adds_one(self, nora: User) -> None:
        client = Client()
        _enter(client, nora)
        for url in ("/", reverse("people:me"), reverse("people:person_list")):
            assert client.get(url)["Location"] == reverse("mfa_index")
        assert client.get(reverse("mfa_index")).status_code == 200

    def test_a_fragment_is_refused_and_sends_the_browser_there(self, nora: User) -> None:
        client = Client()
        _enter(client, nora)
        answer = client.get(reverse("people:person_list"), headers={"HX-Request": "true"})
        assert answer.status_code == 403
        assert answer["HX-Redirect"] == reverse("mfa_index")
        assert answer.content == b""

    def test_a_post_is_refused_before_it_does_anything(self, nora: User) -> None:
        client = Client()
        _enter(client, nora)
        client.post(reverse("people:me"), {"first_name": "Changée", "language": "fr"})
        nora.refresh_from_db()
        assert nora.first_name == "Nora"

    def test_the_api_is_refused_in_json(self, nora: User) -> None:
        client = Client()
        _enter(client, nora)
        answer = client.get("/api/v1/organisations")
        assert answer.status_code == 403
        assert answer.json()["code"] == "second_factor_required"

    def test_recovery_codes_alone_are_not_a_second_factor(self, nora: User) -> None:
        RecoveryCodes.activate(nora)
        client = Client()
        _enter(client, nora)
        assert not _is_in(client)

    def test_once_held_everything_opens_and_the_last_one_stays(
        self, with_code: User, signed_in: Callable[[User], Client]
    ) -> None:
        client = Client()
        _enter(client, with_code)
        client.post(reverse("mfa_authenticate"), {"code": _code()})
        assert _is_in(client)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        client.post(reverse("mfa_deactivate_totp"))
        assert Authenticator.objects.filter(user=with_code, type="totp").exists()

    def test_a_provider_that_asks_for_two_factors_is_enough(
        self, characters: SimpleNamespace, settings: Settings
    ) -> None:
        settings.OIDC_PROVIDERS = [
            {"provider_id": "psc", "settings": {"is_second_factor": True}},
            {"provider_id": "weak", "settings": {}},
        ]
        for name, expected in (("psc", True), ("weak", False)):
            client = Client()
            client.force_login(
                characters.alice, backend="allauth.account.auth_backends.AuthenticationBackend"
            )
            session = client.session
            session["account_authentication_methods"] = [
                {"method": "socialaccount", "provider": name}
            ]
            session.save()
            assert _is_in(client) is expected
