"""Which level does the directory hold, at best and at worst, and what stands before the next?"""

from collections.abc import Iterable
from dataclasses import dataclass

from hygie.engines.directory.catalogue import LEVELS, CatalogueDay
from hygie.engines.directory.verdicts import LevelAnswer, PointVerdict

HIGHEST = LEVELS[-1]


@dataclass(frozen=True, slots=True)
class Rung:
    """One level to reach.

    Attributes:
        level: which.
        to_close: points that fail at a lower level, gravest level first, then catalogue order.
        to_decide: points with an undecided lower level and none that fails.
        is_reached: nothing stands before it. is_possible: only undecided points do.
    """

    level: int
    to_close: tuple[str, ...]
    to_decide: tuple[str, ...]

    @property
    def is_reached(self) -> bool:
        """Whether every point of the lower levels holds."""
        return not self.to_close and not self.to_decide

    @property
    def is_possible(self) -> bool:
        """Whether no point of the lower levels is known to fail."""
        return not self.to_close


@dataclass(frozen=True, slots=True)
class _Standing:
    point: str
    failed: tuple[int, ...]
    undecided: tuple[int, ...]


def _standings(verdicts: Iterable[PointVerdict], catalogue: CatalogueDay) -> tuple[_Standing, ...]:
    """Each control of the day with its open levels; one without a verdict is undecided."""
    found = {verdict.point: verdict for verdict in verdicts}
    standings = []
    for point in catalogue.controls:
        verdict = found.get(point.id)
        levels = frozenset(row.level for row in point.rows if row.nature.value == "control")
        failed = verdict.failed_levels if verdict else ()
        undecided = verdict.undecided_levels if verdict else tuple(levels)
        standings.append(
            _Standing(
                point.id,
                tuple(sorted(levels.intersection(failed))),
                tuple(sorted(levels.intersection(undecided))),
            )
        )
    return tuple(standings)


def level_of(verdicts: Iterable[PointVerdict], catalogue: CatalogueDay) -> LevelAnswer:
    """The level: the lowest at which a point fails, 5 when none does.

    Args:
        verdicts: of the points; warnings and informations are ignored.
        catalogue: of the day; a control without a verdict is undecided at all its levels.

    Cost: O(points).
    Source: the official page, "niveaux"; docs/engines/directory.md.
    """
    standings = _standings(verdicts, catalogue)
    failed = [level for standing in standings for level in standing.failed]
    undecided = [level for standing in standings for level in standing.undecided]
    at_best = min(failed, default=HIGHEST)
    return LevelAnswer(
        at_best=at_best,
        at_worst=min((*failed, *undecided), default=HIGHEST),
        holding=tuple(standing.point for standing in standings if at_best in standing.failed),
        undecided=tuple(
            standing.point
            for standing in standings
            if any(level <= at_best for level in standing.undecided)
        ),
    )


def ladder(verdicts: Iterable[PointVerdict], catalogue: CatalogueDay) -> tuple[Rung, ...]:
    """For each level from 2 to 5, the points to close and to decide before it holds.

    Cost: O(points).
    """
    standings = _standings(verdicts, catalogue)
    rungs = []
    for level in LEVELS[1:]:
        closing = sorted(
            (standing for standing in standings if min(standing.failed, default=HIGHEST) < level),
            key=lambda standing: standing.failed[0],
        )
        deciding = [
            standing.point
            for standing in standings
            if standing not in closing and min(standing.undecided, default=HIGHEST) < level
        ]
        rungs.append(Rung(level, tuple(standing.point for standing in closing), tuple(deciding)))
    return tuple(rungs)
