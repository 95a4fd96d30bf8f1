"""Where does this organisation stand among its peers, without any of them being recognisable?

Peers are the followed organisations of the same kind and FINESS category, in the whole platform.
Quartiles count everyone, the reader's own organisation too, so that two readers see the same
figures; the percentile leaves the own value out. Nothing is told when the group, or the part of it
that the reader does not see already, is below the minimum.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings

from hygie.engines.scoring.peers import Quantiles, Rank, TooFew, percentile_rank, quantiles
from hygie.governance.assessment.selectors.peers import AxisShare, axis_shares
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisations_in
from hygie.territory.perimeter import Depth, Perimeter

GRAIN = 5.0  # percent: a quartile is nobody's exact value
ALL_AXES = 0


@dataclass(frozen=True, slots=True)
class AxisComparison:
    """One axis, or all (`ALL_AXES`): own share of objectives passed, and the group's quartiles."""

    axis: int
    own: float | None
    quartiles: Quantiles
    rank: Rank | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The organisation among its peers; `axes` is empty when the group is too small."""

    node: Organisation
    minimum: int
    axes: tuple[AxisComparison, ...]


def comparison(perimeter: Perimeter, node: Organisation, today: dt.date) -> Comparison:
    """Compare a node already read inside the perimeter with its peers; two queries."""
    minimum: int = settings.MINIMUM_GROUP
    if not node.category_code:
        return Comparison(node, minimum, ())
    shares = axis_shares(kind=node.kind, category=node.category_code, today=today)
    peers = {share.organisation_id for share in shares}
    seen = set(
        organisations_in(perimeter, depth=Depth.DETAIL)
        .filter(kind=node.kind, category_code=node.category_code, is_followed=True)
        .values_list("id", flat=True)
    )
    # Whoever sees almost all the group in detail would read the rest by subtraction.
    if len(peers - seen) < minimum:
        return Comparison(node, minimum, ())
    found = [_axis(axis, values, node.pk, minimum) for axis, values in _by_axis(shares)]
    return Comparison(node, minimum, tuple(axis for axis in found if axis is not None))


def _by_axis(shares: list[AxisShare]) -> list[tuple[int, dict[int, float]]]:
    """Share of objectives passed, in percent, by axis then organisation; `ALL_AXES` first."""
    totals: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for share in shares:
        for axis in (ALL_AXES, share.axis):
            cell = totals[axis][share.organisation_id]
            cell[0] += share.passed
            cell[1] += share.applicable
    return [
        (axis, {pk: 100 * passed / total for pk, (passed, total) in cells.items() if total})
        for axis, cells in sorted(totals.items())
    ]


def _axis(axis: int, values: dict[int, float], node_id: int, minimum: int) -> AxisComparison | None:
    group = quantiles(values.values(), minimum_group=minimum, grain=GRAIN)
    if isinstance(group, TooFew):
        return None
    own = values.get(node_id)
    rank = None
    if own is not None:
        others = [value for pk, value in values.items() if pk != node_id]
        place = percentile_rank(others, own, minimum_group=minimum - 1)
        rank = place if isinstance(place, Rank) else None
    return AxisComparison(axis, own, group, rank)
