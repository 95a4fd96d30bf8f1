"""How is a list written by a template? Cells named by column, inside one block per row."""

from typing import Any, NamedTuple

from django.template import Context, Node, NodeList, TemplateSyntaxError, Variable
from django.template.base import FilterExpression, Parser, Token
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hygie.foundation.design.tables import PAGE_SIZES, Column, Filter, TablePage


class Heading(NamedTuple):
    """One heading: its column, the address that sorts by it, and the order in force."""

    column: Column
    address: str
    order: str


class Asked(NamedTuple):
    """One filter with its value in force."""

    filter: Filter
    parameter: str
    value: str


class Place(NamedTuple):
    """One step of the pages' list: words, address ("" for where we are or a gap), relation."""

    words: str
    address: str = ""
    rel: str = ""
    is_current: bool = False


class _Turn(NamedTuple):
    """The row being written, for the cells inside."""

    columns: dict[str, Column]
    first: str


_TURN = "_design_table_turn"


class TableNode(Node):
    """`{% table page %}` … `{% endtable %}`: the block is written once a row, named `row`."""

    def __init__(self, page: FilterExpression, cells: NodeList, empty: NodeList) -> None:
        self.page, self.cells, self.empty = page, cells, empty

    def render(self, context: Context) -> SafeString:
        """The list with its filters, headings, rows, count and pages."""
        page = self.page.resolve(context)
        if not isinstance(page, TablePage):
            raise TemplateSyntaxError("{% table %} wants a TablePage")
        turn = _Turn({column.name: column for column in page.columns}, page.columns[0].name)
        with context.push(**{_TURN: turn}):
            lines = [self._line(context, page, row) for row in page.page_rows]
        values = {
            "table": page,
            "headings": headings(page),
            "asked": asked_filters(page),
            "lines": lines,
            "empty": self.empty.render(context) if not lines else "",
            "kept": kept_parameters(page),
            "sizes": [(size, page.address(per=size, page=None)) for size in PAGE_SIZES],
            "places": places(page),
        }
        return SafeString(get_template("design/_table.html").render(values, context.get("request")))

    def _line(self, context: Context, page: TablePage, row: Any) -> tuple[str, SafeString]:
        with context.push(row=row):
            key = str(getattr(row, page.key, "")) if page.acts else ""
            return key, mark_safe(self.cells.render(context))  # noqa: S308  # rendered by Django


class CellNode(Node):
    """`{% cell "name" %}` … `{% endcell %}`: one cell, aligned and labelled by its column."""

    def __init__(self, name: FilterExpression | Variable, inside: NodeList) -> None:
        self.name, self.inside = name, inside

    def render(self, context: Context) -> SafeString:
        """`<td>`, or `<th scope="row">` for the column that names the row."""
        turn: _Turn = context[_TURN]
        name = str(self.name.resolve(context))
        if name not in turn.columns:
            raise TemplateSyntaxError(f"{{% cell %}}: no column is named {name!r}")
        column = turn.columns[name]
        tag, scope = ("th", ' scope="row"') if name == turn.first else ("td", "")
        return format_html(
            '<{}{} class="hy-cell hy-cell--{}" data-label="{}">{}</{}>',
            tag,
            SafeString(scope),
            column.kind,
            column.label,
            mark_safe(self.inside.render(context)),  # noqa: S308  # rendered by Django
            tag,
        )


def headings(page: TablePage) -> list[Heading]:
    """Headings with the address each leads to."""
    current, down = page.sort_column
    return [
        Heading(
            column,
            page.sort_address(column) if column.sort_keys else "",
            ("descending" if down else "ascending") if column == current else "",
        )
        for column in page.columns
        if column.is_shown
    ]


def asked_filters(page: TablePage) -> list[Asked]:
    """Filters with the value in force."""
    return [Asked(f, page.parameter(f.name), page.active.get(f.name, "")) for f in page.filters]


def kept_parameters(page: TablePage) -> list[tuple[str, str]]:
    """Parameters of the address that a change of filter must not lose; the page number must be."""
    given = {page.parameter(asked.name) for asked in page.filters} | {page.parameter("page")}
    return [(n, v) for n, values in page.request.GET.lists() if n not in given for v in values]


def places(page: TablePage) -> list[Place]:
    """Back, a few pages around this one, the ends, next."""
    here, last = page.number, page.page_count
    shown = sorted({1, last, *range(max(1, here - 1), min(last, here + 1) + 1)})
    steps: list[Place] = []
    if here > 1:
        steps.append(Place(_("Précédente"), page.address(page=here - 1), "prev"))
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            steps.append(Place("…"))
        address = "" if number == here else page.address(page=number)
        steps.append(Place(str(number), address, "", number == here))
    if page.has_next:
        steps.append(Place(_("Suivante"), page.address(page=here + 1), "next"))
    return steps


def parse_table(parser: Parser, token: Token) -> TableNode:
    """`{% table page %}cells{% notable %}what to do when empty{% endtable %}`."""
    words = token.split_contents()
    if len(words) != 2:
        raise TemplateSyntaxError("{% table %} wants one TablePage")
    cells = parser.parse(("notable", "endtable"))
    empty = NodeList()
    if parser.next_token().contents.split()[0] == "notable":
        empty = parser.parse(("endtable",))
        parser.delete_first_token()
    return TableNode(parser.compile_filter(words[1]), cells, empty)


def parse_cell(parser: Parser, token: Token) -> CellNode:
    """`{% cell "name" %}…{% endcell %}`."""
    words = token.split_contents()
    if len(words) != 2:
        raise TemplateSyntaxError("{% cell %} wants the name of a column")
    inside = parser.parse(("endcell",))
    parser.delete_first_token()
    return CellNode(parser.compile_filter(words[1]), inside)
