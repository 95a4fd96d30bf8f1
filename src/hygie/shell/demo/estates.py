"""Which information systems do the invented establishments run, and who has looked at them?

The first GHT wrote its map down in one workbook: the support establishment, and two members that
use some of its systems. Then its agents and a scan were brought in: they mostly agree with it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hygie.connectors.inventories.workbook import write_workbook
from hygie.connectors.inventories.written.glpi import write_glpi
from hygie.connectors.inventories.written.nmap import write_nmap
from hygie.engines.estate.invented.hospital import invented_group
from hygie.engines.estate.invented.inventories import invented_inventories
from hygie.engines.estate.invented.types import Member, Size
from hygie.engines.estate.types import EstateMap
from hygie.shell.demo.territory import DemoEntity

_MAPPED, _SUPPORT = 3, 0
_GAPS = 0.35
_SCANNED = 120
_NIGHT = dt.time(2, 15, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class EstateFile:
    """An inventory, and the code of the place whose it is."""

    path: Path
    place: str


def estates_write(
    folder: Path, entities: Sequence[DemoEntity], today: dt.date, seed: int
) -> tuple[EstateFile, ...]:
    """Write the map of a GHT, then what tools see of its support establishment.

    Args:
        folder: exists. entities: those of the territory, the support of the first GHT first.
        today: inventories were made before it. seed: of the generator.

    Returns:
        Files ready for `hygie estate import`, in the order in which they are brought.
    """
    members = [
        Member(one.finess, one.name, one.name, Size.CLINIC if rank else Size.HOSPITAL)
        for rank, one in enumerate(entities[:_MAPPED])
    ]
    drawn_on = today - dt.timedelta(days=45)
    group = invented_group(members, seed, as_of=drawn_on, gaps=_GAPS).estate
    book = folder / "carte-ght-demo.xlsx"
    write_workbook(book, group)
    support = entities[_SUPPORT].finess
    own = EstateMap([one for one in group.assets if one.organisation == support])
    seen = invented_inventories(own, seed, today - dt.timedelta(days=3))
    agents, scan = folder / "glpi-demo.zip", folder / "nmap-demo.xml"
    write_glpi([*seen.computers, *seen.equipment], agents)
    night = dt.datetime.combine(today - dt.timedelta(days=2), _NIGHT)
    write_nmap(seen.hosts[:_SCANNED], scan, scanned_at=night)
    return (
        EstateFile(book, support),
        EstateFile(agents, support),
        EstateFile(scan, support),
    )
