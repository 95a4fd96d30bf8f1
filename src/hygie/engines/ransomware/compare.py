"""Which defences change what an attack costs, by how much, and how often?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hygie.engines.propagation.sharing import Progress, Sharing
from hygie.engines.propagation.summary import Estimate, mean_interval
from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.outcomes import Rehearsal, share_of
from hygie.engines.ransomware.rehearse import rehearse
from hygie.engines.ransomware.scene import Scene


@dataclass(frozen=True)
class Variant:
    """What one set of defences changes, run by run against the map as it is.

    Attributes:
        name: of the variant.
        rehearsal: with the defences.
        hours_saved: care-hours of the map as it is, less those of the variant.
        activities_saved: care activities stopped, likewise.
        improved, worsened: shares of runs with fewer, with more care-hours lost.
    """

    name: str
    rehearsal: Rehearsal
    hours_saved: Estimate
    activities_saved: Estimate
    improved: Estimate
    worsened: Estimate


@dataclass(frozen=True)
class Comparison:
    """The map as it is, and its variants in the order asked."""

    base: Rehearsal
    variants: tuple[Variant, ...]


def compare(
    base: Scene,
    variants: Mapping[str, Scene],
    runs: int,
    seed: int,
    *,
    sharing: Sharing | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Play the same runs with and without defences: each meets the chance that the other met.

    The difference of a pair varies far less than each of the two, so that a few thousand runs tell
    apart what would take a hundred times more with runs of their own.

    Args:
        base: the map as it is. variants: name → the same map, door and horizon, with defences.
        runs, seed, sharing: as `rehearse`.
        progress: told (runs done, runs of all scenes together).

    Raises:
        RansomwareError: a variant is not of the same map, or no run is asked for.

    Cost: one rehearsal for each scene.
    Source: common random numbers; docs/engines/ransomware.md §6.
    """
    for name, scene in variants.items():
        if not _is_same_map(base, scene):
            raise RansomwareError(f"{name!r} is a variant of another map: nothing is comparable")
    total = runs * (1 + len(variants))
    played: list[Rehearsal] = []
    for scene in (base, *variants.values()):
        before = runs * len(played)
        told = None
        if progress is not None:
            told = _after(progress, before, total)
        played.append(rehearse(scene, runs, seed, sharing=sharing, progress=told))
    first, *others = played
    return Comparison(
        first,
        tuple(_variant(name, first, other) for name, other in zip(variants, others, strict=True)),
    )


def _after(progress: Progress, before: int, total: int) -> Progress:
    def told(done: int, _: int) -> None:
        progress(before + done, total)

    return told


def _is_same_map(one: Scene, other: Scene) -> bool:
    return (
        one.assets == other.assets
        and one.horizon_h == other.horizon_h
        and np.array_equal(one.care, other.care)
        and np.array_equal(one.spread.target, other.spread.target)
        and np.array_equal(one.spread.indptr, other.spread.indptr)
        and np.array_equal(one.entries.node, other.entries.node)
    )


def _variant(name: str, base: Rehearsal, other: Rehearsal) -> Variant:
    saved = base.by_run - other.by_run
    activities = (base.stopped_by_run - other.stopped_by_run).astype(np.float64)
    return Variant(
        name=name,
        rehearsal=other,
        hours_saved=mean_interval(saved),
        activities_saved=mean_interval(activities),
        improved=share_of(int((saved > 0).sum()), base.runs),
        worsened=share_of(int((saved < 0).sum()), base.runs),
    )
