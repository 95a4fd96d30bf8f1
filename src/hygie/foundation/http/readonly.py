"""Does a page that is only read write anything? Innermost middleware: a GET that writes fails."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

_READS = ("SELECT", "WITH", "EXPLAIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "SET")


class GetWroteError(Exception):
    """A read request sent something else than a SELECT."""


def _refuse_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if not sql.lstrip(" (\n").upper().startswith(_READS):
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
        with connection.execute_wrapper(_refuse_writes):
            return self.get_response(request)
