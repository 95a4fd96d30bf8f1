"""What does the estate of an invented establishment, or of a group of them, look like?

Hospital-shaped maps for demonstrations, tests and benchmarks. Names, products, firms and figures
are made up; telephone numbers come from the ranges kept for fiction.
"""

import datetime as dt
from collections.abc import Sequence
from random import Random

from msgspec.structs import replace

from hygie.engines.estate.invented.applications import make_applications
from hygie.engines.estate.invented.care import make_care
from hygie.engines.estate.invented.draft import Book
from hygie.engines.estate.invented.faults import plant_faults
from hygie.engines.estate.invented.flows import make_flows
from hygie.engines.estate.invented.gaps import forget
from hygie.engines.estate.invented.house import House
from hygie.engines.estate.invented.infrastructure import (
    make_backups,
    make_clusters,
    make_identity,
)
from hygie.engines.estate.invented.interfaces import make_interfaces
from hygie.engines.estate.invented.places import (
    make_firewalls,
    make_lines,
    make_network,
    make_sites,
    make_zones,
)
from hygie.engines.estate.invented.stations import make_devices, make_stations
from hygie.engines.estate.invented.suppliers import make_accesses, make_suppliers
from hygie.engines.estate.invented.types import PLANS, Invented, Member, Size
from hygie.engines.estate.invented.words import TOWNS
from hygie.engines.estate.types import EstateMap

AS_OF = dt.date(2026, 6, 1)
"""Day of a map when the caller does not mind."""

_GAPS = 0.25
# What the members of a group use at its support establishment.
_SHARED = ("messagerie", "pacs", "ris", "ght", "serveurdoc", "paie", "rh", "msss")
_MAKERS = (
    make_sites, make_suppliers, make_zones, make_lines, make_network, make_firewalls, make_flows,
    make_clusters, make_identity, make_backups, make_applications, make_accesses, make_interfaces,
    make_stations, make_devices, make_care, plant_faults,
)  # fmt: skip


def invented_estate(
    size: Size | str,
    seed: int,
    *,
    as_of: dt.date = AS_OF,
    gaps: float = _GAPS,
    organisation: str = "",
) -> EstateMap:
    """Invent the map of one establishment; see `invented_hospital`."""
    return invented_hospital(
        size, seed, as_of=as_of, gaps=gaps, organisation=organisation
    ).estate  # fmt: skip


def invented_hospital(
    size: Size | str,
    seed: int,
    *,
    as_of: dt.date = AS_OF,
    gaps: float = _GAPS,
    organisation: str = "",
    name: str = "",
    town: str = "",
) -> Invented:
    """Invent the estate of one establishment.

    Args:
        size: clinic (50 applications, 400 hosts), hospital (250, 3,000) or chu (1,000, 12,000).
        seed: of everything that is drawn; the same arguments give the same map.
        as_of: the day on which the map is seen.
        gaps: 0 … 1, share of required fields that nobody knows, on average; fewer ties.
        organisation: FINESS number borne by the assets; "" = the map's own.
        name, town: of the establishment; drawn when empty.

    Returns:
        The map, and what must be found in it.

    Raises:
        ValueError: no such size, or gaps that are not a share.

    Cost: about 1.5 s for a CHU of 15,000 assets and 36,000 links.
    """
    town = town or Random(seed).choice(TOWNS)  # noqa: S311  # invention, not secrecy
    member = Member(organisation, name or f"Centre hospitalier de {town}", town, Size(size))
    return invented_group([member], seed, as_of=as_of, gaps=gaps)


def invented_group(
    members: Sequence[Member], seed: int, *, as_of: dt.date = AS_OF, gaps: float = _GAPS
) -> Invented:
    """Invent one map for several establishments that share systems.

    Args:
        members: the support establishment first: the others use its messaging, imaging, payroll
            and the like, over a line of their own. seed, as_of, gaps: as `invented_hospital`.

    Returns:
        The map, keys unique in the whole of it, each asset with the FINESS number of its
        establishment; and what must be found in it.

    Raises:
        ValueError: no member, or gaps that are not a share.
    """
    if not members:
        raise ValueError("a group needs its support establishment")
    if not 0 <= gaps <= 1:
        raise ValueError(f"gaps: {gaps} is not a share")
    book = Book(Random(seed), as_of)  # noqa: S311  # invention, not secrecy
    support = _establishment(book, members[0], None)
    for member in members[1:]:
        _establishment(book, member, support)
    if len(members) > 1:
        others = tuple(member.organisation for member in members[1:])
        for key in (*_shared(support).values(), support.identity):
            book.assets[key] = replace(book.assets[key], shared_with=others)
    forget(book, gaps)
    return Invented(EstateMap(tuple(book.assets.values()), tuple(book.links)), tuple(book.planted))


def _shared(support: House) -> dict[str, str]:
    return {role: support.apps[role] for role in _SHARED if role in support.apps}


def _establishment(book: Book, member: Member, support: House | None) -> House:
    house = House(
        book, PLANS[Size(member.size)], member.organisation, member.name, member.town,
        f"{_plain(member.name)}.lan", support, _shared(support) if support else {},
    )  # fmt: skip
    for make in _MAKERS:
        make(house)
    return house


def _plain(name: str) -> str:
    """A name fit for a domain: small letters without accents, the first words."""
    letters = name.lower().translate(str.maketrans("àâäçéèêëîïôöùûü'’ ", "aaaceeeeiioouuu---"))
    return letters.replace("centre-hospitalier-de", "ch").replace("clinique-de", "cl")[:20]
