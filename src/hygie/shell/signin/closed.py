"""What does a door that is never open answer?"""

from typing import NoReturn

from django.http import Http404, HttpRequest


def closed(request: HttpRequest) -> NoReturn:
    """Nothing is here."""
    raise Http404
