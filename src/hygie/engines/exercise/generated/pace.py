"""How is an outage of days played in two hours?

Real time is cut into chapters at its longest silences; what lies between two chapters is leapt
over, and a chapter longer than its share of the play goes by faster than real time. The order in
which things fail is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hygie.engines.exercise.types import ExerciseError

LEAP_MIN = 20.0
"""A silence shorter than that is played, not leapt over."""
_LEAST_MIN = 6.0


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of real time, and when it is played.

    Attributes:
        first, last: real minutes of the first and last thing that happens in it.
        begins: minute of play at which it begins.
        room: minutes of play that it has.
    """

    first: float
    last: float
    begins: float
    room: float

    @property
    def pace(self) -> float:
        """Real minutes that pass in one minute of play while things happen, 1 or more."""
        return max(1.0, (self.last - self.first) / self.room)

    def at(self, minute: float) -> float:
        """Minute of play of a real minute of this chapter."""
        return self.begins + min((minute - self.first) / self.pace, self.room)


def chapters_of(minutes: Sequence[float], begins: float, ends: float, most: int) -> list[Chapter]:
    """Cut what happens into chapters.

    Args:
        minutes: real minutes at which something happens, any order, at least one.
        begins, ends: minutes of play that are there.
        most: how many chapters there may be; fewer when the play is short.

    Returns:
        Chapters in order; the first one has `begins`.

    Raises:
        ExerciseError: nothing happens, or there is no time.

    Cost: O(n log n).
    """
    if not minutes or ends <= begins:
        raise ExerciseError("nothing happens, or there is no time to play it")
    total = ends - begins
    # What fits needs no leap.
    fits = max(minutes) - min(minutes) <= total
    groups = _groups(sorted(minutes), 1 if fits else max(1, min(most, int(total // _LEAST_MIN))))
    # Half by what happens, half alike: a chapter of one event still needs time to be lived.
    count = sum(len(group) for group in groups)
    shares = [0.5 / len(groups) + 0.5 * len(group) / count for group in groups]
    found, at = [], begins
    for group, share in zip(groups, shares, strict=True):
        found.append(Chapter(group[0], group[-1], at, share * total))
        at += share * total
    return found


def _groups(minutes: Sequence[float], most: int) -> list[Sequence[float]]:
    gaps = [(after - before, place) for place, (before, after) in enumerate(pairwise(minutes), 1)]
    longest = sorted(gaps, key=lambda gap: (-gap[0], gap[1]))[: most - 1]
    cuts = sorted(place for gap, place in longest if gap >= LEAP_MIN)
    bounds = [0, *cuts, len(minutes)]
    return [minutes[first:last] for first, last in pairwise(bounds)]


def chapter_of(chapters: Sequence[Chapter], minute: float) -> Chapter:
    """The chapter in which a real minute falls: the last one that has begun by then."""
    return next((one for one in reversed(chapters) if one.first <= minute), chapters[0])
