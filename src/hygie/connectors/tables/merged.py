"""Which value do the rows covered by a merged cell carry?"""

import re
from collections.abc import Iterable

from hygie.connectors.tables.types import Cell, SourceRow

_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


class MergedColumns:
    """Gives the value of a cell merged over several rows to each of these rows.

    People merge the region or the group over its members: only the first row holds the text.
    Cells merged over columns are left alone: they are titles of a page.

    Attributes:
        used: ranges whose value was given to another row.
    """

    __slots__ = ("_active", "_starts", "used")

    def __init__(self, ranges: Iterable[str]) -> None:
        self._starts: dict[int, list[tuple[int, int, str]]] = {}
        self._active: dict[int, tuple[int, Cell, str]] = {}
        self.used: dict[str, None] = {}
        for extent in ranges:
            found = _RANGE.fullmatch(extent)
            if found and found[1] == found[3] and int(found[4]) > int(found[2]):
                column = 0
                for letter in found[1]:
                    column = column * 26 + ord(letter) - 64
                self._starts.setdefault(int(found[2]), []).append(
                    (column - 1, int(found[4]), extent)
                )

    def filled(self, row: SourceRow) -> SourceRow:
        """Complete one row; rows have to come in order."""
        for column, last, extent in self._starts.get(row.number, ()):
            value = row.cells[column] if column < len(row.cells) else ""
            self._active[column] = (last, value, extent)
        if not self._active or all(cell == "" for cell in row.cells):
            return row
        cells = list(row.cells)
        for column, (last, value, extent) in list(self._active.items()):
            if row.number > last:
                del self._active[column]
            elif value != "" and (column >= len(cells) or cells[column] == ""):
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = value
                self.used[extent] = None
        return SourceRow(row.number, cells, row.flaws)
