"""A channel heard as `?as=staff,all`, and told on by a form, for tests and benchmarks."""

import json
import time
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import include, path, reverse
from django.views.decorators.csrf import csrf_exempt

from hygie.foundation.live.selectors import live_cursor
from hygie.foundation.live.services import live_rights_changed, live_tell
from hygie.foundation.live.stream import live_response

# While this file stands in the home, nobody may listen any more.
BARRED = "live-is-barred"


def heard_as(request: HttpRequest) -> list[str]:
    return request.GET.get("as", "all").split(",")


def may_listen() -> bool:
    return not (Path(settings.HOME) / BARRED).exists()


def direct(request: HttpRequest, channel: str) -> HttpResponseBase:
    if not may_listen():
        return HttpResponse(status=404)
    return live_response(
        request, channel=channel, audiences=heard_as(request), may_still_read=may_listen
    )


@csrf_exempt
@transaction.atomic
def tell(request: HttpRequest, channel: str) -> HttpResponse:
    """Tell each of a JSON list; `?slow_s=` keeps the transaction open a while after."""
    ids = [live_tell(channel=channel, **words).pk for words in json.loads(request.body)]
    time.sleep(float(request.GET.get("slow_s", 0)))
    return HttpResponse(json.dumps(ids))


@csrf_exempt
def bar(request: HttpRequest, channel: str) -> HttpResponse:
    (Path(settings.HOME) / BARRED).touch()
    live_rights_changed(channel=channel)
    return HttpResponse()


def page(request: HttpRequest, channel: str) -> HttpResponse:
    heard = heard_as(request)
    after = live_cursor(channel, heard)
    address = f"{reverse('direct', args=[channel])}?as={','.join(heard)}"
    words = {"channel": channel, "after": after, "address": address}
    return render(request, "live_page.html", words)


urlpatterns = [
    path("direct/<slug:channel>/", direct, name="direct"),
    path("dire/<slug:channel>/", tell, name="tell"),
    path("barrer/<slug:channel>/", bar, name="bar"),
    path("page/<slug:channel>/", page, name="live_page"),
    path("", include("hygie.shell.urls")),
]
