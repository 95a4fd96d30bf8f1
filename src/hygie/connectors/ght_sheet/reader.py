"""Which structures belong to which GHT, according to a sheet?"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hygie.connectors.files.limits import DEFAULT_LIMITS, Limits
from hygie.connectors.finess.cells import finess_of
from hygie.connectors.ght_sheet.types import GhtMembershipRow, GhtRole
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.connectors.tables.cells import RowCheck
from hygie.connectors.tables.reader import open_table
from hygie.connectors.tables.types import Column, Row, Table

_CODE = re.compile(r"[A-Z0-9]{2,5}-[0-9A-Z]{1,4}")

# Source: columns of the ministry's list (dgos_ght_liste_*.xlsx); role and dates are ours.
GHT_COLUMNS: tuple[Column, ...] = (
    Column("region", ("REGION", "Région", "Nom de la région", "Region name"), required=False),
    Column("ght_name", ("DENOMINATION GHT", "Nom du GHT", "GHT", "Intitulé GHT", "Group name")),
    Column("ght_code", ("CODE GHT", "Code du GHT", "N° GHT", "Numéro GHT", "Group code")),
    Column(
        "finess",
        ("FINESS", "FINESS EJ", "N° FINESS", "Numéro FINESS", "FINESS juridique", "FINESS number"),
    ),
    Column("category", ("CATEGORIE", "Catégorie d'établissement", "Category"), required=False),
    Column(
        "name",
        ("DENOMINATION", "Raison sociale", "Établissement", "Nom de l'établissement", "Name"),
        required=False,
    ),
    Column("town", ("COMMUNE", "Ville", "Town", "City"), required=False),
    Column("postal_code", ("CODE POSTAL", "CP", "Postal code", "Zip code"), required=False),
    Column(
        "role", ("ROLE", "Rôle dans le GHT", "Type de membre", "Statut", "Qualité"), required=False
    ),
    Column("since", ("DEPUIS", "Date d'entrée", "Membre depuis", "Since", "From"), required=False),
    Column("until", ("JUSQU'AU", "Date de sortie", "Until", "To"), required=False),
)

GHT_ROLE_WORDS: Mapping[GhtRole, Sequence[str]] = {
    GhtRole.SUPPORT: (
        "support",
        "établissement support",
        "etb support",
        "support establishment",
        "lead",
    ),
    GhtRole.PARTIE: (
        "partie",
        "établissement partie",
        "etb partie",
        "établissement parti",
        "membre",
        "member",
    ),
    GhtRole.ASSOCIE: ("associé", "associée", "établissement associé", "etb associé", "associate"),
    GhtRole.PARTENAIRE: ("partenaire", "établissement partenaire", "etb partenaire", "partner"),
}


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class GhtSheet:
    """A membership sheet whose titles have been found; `rows()` reads it."""

    table: Table

    @property
    def report(self) -> Report:
        """Give the messages, completed while rows are read."""
        return self.table.report

    def rows(self) -> Iterator[GhtMembershipRow]:
        """Read the memberships one by one; refused rows are reported and left out.

        Returns:
            One record per row; without a column of roles, every member is a `partie`. The same row
            twice is given once; two that differ for one membership: the second is refused.

        Raises:
            FileRefused: the sheet stops being readable.
        """
        seen: dict[tuple[str, str, dt.date | None], GhtMembershipRow] = {}
        columns = {column.name: column for column in GHT_COLUMNS}
        for row in self.table.rows():
            check = RowCheck(row, columns, self.report)
            record = _membership(check, row)
            if check.is_refused:
                continue
            first = seen.setdefault((record.ght_code, record.finess, record.since), record)
            if first is record:
                yield record
            elif first == record:
                check.warn("finess", MessageCode.ROW_DUPLICATE, first=first.row)
            else:
                check.refuse("finess", MessageCode.ROW_DUPLICATE, first=first.row)


def open_ght_sheet(
    path: Path,
    *,
    limits: Limits = DEFAULT_LIMITS,
    file_name: str = "",
    cancelled: Callable[[], bool] = _never,
) -> GhtSheet:
    """Recognise a GHT membership sheet (CSV, XLSX or ODS) by its titles.

    Args:
        path: the file.
        limits: bounds on the file.
        file_name: name shown to the user.
        cancelled: asked every thousand rows.

    Returns:
        The sheet, ready to read.

    Raises:
        FileRefused: unreadable, dangerous, or without the columns of group, code and FINESS.
    """
    table = open_table(
        path, expected=GHT_COLUMNS, limits=limits, file_name=file_name, cancelled=cancelled
    )
    if not table.has("role"):
        table.report.info(MessageCode.GHT_ROLE_ABSENT, role=GhtRole.PARTIE.value)
    return GhtSheet(table)


def _membership(check: RowCheck, row: Row) -> GhtMembershipRow:
    code = check.text("ght_code", longest=40).upper().replace(" ", "")
    if code and not _CODE.fullmatch(code):
        check.refuse("ght_code", MessageCode.GHT_CODE, value=code)
    since, until = check.date("since"), check.date("until")
    if since and until and until < since:
        check.refuse(
            "until", MessageCode.DATES_REVERSED, since=since.isoformat(), until=until.isoformat()
        )
    postal_code = check.text("postal_code", needed=False, longest=20)
    # A postal code typed as a number loses its leading 0, as a FINESS number does.
    if len(postal_code) == 4 and postal_code.isdecimal():
        postal_code = f"0{postal_code}"
    return GhtMembershipRow(
        region=check.text("region", needed=False),
        ght_name=check.text("ght_name"),
        ght_code=code,
        finess=finess_of(check, "finess"),
        category=check.text("category", needed=False),
        name=check.text("name", needed=False),
        town=check.text("town", needed=False),
        postal_code=postal_code,
        role=check.choice("role", GHT_ROLE_WORDS, default=GhtRole.PARTIE),
        since=since,
        until=until,
        row=row.number,
    )
