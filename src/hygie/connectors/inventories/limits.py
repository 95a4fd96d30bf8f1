"""How large may an inventory be before it is refused?"""

from dataclasses import dataclass

from hygie.connectors.files.limits import MEGABYTE, Limits

# An archive of inventories holds one document a machine; a scan of a large network is long.
INVENTORY_FILES = Limits(
    max_bytes=500 * MEGABYTE,
    max_uncompressed_bytes=4_000 * MEGABYTE,
    max_members=100_000,
    max_member_name=300,
)


@dataclass(frozen=True, slots=True)
class InventoryLimits:
    """Bounds on what an inventory says; each is far above the largest known hospital.

    Attributes:
        files: bounds on the file or archive.
        record_bytes: length of one record of a JSON text.
        depth: brackets inside brackets.
        most_assets, most_links: of the whole file.
        services: kept of one machine. components: kept of one application.
        links_per_cell: names in one cell.
        uplink: machines behind one port from which it is taken to lead to another switch.
    """

    files: Limits = INVENTORY_FILES
    record_bytes: int = 64 * MEGABYTE
    depth: int = 64
    most_assets: int = 300_000
    most_links: int = 2_000_000
    services: int = 2_000
    components: int = 200_000
    links_per_cell: int = 500
    uplink: int = 4


INVENTORY_LIMITS = InventoryLimits()

# Longest texts that the map keeps, characters.
LONGEST: dict[str, int] = {
    "key": 80,
    "name": 200,
    "owner": 120,
    "technical_owner": 120,
    "description": 20_000,
    "identifier": 300,
    "group": 80,
    "reference": 200,
    "detail": 2_000,
}
