"""Which kind of territory file is this, going by its content?"""

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from hygie.connectors.activity_sheet.reader import open_activity_sheet
from hygie.connectors.finess.reader import open_finess
from hygie.connectors.ght_sheet.reader import open_ght_sheet
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, Message
from hygie.foundation.documents.messages import sentence_of
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
        FileNotRecognised: it looks like none of them; with what the nearest one lacks, if any.
    """
    refusals: dict[str, Message] = {}
    for kind, opener in _OPENERS.items():
        try:
            opener(path)
        except FileRefused as refused:
            refusals[kind] = refused.message
            continue
        return kind
    raise FileNotRecognised(file=path.name, reason=_nearest(refusals))


def _nearest(refusals: dict[str, Message]) -> str:
    """The titles that a sheet lacks to be one of groups or of activity, or what broke it."""
    sheets = {kind: refusals[kind] for kind in ("territory.ght", "territory.activity")}
    # A row number says that some titles were there.
    partial = {
        kind: message
        for kind, message in sheets.items()
        if message.code is MessageCode.HEADER_NOT_FOUND and message.row is not None
    }
    if not partial:
        message = refusals["territory.ght"]
        if message.code is MessageCode.HEADER_NOT_FOUND:
            return ""
        return str(sentence_of(message.code, message.params))
    kind, message = min(partial.items(), key=lambda one: str(one[1].params["missing"]).count(","))
    name = {
        "territory.ght": _("une feuille de GHT"),
        "territory.activity": _("une feuille d'activité"),
    }[kind]
    return _("À la ligne %(row)s, pour %(kind)s, il manque les titres : %(missing)s.") % {
        "row": message.row, "kind": name, "missing": message.params["missing"],
    }  # fmt: skip
