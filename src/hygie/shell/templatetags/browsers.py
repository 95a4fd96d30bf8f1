"""How is a browser named to its owner? By its family and its system, not by its signature."""

import re

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# In this order: each one also claims to be those below it.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser_words(signature: str) -> str:
    """`{{ session.user_agent|browser_words }}`: "Firefox sous Windows"."""
    plain = signature.replace("Headless", "")
    browser = next((name for mark, name in _BROWSERS if mark in plain), "")
    system = next((name for mark, name in _SYSTEMS if mark in plain), "")
    if browser and system:
        return _("%(browser)s sous %(system)s") % {"browser": browser, "system": system}
    return browser or re.split(r"[\s;(]", plain, maxsplit=1)[0] or _("navigateur inconnu")
