"""How does a refusal raised anywhere below a view reach its reader?"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from hygie.foundation.errors import Refusal


class RefusalMiddleware:
    """Turns a `Refusal` into a page, a fragment or JSON with the same words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; leave any other error to Django."""
        if not isinstance(error, Refusal):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse({"code": error.code, "detail": str(error)}, status=error.status)
        template = "404.html" if error.status == 404 else "design/refusal.html"
        return render(request, template, {"refusal": error}, status=error.status)
