"""How do a hundred small drawings reach the page in one request? One sprite of named symbols."""

import re
from pathlib import Path
from xml.sax.saxutils import quoteattr

from hygie.shell.setup.speech import SetupRefused

_DRAWING = re.compile(r"<svg\b([^>]*)>(.*)</svg>", re.DOTALL)
_VIEW_BOX = re.compile(r'viewBox="([^"]+)"')
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def icon_names(listing: Path) -> list[str]:
    """Names wanted, one a line; blank lines and `#` remarks are skipped.

    Raises:
        SetupRefused: a line is not an icon name.
    """
    if not listing.is_file():
        return []
    names: set[str] = set()
    for number, line in enumerate(listing.read_text(encoding="utf-8").splitlines(), start=1):
        name = line.partition("#")[0].strip()
        if not name:
            continue
        if not _NAME.fullmatch(name):
            raise SetupRefused(
                f"{listing.name}, ligne {number} : {name!r} n'est pas un nom d'icône",
                f"{listing.name}, line {number}: {name!r} is not an icon name",
            )
        names.add(name)
    return sorted(names)


def sprite_build(names: list[str], drawings: Path) -> str:
    """One SVG file holding a `<symbol id=name>` for each icon.

    Args:
        names: icon names.
        drawings: folder of `name.svg` files.

    Raises:
        SetupRefused: the package has no icon of that name, or not a readable one.
    """
    symbols = []
    for name in names:
        path = drawings / f"{name}.svg"
        if not path.is_file():
            raise SetupRefused(
                f"icons.txt : bootstrap-icons n'a pas d'icône nommée {name!r}",
                f"icons.txt: bootstrap-icons has no icon named {name!r}",
            )
        drawing = _DRAWING.search(path.read_text(encoding="utf-8"))
        view_box = _VIEW_BOX.search(drawing.group(1)) if drawing else None
        if drawing is None or view_box is None:
            raise SetupRefused(
                f"bootstrap-icons : {name}.svg n'est pas un dessin avec viewBox",
                f"bootstrap-icons: {name}.svg is not a drawing with a viewBox",
            )
        symbols.append(
            f"<symbol id={quoteattr(name)} viewBox={quoteattr(view_box.group(1))}"
            f' fill="currentColor">{drawing.group(2).strip()}</symbol>'
        )
    body = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'
