"""How does a column of faults become a decision, level by level?

Three shapes of question: "is there one object that…" (`over_objects`), "are there more than…"
(`over_count`), "is the share of … above…" (`over_share`). What is not known bounds the answer from
below and from above; a level is decided when both bounds agree.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from hygie.engines.directory.catalogue import Row
from hygie.engines.directory.facts import BoolArray, IntArray
from hygie.engines.directory.points.ground import Ground
from hygie.engines.directory.tri import Tri

_NONE = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class LevelDraft:
    """What the facts say of one level.

    Attributes:
        level: which. fails: True, False, or None = undecided.
        is_lasting: whether a failure stands whatever more facts could tell (a share could sink).
        is_held: whether it holds, or is not yet decided, only because of exceptions.
        objects: at fault, or that make the count. opened: that could be, for want of a fact.
        spared: at fault and left out by an exception.
        relations: positions in `facts.edges` of the relations at fault.
        lacking: names of what leaves it open, beyond the facts that the opened objects lack.
    """

    level: int
    fails: bool | None
    is_lasting: bool = True
    is_held: bool = False
    objects: IntArray = field(default_factory=lambda: _NONE)
    opened: IntArray = field(default_factory=lambda: _NONE)
    spared: IntArray = field(default_factory=lambda: _NONE)
    relations: IntArray = field(default_factory=lambda: _NONE)
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What the facts say of one point.

    Attributes:
        levels: one a row. measured: figures of the decision.
        gaps: names of facts without which it cannot pass, beyond those of the opened objects.
        is_absent: its subject is known not to exist.
    """

    levels: tuple[LevelDraft, ...] = ()
    measured: Mapping[str, float] = field(default_factory=dict)
    gaps: tuple[str, ...] = ()
    is_absent: bool = False


ABSENT_SUBJECT = Draft(is_absent=True)


def places(mask: BoolArray) -> IntArray:
    """Indices where the mask (n,) is set, ascending."""
    return np.flatnonzero(mask).astype(np.int32)


def undecided(rows: Sequence[Row], *gaps: str) -> Draft:
    """Nothing can be said, for want of these facts."""
    return Draft(tuple(LevelDraft(row.level, None) for row in rows), gaps=gaps)


def level_over(ground: Ground, point: str, row: Row, fault: Tri) -> LevelDraft:
    """One level that fails as soon as one object is at fault."""
    spared = ground.spared.objects.get(point)
    at_fault, opened = fault.yes, fault.maybe
    left_out = _NONE
    if spared is not None:
        left_out = places(at_fault & spared)
        at_fault, opened = at_fault & ~spared, opened & ~spared
    objects, open_places = places(at_fault), places(opened)
    fails = True if len(objects) else None if len(open_places) else False
    return LevelDraft(
        row.level,
        fails,
        is_held=bool(len(left_out)) and not fails,
        objects=objects,
        opened=open_places,
        spared=left_out,
    )


def over_objects(
    ground: Ground, point: str, rows: Sequence[Row], fault: Callable[[Row], Tri]
) -> Draft:
    """A point that fails at a level as soon as one object is at fault there.

    Args:
        fault: for a row, the column of faults (n,), `no` outside the population.
    """
    levels = tuple(level_over(ground, point, row, fault(row)) for row in rows)
    return Draft(levels, {"count": float(max((len(level.objects) for level in levels), default=0))})


def over_count(
    ground: Ground,
    point: str,
    row: Row,
    counted: Tri,
    bounds: Callable[[BoolArray, BoolArray], tuple[float, float]],
    limit: float,
) -> LevelDraft:
    """A level that fails when more than `limit` objects are counted.

    Args:
        counted: which objects count, (n,).
        bounds: (surely counted, possibly counted) masks → least and greatest count.
    """
    spared = ground.spared.objects.get(point, np.zeros(len(ground.facts), np.bool_))
    surely, possibly = counted.yes & ~spared, counted.possible & ~spared
    least, most = bounds(surely, possibly)
    fails = True if least > limit else False if most <= limit else None
    whole, _ = bounds(counted.yes, counted.possible)
    left_out = places(counted.yes & spared)
    return LevelDraft(
        row.level,
        fails,
        is_held=whole > limit and not fails,
        objects=places(surely) if fails is not False else _NONE,
        opened=places(possibly & ~surely) if fails is None else _NONE,
        spared=left_out,
    )


def over_share(
    ground: Ground, point: str, row: Row, population: Tri, fault: Tri
) -> tuple[LevelDraft, Mapping[str, float]]:
    """A level that fails when the share of a population at fault is above `share`.

    Args:
        population: who is counted below the line, (n,). fault: who above, inside the population.

    Returns:
        The level, and `count`, `population`, `share_low`, `share_high`, `limit`.
    """
    limit = row.thresholds["share"]
    spared = ground.spared.objects.get(point, np.zeros(len(ground.facts), np.bool_))
    fault_left = Tri(fault.yes & ~spared, fault.no | spared)
    low, high = _share_bounds(population, fault_left)
    whole, _ = _share_bounds(population, fault)
    fails = True if low > limit else False if high <= limit else None
    level = LevelDraft(
        row.level,
        fails,
        is_lasting=False,
        is_held=whole > limit and not fails,
        objects=places(fault_left.yes) if fails is not False else _NONE,
        opened=places(fault_left.maybe) if fails is None else _NONE,
        spared=places(fault.yes & spared),
    )
    return level, {
        "count": float(fault_left.yes.sum()),
        "population": float(population.yes.sum()),
        "share_low": low,
        "share_high": high,
        "limit": limit,
    }


def _share_bounds(population: Tri, fault: Tri) -> tuple[float, float]:
    """Least and greatest share that what is not known allows.

    An object whose place in the population is open counts where it lowers, then where it raises.
    """
    surely = float(fault.yes.sum())
    inside = float(population.yes.sum())
    around = float(population.maybe.sum())
    open_inside = float((fault.maybe & population.yes).sum())
    open_around = float((fault.maybe & population.maybe).sum())
    low = surely / (inside + around) if inside + around else 0.0
    most = inside + open_around
    high = (surely + open_inside + open_around) / most if most else 0.0
    return low, high
