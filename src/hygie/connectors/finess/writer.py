"""How is a list of structures written as a national FINESS extract?"""

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import TextIO

from hygie.connectors.finess.layout import ROW_KIND_OF
from hygie.connectors.finess.types import FinessMetadata, FinessRecord

_FIELDS = {
    record: [field.name for field in fields(record) if field.name != "row"]
    for record in ROW_KIND_OF
}


def write_finess(
    target: Path | TextIO,
    records: Iterable[FinessRecord],
    *,
    metadata: FinessMetadata,
    encoding: str = "utf-8",
) -> int:
    """Write structures in the format of the national extract; `open_finess` reads them back equal.

    Nothing is neutralised against spreadsheets: the format is for programs, and an apostrophe
    would change the names. Offer `write_xlsx` to people.

    Args:
        target: file to write, or an open text stream (its own encoding is then used).
        records: sites, legal entities and locations, in the order wanted.
        metadata: first line; its date has to be known.
        encoding: "utf-8", or "latin-1" as older extracts.

    Returns:
        Number of records written.

    Raises:
        ValueError: no date in `metadata`.
        UnicodeEncodeError: a name does not fit in `encoding`.
    """
    if isinstance(target, Path):
        with target.open("w", encoding=encoding, newline="") as stream:
            return write_finess(stream, records, metadata=metadata)
    if metadata.extracted_on is None:
        raise ValueError("an extract has a date")
    writer = csv.writer(target, delimiter=";", lineterminator="\n")
    writer.writerow(["finess", metadata.source, metadata.flow, metadata.extracted_on.isoformat()])
    count = 0
    for record in records:
        count += 1
        kind = type(record)
        cells = [_text(getattr(record, name)) for name in _FIELDS[kind]]
        writer.writerow([ROW_KIND_OF[kind], *cells])
    return count


def _text(value: str | float | dt.date | None) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return "" if value is None else str(value)
