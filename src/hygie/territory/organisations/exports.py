"""How does the territory leave, in the very formats in which it comes in?"""

import tempfile
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from django.utils import timezone

from hygie.connectors.activity_sheet.types import ActivityRow
from hygie.connectors.activity_sheet.writer import write_activity_csv, write_activity_xlsx
from hygie.connectors.finess.types import FinessMetadata, FinessRecord
from hygie.connectors.finess.writer import write_finess
from hygie.connectors.ght_sheet.types import GhtMembershipRow
from hygie.connectors.ght_sheet.writer import write_ght_csv, write_ght_xlsx
from hygie.foundation.documents.files import incoming_root
from hygie.territory.organisations.bridge import (
    activity_row,
    entity_of,
    membership_row,
    site_of,
)
from hygie.territory.organisations.errors import ExportKindUnknown
from hygie.territory.organisations.selectors.exporting import (
    entities_to_export,
    extract_date,
    figures_to_export,
    memberships_to_export,
    sites_to_export,
)
from hygie.territory.perimeter import Perimeter

_CHUNK = 2_000


class ExportKind(StrEnum):
    """What may leave."""

    FINESS = "finess"
    GHT = "ght"
    ACTIVITY = "activity"


Writer = Callable[[Perimeter, Path], int]


def territory_export(perimeter: Perimeter, path: Path, *, kind: str, suffix: str) -> int:
    """Write what this perimeter may export; importing the file again changes nothing.

    Args:
        perimeter: who asks.
        path: file to write.
        kind: finess, ght or activity.
        suffix: csv, or xlsx for the sheets.

    Returns:
        Rows written.

    Raises:
        ExportKindUnknown: no such pair.
        NotAllowed: nothing may be exported.

    Cost: one query, streamed; memory does not depend on the size.
    """
    writer = _WRITERS.get((kind, suffix))
    if writer is None:
        raise ExportKindUnknown
    return writer(perimeter, path)


def territory_export_open(perimeter: Perimeter, *, kind: str, suffix: str) -> BinaryIO:
    """The same as an open file that no folder lists: it is gone when its reader closes it.

    Raises:
        ExportKindUnknown, NotAllowed: as `territory_export`.
    """
    with tempfile.TemporaryDirectory(dir=incoming_root(), prefix="export-") as folder:
        path = Path(folder) / f"export.{suffix}"
        territory_export(perimeter, path, kind=kind, suffix=suffix)
        return path.open("rb")


def _finess_csv(perimeter: Perimeter, path: Path) -> int:
    day = extract_date(perimeter) or timezone.localdate()
    metadata = FinessMetadata(source="etalab", flow="", extracted_on=day)
    return write_finess(path, _finess(perimeter), metadata=metadata)


def _finess(perimeter: Perimeter) -> Iterator[FinessRecord]:
    for entity in entities_to_export(perimeter).iterator(chunk_size=_CHUNK):
        yield entity_of(entity)
    for site in sites_to_export(perimeter).iterator(chunk_size=_CHUNK):
        yield site_of(site)


def _memberships(perimeter: Perimeter) -> Iterator[GhtMembershipRow]:
    for membership in memberships_to_export(perimeter).iterator(chunk_size=_CHUNK):
        yield membership_row(membership)


def _figures(perimeter: Perimeter) -> Iterator[ActivityRow]:
    for figure in figures_to_export(perimeter).iterator(chunk_size=_CHUNK):
        row = activity_row(figure)
        if row is not None:
            yield row


_WRITERS: dict[tuple[str, str], Writer] = {
    (ExportKind.FINESS, "csv"): _finess_csv,
    (ExportKind.GHT, "csv"): lambda who, path: write_ght_csv(path, _memberships(who)),
    (ExportKind.GHT, "xlsx"): lambda who, path: write_ght_xlsx(path, _memberships(who)),
    (ExportKind.ACTIVITY, "csv"): lambda who, path: write_activity_csv(path, _figures(who)),
    (ExportKind.ACTIVITY, "xlsx"): lambda who, path: write_activity_xlsx(path, _figures(who)),
}
EXPORTS = tuple(_WRITERS)
