"""What does every answer tell the browser, beside what its own view says?"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Nothing here needs a sensor or a payment; passkeys keep their own default.
_PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
HEADERS = {
    "Permissions-Policy": _PERMISSIONS,
    "Cross-Origin-Resource-Policy": "same-origin",
    # Computers of a ward are shared: after a sign-out, "back" must show nothing.
    "Cache-Control": "private, no-store",
}


class HeadersMiddleware:
    """Adds what is not said yet; outside the static files, which say how long they keep."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
