"""Which kind of import reads this file, going by its content?"""

from pathlib import Path

from hygie.connectors.inventories.recognise import recognise
from hygie.connectors.inventories.types import InventoryKind
from hygie.connectors.messages import FileRefused
from hygie.foundation.documents.messages import sentence_of
from hygie.territory.estate.errors import FileNotRecognised

_KINDS = {
    InventoryKind.SHEET: "estate.sheet",
    InventoryKind.WORKBOOK: "estate.sheet",
    InventoryKind.LINKS: "estate.links",
    InventoryKind.INTERFACES: "estate.interfaces",
    InventoryKind.GLPI: "estate.glpi",
    InventoryKind.NMAP: "estate.nmap",
    InventoryKind.CYCLONEDX: "estate.cyclonedx",
    InventoryKind.MERCATOR: "estate.mercator",
    InventoryKind.MAP: "estate.map",
}


def estate_kind_of(path: Path) -> tuple[str, str]:
    """Kind of import that reads this file, and what a sheet contains ("" for another file).

    Raises:
        FileNotRecognised: it looks like no inventory, or cannot be opened; the reason is told.

    Cost: the beginning of the file.
    """
    try:
        found = recognise(path)
    except FileRefused as refused:
        reason = str(sentence_of(refused.message.code, refused.message.params))
        raise FileNotRecognised(file=path.name, reason=reason) from refused
    subject = found.asset.value if found.asset and found.kind is InventoryKind.SHEET else ""
    return _KINDS[found.kind], subject
