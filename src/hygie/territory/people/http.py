"""What does a request carry once we know who sends it?"""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from hygie.territory.organisations.models import Organisation
from hygie.territory.people.models import User
from hygie.territory.perimeter import Perimeter


class HygieRequest(HttpRequest):
    """A signed-in person's request: account, perimeter, place, and whether htmx asks."""

    user: User
    perimeter: Perimeter
    place: Organisation | None  # lazy: test it for truth, never with `is None`
    htmx: HtmxDetails
