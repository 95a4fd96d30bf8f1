"""Does a page that is only read write anything? Innermost middleware: a GET that writes fails."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

_READS = ("SELECT", "WITH", "EXPLAIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "SET")


class GetWroteError(Exception):
    """A read request sent something else than a SELECT."""


class RefusesWrites:
    """Lets only reads of the thread that answers through.

    A test's page server shares its connection with the test, which writes while pages are read.
    """

    def __init__(self) -> None:
        self._reader = threading.get_ident()

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        """Run the statement, or refuse it."""
        is_read = sql.lstrip(" (\n").upper().startswith(_READS)
        if not is_read and threading.get_ident() == self._reader:
            raise GetWroteError(sql[:200])
        return execute(sql, params, many, context)


class ReadOnlyGetMiddleware:
    """Runs GET and HEAD under a wrapper that lets only reads through."""

    # Sign-in pages of allauth rotate their own rows; they are not ours to judge.
    exempt = ("/compte/",)

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or request.path.startswith(self.exempt):
            return self.get_response(request)
        with connection.execute_wrapper(RefusesWrites()):
            return self.get_response(request)
