"""Which doors open towards a provider, and back from it?"""

import logging
from collections.abc import Callable
from typing import Any

import requests
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hygie.shell.signin.openid.provider import HygieOpenIDAdapter

# No answer, no JSON, or a discovery document without what it must hold.
UNREACHABLE = (requests.RequestException, ValueError, KeyError)

log = logging.getLogger(__name__)


def _through(view_class: Any) -> Callable[[HttpRequest, str], HttpResponse]:
    def view(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            answer: HttpResponse = view_class.adapter_view(
                HygieOpenIDAdapter(request, provider_id)
            )(request)
        except SocialApp.DoesNotExist as error:
            raise Http404 from error
        except UNREACHABLE as error:
            return provider_unreachable(request, provider_id, error)
        return answer

    return view


def provider_unreachable(request: HttpRequest, name: str, error: Exception) -> HttpResponse:
    """Say that the provider did not answer, or not as OpenID Connect does."""
    log.warning("provider %s: %s", name, error)
    return render(request, "socialaccount/authentication_error.html", status=502)


provider_login = _through(OAuth2LoginView)
provider_callback = _through(OAuth2CallbackView)
