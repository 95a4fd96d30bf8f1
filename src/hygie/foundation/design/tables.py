"""Which rows does a list show? Sort, filters and page read from the address, done by the server."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text: TypeAlias = str | Promise
Rows: TypeAlias = QuerySet[Any, Any] | Sequence[Any]

PAGE_SIZES = (25, 50, 100)
EXPORT = "csv"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    Attributes:
        name: known to `{% cell %}` and to the address.
        label: its heading.
        sort: keys to order by (lookups of a queryset, attributes of other rows); () = not sortable.
        kind: `text`, `number`, `date`, `state` or `acts`; decides alignment.
        value: what the CSV writes: a dotted attribute, or a function of the row; "" = the name.
        is_exported: False keeps it out of the CSV.
        is_shown: False keeps it for the CSV alone.
        is_first_down: a first click on the heading sorts from the largest.
    """

    name: str
    label: Text
    sort: str | tuple[str, ...] = ()
    kind: str = "text"
    value: str | Callable[[Any], object] = ""
    is_exported: bool = True
    is_shown: bool = True
    is_first_down: bool = False

    @property
    def sort_keys(self) -> tuple[str, ...]:
        """The keys, as a tuple."""
        return (self.sort,) if isinstance(self.sort, str) else self.sort


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow a list; its value lives in the address.

    Attributes:
        name: parameter of the address.
        label: what is asked, in words.
        choices: pairs (value, word) to choose from; empty = free text to search for.
        lookup: where the value is looked for: one key for a choice, several for a text
            (`icontains` on each).
        apply: takes the rows and the value when lookups do not suffice.
        blank: words of "no choice", when it does not mean all of them.
    """

    name: str
    label: Text
    choices: Sequence[tuple[str, Text]] = ()
    lookup: str | tuple[str, ...] = ()
    apply: Callable[[Any, str], Rows] | None = None
    blank: Text = field(default=_("Tous"))

    @property
    def lookups(self) -> tuple[str, ...]:
        """The keys, as a tuple."""
        return (self.lookup,) if isinstance(self.lookup, str) else self.lookup

    def accepts(self, value: str) -> bool:
        """A choice must be one of the offered; a text must hold something."""
        if not self.choices:
            return bool(value.strip())
        return value in {str(key) for key, _word in self.choices if str(key)}

    def narrow(self, rows: Rows, value: str) -> Rows:
        """The rows that this value keeps."""
        if self.apply is not None:
            return self.apply(rows, value)
        if isinstance(rows, QuerySet):
            return _narrow_queryset(self, rows, value)
        return _narrow_sequence(self, rows, value)


def _narrow_queryset(asked: Filter, rows: QuerySet[Any, Any], value: str) -> QuerySet[Any, Any]:
    if asked.choices:
        return rows.filter(**dict.fromkeys(asked.lookups, value))
    anywhere = Q()
    for lookup in asked.lookups:
        anywhere |= Q(**{f"{lookup}__icontains": value.strip()})
    return rows.filter(anywhere)


def _narrow_sequence(asked: Filter, rows: Sequence[Any], value: str) -> Sequence[Any]:
    if asked.choices:
        return [r for r in rows if all(str(read_path(r, key)) == value for key in asked.lookups)]
    wanted = value.strip().casefold()
    return [
        r for r in rows if any(wanted in str(read_path(r, k)).casefold() for k in asked.lookups)
    ]


def read_path(row: Any, path: str) -> Any:
    """Value at a dotted (or double underscored) path of attributes or keys; None past a None."""
    return _read(row, _steps(path))


def _steps(path: str) -> list[str]:
    return path.replace("__", ".").split(".")


def _read(row: Any, steps: list[str]) -> Any:
    found = row
    for step in steps:
        if found is None:
            return None
        found = found[step] if isinstance(found, Mapping) else getattr(found, step)
        found = found() if callable(found) else found
    return found


@dataclass(frozen=True, slots=True)
class BulkAct:
    """Something to do with the ticked rows: its words and the address that receives `selected`."""

    label: Text
    url: str
    icon: str = ""
    confirm: Text = ""


@dataclass
class TablePage:
    """What one request asks of a list, and the rows that answer it.

    Attributes:
        request: only its address is read.
        rows: every row the reader may see; a queryset stays lazy.
        columns: in order; the first names the row.
        filters: ways to narrow.
        sort: column sorted by at first, `-` before it for the reverse.
        name: prefix of the parameters and of the identifiers, when a page holds several lists.
        caption: what the rows are, in words; read aloud and shown above the list.
        acts: what may be done with ticked rows.
        key: attribute that identifies a row.
        exports: whether the view answers `wants_export` with a CSV.
        page_size: rows of a page at first.
    """

    request: HttpRequest
    rows: Rows
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    sort: str = ""
    name: str = ""
    caption: Text = field(default=_("Liste"))
    acts: Sequence[BulkAct] = ()
    key: str = "pk"
    exports: bool = True
    page_size: int = PAGE_SIZES[0]

    @property
    def element_id(self) -> str:
        """Identifier of the list in the page."""
        return f"table-{self.name or 'main'}"

    def parameter(self, word: str) -> str:
        """Name of a parameter of this list in the address."""
        return f"{self.name}-{word}" if self.name else word

    def asked(self, word: str) -> str:
        """What the address says of that parameter."""
        return self.request.GET.get(self.parameter(word), "")

    @cached_property
    def sort_column(self) -> tuple[Column | None, bool]:
        """The column sorted by, and whether from the largest."""
        for wanted in (self.asked("sort"), self.sort):
            name, down = wanted.removeprefix("-"), wanted.startswith("-")
            for column in self.columns:
                if column.name == name and column.sort_keys:
                    return column, down
        return None, False

    @cached_property
    def active(self) -> dict[str, str]:
        """Filters in force: name → accepted value."""
        return {
            asked.name: self.asked(asked.name)
            for asked in self.filters
            if asked.accepts(self.asked(asked.name))
        }

    @cached_property
    def selection(self) -> Rows:
        """Every row that the filters keep, in the asked order."""
        rows = self.rows
        for asked in self.filters:
            if asked.name in self.active:
                rows = asked.narrow(rows, self.active[asked.name])
        column, down = self.sort_column
        return rows if column is None else _ordered(rows, column.sort_keys, down)

    @cached_property
    def per_page(self) -> int:
        """Rows of a page: one of the offered sizes."""
        asked = self.asked("per")
        return next((size for size in PAGE_SIZES if str(size) == asked), self.page_size)

    @cached_property
    def _window(self) -> tuple[int, list[Any], bool]:
        """Page number, its rows, and whether more follow; one row too many is read to know."""
        asked = self.asked("page")
        number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 8 else 1
        found = self._slice(number)
        if not found and number > 1:
            number = max(1, math.ceil(self._counted / self.per_page))
            found = self._slice(number)
        return number, found[: self.per_page], len(found) > self.per_page

    def _slice(self, number: int) -> list[Any]:
        start = (number - 1) * self.per_page
        return list(self.selection[start : start + self.per_page + 1])

    @cached_property
    def _counted(self) -> int:
        rows = self.selection
        return rows.count() if isinstance(rows, QuerySet) else len(rows)

    @property
    def number(self) -> int:
        """Page shown, from 1; a page past the end shows the last."""
        return self._window[0]

    @property
    def page_rows(self) -> list[Any]:
        """Rows of the page."""
        return self._window[1]

    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return self._window[2]

    @cached_property
    def count(self) -> int:
        """Rows in all; counted by the database only when the page does not already tell."""
        number, rows, more = self._window
        if not more and (rows or number == 1):
            return (number - 1) * self.per_page + len(rows)
        return self._counted

    @property
    def first(self) -> int:
        """Place of the first row shown, from 1."""
        return (self.number - 1) * self.per_page + 1

    @property
    def last(self) -> int:
        """Place of the last row shown."""
        return self.first + len(self.page_rows) - 1

    @property
    def page_count(self) -> int:
        """Pages in all, at least one."""
        return max(1, math.ceil(self.count / self.per_page))

    def address(self, **changes: str | int | None) -> str:
        """Address of the same list with some parameters changed; None removes one."""
        query: QueryDict = self.request.GET.copy()
        for word, value in changes.items():
            query.pop(self.parameter(word), None)
            if value is not None:
                query[self.parameter(word)] = str(value)
        encoded = query.urlencode()
        return f"{self.request.path}?{encoded}" if encoded else self.request.path

    def sort_address(self, column: Column) -> str:
        """Address that sorts by the column, or turns it over when it already does."""
        current, down = self.sort_column
        turned = not down if current == column else column.is_first_down
        return self.address(sort=f"-{column.name}" if turned else column.name, page=None)

    @property
    def cleared_address(self) -> str:
        """Address without any filter."""
        return self.address(page=None, **{asked.name: None for asked in self.filters})

    @property
    def export_address(self) -> str:
        """Address of the CSV of what is shown: same filters, same order, every page."""
        return self.address(page=None, per=None, format=EXPORT)

    @property
    def wants_export(self) -> bool:
        """Whether the address asks for the CSV."""
        return self.asked("format") == EXPORT


def _ordered(rows: Rows, keys: tuple[str, ...], down: bool) -> Rows:
    if isinstance(rows, QuerySet):
        # The primary key last: equal rows must not change page from one request to the next.
        wanted = [
            F(key).desc(nulls_last=True) if down else F(key).asc(nulls_last=True) for key in keys
        ]
        return rows.order_by(*wanted, "pk")
    first = next(iter(rows), None)
    readers = [_reader(key, first) for key in keys]
    keyed = [(tuple([read(row) for read in readers]), row) for row in rows]
    known = [pair for pair in keyed if pair[0][0] is not None]
    known.sort(key=itemgetter(0), reverse=down)
    return [row for _key, row in known] + [row for key, row in keyed if key[0] is None]


def _reader(path: str, first: Any) -> Callable[[Any], Any]:
    """`read_path` of one path, which is split once for ten thousand rows.

    Args:
        path: of the value. first: one of the rows, which are all of its kind.
    """
    steps = _steps(path)
    if len(steps) == 1 and first is not None and not isinstance(first, Mapping):
        looked_at = (getattr(type(first), path, None), getattr(first, path))
        if not any(map(callable, looked_at)):
            return attrgetter(path)
    return lambda row: _read(row, steps)
