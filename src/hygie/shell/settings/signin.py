"""How does a person sign in: local account, one-time code, passkey, OpenID Connect?"""

import json
from typing import Any
from urllib.parse import urlsplit

from hygie.foundation import environment
from hygie.shell.settings.security import CONTENT_SECURITY_POLICY, IS_TLS, SECURE_PROXY_SSL_HEADER

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

EMAIL_HOST = environment.text("HYGIE_SMTP_HOST")
EMAIL_PORT = environment.integer("HYGIE_SMTP_PORT", 25, maximum=65535)
EMAIL_HOST_USER = environment.text("HYGIE_SMTP_USER")
EMAIL_HOST_PASSWORD = environment.text("HYGIE_SMTP_PASSWORD")
EMAIL_USE_TLS = environment.boolean("HYGIE_SMTP_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("HYGIE_MAIL_FROM", "hygie@localhost")
_MAIL_BACKEND = environment.text("HYGIE_MAIL_BACKEND")
EMAIL_BACKEND = _MAIL_BACKEND or (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.dummy.EmailBackend"
)
# Without a mail server, links are shown once on screen to be handed over.
HAS_MAIL = bool(EMAIL_HOST or _MAIL_BACKEND)

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = HAS_MAIL
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Hygie : "
ACCOUNT_ADAPTER = "hygie.shell.signin.adapters.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "10/m/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
# The address that a limit counts: the visitor's, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0

MFA_ADAPTER = "hygie.shell.signin.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "hygie.shell.signin.forms.SecondFactorForm",
    "authenticate_webauthn": "hygie.shell.signin.forms.SecondFactorKeyForm",
    "login_webauthn": "hygie.shell.signin.forms.PasskeyLoginForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
# A lost phone's clock may drift by one step; more would double the guesser's chances.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_TLS
MFA_TOTP_ISSUER = "Hygie"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Accounts are given, never self-made: nobody can lock an address they do not own.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Everyone must hold a second factor, or nobody: other pages are refused until then.
MFA_REQUIRED = environment.boolean("HYGIE_MFA_REQUIRED", default=False)

_PSC_DISCOVERY = (
    "https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet/.well-known/openid-configuration"
)
_PROVIDER_KEYS = {"provider_id", "name", "client_id", "secret", "settings"}


def _pro_sante_connect() -> list[dict[str, Any]]:
    """Pro Santé Connect, by two variables; the third one names another of its platforms."""
    identifier = environment.text("HYGIE_PSC_CLIENT_ID")
    secret = environment.text("HYGIE_PSC_CLIENT_SECRET")
    discovery = environment.text("HYGIE_PSC_SERVER_URL", _PSC_DISCOVERY)
    wallet = environment.text("HYGIE_PSC_WALLET_URL", "https://wallet.esw.esante.gouv.fr")
    if not identifier:
        return []
    options = {
        "server_url": discovery,
        "authorize_origins": [wallet],
        "scope": ["openid", "scope_all"],
        "auth_params": {"acr_values": "eidas1"},
        # The e-CPS is itself two factors; its e-mail claim is not checked by the provider.
        "is_second_factor": True,
        "trust_email": False,
    }
    return [
        {
            "provider_id": "pro-sante-connect",
            "name": "Pro Santé Connect",
            "client_id": identifier,
            "secret": secret,
            "settings": options,
        }
    ]


def _refuse(reason: str) -> environment.EnvironmentRefused:
    return environment.EnvironmentRefused(
        f"HYGIE_OIDC_PROVIDERS: {reason}; expected a JSON list of objects with provider_id, name, "
        "client_id, secret and settings (server_url at least)"
    )


def _others() -> list[dict[str, Any]]:
    """Any other provider, by a JSON list."""
    text = environment.text("HYGIE_OIDC_PROVIDERS")
    if not text:
        return []
    try:
        found = json.loads(text)
    except ValueError as error:
        raise _refuse(f"not JSON ({error})") from error
    if not isinstance(found, list):
        raise _refuse("not a list")
    for one in found:
        if not isinstance(one, dict) or not set(one) <= _PROVIDER_KEYS:
            raise _refuse("an entry is malformed")
        options = one.get("settings")
        if not (one.get("provider_id") and one.get("client_id") and isinstance(options, dict)):
            raise _refuse("an entry lacks provider_id, client_id or settings")
        if urlsplit(str(options.get("server_url", ""))).scheme not in {"http", "https"}:
            raise _refuse(f"settings.server_url of {one['provider_id']} is not an address")
        one.setdefault("name", one["provider_id"])
        one.setdefault("secret", "")
    return found


def _origins(provider: dict[str, Any]) -> set[str]:
    """Where the browser is sent: the discovery's own origin, and those declared beside it."""
    options = provider["settings"]
    addresses = [options["server_url"], *options.get("authorize_origins", [])]
    return {f"{p.scheme}://{p.netloc}" for p in map(urlsplit, addresses)}


OIDC_PROVIDERS = _pro_sante_connect() + _others()
# Chromium applies form-action to the redirect that follows the post.
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += sorted(
    {origin for provider in OIDC_PROVIDERS for origin in _origins(provider)}
)
SOCIALACCOUNT_ADAPTER = "hygie.shell.signin.adapters.SocialAccountAdapter"
# Our own switch: the library's forbids second factors altogether.
SSO_ONLY = environment.boolean("HYGIE_SSO_ONLY", default=False)
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": OIDC_PROVIDERS,
        "OAUTH_PKCE_ENABLED": True,
        "provider_class": "hygie.shell.signin.openid.provider.HygieOpenIDProvider",
    }
}
