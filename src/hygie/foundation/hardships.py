"""Which trouble of the machine, and not of the code, is behind an error, and who can mend it?"""

import errno
import sqlite3
from collections.abc import Iterator, Mapping
from enum import StrEnum

from django.db import OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Hardship(StrEnum):
    """What the machine lacks."""

    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    BUSY = "busy"
    DATABASE_AWAY = "database_away"


SENTENCES: Mapping[Hardship, Promise] = {
    Hardship.DISK_FULL: _(
        "Le disque de Hygie est plein : rien n'a été enregistré. L'administrateur doit y libérer "
        "de la place (« hygie check » dit combien il en reste), puis vous pourrez recommencer."
    ),
    Hardship.READ_ONLY: _(
        "Hygie ne peut pas écrire dans son dossier (HYGIE_HOME) ou dans sa base : rien n'a été "
        "enregistré. L'administrateur doit en rendre l'écriture au compte du service."
    ),
    Hardship.BUSY: _(
        "La base est occupée par une longue écriture : rien n'a été enregistré. Recommencez dans "
        "une minute."
    ),
    Hardship.DATABASE_AWAY: _(
        "La base de données ne répond pas : rien n'a été enregistré. Si cela dure, "
        "l'administrateur doit la remettre en route (« hygie check » dit ce qu'elle répond)."
    ),
}
STATUS: Mapping[Hardship, int] = {
    Hardship.DISK_FULL: 507,
    Hardship.READ_ONLY: 503,
    Hardship.BUSY: 503,
    Hardship.DATABASE_AWAY: 503,
}
_ERRNO = {
    errno.ENOSPC: Hardship.DISK_FULL,
    errno.EDQUOT: Hardship.DISK_FULL,
    errno.EROFS: Hardship.READ_ONLY,
    errno.EACCES: Hardship.READ_ONLY,
}
# Primary result codes of SQLite; the extended ones carry them in their low byte.
_SQLITE = {
    sqlite3.SQLITE_FULL: Hardship.DISK_FULL,
    # The file of shared memory, beside the base, found no room: the first thing a reader asks for.
    sqlite3.SQLITE_IOERR_SHMSIZE: Hardship.DISK_FULL,
    sqlite3.SQLITE_READONLY: Hardship.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Hardship.READ_ONLY,
    sqlite3.SQLITE_BUSY: Hardship.BUSY,
    sqlite3.SQLITE_LOCKED: Hardship.BUSY,
}
# SQLSTATE of PostgreSQL: disk full; read-only transaction; no lock in time, deadlock, lost race,
# no connection left.
_SQLSTATE = {
    "53100": Hardship.DISK_FULL,
    "25006": Hardship.READ_ONLY,
    "55P03": Hardship.BUSY,
    "40P01": Hardship.BUSY,
    "40001": Hardship.BUSY,
    "53300": Hardship.BUSY,
}
_AWAY = ("08", "57P")


def hardship_of(error: BaseException) -> Hardship | None:
    """The trouble behind an error, or None: then the fault is ours.

    Args:
        error: as caught; what it was raised from is looked at too.
    """
    return next((found for one in _chain(error) if (found := _own(one))), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    above: BaseException | None = error
    while above is not None and id(above) not in seen:
        seen.add(id(above))
        yield above
        above = above.__cause__


def _own(error: BaseException) -> Hardship | None:
    if isinstance(error, OSError):
        return _ERRNO.get(error.errno or 0)
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0)
        return _SQLITE.get(code) or _SQLITE.get(code & 0xFF)
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return _SQLSTATE.get(state) or (Hardship.DATABASE_AWAY if state.startswith(_AWAY) else None)
    # The driver gives no state when it could not even speak to the server.
    lost = isinstance(error, OperationalError) and error.__cause__ is not None
    if lost and type(error.__cause__).__module__.startswith("psycopg"):
        return Hardship.DATABASE_AWAY if _is_stateless(error.__cause__) else None
    return None


def _is_stateless(error: BaseException | None) -> bool:
    return getattr(error, "sqlstate", None) is None
