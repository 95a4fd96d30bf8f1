"""How does an access link reach its person, and how is it taken back?"""

from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hygie.territory.people.http import HygieRequest
from hygie.territory.people.models import AccessLink
from hygie.territory.people.selectors import link_open_of, person_get_in
from hygie.territory.people.services.accounts import account_deactivate, account_reactivate
from hygie.territory.people.services.links import link_mail
from hygie.territory.people.services.renewals import link_cancel, link_renew


def link_hand_over(request: HygieRequest, link: AccessLink, token: str) -> HttpResponse:
    """Mail the link; without a mail server, show it this once to be handed over."""
    # The declared address, never the request's host: a forged one would send people elsewhere.
    url = urljoin(settings.PUBLIC_URL, reverse("signin_access", args=[token]))
    if link_mail(perimeter=request.perimeter, link=link, url=url):
        messages.success(
            request, _("Un lien d'accès est parti à %(email)s.") % {"email": link.user.email}
        )
        return redirect("people:person_detail", link.user_id)
    return _shown_once(request, link, url)


@never_cache
def _shown_once(request: HygieRequest, link: AccessLink, url: str) -> HttpResponse:
    context = {"link": link, "url": url, "mail_failed": settings.HAS_MAIL}
    return render(request, "people/link_shown.html", context)


@login_required
@require_POST
def person_link(request: HygieRequest, pk: int) -> HttpResponse:
    """A new access link for someone who lost their way in."""
    person = person_get_in(request.perimeter, pk)
    link, token = link_renew(perimeter=request.perimeter, person=person)
    return link_hand_over(request, link, token)


@login_required
@require_POST
def person_link_cancel(request: HygieRequest, pk: int) -> HttpResponse:
    """Withdraw the open link."""
    person = person_get_in(request.perimeter, pk)
    link = link_open_of(person)
    if link is not None:
        link_cancel(perimeter=request.perimeter, person=person, link=link)
        messages.success(request, _("Le lien ne sert plus."))
    return redirect("people:person_detail", pk)


@login_required
@require_POST
def person_deactivate(request: HygieRequest, pk: int) -> HttpResponse:
    """Close the account at once."""
    person = person_get_in(request.perimeter, pk)
    account_deactivate(perimeter=request.perimeter, person=person)
    messages.success(request, _("Le compte de %(person)s est désactivé.") % {"person": person})
    return redirect("people:person_detail", pk)


@login_required
@require_POST
def person_reactivate(request: HygieRequest, pk: int) -> HttpResponse:
    """Open the account again."""
    person = person_get_in(request.perimeter, pk)
    account_reactivate(perimeter=request.perimeter, person=person)
    messages.success(request, _("Le compte de %(person)s est réactivé.") % {"person": person})
    return redirect("people:person_detail", pk)
