"""At which minute may a row be played, so that no cell is asked two things at once?"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise


class Lanes:
    """The minutes taken in each cell; `sure` are those of rows that come whatever is decided."""

    def __init__(self, cells: Iterable[str], spacing: int, first: int, last: int) -> None:
        """Begin with nothing taken.

        Args:
            cells: keys. spacing: least minutes between two rows of a cell.
            first, last: minutes within which rows may be placed.
        """
        self.taken: dict[str, list[int]] = {cell: [] for cell in cells}
        self.sure: dict[str, list[int]] = {cell: [] for cell in self.taken}
        self.spacing, self.first, self.last = spacing, first, last

    def is_free(self, cells: Sequence[str], minute: int) -> bool:
        """Whether none of these cells has a row closer than the spacing."""
        for cell in cells:
            taken = self.taken[cell]
            at = bisect_left(taken, minute)
            if at < len(taken) and taken[at] - minute < self.spacing:
                return False
            if at and minute - taken[at - 1] < self.spacing:
                return False
        return True

    def take(
        self,
        cells: Sequence[str],
        wanted: int,
        until: int | None = None,
        *,
        is_sure: bool = True,
    ) -> int | None:
        """The first free minute from the one wanted, and it is taken.

        Args:
            cells: that must be free. wanted: earliest minute.
            until: latest minute; the last one there is when None.
            is_sure: whether the row comes whatever is decided.

        Returns:
            The minute; None when none is free.
        """
        start, end = max(wanted, self.first), self.last if until is None else min(until, self.last)
        found = next((m for m in range(start, end + 1) if self.is_free(cells, m)), None)
        return self._keep(cells, found, is_sure)

    def take_near(self, cells: Sequence[str], wanted: int) -> int | None:
        """The free minute nearest to the one wanted, and it is taken; None as `take`.

        Later rather than earlier, and rather one at which no other cell is spoken to: the staff
        has only two hands.
        """
        busy = {minute for taken in self.taken.values() for minute in taken}
        minutes = sorted(
            range(self.first, self.last + 1),
            key=lambda minute: (abs(minute - wanted) + 2 * (minute in busy), -minute),
        )
        found = next((minute for minute in minutes if self.is_free(cells, minute)), None)
        return self._keep(cells, found, True)

    def give_back(self, cells: Sequence[str], minute: int) -> None:
        """Free a minute that was taken for a row that is sure."""
        for cell in cells:
            self.taken[cell].remove(minute)
            self.sure[cell].remove(minute)

    def _keep(self, cells: Sequence[str], minute: int | None, is_sure: bool) -> int | None:
        if minute is not None:
            for cell in cells:
                insort(self.taken[cell], minute)
                if is_sure:
                    insort(self.sure[cell], minute)
        return minute

    def longest_wait(self, cell: str, end: int) -> tuple[int, int]:
        """The longest wait for a sure row: how long, from which minute; the first of equals."""
        bounds = [0, *self.sure[cell], max(end, self.last)]
        waits = [(after - before, before) for before, after in pairwise(bounds)]
        return max(waits, key=lambda wait: (wait[0], -wait[1]))
