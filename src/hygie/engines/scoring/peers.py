"""Where does one stand among peers, without any peer being recognisable?"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

MINIMUM_GROUP: Final = 5
_QUARTILES: Final = (0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True)
class TooFew:
    """No answer: the group, or what is left of the group around it, is too small to hide anyone.

    Carries the minimum only: the number of peers itself could help to recognise them.
    """

    minimum: int


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among peers.

    Attributes:
        percentile: 0..100, share of the peers strictly below, plus half of those equal.
        peers: peers with a known value, own one not counted.
    """

    percentile: float
    peers: int


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Values below which given shares of the group lie, in the order of the shares asked."""

    shares: tuple[float, ...]
    values: tuple[float, ...]
    members: int


def percentile_rank(
    values: Iterable[float | None], own: float, *, minimum_group: int = MINIMUM_GROUP
) -> Rank | TooFew:
    """Place one value among those of its peers.

    Args:
        values: of the peers, own one EXCLUDED: included, it would pull the rank to the middle and
            count towards the minimum. None and non-finite values are unknown: not counted.
        own: value to place, same unit, finite.
        minimum_group: fewest known peers for an answer, at least 2.

    Returns:
        The rank in the order of the numbers (whether high is good is the caller's), or TooFew.

    Raises:
        ValueError: own value is not finite, or the minimum is below 2.

    Source: docs/engines/scoring.md §6.
    """
    if not math.isfinite(own):
        raise ValueError(f"own value {own} is not finite")
    known = _known(values)
    if len(known) < _minimum(minimum_group):
        return TooFew(minimum_group)
    below = sum(value < own for value in known)
    equal = sum(value == own for value in known)
    return Rank(100 * (below + equal / 2) / len(known), len(known))


def quantiles(
    values: Iterable[float | None],
    *,
    shares: Sequence[float] = _QUARTILES,
    minimum_group: int = MINIMUM_GROUP,
    left_out: int = 0,
    grain: float | None = None,
) -> Quantiles | TooFew:
    """Summarise a group without giving away any of its members.

    Args:
        values: of every member, own one INCLUDED: the same figures for every reader, so that two
            readers cannot compare theirs to find the difference. Unknown values are not counted.
        shares: strictly between 0 and 1; the extremes are somebody's value and are never given.
        minimum_group: fewest known members for an answer, at least 2.
        left_out: members with a known value of a larger group, also published, that are not in
            this one. One to `minimum_group - 1` of them would be exposed by subtraction: refused.
        grain: round to its multiples, since a quantile may be somebody's exact value; None = exact.

    Returns:
        Linear interpolation between closest ranks (type 7), or TooFew.

    Raises:
        ValueError: a share out of range, a minimum below 2, a negative `left_out`, or a grain that
            is not positive.

    Source: Hyndman and Fan 1996, definition 7; docs/engines/scoring.md §6.
    """
    if any(not 0 < share < 1 for share in shares):
        raise ValueError("shares must lie strictly between 0 and 1")
    if left_out < 0 or (grain is not None and not (math.isfinite(grain) and grain > 0)):
        raise ValueError("left_out must be >= 0 and grain positive")
    known = sorted(_known(values))
    if len(known) < _minimum(minimum_group) or 0 < left_out < minimum_group:
        return TooFew(minimum_group)
    found = tuple(_coarse(_quantile(known, share), grain) for share in shares)
    return Quantiles(tuple(shares), found, len(known))


def _minimum(minimum_group: int) -> int:
    if minimum_group < 2:
        raise ValueError(f"a minimum group of {minimum_group} hides nobody")
    return minimum_group


def _known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None and math.isfinite(value)]


def _quantile(ordered: Sequence[float], share: float) -> float:
    position = (len(ordered) - 1) * share
    low = math.floor(position)
    high = min(low + 1, len(ordered) - 1)
    start = ordered[low]
    return start + (ordered[high] - start) * (position - low)


def _coarse(value: float, grain: float | None) -> float:
    return value if grain is None else round(value / grain) * grain
