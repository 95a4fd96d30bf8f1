"""Which files do these tests bring? Written by the tests themselves, with invented names."""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from hygie.connectors.activity_sheet.types import ActivityRow
from hygie.connectors.activity_sheet.writer import write_activity_csv
from hygie.connectors.finess.numbers import complete_finess
from hygie.connectors.finess.types import (
    FinessLegalEntity,
    FinessMetadata,
    FinessRecord,
    FinessSite,
)
from hygie.connectors.finess.writer import write_finess
from hygie.connectors.ght_sheet.types import GhtMembershipRow, GhtRole
from hygie.connectors.ght_sheet.writer import write_ght_csv

DAY = dt.date(2026, 5, 12)


def number(department: str, rank: int) -> str:
    """A number with a valid key."""
    return complete_finess(f"{department}{rank:06d}")


def site(rank: int, entity: str, *, department: str = "59", **values: object) -> FinessSite:
    """An establishment."""
    known: dict[str, object] = {
        "name": f"SITE {rank}",
        "long_name": f"SITE INVENTE NUMERO {rank}",
        "street_number": "1",
        "street_kind": "R",
        "street": "DES LILAS",
        "departement": department,
        "departement_name": "NORD",
        "routing": f"{department}000 VILLE",
        "category": "355",
        "category_name": "Centre Hospitalier (C.H.)",
        "category_group": "1102",
        "public_service_name": "Etablissement public de santé",
        "opened_on": dt.date(1979, 2, 13),
        "authorised_on": dt.date(1979, 2, 13),
        "updated_on": dt.date(2020, 2, 4),
    }
    return FinessSite(number(department, rank), entity, **(known | values))  # type: ignore[arg-type]


def entity(code: str, name: str, *, department: str = "59", **values: object) -> FinessLegalEntity:
    """A legal entity."""
    return FinessLegalEntity(code, name, departement=department, **values)  # type: ignore[arg-type]


def finess_file(path: Path, records: Iterable[FinessRecord], *, day: dt.date = DAY) -> Path:
    """An extract."""
    write_finess(path, records, metadata=FinessMetadata("etalab", "111", day))
    return path


def member(
    ght: str,
    finess: str,
    role: str = "partie",
    *,
    region: str = "Hauts-de-France",
    name: str = "",
    group: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> GhtMembershipRow:
    """A row of a membership sheet."""
    return GhtMembershipRow(
        region, group or f"GHT {ght}", ght, finess, "CH", name, "", "", GhtRole(role), since, until
    )


def ght_file(path: Path, rows: Iterable[GhtMembershipRow]) -> Path:
    """A membership sheet."""
    write_ght_csv(path, rows)
    return path


def activity_file(path: Path, rows: Iterable[ActivityRow]) -> Path:
    """An activity sheet."""
    write_activity_csv(path, rows)
    return path


def many_sites(count: int, *, sites_per_entity: int = 3) -> Iterator[FinessSite]:
    """A stock of that many establishments, in five departments."""
    departments = ("59", "62", "13", "75", "2A")
    for rank in range(count):
        department = departments[(rank // sites_per_entity) % len(departments)]
        number_department = "20" if department == "2A" else department
        owner = number(number_department, 500_000 + rank // sites_per_entity)
        found = site(rank, owner, department=number_department)
        yield FinessSite(
            **{name: getattr(found, name) for name in FinessSite.__dataclass_fields__}
            | {"departement": department}
        )
