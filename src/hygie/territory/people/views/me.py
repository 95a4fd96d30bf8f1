"""What does Hygie know of me, and in which language does it speak to me?"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hygie.foundation.journal.selectors import journal_of_object
from hygie.territory.people.forms import ProfileForm
from hygie.territory.people.http import HygieRequest
from hygie.territory.people.models import User
from hygie.territory.people.selectors import perimeter_of, person_get_in, roles_of_person
from hygie.territory.people.services.accounts import account_edit, language_choose

JOURNAL_LENGTH = 10


@login_required
@require_http_methods(["GET", "POST"])
def me(request: HygieRequest) -> HttpResponse:
    """My names, my language, my roles, my last sign-ins."""
    person = person_get_in(request.perimeter, request.user.pk)
    known = {name: getattr(person, name) for name in ("first_name", "last_name", "language")}
    form = ProfileForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data.pop("language")
        account_edit(perimeter=request.perimeter, person=person, **form.cleaned_data)
        language_choose(perimeter=request.perimeter, person=person, language=language)
        translation.activate(language)
        messages.success(request, _("C'est enregistré."))
        return redirect("people:me")
    lines = journal_of_object("person", person.pk)[:JOURNAL_LENGTH]
    roles = roles_of_person(request.perimeter, person.pk)
    context = {"person": person, "form": form, "lines": lines, "roles": roles}
    return render(request, "people/me.html", context, status=422 if form.errors else 200)


@require_POST
def language_set(request: HttpRequest) -> HttpResponse:
    """Read on in another language, kept on the account and in this browser."""
    language = request.POST.get("language", "")
    onwards = request.POST.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(
        onwards, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(onwards if is_safe else "/")
    if language in dict(settings.LANGUAGES):
        if isinstance(request.user, User):
            language_choose(
                perimeter=perimeter_of(request.user), person=request.user, language=language
            )
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 86400,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
