"""What does this inventory say, whatever its kind?"""

from collections.abc import Callable
from pathlib import Path

from hygie.connectors.inventories.channels import read_channels
from hygie.connectors.inventories.cyclonedx import read_cyclonedx
from hygie.connectors.inventories.estate_file import estate_inventory
from hygie.connectors.inventories.glpi import read_glpi
from hygie.connectors.inventories.interfaces_sheet import read_interfaces
from hygie.connectors.inventories.limits import INVENTORY_LIMITS, InventoryLimits
from hygie.connectors.inventories.links_sheet import read_links
from hygie.connectors.inventories.mercator import read_mercator
from hygie.connectors.inventories.nmap import read_nmap
from hygie.connectors.inventories.recognise import Recognised, recognise
from hygie.connectors.inventories.sheets import NOT_MAPPED, Mapped, read_sheet
from hygie.connectors.inventories.types import Inventory, InventoryKind
from hygie.connectors.inventories.workbook import read_workbook


def _never() -> bool:
    return False


def read_inventory(
    path: Path,
    *,
    told: Recognised | None = None,
    mapped: Mapped = NOT_MAPPED,
    file_name: str = "",
    limits: InventoryLimits = INVENTORY_LIMITS,
    cancelled: Callable[[], bool] = _never,
) -> Inventory:
    """Read any file that tells about the information system.

    Args:
        path: the file.
        told: what it is, when somebody said so; else it is recognised by its content.
        mapped: titles and words of a sheet, told by a person.
        file_name: name shown to the user.
        limits: bounds on the file.
        cancelled: asked now and then.

    Returns:
        What it tells, and what was said while it was read.

    Raises:
        FileRefused: see each reader.
        ReadingCancelled: asked to.
    """
    found = told or recognise(path, file_name=file_name, limits=limits)
    common = (path, file_name, limits, cancelled)
    if found.kind is InventoryKind.SHEET:
        return read_sheet(
            path,
            found.asset,
            mapped=mapped,
            file_name=file_name,
            limits=limits,
            cancelled=cancelled,
        )
    if found.kind is InventoryKind.LINKS or (
        found.kind is InventoryKind.INTERFACES and not found.is_channels
    ):
        read = read_links if found.kind is InventoryKind.LINKS else read_interfaces
        return read(path, mapped=mapped, file_name=file_name, limits=limits, cancelled=cancelled)
    return _read_unmapped(found, *common)


def _read_unmapped(
    found: Recognised,
    path: Path,
    file_name: str,
    limits: InventoryLimits,
    cancelled: Callable[[], bool],
) -> Inventory:
    readers: dict[InventoryKind, Callable[..., Inventory]] = {
        InventoryKind.WORKBOOK: read_workbook,
        InventoryKind.INTERFACES: read_channels,
        InventoryKind.GLPI: read_glpi,
        InventoryKind.NMAP: read_nmap,
        InventoryKind.CYCLONEDX: read_cyclonedx,
        InventoryKind.MERCATOR: read_mercator,
        InventoryKind.MAP: estate_inventory,
    }
    return readers[found.kind](path, file_name=file_name, limits=limits, cancelled=cancelled)
