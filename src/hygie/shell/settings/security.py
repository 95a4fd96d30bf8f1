"""How are secrets kept, pages framed and cookies sent?"""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from hygie.foundation import environment
from hygie.shell.settings.base import HOME, PROFILE


def _secret(path: Path) -> str:
    """The instance's secret, made once with mode 0600; two processes never make two."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        value = secrets.token_urlsafe(64)
        file.write(value + "\n")
    return value


SECRET_KEY = environment.text("HYGIE_SECRET_KEY") or _secret(HOME / "secret.key")

PUBLIC_URL = environment.text("HYGIE_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
IS_TLS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = environment.words("HYGIE_HOSTS", ("127.0.0.1", "localhost", "[::1]"))
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# Published in /.well-known/security.txt: `mailto:…` or `https://…`.
SECURITY_CONTACT = environment.text("HYGIE_SECURITY_CONTACT")

SECURE_SSL_REDIRECT = IS_TLS
SECURE_HSTS_SECONDS = 31_536_000 if IS_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_TLS
SECURE_HSTS_PRELOAD = IS_TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https")
    if environment.boolean("HYGIE_BEHIND_PROXY", default=False)
    else None
)
X_FRAME_OPTIONS = "DENY"

SESSION_COOKIE_SECURE = IS_TLS
CSRF_COOKIE_SECURE = IS_TLS
SESSION_COOKIE_HTTPONLY = True
# Scripts find the token in the page.
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = environment.integer("HYGIE_SESSION_HOURS", 10, minimum=1, maximum=720) * 3600
# Two instances on one host must not throw away each other's sessions.
_COOKIE_SUFFIX = environment.text("HYGIE_COOKIE_SUFFIX", "")
SESSION_COOKIE_NAME = f"hygie_session{_COOKIE_SUFFIX}"
CSRF_COOKIE_NAME = f"hygie_csrf{_COOKIE_SUFFIX}"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Form posts stay small; files are streamed to disk and measured by foundation.documents.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
# Files that one person sends in a minute; 0 for no limit.
UPLOADS_PER_MINUTE = environment.integer("HYGIE_UPLOADS_PER_MINUTE", 60, maximum=100_000)
UPLOAD_MAX_BYTES = environment.integer("HYGIE_UPLOAD_MAX_MB", 200, minimum=1) * 1_000_000

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SILENCED_SYSTEM_CHECKS = (
    # Without TLS (a laptop, a demo) these cannot hold; the page says so. `hygie check` tells.
    [] if IS_TLS else ["security.W004", "security.W008", "security.W012", "security.W016"]
) + (["security.W018"] if PROFILE == "development" else [])
