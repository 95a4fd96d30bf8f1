"""Every template of the house keeps to the content policy, to listed icons and to known classes."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client
from pytest_django.fixtures import Settings

from hygie.foundation.design.components.icons import UnknownIconError, icon, icon_names

SOURCE = Path(__file__).parents[3] / "src" / "hygie"
STYLES = SOURCE / "foundation" / "design" / "static" / "design" / "css"
TEMPLATES = sorted(path for path in SOURCE.rglob("*.html") if "vendor" not in path.parts)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_has_no_inline_style_nor_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=", text)
    assert "<style" not in text
    assert not re.search(r"\son[a-z]+=[\"']", text)
    for tag in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag, tag


def test_every_icon_of_a_template_is_listed() -> None:
    used = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert used <= icon_names()


def test_an_icon_that_is_not_listed_is_refused() -> None:
    with pytest.raises(UnknownIconError):
        icon("no-such-drawing")


def test_every_class_of_ours_is_known_to_the_style_sheets() -> None:
    known = {
        name
        for sheet in (*STYLES.glob("*.css"), *SOURCE.glob("**/static/**/*.css"))
        for name in re.findall(r"\.(hy-[\w-]+)", sheet.read_text(encoding="utf-8"))
    }
    # Hooks of scripts and tests, families completed by a value, and rows that need no rule.
    free = {
        "hy-dialog-title", "hy-empty-title", "hy-error-acts", "hy-field--refused", "hy-filter",
        "hy-filter-go", "hy-formset-row", "hy-language", "hy-list-rows", "hy-messages",
        "hy-objectives", "hy-pages-sizes", "hy-sentences", "hy-theme", "hy-tree", "hy-tree-row",
        "hy-chart-lost", "hy-columns",
    }  # fmt: skip
    used = set()
    for path in TEMPLATES:
        text = re.sub(r"{%.*?%}|{{.*?}}", "\0", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for classes in re.findall(r'class="([^"]*)"', text):
            used |= {
                word for word in re.split(r"[\s]+", classes) if re.fullmatch(r"hy-[\w-]+", word)
            }
    assert sorted(used - known - free) == []


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "413", "429", "500"])
def test_an_error_page_needs_nothing_and_says_what_to_do(code: str) -> None:
    html = render_to_string(f"{code}.html")
    assert "Revenir à l&#x27;accueil" in html or "Revenir à l'accueil" in html
    assert "data-refusal" in html


def test_what_a_block_says_once_is_shown_twice() -> None:
    template = Template(
        "{% hold said %} <b>{{ x }}</b>{% endhold %}{{ said }}|{{ said|striptags }}"
    )
    assert template.render(Context({"x": "a<b"})) == " <b>a&lt;b</b>| a&lt;b"


def test_blanks_alone_hold_nothing() -> None:
    template = Template("{% hold said %}  \n{% endhold %}{% if said %}frame{% endif %}")
    assert template.render(Context()) == ""


def test_production_has_no_style_page(settings: Settings) -> None:
    settings.PROFILE = "production"
    assert Client().get("/design/").status_code == 404


def test_the_style_page_gives_its_list_as_csv(settings: Settings) -> None:
    settings.PROFILE = "demo"
    response = Client().get("/design/?format=csv&state=failed")
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert body.decode("utf-8-sig").count("\r\n") == 11
