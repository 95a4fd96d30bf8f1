"""Is this instance fit to serve: settings, tables, folders, libraries?"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError
from django.utils.translation import gettext as _

from hygie.shell.setup.first_start import Schema, schema_state
from hygie.shell.setup.frontend import STAMP

# Below this, one import of the national extract and a backup no longer fit.
_LEAST_FREE_BYTES = 2 * 1024**3
_SECRET_BITS_FOR_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of the check.

    Attributes:
        code: stable name.
        is_good: False asks the operator for something.
        sentence: what was found, and what to do about it.
    """

    code: str
    is_good: bool
    sentence: str


def findings() -> Iterator[Finding]:
    """Every check, the good ones included."""
    yield from _django()
    yield _schema()
    yield _frontend()
    yield _secret()
    yield _space()
    yield _tls()


def _django() -> Iterator[Finding]:
    messages = [
        message
        for message in checks.run_checks(include_deployment_checks=True)
        if not message.is_silenced()
    ]
    for message in messages:
        yield Finding(message.id or "django", False, f"{message.msg} {message.hint or ''}".strip())
    if not messages:
        yield Finding("django", True, _("Réglages de Django : rien à signaler."))


def _schema() -> Finding:
    try:
        state = schema_state()
    except DatabaseError as error:
        return Finding("database", False, _("Base injoignable : %(why)s") % {"why": error})
    return {
        Schema.CURRENT: Finding("database", True, _("Tables à jour.")),
        Schema.EMPTY: Finding("database", False, _("Aucune table : lancez hygie migrate.")),
        Schema.BEHIND: Finding(
            "database", False, _("Tables plus anciennes que le code : sauvegardez puis migrez.")
        ),
    }[state]


def _frontend() -> Finding:
    if STAMP.is_file():
        return Finding("frontend", True, _("Bibliothèques des pages en place."))
    return Finding("frontend", False, _("Bibliothèques des pages absentes : lancez hygie setup."))


def _secret() -> Finding:
    path = settings.HOME / "secret.key"
    if not path.exists():
        return Finding("secret", True, _("Secret donné par HYGIE_SECRET_KEY."))
    if path.stat().st_mode & _SECRET_BITS_FOR_OTHERS:
        return Finding(
            "secret", False, _("%(path)s est lisible par d'autres : chmod 600.") % {"path": path}
        )
    return Finding("secret", True, _("Secret lisible par ce compte seulement."))


def _space() -> Finding:
    home = Path(settings.HOME)
    if not os.access(home, os.W_OK):
        return Finding(
            "home", False, _("%(path)s ne peut pas être écrit par ce compte.") % {"path": home}
        )
    free = shutil.disk_usage(home).free
    sentence = _("%(free).1f Go libres dans %(path)s.") % {"free": free / 1024**3, "path": home}
    return Finding("home", free >= _LEAST_FREE_BYTES, sentence)


def _tls() -> Finding:
    if settings.IS_TLS:
        return Finding("tls", True, _("Pages servies par HTTPS."))
    return Finding(
        "tls",
        settings.PROFILE != "production",
        _("Pages sans HTTPS : donnez l'adresse publique https:// par HYGIE_PUBLIC_URL."),
    )
