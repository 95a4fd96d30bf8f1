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

# NA-04, written with any dash, a blank, or nothing: « NA 04 », « NA04 », « GHT NA-04 ».
_CODE = re.compile(r"(?:GHT)?[\W_]*([A-Z0-9]*[A-Z])[\W_]*(\d{1,3}[A-Z]?)")
_OTHER_CODE = re.compile(r"[A-Z0-9]{2,5}-[0-9A-Z]{1,4}")

# Source: columns of the ministry's list (dgos_ght_liste_*.xlsx); role and dates are ours.
GHT_COLUMNS: tuple[Column, ...] = (
    Column(
        "region",
        ("REGION", "Nom de la région", "Libellé région", "Region name", "Région administrative"),
        required=False,
    ),
    Column(
        "ght_name",
        (
            "DENOMINATION GHT",
            "Nom du GHT",
            "GHT",
            "Intitulé GHT",
            "Libellé GHT",
            "Nom complet du GHT",
            "Groupement hospitalier de territoire",
            "Group name",
        ),
    ),
    Column(
        "ght_code",
        (
            "CODE GHT",
            "N° GHT",
            "Numéro GHT",
            "Identifiant GHT",
            "Référence GHT",
            "Id GHT",
            "Group code",
        ),
    ),
    Column(
        "finess",
        (
            "FINESS",
            "FINESS EJ",
            "N° FINESS",
            "Numéro FINESS",
            "N° FINESS EJ",
            "Numéro FINESS EJ",
            "FINESS juridique",
            "N° FINESS juridique",
            "Numéro FINESS juridique",
            "FINESS entité juridique",
            "N° FINESS entité juridique",
            "Code FINESS",
            "Code FINESS EJ",
            "nofinessej",
            "Finess PM",
            "FINESS number",
        ),
    ),
    Column("category", ("CATEGORIE", "Catégorie d'établissement", "Category"), required=False),
    Column(
        "name",
        (
            "DENOMINATION",
            "Raison sociale",
            "Établissement",
            "Nom de l'établissement",
            "Raison sociale EJ",
            "Entité juridique",
            "Nom EJ",
            "Établissement membre",
            "Membre",
            "Name",
        ),
        required=False,
    ),
    Column("town", ("COMMUNE", "Ville", "Town", "City"), required=False),
    Column("postal_code", ("CODE POSTAL", "CP", "Postal code", "Zip code"), required=False),
    Column(
        "role",
        (
            "ROLE",
            "Rôle dans le GHT",
            "Type de membre",
            "Statut",
            "Qualité",
            "Statut GHT",
            "Qualité GHT",
            "Type d'adhésion",
            "Rôle établissement",
            "Statut de l'établissement",
            "Statut membre",
        ),
        required=False,
    ),
    Column("since", ("DEPUIS", "Date d'entrée", "Membre depuis", "Since", "From"), required=False),
    Column("until", ("JUSQU'AU", "Date de sortie", "Until", "To"), required=False),
)

GHT_ROLE_WORDS: Mapping[GhtRole, Sequence[str]] = {
    GhtRole.SUPPORT: (
        "support",
        "établissement support",
        "etb support",
        "ES support",
        "établissement support du GHT",
        "support du GHT",
        "membre support",
        "support establishment",
        "lead",
    ),
    GhtRole.PARTIE: (
        "partie",
        "établissement partie",
        "etb partie",
        "établissement parti",
        "ES partie",
        "partie au GHT",
        "établissement partie au GHT",
        "membre partie",
        "membre",
        "member",
    ),
    GhtRole.ASSOCIE: (
        "associé",
        "associée",
        "établissement associé",
        "etb associé",
        "ES associé",
        "associé au GHT",
        "établissement associé au GHT",
        "membre associé",
        "associate",
    ),
    GhtRole.PARTENAIRE: (
        "partenaire",
        "établissement partenaire",
        "etb partenaire",
        "ES partenaire",
        "partenaire du GHT",
        "établissement partenaire du GHT",
        "membre partenaire",
        "partner",
    ),
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


def _code_of(check: RowCheck) -> str:
    """Read a code, so that one group written in two ways stays one group."""
    text = check.text("ght_code", longest=40).upper()
    found = _CODE.fullmatch(text)
    if found is not None:
        return f"{found[1]}-{found[2]}"
    bare = "".join(text.split())
    if bare and not _OTHER_CODE.fullmatch(bare):
        check.refuse("ght_code", MessageCode.GHT_CODE, value=text)
    return bare


def _membership(check: RowCheck, row: Row) -> GhtMembershipRow:
    code = _code_of(check)
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
