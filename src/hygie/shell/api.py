"""Which routes does the API offer? Read-only, by session, the same perimeter as the pages."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, Throttled
from ninja.security import django_auth
from ninja.throttling import AuthRateThrottle

from hygie.foundation.errors import Refusal
from hygie.governance.assessment.api import router as assessment
from hygie.governance.exercises.api import router as exercises
from hygie.operations.directory.api import router as directory
from hygie.operations.impact.api import router as impact
from hygie.overview.api import router as overview
from hygie.progress.api import router as progress
from hygie.territory.estate.api import router as estate
from hygie.territory.organisations.api import router as organisations

api = NinjaAPI(
    title="Hygie",
    version="1",
    description="Read-only; sign in first. Absent and forbidden both answer 404.",
    urls_namespace="api",
    auth=django_auth,
    docs_url=None,
    throttle=[AuthRateThrottle("600/m")],
)
for router in (
    organisations, overview, assessment, exercises, progress, directory, estate, impact,
):  # fmt: skip
    api.add_router("/organisations/", router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    """A refusal in the shape of `Problem`."""
    return api.create_response(
        request, {"code": error.code, "detail": str(error)}, status=error.status
    )


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Nobody is signed in."""
    return api.create_response(
        request, {"code": "not_signed_in", "detail": "Sign in first."}, status=401
    )


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    """More calls than the limit; `Retry-After` says in how many seconds to come back."""
    answer = api.create_response(
        request,
        {"code": "too_many_calls", "detail": "Too many calls: wait, then ask again."},
        status=429,
    )
    if error.wait:
        answer["Retry-After"] = str(error.wait)
    return answer
