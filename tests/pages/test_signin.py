"""Coming in with a real browser: password, passkey, provider, link; and pages one can read."""

import copy
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import CDPSession, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from hygie.foundation.journal.models import JournalLine
from hygie.territory.people.choices import LinkPurpose
from hygie.territory.people.models import User
from hygie.territory.people.services.links import link_issue
from hygie.territory.perimeter import operator_perimeter
from tests.pages.conftest import DESKTOP, PHONE, TABLET, THEMES, settle, wear
from tests.shell.signin.fake_provider import FakeProvider

PASSWORD = "un mot de passe solide"
NEW = "cheval batterie agrafe 42"


@pytest.fixture(autouse=True)
def _no_earlier_attempt() -> Iterator[None]:
    cache.clear()
    yield


@pytest.fixture
def authenticator(page: Page) -> CDPSession:
    """A device that holds passkeys and recognises its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def _enter(page: Page, live_server: LiveServer, user: User, password: str = PASSWORD) -> None:
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("Courriel").fill(user.email)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Se connecter").click()


def _is_in(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + reverse("people:me"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")


def test_a_password_opens_by_keyboard_alone(
    page: Page, live_server: LiveServer, characters: SimpleNamespace
) -> None:
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("Courriel").focus()
    page.keyboard.type("alice@hygie.test")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    _is_in(page, live_server)


def test_a_passkey_is_enrolled_then_opens_without_any_password(
    page: Page,
    live_server: LiveServer,
    characters: SimpleNamespace,
    authenticator: CDPSession,
    page_problems: list[str],
) -> None:
    _enter(page, live_server, characters.alice)
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    page.locator("#id_passwordless").check()
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    page.goto(live_server.url + reverse("account_logout"))
    page.get_by_role("main").get_by_role("button", name="Se déconnecter").click()
    page.goto(live_server.url + reverse("account_login"))
    with page.expect_navigation():
        page.get_by_role("button", name="Utiliser une clé d'accès").click()
    _is_in(page, live_server)
    opened = JournalLine.objects.filter(action="session.opened").last()
    assert opened is not None and opened.detail["methods"] == ["mfa:webauthn"]
    assert JournalLine.objects.filter(action="second_factor.key_added").exists()


def test_a_key_completes_a_password(
    page: Page, live_server: LiveServer, characters: SimpleNamespace, authenticator: CDPSession
) -> None:
    _enter(page, live_server, characters.alice)
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    page.context.clear_cookies()
    _enter(page, live_server, characters.alice)
    with page.expect_navigation():
        page.get_by_role("button", name="Présenter ma clé").click()
    _is_in(page, live_server)


def test_a_provider_opens_across_the_content_policy(
    page: Page, live_server: LiveServer, characters: SimpleNamespace, settings: Settings
) -> None:
    """Chromium applies form-action to the redirect towards the provider."""
    EmailAddress.objects.create(user=characters.alice, email="alice@hygie.test", verified=True)
    with FakeProvider() as provider:
        provider.claims["email"] = "alice@hygie.test"
        declared = provider.settings(trust_email=True)
        policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["form-action"] += [provider.url]
        settings.CONTENT_SECURITY_POLICY = policy
        settings.OIDC_PROVIDERS = [declared]
        kept = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**kept, "APPS": [declared]}}
        page.goto(live_server.url + reverse("account_login"))
        with page.expect_navigation():
            page.get_by_role("button", name="Continuer avec Fake").click()
        _is_in(page, live_server)


def test_an_access_link_opens_once_and_then_says_so(
    page: Page, live_server: LiveServer, characters: SimpleNamespace, page_problems: list[str]
) -> None:
    _link, token = link_issue(operator_perimeter(), characters.alice, LinkPurpose.INVITATION)
    address = live_server.url + reverse("signin_access", args=[token])
    page.goto(address)
    page.locator("#id_new_password1").fill(NEW)
    page.locator("#id_new_password2").fill(NEW)
    with page.expect_navigation():
        page.get_by_role("button", name="Enregistrer et entrer").click()
    _is_in(page, live_server)
    page.context.clear_cookies()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien n'est plus valable")
    page_problems.clear()


SIGNED_OUT = ("account_login", "account_reset_password")
SIGNED_IN = (
    "people:person_list", "people:person_invite", "people:role_table", "people:me",
    "journal:line_list", "mfa_index", "usersessions_list", "account_change_password",
)  # fmt: skip


@pytest.mark.parametrize("name", SIGNED_OUT + SIGNED_IN)
def test_each_page_is_accessible_in_both_themes_and_holds_at_every_width(
    name: str,
    page: Page,
    live_server: LiveServer,
    characters: SimpleNamespace,
    sign_in: Callable[[User], None],
    axe: Callable[[], None],
    no_horizontal_overflow: Callable[[], None],
) -> None:
    if name in SIGNED_IN:
        sign_in(characters.bob)
    page.goto(live_server.url + reverse(name))
    settle(page)
    for theme in THEMES:
        wear(page, theme)
        page.wait_for_timeout(400)  # colours fade from one theme to the other
        axe()
    for width, height in (DESKTOP, TABLET, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)
        no_horizontal_overflow()


def test_a_role_is_taken_away_only_after_a_yes(
    page: Page,
    live_server: LiveServer,
    characters: SimpleNamespace,
    sign_in: Callable[[User], None],
    axe: Callable[[], None],
) -> None:
    sign_in(characters.bob)
    page.goto(live_server.url + reverse("people:person_detail", args=[characters.alice.pk]))
    settle(page)
    axe()
    page.get_by_role("button", name="Retirer").click()
    page.get_by_role("dialog").get_by_role("button", name="Annuler").click()
    assert characters.alice.role_assignments.filter(ended_at__isnull=True).exists()
    page.get_by_role("button", name="Retirer").click()
    with page.expect_navigation():
        page.get_by_role("dialog").get_by_role("button", name="Continuer").click()
    assert not characters.alice.role_assignments.filter(ended_at__isnull=True).exists()
