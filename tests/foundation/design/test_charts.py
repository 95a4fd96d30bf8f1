"""A chart, a radar and a graph always come with their numbers or links in words."""

import json

import pytest
from django.template import Context, Template

from hygie.foundation.design import samples
from hygie.foundation.design.components.charts import Chart, Series, chart, chart_data
from hygie.foundation.design.components.graphs import graph
from hygie.foundation.design.components.radar import radar_corners, radar_outline


def draw(wanted: Chart) -> str:
    return Template("{% chart wanted %}").render(Context({"wanted": wanted}))


@pytest.mark.parametrize("kind", ["line", "bar", "stacked", "radar"])
def test_every_chart_has_its_finding_and_its_table(kind: str) -> None:
    wanted = samples.sample_charts()[kind]
    html = draw(wanted)
    assert str(wanted.finding) in html.replace("&#x27;", "'")
    assert html.count("<tr>") == len(wanted.categories) + 1


def test_a_series_of_the_wrong_length_is_refused() -> None:
    wanted = Chart("x", "bar", ("a", "b"), (Series("s", (1.0,)),))
    with pytest.raises(ValueError, match="s: 1 values for 2 categories"):
        chart_data(wanted)


def test_names_cannot_leave_the_json_block() -> None:
    wanted = Chart("x", "bar", ("</script><b>",), (Series("<i>", (1.0,)),))
    html = draw(wanted)
    assert "</script><b>" not in html
    assert "<i>" not in html


def test_the_same_chart_has_the_same_identifier_twice() -> None:
    wanted = samples.sample_charts()["bar"]
    assert chart(wanted)["element_id"] == chart(wanted)["element_id"]


def test_the_data_of_a_chart_is_plain_json() -> None:
    for wanted in samples.sample_charts().values():
        assert json.loads(json.dumps(chart_data(wanted)))["kind"] == wanted.kind


def test_a_radar_starts_upwards_and_turns_clockwise() -> None:
    top, right, bottom, left = radar_corners(["n", "e", "s", "w"])
    assert (top.x, top.y) == (0, -100)
    assert (right.anchor, left.anchor, bottom.anchor) == ("start", "end", "middle")


def test_an_unknown_value_has_no_dot_on_a_radar() -> None:
    assert len(radar_outline([1.0, None, 2.0], 2.0).dots) == 2
    with pytest.raises(ValueError, match="above 0"):
        radar_outline([1.0], 0)


def test_an_all_zero_radar_is_drawn() -> None:
    assert "hy-radar" in draw(Chart("x", "radar", ("a", "b", "c"), (Series("s", (0, 0, 0)),)))


def test_a_graph_lists_its_links_in_words() -> None:
    found = graph(samples.sample_graph())["lines"]
    lines = {node["label"]: targets for node, targets in found}
    assert lines["Dossier patient"] == ["Base de données", "Réseau du site", "Annuaire"]


def test_a_link_to_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="no such node"):
        graph({"nodes": [{"id": "a", "label": "A"}], "links": [{"from": "a", "to": "b"}]})
