"""What does the house itself answer: health, robots, security contact, mistakes?"""

import datetime as dt
import sys

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hygie.foundation.hardships import SENTENCES, STATUS, Hardship, hardship_of
from hygie.foundation.http.health import worker_seen_at

# A worker beats every few seconds; after this long something is wrong.
WORKER_LATE = dt.timedelta(minutes=2)
# When to come back to a database held by a long write.
BUSY_AGAIN_S = 30


@never_cache
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Is this instance able to serve? 503 without a database; a late worker is told, not fatal."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
        worker = _worker_word()
    except DatabaseError:
        return JsonResponse({"status": "failed", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok", "worker": worker})


def _worker_word() -> str:
    seen = worker_seen_at()
    if seen is None:
        return "never seen"
    return "late" if timezone.now() - seen > WORKER_LATE else "ok"


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@require_GET
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116), when the operator has said it."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + dt.timedelta(days=180)).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.PUBLIC_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Said by the sign-in pages when someone insists."""
    return render(request, "429.html", status=429)


def failed(request: HttpRequest) -> HttpResponse:
    """Said when a view broke: by our fault, or because the machine lacks something, told as such.

    Nothing of the database is asked here: it may be what is missing.
    """
    error = sys.exc_info()[1]
    hardship = hardship_of(error) if error else None
    if hardship is None:
        return HttpResponse(loader.render_to_string("500.html"), status=500)
    status, sentence = STATUS[hardship], str(SENTENCES[hardship])
    answer: HttpResponse
    if request.path.startswith("/api/"):
        answer = JsonResponse({"code": str(hardship), "detail": sentence}, status=status)
    else:
        words = {"sentence": sentence, "status": status}
        answer = HttpResponse(loader.render_to_string("hardship.html", words), status=status)
    if hardship is Hardship.BUSY:
        answer["Retry-After"] = str(BUSY_AGAIN_S)
    return answer
