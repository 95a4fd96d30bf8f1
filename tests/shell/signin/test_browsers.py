"""A browser is named by its family and its system."""

import pytest
from django.utils import translation

from hygie.shell.templatetags.browsers import browser_words

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        (WINDOWS + "Chrome/130.0.0.0 Safari/537.36 Edg/130.0", "Edge sous Windows"),
        (WINDOWS + "Chrome/130.0.0.0 Safari/537.36", "Chrome sous Windows"),
        (PHONE + "Version/18.0 Mobile/15E148 Safari/604.1", "Safari sous iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
         "Firefox sous Linux"),
        ("curl/8.1", "curl/8.1"),
        ("", "navigateur inconnu"),
    ],
)  # fmt: skip
def test_a_browser_is_named_by_its_family_and_its_system(signature: str, words: str) -> None:
    with translation.override("fr"):
        assert browser_words(signature) == words
