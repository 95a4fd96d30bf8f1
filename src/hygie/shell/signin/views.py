"""How does someone come in by the link they were given?"""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter as provider_adapter
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.contrib.auth.forms import SetPasswordForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hygie.foundation.errors import Refusal
from hygie.shell.signin.adapters import INVITED_KEY
from hygie.shell.signin.openid.views import UNREACHABLE, provider_unreachable
from hygie.territory.people.models import User
from hygie.territory.people.selectors import current_roles_of, link_by_token
from hygie.territory.people.services.links import link_use


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def signin_access(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password with an access link, then go in."""
    link = link_by_token(token)
    if link is None:
        return render(request, "signin/access_refused.html", status=404)
    translation.activate(link.user.language)
    is_posted = request.method == "POST" and not settings.SSO_ONLY
    form = SetPasswordForm(link.user, request.POST if is_posted else None)
    if is_posted and form.is_valid():
        try:
            person = link_use(token=token, password=form.cleaned_data["new_password1"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _enter(request, person)
    context = {"form": form, "link": link, "token": token, "roles": current_roles_of(link.user)}
    return render(request, "signin/access.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def signin_access_provider(request: HttpRequest, token: str, provider_id: str) -> HttpResponse:
    """Bind a provider's account instead of choosing a password."""
    if link_by_token(token) is None:
        return render(request, "signin/access_refused.html", status=404)
    try:
        provider = provider_adapter(request).get_provider(request, provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    request.session[INVITED_KEY] = token
    try:
        answer: HttpResponse = provider.redirect(request, process="login")
    except ImmediateHttpResponse as immediate:
        answer = immediate.response
    except UNREACHABLE as error:
        answer = provider_unreachable(request, provider_id, error)
    return answer


def _enter(request: HttpRequest, person: User) -> HttpResponse:
    """Open the session as any password does, second factor included."""
    credentials = {"email": person.email}
    answer: HttpResponse = perform_password_login(request, credentials, Login(user=person))
    return answer
