"""Which kind of territory file is this, going by its content?"""

from collections.abc import Callable
from pathlib import Path

from hygie.connectors.activity_sheet.reader import open_activity_sheet
from hygie.connectors.finess.reader import open_finess
from hygie.connectors.ght_sheet.reader import open_ght_sheet
from hygie.connectors.messages import FileRefused
from hygie.territory.organisations.errors import FileNotRecognised

_OPENERS: dict[str, Callable[[Path], object]] = {
    "territory.finess": open_finess,
    "territory.ght": open_ght_sheet,
    "territory.activity": open_activity_sheet,
}


def territory_kind_of(path: Path) -> str:
    """Kind of import that reads this file.

    Returns:
        A key of settings.IMPORTS. Only the beginning of the file is read.

    Raises:
        FileNotRecognised: it looks like none of them.
    """
    for kind, opener in _OPENERS.items():
        try:
            opener(path)
        except FileRefused:
            continue
        return kind
    raise FileNotRecognised(file=path.name)
