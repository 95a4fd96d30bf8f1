"""A list shows what its address asks, whatever the address says, for a constant number of reads."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from hygie.foundation.design.components.tables import kept_parameters, places
from hygie.foundation.design.spreadsheets import cell_text, csv_response
from hygie.foundation.design.tables import BulkAct, Column, Filter, TablePage
from hygie.territory.organisations.models import Organisation

COLUMNS = (
    Column("name", "Nom", sort="name"),
    Column("size", "Taille", sort="size", kind="number", is_first_down=True),
    Column("plain", "Sans tri"),
)
FILTERS = (
    Filter("q", "Chercher", lookup=("name",)),
    Filter("kind", "Sorte", [("a", "A"), ("b", "B")], lookup="kind"),
)


def get(query: str = "") -> HttpRequest:
    return RequestFactory().get(f"/liste/{query}")


def rows(count: int = 60) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            pk=n, name=f"ligne {n:03d}", size=None if n % 10 == 0 else n, kind="ab"[n % 2], plain=""
        )
        for n in range(1, count + 1)
    ]


def table(query: str = "", count: int = 60, **more: Any) -> TablePage:
    return TablePage(get(query), rows(count), COLUMNS, FILTERS, sort="name", **more)


def test_the_first_page_is_in_the_default_order() -> None:
    page = table()
    assert [row.pk for row in page.page_rows] == list(range(1, 26))
    assert (page.first, page.last, page.count, page.has_next) == (1, 25, 60, True)


@pytest.mark.parametrize(
    "query",
    [
        "?sort=plain",
        "?sort=password",
        "?page=x",
        "?page=-1",
        "?page=",
        "?per=9",
        "?kind=zz",
        "?q= ",
    ],
)
def test_nonsense_in_the_address_shows_the_plain_list(query: str) -> None:
    assert [row.pk for row in table(query).page_rows] == list(range(1, 26))


def test_a_page_past_the_end_shows_the_last_one() -> None:
    page = table("?page=99")
    assert (page.number, page.first, page.last, page.has_next) == (3, 51, 60, False)


def test_unknown_values_come_last_in_both_directions() -> None:
    assert [row.size for row in table("?sort=size&per=100").page_rows][-6:] == [None] * 6
    assert [row.size for row in table("?sort=-size&per=100").page_rows][-6:] == [None] * 6


def test_filters_narrow_together() -> None:
    page = table("?q=LIGNE 01&kind=a")
    assert [row.pk for row in page.page_rows] == [10, 12, 14, 16, 18]
    assert page.count == 5


def test_sorting_keeps_filters_and_forgets_the_page() -> None:
    page = table("?kind=a&page=2&sort=name")
    assert page.sort_address(COLUMNS[0]) == "/liste/?kind=a&sort=-name"
    assert page.sort_address(COLUMNS[1]) == "/liste/?kind=a&sort=-size"


def test_filtering_keeps_the_order_and_forgets_the_page() -> None:
    assert kept_parameters(table("?kind=a&page=2&sort=-size&per=50")) == [
        ("sort", "-size"),
        ("per", "50"),
    ]


def test_two_lists_of_one_page_do_not_hear_each_other() -> None:
    page = table("?sort=-name&other-page=2", name="other")
    assert (page.number, page.page_rows[0].pk) == (2, 26)
    assert page.element_id == "table-other"


def test_pages_are_offered_around_the_present_one_and_at_the_ends() -> None:
    words = [place.words for place in places(table("?page=5", count=300))]
    assert words == ["Précédente", "1", "…", "4", "5", "6", "…", "12", "Suivante"]


@pytest.mark.django_db
def test_a_short_list_of_the_database_is_never_counted(
    territory: SimpleNamespace, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = TablePage(get(), Organisation.objects.all(), (Column("name", "Nom", sort="name"),))
    with django_assert_num_queries(1):
        assert page.count == len(page.page_rows)


@pytest.mark.django_db
def test_a_long_list_costs_two_queries(
    territory: SimpleNamespace, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = TablePage(
        get("?sort=-name"),
        Organisation.objects.all(),
        (Column("name", "Nom", sort="name"),),
        page_size=5,
    )
    with django_assert_num_queries(2):
        assert page.has_next
        assert page.count > 5
        assert page.page_count >= 2


@pytest.mark.django_db
def test_the_database_orders_and_filters_as_the_list_does(territory: SimpleNamespace) -> None:
    page = TablePage(
        get("?q=site&sort=-name"),
        Organisation.objects.all(),
        (Column("name", "Nom", sort="name"),),
        (Filter("q", "Chercher", lookup=("name", "code")),),
    )
    names = [row.name for row in page.page_rows]
    assert names == sorted(names, reverse=True)
    assert all("site" in name.lower() for name in names)


def draw(page: TablePage, cells: str = '{% cell "name" %}{{ row.name }}{% endcell %}') -> str:
    template = Template("{% table page %}" + cells + "{% notable %}<b>rien</b>{% endtable %}")
    return template.render(Context({"page": page, "request": page.request}))


def test_a_cell_names_its_column_and_escapes_its_content() -> None:
    page = TablePage(get(), [SimpleNamespace(pk=1, name="<i>x</i>")], COLUMNS)
    html = draw(page)
    assert '<th scope="row" class="hy-cell hy-cell--text" data-label="Nom">' in html
    assert "<i>" not in html


def test_a_cell_of_no_column_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="no column is named 'nam'"):
        draw(table(), '{% cell "nam" %}{% endcell %}')


def test_an_empty_list_says_what_to_do() -> None:
    assert "<b>rien</b>" in draw(table(count=0))


def test_a_list_emptied_by_filters_offers_to_clear_them() -> None:
    html = draw(table("?q=introuvable"))
    assert "Effacer les filtres" in html
    assert "<b>rien</b>" not in html


def test_bulk_acts_carry_the_keys_of_the_rows() -> None:
    html = draw(table(acts=(BulkAct("Relancer", "/relance/"),)))
    assert 'name="selected" value="7"' in html
    assert 'formaction="/relance/"' in html


def test_the_headings_say_how_the_list_is_sorted() -> None:
    assert 'aria-sort="descending"' in draw(table("?sort=-name"))


def exported(page: TablePage) -> str:
    response = csv_response(page, "une liste")
    return b"".join(response).decode("utf-8")  # type: ignore[arg-type]


def test_the_csv_holds_every_row_the_filters_keep_in_their_order() -> None:
    lines = exported(table("?kind=a&sort=-name&page=2&format=csv")).splitlines()
    assert lines[0] == "\ufeffNom;Taille;Sans tri"
    assert len(lines) == 31
    assert lines[1].startswith("ligne 060")


def test_the_csv_has_a_plain_name() -> None:
    header = csv_response(table(), 'li"ste\r\nX')["Content-Disposition"]
    assert header.startswith('attachment; filename="li-ste-X-')


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2 x", "@SUM(A1)", "\tx", "\r=1"])
def test_no_cell_of_the_csv_runs_as_a_formula(text: str) -> None:
    assert cell_text(text, french=True) == f"'{text}"


def test_numbers_of_the_csv_stay_numbers() -> None:
    assert cell_text(-2.5, french=True) == "-2,5"
    assert cell_text(-2.5, french=False) == "-2.5"
    assert cell_text(None, french=True) == ""
