"""Is what a browser is about to send too large, too frequent, or from nobody we know?

Each answers before the body is read, so that it never fills the disk.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Fields and marks of the form around the file.
_AROUND_BYTES = 1024 * 1024
_MINUTE_S = 60


def _announced(request: HttpRequest) -> int:
    """Length of the body as the browser says it, in bytes."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def _too_large(request: HttpRequest) -> HttpResponse:
    return render(request, "413.html", {"limit": settings.UPLOAD_MAX_BYTES}, status=413)


class UploadSizeMiddleware:
    """Answers 413 to a body larger than any file kept here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _announced(request) > settings.UPLOAD_MAX_BYTES + _AROUND_BYTES:
            return _too_large(request)
        return self.get_response(request)


class UploadPaceMiddleware:
    """Answers 429 to a person who sends files without end; a stranger signs in before sending."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.content_type == "multipart/form-data":
            if request.user.is_anonymous and _announced(request) > _AROUND_BYTES:
                return redirect_to_login(request.get_full_path())
            if request.user.is_authenticated and not _may_send(request.user.pk):
                answer = render(request, "429.html", status=429)
                answer["Retry-After"] = str(_MINUTE_S)
                return answer
        return self.get_response(request)


def _may_send(user_id: int) -> bool:
    """Count one more upload of this person in the present minute."""
    if not settings.UPLOADS_PER_MINUTE:
        return True
    key = f"hygie:uploads:{user_id}:{int(time.time() // _MINUTE_S)}"
    sent = int(cache.get(key, 0)) + 1
    cache.set(key, sent, 2 * _MINUTE_S)
    return sent <= settings.UPLOADS_PER_MINUTE
