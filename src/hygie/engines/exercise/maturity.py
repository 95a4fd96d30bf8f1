"""How ready for a crisis does an establishment say it is, part by part, before and after?

An item that nobody could answer is not a zero: it is counted apart, and a part without any answer
has no figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from hygie.engines.exercise.types import ExerciseError


@dataclass(frozen=True, slots=True)
class PartProfile:
    """What the answers to one part of the self-assessment say.

    Attributes:
        part: its key; "" for the whole.
        share: mean answer over the best one, 0 … 1; None when nothing is known.
        known, unknown: items with an answer, and items answered by "cannot tell" or not at all.
    """

    part: str
    share: float | None
    known: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Progress:
    """One part before and after.

    Attributes:
        part: its key; "" for the whole.
        before, after: its profiles.
        gain: change of the mean over the items known both times, −1 … 1; None when there is none:
            items answered only once would pass for a change.
    """

    part: str
    before: PartProfile
    after: PartProfile
    gain: float | None


def profile_of(
    parts: Mapping[str, Sequence[str]], answers: Mapping[str, int | None], *, best: int
) -> list[PartProfile]:
    """Profile of each part, in the order of `parts`, then of the whole.

    Args:
        parts: key of a part → keys of its items.
        answers: key of an item → 0 … `best`, or None for "cannot tell"; absent = not answered.
        best: highest answer, 1 or more.

    Raises:
        ExerciseError: an answer out of range, or to an item of no part.
    """
    _check(parts, answers, best)
    found = [_profile(part, items, answers, best) for part, items in parts.items()]
    every = [item for items in parts.values() for item in items]
    return [*found, _profile("", every, answers, best)]


def progress_of(
    parts: Mapping[str, Sequence[str]],
    before: Mapping[str, int | None],
    after: Mapping[str, int | None],
    *,
    best: int,
) -> list[Progress]:
    """What changed in each part, then in the whole; arguments as `profile_of`."""
    every = {**parts, "": [item for items in parts.values() for item in items]}
    return [
        Progress(first.part, first, second, _gain(every[first.part], before, after, best))
        for first, second in zip(
            profile_of(parts, before, best=best), profile_of(parts, after, best=best), strict=True
        )
    ]


def _profile(
    part: str, items: Sequence[str], answers: Mapping[str, int | None], best: int
) -> PartProfile:
    known = [value for item in items if (value := answers.get(item)) is not None]
    share = fmean(known) / best if known else None
    return PartProfile(part, share, len(known), len(items) - len(known))


def _gain(
    items: Sequence[str],
    before: Mapping[str, int | None],
    after: Mapping[str, int | None],
    best: int,
) -> float | None:
    changes = [
        second - first
        for item in items
        if (first := before.get(item)) is not None and (second := after.get(item)) is not None
    ]
    return fmean(changes) / best if changes else None


def _check(
    parts: Mapping[str, Sequence[str]], answers: Mapping[str, int | None], best: int
) -> None:
    known = {item for items in parts.values() for item in items}
    for item, value in answers.items():
        if item not in known:
            raise ExerciseError(f"{item}: an item of no part")
        if value is not None and not 0 <= value <= best:
            raise ExerciseError(f"{item}: {value} is not between 0 and {best}")
