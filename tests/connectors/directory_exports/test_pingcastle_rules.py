"""The rules of PingCastle speak of points that exist."""

from hygie.connectors.directory_exports.pingcastle_rules import RULES
from hygie.engines.directory.published import published_catalogue


def test_every_rule_speaks_of_a_point_of_the_catalogue_at_its_levels() -> None:
    points = {point.id: point for point in published_catalogue().points}
    for identifier, rule in RULES.items():
        assert rule.point in points, identifier
        assert set(rule.levels) <= {row.level for row in points[rule.point].rows}, identifier
