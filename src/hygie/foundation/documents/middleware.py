"""Is what a browser is about to send larger than anything this instance keeps?"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Fields and marks of the form around the file.
_AROUND_BYTES = 1024 * 1024


class UploadSizeMiddleware:
    """Answers 413 before the body is read, so that it never fills the disk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        size = int(announced) if announced.isdecimal() else 0
        if size > settings.UPLOAD_MAX_BYTES + _AROUND_BYTES:
            return render(request, "413.html", status=413)
        return self.get_response(request)
