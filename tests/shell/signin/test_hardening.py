"""What every answer carries, and what a production instance must not lack."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse
from pytest_django import Settings

from hygie.foundation.environment import EnvironmentRefused
from hygie.shell.settings import signin
from hygie.shell.urls import urlpatterns as house
from hygie.territory.people.models import User
from tests.shell.signin.conftest import PASSWORD

ROOT = Path(__file__).resolve().parents[3]


def _broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


urlpatterns = [*house, path("casse/", _broken)]


def _manage(tmp_path: Path, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HYGIE_", "DATABASE_"))}
    environment = {
        **kept,
        "PYTHONPATH": str(ROOT / "src"),
        "HYGIE_HOME": str(tmp_path / "home"),
        "DJANGO_SETTINGS_MODULE": "hygie.shell.settings",
        **variables,
    }
    (tmp_path / "home" / "incoming").mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "django", *words],
        env=environment, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path,
    )  # fmt: skip


@pytest.mark.process
def test_a_production_instance_over_tls_passes_the_deployment_check_without_a_warning(
    tmp_path: Path,
) -> None:
    done = _manage(
        tmp_path, "check", "--deploy", "--fail-level", "WARNING",
        HYGIE_PROFILE="production", HYGIE_PUBLIC_URL="https://hygie.test",
        HYGIE_HOSTS="hygie.test",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 silenced" in done.stdout


@pytest.mark.process
@pytest.mark.parametrize(
    "value", ["not json", "{}", "[1]", '[{"provider_id": "x"}]',
              '[{"provider_id":"x","client_id":"y","settings":{"server_url":"ftp://z"}}]',
              '[{"provider_id":"x","client_id":"y","settings":{},"typo":1}]'],
)  # fmt: skip
def test_a_malformed_provider_is_refused_by_name(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYGIE_OIDC_PROVIDERS", value)
    with pytest.raises(EnvironmentRefused, match="HYGIE_OIDC_PROVIDERS"):
        signin._others()


@pytest.mark.process
def test_pro_sante_connect_is_declared_by_two_variables(tmp_path: Path) -> None:
    program = (
        "from django.conf import settings as s; import json;"
        "policy = s.CONTENT_SECURITY_POLICY['DIRECTIVES'];"
        "print(json.dumps([s.OIDC_PROVIDERS, policy['form-action']]))"
    )
    done = _manage(
        tmp_path, "shell", "--no-imports", "-c", program,
        HYGIE_PSC_CLIENT_ID="client", HYGIE_PSC_CLIENT_SECRET="secret",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    providers, form_action = json.loads(done.stdout.strip().splitlines()[-1])
    options = providers[0]["settings"]
    assert options["auth_params"] == {"acr_values": "eidas1"}
    assert not options["trust_email"] and options["is_second_factor"]
    assert "https://wallet.esw.esante.gouv.fr" in form_action


@pytest.mark.process
def test_with_providers_only_no_password_page_is_left(tmp_path: Path) -> None:
    program = (
        "from django.urls import reverse, NoReverseMatch\n"
        "for name in ('account_login', 'account_change_password', 'account_reset_password'):\n"
        "    try: print(reverse(name))\n"
        "    except NoReverseMatch: print('none')\n"
    )
    done = _manage(tmp_path, "shell", "--no-imports", "-c", program, HYGIE_SSO_ONLY="1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["/compte/connexion/", "none", "none"]


def test_with_providers_only_a_password_opens_nothing(nora: User, settings: Settings) -> None:
    settings.SSO_ONLY = True
    client = Client()
    page = client.get(reverse("account_login")).content.decode()
    assert 'type="password"' not in page and "passkey_login" not in page
    client.post(reverse("account_login"), {"login": nora.email, "password": PASSWORD})
    assert client.get(reverse("people:me")).status_code == 302


@override_settings(ROOT_URLCONF=__name__)
def test_every_answer_carries_the_content_policy_and_its_companions(nora: User) -> None:
    client = Client(raise_request_exception=False)
    visits = {
        reverse("account_login"): 200,
        reverse("people:me"): 302,
        "/nulle-part/": 404,
        "/healthz": 200,
        "/robots.txt": 200,
        "/casse/": 500,
    }
    for url, status in visits.items():
        answer = client.get(url)
        assert answer.status_code == status, url
        policy = answer["Content-Security-Policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy, url
        assert "frame-ancestors 'none'" in policy and "object-src 'none'" in policy, url
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "geolocation=()" in answer["Permissions-Policy"]
        # Back, after a sign-out on a shared computer, shows nothing.
        assert "no-store" in answer["Cache-Control"], url


@pytest.mark.django_db
def test_a_static_file_keeps_its_own_time_and_carries_the_policy(
    settings: Settings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    (tmp_path / "mark.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    answer = Client().get("/static/mark.svg")
    answer.close()
    assert answer.status_code == 200 and "no-store" not in answer["Cache-Control"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(
    nora: User, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = Client()
    client.get(reverse("account_login"), secure=True)
    client.post(reverse("account_login"), {"login": nora.email, "password": PASSWORD}, secure=True)
    session = client.cookies[django_settings.SESSION_COOKIE_NAME]
    assert session["httponly"] and session["secure"] and session["samesite"] == "Lax"
    csrf = client.cookies[django_settings.CSRF_COOKIE_NAME]
    assert csrf["httponly"] and csrf["secure"] and csrf["samesite"] == "Lax"


def test_a_post_without_its_token_is_refused(nora: User) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("account_login"), {"login": nora.email, "password": PASSWORD})
    assert answer.status_code == 403


@override_settings(ROOT_URLCONF=__name__, DEBUG=False)
def test_a_mistake_of_ours_is_told_without_its_detail() -> None:
    answer = Client(raise_request_exception=False).get("/casse/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "on purpose" not in page and "RuntimeError" not in page
    assert "hy-title" in page
