"""Who is asking, in which language, from where in the territory? Once a request, when needed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from hygie.foundation.journal.types import Via
from hygie.territory.organisations.models import Organisation
from hygie.territory.people.models import User
from hygie.territory.people.place import place_of
from hygie.territory.people.selectors import perimeter_of
from hygie.territory.perimeter import NOBODY, Perimeter

# What addresses call the node that they show.
_NODE_NAMES = ("organisation_id", "node_id")


def _perimeter(request: HttpRequest) -> Perimeter:
    if not isinstance(request.user, User) and not request.user.is_authenticated:
        return NOBODY
    via = Via.API if request.path.startswith("/api/") else Via.PAGE
    return perimeter_of(request.user, via=via)


def _place(request: HttpRequest) -> Organisation | None:
    """Asked for by the page, once its address is resolved."""
    named = request.resolver_match.kwargs if request.resolver_match else {}
    shown = next((named[key] for key in _NODE_NAMES if isinstance(named.get(key), int)), None)
    return place_of(request.perimeter, request.session, shown)  # type: ignore[attr-defined]


class LanguageMiddleware:
    """A signed-in person reads Hygie in the language of their account, on any browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            language = request.user.language
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)


class PerimeterMiddleware:
    """Sets `request.perimeter` and `request.place`; anonymous requests see nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.perimeter = SimpleLazyObject(lambda: _perimeter(request))  # type: ignore[attr-defined]
        request.place = SimpleLazyObject(lambda: _place(request))  # type: ignore[attr-defined]
        return self.get_response(request)
