"""How is an event written in a stream (server-sent events) and in an answer to a reading page?

A stream is text: `id:` is the cursor, `data:` one line of JSON, a blank line ends an event. What is
told goes without `event:`, so that a browser hears kinds it has never been told of; only our own
words carry a name.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from hygie.foundation.live.models import LiveEvent


def told_values(event: LiveEvent) -> dict[str, Any]:
    """An event as pages hear it, by either way."""
    return {
        "id": event.pk,
        "kind": event.kind,
        "at": event.at.isoformat(),
        "data": event.payload,
    }


def told_frame(event: LiveEvent) -> bytes:
    """An event in a stream."""
    return f"id: {event.pk}\ndata: {_line(told_values(event))}\n\n".encode()


def own_frame(kind: str, values: Mapping[str, Any], *, retry_ms: int | None = None) -> bytes:
    """A word of ours; it has no id, so that the cursor stays where it is.

    Args:
        kind: one of `live.…`.
        values: of JSON.
        retry_ms: after how long a browser left to itself comes back.
    """
    retry = "" if retry_ms is None else f"retry: {retry_ms}\n"
    return f"{retry}event: {kind}\ndata: {_line(values)}\n\n".encode()


def comment_frame(words: str) -> bytes:
    """A line that proxies and programs see, and browsers skip."""
    return f": {words}\n\n".encode()


def _line(values: Mapping[str, Any]) -> str:
    # One line by construction: JSON writes a line feed inside a text as \\n.
    return json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
