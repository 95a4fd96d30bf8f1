"""How does the drawing leave: a file that a vector editor, a document or a printer opens?"""

import re
from pathlib import Path

import typst
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hygie.foundation.errors import NotFound
from hygie.territory.estate.pages.map import Exploration

_TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
_SHEET = Path(__file__).parent.parent / "pdf" / "map.typ"
_STYLE = Path(__file__).parent.parent / "static" / "estate" / "drawing.css"
# The theme of the page: a file keeps the colours of paper, which stand before each of these.
_VARIABLE = re.compile(r"[a-z-]+: var\([^)]*\);\s*|/\*.*?\*/", re.DOTALL)
# A PNG wider than this opens nowhere.
_WIDEST = 12_000


def drawing_svg(seen: Exploration) -> str:
    """The drawing as a file of its own: paper colours, no link, its style inside."""
    return render_to_string(
        "estate/drawing.svg",
        {
            "sheet": seen.sheet(),
            "is_file": True,
            "style": _VARIABLE.sub("", _STYLE.read_text(encoding="utf-8")),
            "title": _("Carte du système d'information de %(name)s") % {"name": seen.place.name},
        },
    )


def drawing_file(seen: Exploration, suffix: str) -> tuple[bytes, str]:
    """The drawing in a format, and its content type.

    Raises:
        NotFound: no such format.
    """
    if suffix not in _TYPES:
        raise NotFound
    svg = drawing_svg(seen)
    if suffix == "svg":
        return svg.encode(), _TYPES[suffix]
    sheet = seen.sheet()
    density = min(144.0, 72 * _WIDEST / max(sheet.width, sheet.height))
    content = typst.compile(  # type: ignore[call-overload]  # its stub forgets the dictionary form
        {"main": _SHEET.read_bytes(), "map.svg": svg.encode()},
        sys_inputs={"width": str(sheet.width), "height": str(sheet.height)},
        ignore_system_fonts=True,
        format=suffix,
        **({"ppi": density} if suffix == "png" else {}),
    )
    return bytes(content), _TYPES[suffix]
