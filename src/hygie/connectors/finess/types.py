"""What does the national FINESS extract say of a structure?"""

import datetime as dt
from dataclasses import dataclass, field

from hygie.connectors.finess.regions import Region, insee_commune, insee_departement, region_of


@dataclass(frozen=True, slots=True)
class FinessMetadata:
    """First line of an extract: `finess;etalab;111;2026-05-12`."""

    source: str = "etalab"
    flow: str = ""
    extracted_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class FinessSite:
    """A geographic entity (ET), row `structureet`; `row`, its line, does not make it differ."""

    number: str
    legal_entity: str
    name: str
    long_name: str = ""
    name_complement: str = ""
    delivery_complement: str = ""
    street_number: str = ""
    street_kind: str = ""
    street: str = ""
    street_complement: str = ""
    place: str = ""
    commune: str = ""
    departement: str = ""
    departement_name: str = ""
    routing: str = ""
    telephone: str = ""
    fax: str = ""
    category: str = ""
    category_name: str = ""
    category_group: str = ""
    category_group_name: str = ""
    siret: str = ""
    ape: str = ""
    funding: str = ""
    funding_name: str = ""
    public_service: str = ""
    public_service_name: str = ""
    opened_on: dt.date | None = None
    authorised_on: dt.date | None = None
    updated_on: dt.date | None = None
    uai: str = ""
    row: int = field(default=0, compare=False)

    @property
    def region(self) -> Region | None:
        """Give the region, None when the departement is in none."""
        return region_of(self.departement)

    @property
    def insee_departement(self) -> str:
        """Give the INSEE code of the departement."""
        return insee_departement(self.departement)

    @property
    def insee_commune(self) -> str:
        """Give the INSEE code of the commune, "" when it cannot be built."""
        return insee_commune(self.departement, self.commune)

    @property
    def postal_code(self) -> str:
        """Give the 5 digits that begin the routing line, or ""."""
        return postal_code(self.routing)

    @property
    def town(self) -> str:
        """Give the routing line without its postal code."""
        return town(self.routing)


@dataclass(frozen=True, slots=True)
class FinessLegalEntity:
    """A legal entity (EJ), row `structureej`; `row`, its line, does not make it differ."""

    number: str
    name: str
    long_name: str = ""
    name_complement: str = ""
    street_number: str = ""
    street_kind: str = ""
    street: str = ""
    street_complement: str = ""
    delivery_complement: str = ""
    place: str = ""
    commune: str = ""
    routing: str = ""
    departement: str = ""
    departement_name: str = ""
    telephone: str = ""
    legal_status: str = ""
    legal_status_name: str = ""
    category: str = ""
    category_name: str = ""
    siren: str = ""
    ape: str = ""
    created_on: dt.date | None = None
    row: int = field(default=0, compare=False)

    @property
    def region(self) -> Region | None:
        """Give the region, None when the departement is in none."""
        return region_of(self.departement)

    @property
    def insee_departement(self) -> str:
        """Give the INSEE code of the departement."""
        return insee_departement(self.departement)

    @property
    def insee_commune(self) -> str:
        """Give the INSEE code of the commune, "" when it cannot be built."""
        return insee_commune(self.departement, self.commune)

    @property
    def postal_code(self) -> str:
        """Give the 5 digits that begin the routing line, or ""."""
        return postal_code(self.routing)

    @property
    def town(self) -> str:
        """Give the routing line without its postal code."""
        return town(self.routing)


@dataclass(frozen=True, slots=True)
class FinessLocation:
    """Coordinates of a geographic entity, row `geolocalisation`.

    `x` and `y` are in the projection that ends `source` (Lambert 93 in metropolitan France).
    """

    number: str
    x: float
    y: float
    source: str = ""
    updated_on: dt.date | None = None
    row: int = field(default=0, compare=False)


FinessRecord = FinessSite | FinessLegalEntity | FinessLocation


def postal_code(routing: str) -> str:
    """Give the 5 digits that begin a routing line, or ""."""
    head = routing[:5]
    return head if len(head) == 5 and head.isdecimal() and routing[5:6] in {"", " "} else ""


def town(routing: str) -> str:
    """Give a routing line without its postal code."""
    return routing[5:].strip() if postal_code(routing) else routing.strip()
