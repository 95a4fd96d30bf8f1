"""What does every page show around its content: menu, place, languages?"""

from functools import cached_property
from importlib import metadata
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from hygie.shell.menu import menu_for
from hygie.territory.organisations.selectors import depth_at
from hygie.territory.people.place import Place, may_switch, path_to
from hygie.territory.perimeter import NOBODY, Depth, Perimeter

VERSION = metadata.version("hygie")


class Shell:
    """What surrounds a page, each part computed only if the template asks for it."""

    version = VERSION

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _perimeter(self) -> Perimeter:
        # An error page may be drawn before any middleware has run.
        perimeter: Perimeter = getattr(self._request, "perimeter", NOBODY)
        return perimeter

    @cached_property
    def menu(self) -> list[dict[str, Any]]:
        """Entries of the left column."""
        match = getattr(self._request, "resolver_match", None)
        return menu_for(self._perimeter, self._place, match.view_name if match else "")

    @cached_property
    def _place(self) -> Place | None:
        return getattr(self._request, "place", None) or None

    @property
    def node(self) -> dict[str, str] | None:
        """Where the person is working; one query."""
        return _step(self._place, may_go=True) if self._place else None

    @property
    def breadcrumb(self) -> list[dict[str, str]]:
        """From the nation down to the place; links where one may go. No query beyond the place."""
        steps = path_to(self._place) if self._place else []
        return [_step(step, may_go=depth_at(self._perimeter, step) > Depth.NONE) for step in steps]

    @property
    def switch_url(self) -> str:
        """The page where another place is chosen."""
        return _address("organisations:place_choose")

    @property
    def jobs_url(self) -> str:
        """The page of one's long jobs."""
        return _address("jobs:job_list")

    @property
    def may_switch(self) -> bool:
        """Whether there is another node to choose."""
        return may_switch(self._perimeter)

    @property
    def languages(self) -> list[tuple[str, str | Promise]]:
        """Codes and names."""
        return list(settings.LANGUAGES)

    @property
    def is_demo(self) -> bool:
        """Whether the data are invented."""
        return bool(settings.IS_DEMO)

    @property
    def is_tls(self) -> bool:
        """Whether this instance is served over TLS."""
        return bool(settings.IS_TLS)

    @property
    def has_mail(self) -> bool:
        """Whether this instance sends mail."""
        return bool(settings.HAS_MAIL)

    @property
    def sso_only(self) -> bool:
        """Whether people come in by an identity provider only."""
        return bool(settings.SSO_ONLY)

    @property
    def mfa_required(self) -> bool:
        """Whether everyone must hold a second factor."""
        return bool(settings.MFA_REQUIRED)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the page shell."""
    return {"shell": Shell(request)}


def _step(node: Place, *, may_go: bool) -> dict[str, str]:
    return {
        "label": node.name,
        "kind": node.get_kind_display(),
        "url": _address("overview:cockpit", node.pk) if may_go else "",
    }


def _address(view: str, *args: int) -> str:
    try:
        return reverse(view, args=args)
    except NoReverseMatch:
        return ""
