"""Which words may every template use? The tags of the design system; see docs/engines/design.md."""

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from hygie.foundation.design.components.bars import meter, state_bar
from hygie.foundation.design.components.charts import chart
from hygie.foundation.design.components.dates import date_tag
from hygie.foundation.design.components.figures import figure
from hygie.foundation.design.components.graphs import graph
from hygie.foundation.design.components.holds import parse_hold
from hygie.foundation.design.components.icons import icon
from hygie.foundation.design.components.numbers import (
    Number,
    bytes_words,
    number_words,
    percent_words,
    with_unit,
)
from hygie.foundation.design.components.states import (
    KNOWLEDGE,
    STATES,
    knowledge_mark,
    state_badge,
    state_shape,
)
from hygie.foundation.design.components.tables import parse_cell, parse_table

register = template.Library()

register.simple_tag(state_badge, name="state")
register.simple_tag(state_shape, name="state_shape")
register.simple_tag(knowledge_mark, name="knowledge")
register.simple_tag(icon, name="icon")
register.simple_tag(date_tag, name="date")
register.inclusion_tag("design/_figure.html", name="figure")(figure)
register.inclusion_tag("design/_meter.html", name="meter")(meter)
register.inclusion_tag("design/_state_bar.html", name="state_bar")(state_bar)
register.inclusion_tag("design/_chart.html", name="chart")(chart)
register.inclusion_tag("design/_graph.html", name="graph")(graph)
register.tag("table", parse_table)
register.tag("cell", parse_cell)
register.tag("hold", parse_hold)


@register.inclusion_tag("design/_state_legend.html")
def state_legend(*, meanings: bool = False) -> dict[str, Any]:
    """The seven states and the four ways to know, in words."""
    return {"states": STATES, "knowledge": KNOWLEDGE, "meanings": meanings}


@register.inclusion_tag("design/_empty_state.html")
def empty_state(
    title: str,
    text: str = "",
    *,
    action: str = "",
    url: str = "",
    icon: str = "",
    level: int = 2,
) -> dict[str, Any]:
    """What this place will hold, what to do next, and the act that does it."""
    return {
        "title": title, "text": text, "action": action, "url": url, "icon": icon, "level": level,
    }  # fmt: skip


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Label, help, input and mistake of one field of a form."""
    return SafeString(bound.as_field_group())


@register.filter
def number(value: Number | None, decimals: int | None = None) -> str:
    """A number in the reader's language."""
    return number_words(value, decimals)


@register.filter
def percent(share: Number | None, decimals: int = 0) -> str:
    """A share of one as a percentage."""
    return percent_words(share, decimals)


@register.filter
def hundredths(value: Number, decimals: int = 0) -> str:
    """A number of hundredths as a percentage: 66 → "66 %" in French, "66%" in English."""
    return with_unit(number_words(value, decimals), "%")


@register.filter
def file_size(size: int) -> str:
    """A number of bytes as people say it."""
    return bytes_words(size)
