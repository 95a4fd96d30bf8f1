"""How does a list leave as a spreadsheet? CSV that opens as is, and never as a formula."""

import csv
import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from hygie.foundation.design.tables import Column, TablePage, read_path

_CHUNK = 2000
# A spreadsheet runs what starts with one of these.
_FORMULA = re.compile(r"^[=+\-@\t\r]")


class _Line:
    """What csv.writer writes into: hands the line back instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def csv_response(table: TablePage, name: str) -> StreamingHttpResponse:
    """Every row that the filters keep, in the asked order, streamed.

    Args:
        table: the list.
        name: file name without suffix; letters, digits, dashes.
    """
    stamp = timezone.localdate().isoformat()
    safe = re.sub(r"[^A-Za-z0-9-]+", "-", name).strip("-") or "liste"
    response = StreamingHttpResponse(_lines(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{safe}-{stamp}.csv"'
    return response


def _lines(table: TablePage) -> Iterator[str]:
    french = (get_language() or "fr").startswith("fr")
    columns = [column for column in table.columns if column.is_exported and column.kind != "acts"]
    # French spreadsheets expect semicolons and decimal commas; the mark says the text is UTF-8.
    writer = csv.writer(_Line(), delimiter=";" if french else ",", lineterminator="\r\n")
    yield "\ufeff" + str(writer.writerow([str(column.label) for column in columns]))
    rows = table.selection
    many = rows.iterator(chunk_size=_CHUNK) if isinstance(rows, QuerySet) else iter(rows)
    for row in many:
        yield str(writer.writerow([cell_text(_value(column, row), french) for column in columns]))


def _value(column: Column, row: Any) -> object:
    if callable(column.value):
        return column.value(row)
    return read_path(row, column.value or column.name)


def cell_text(value: object, french: bool) -> str:
    """One cell: numbers in the reader's marks, dates as ISO, texts that cannot run."""
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value).replace(".", ",") if french else str(value)
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text
