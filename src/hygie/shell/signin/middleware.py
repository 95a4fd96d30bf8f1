"""Has this person shown a second factor, when the instance demands one?"""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from hygie.shell.signin.selectors import strong_factors_of


def _is_by_strong_provider(request: HttpRequest) -> bool:
    """This very session was opened by a provider that asks for two factors itself."""
    strong = {
        provider["provider_id"]
        for provider in settings.OIDC_PROVIDERS
        if provider["settings"].get("is_second_factor")
    }
    records = request.session.get("account_authentication_methods") or []
    return any(
        record.get("method") == "socialaccount" and record.get("provider") in strong
        for record in records
    )


class SecondFactorMiddleware:
    """With HYGIE_MFA_REQUIRED, an account without one sees only the page that adds it."""

    open_paths = ("/compte/", "/static/", "/healthz", "/langue/", "/.well-known/", "/robots.txt")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.MFA_REQUIRED and self._is_refused(request):
            return self._refuse(request)
        return self.get_response(request)

    def _is_refused(self, request: HttpRequest) -> bool:
        return (
            request.user.is_authenticated
            and not request.path.startswith(self.open_paths)
            and not strong_factors_of(request.user.pk).exists()
            and not _is_by_strong_provider(request)
        )

    def _refuse(self, request: HttpRequest) -> HttpResponse:
        page = reverse("mfa_index")
        words = _("Cette plateforme demande un second facteur : ajoutez-en un pour continuer.")
        if request.path.startswith("/api/"):
            return JsonResponse({"code": "second_factor_required", "detail": words}, status=403)
        if request.htmx:  # type: ignore[attr-defined]  # django_htmx.middleware
            return HttpResponse(status=403, headers={"HX-Redirect": page})
        messages.warning(request, words)
        return redirect(page)
