"""How does a small drawing reach the page? By its name in the shared sprite."""

from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

_LISTING = Path(__file__).resolve().parents[1] / "icons.txt"


class UnknownIconError(ValueError):
    """An icon that `icons.txt` does not list, hence absent from the sprite."""


@cache
def icon_names() -> frozenset[str]:
    """Names that `icons.txt` lists."""
    lines = _LISTING.read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if (name := line.partition("#")[0].strip()))


def icon(name: str, *, label: str = "", size: str = "") -> SafeString:
    """The drawing of that name; silent unless it carries a label.

    Args:
        name: a name of `icons.txt`.
        label: said aloud and shown on hover; empty when a word stands beside the drawing.
        size: "" follows the text, `lg` or `xl`.

    Raises:
        UnknownIconError: `icons.txt` does not list it.
    """
    if name not in icon_names():
        raise UnknownIconError(f"{name!r} is not in foundation/design/icons.txt")
    voice = (
        format_html(' role="img" aria-label="{}"', label)
        if label
        else SafeString(' aria-hidden="true" focusable="false"')
    )
    return format_html(
        '<svg class="hy-icon{}" viewBox="0 0 16 16"{}><use href="{}#{}"></use></svg>',
        f" hy-icon--{size}" if size else "",
        voice,
        static("vendor/icons/icons.svg"),
        name,
    )
