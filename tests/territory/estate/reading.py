"""How does a test read a page of the map?"""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse


def text_of(answer: HttpResponse, status: int = 200) -> str:
    """The page, whose status is as expected."""
    assert answer.status_code == status, answer.content[:300]
    return answer.content.decode()


def at(name: str, *args: Any) -> str:
    """Address of a page of the map."""
    return reverse(f"estate:{name}", args=args)
