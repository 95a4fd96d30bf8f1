"""What does a request carry for the pages of imports?"""

from django.http import HttpRequest

from hygie.foundation.imports.types import Reader


class ReaderRequest(HttpRequest):
    """A signed-in person's request; this floor knows the perimeter by what it can tell."""

    perimeter: Reader
