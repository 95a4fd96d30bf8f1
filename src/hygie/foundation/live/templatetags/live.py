"""How does a page say that it listens?"""

from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("live/_live_connection.html")
def live_connection(address: str, after: int) -> dict[str, Any]:
    """The state of the connection, and the script that keeps it: `live:<kind>` on the body.

    Args:
        address: what `live_response` answers.
        after: `live_cursor`, read before the rows that the page shows.
    """
    # Texts: a script reads them, whatever the language of the page.
    return {"address": address, "after": str(after), "every_s": str(settings.LIVE_POLL_S)}
