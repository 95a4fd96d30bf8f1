"""By which door would an attack cost most care?"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hygie.engines.dependency.types import FloatArray
from hygie.engines.estate.types import EstateMap
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.propagation.sharing import Progress
from hygie.engines.ransomware.entries import Entry, EntryKind, doors
from hygie.engines.ransomware.nodes import RansomwareError
from hygie.engines.ransomware.scene import Scene
from hygie.engines.ransomware.screen import screen
from hygie.engines.ransomware.ways import AttackGraph

RUNS = 1024
"""Runs of each door: a share is then told to 3 points at worst."""


@dataclass(frozen=True)
class DoorRanking:
    """What each door leads to when nobody sees anything, (d,).

    Attributes:
        entries: the doors that the map has.
        weight: worth of the care that stops, on average; weight_low, weight_high: its interval.
        activities: care activities that stop, on average.
        taken: assets that are taken, on average.
        order: positions, the door that costs most first.
    """

    entries: tuple[Entry, ...]
    weight: FloatArray
    weight_low: FloatArray
    weight_high: FloatArray
    activities: FloatArray
    taken: FloatArray
    order: NDArray[np.int64]


def doors_of(estate: EstateMap, attack: AttackGraph) -> tuple[Entry, ...]:
    """Every door of a map: each kind, phishing zone by zone, each remote access.

    Cost: O(doors × assets).
    """
    asked = [
        Entry(EntryKind.EXPOSED),
        Entry(EntryKind.ACCOUNT),
        *(Entry(EntryKind.PHISHING, attack.numbers.assets[v].key)
          for v in attack.numbers.of_kind(Kind.ZONE).tolist()),
        *(Entry(EntryKind.SUPPLIER, attack.numbers.assets[v].key)
          for v in attack.numbers.of_kind(Kind.ACCESS).tolist()),
    ]  # fmt: skip
    return tuple(entry for entry in asked if _exists(estate, attack, entry))


def rank_doors(
    estate: EstateMap,
    attack: AttackGraph,
    scene: Scene,
    seed: int,
    *,
    runs: int = RUNS,
    progress: Progress | None = None,
) -> DoorRanking:
    """Let the same attacks run from each door.

    Args:
        estate: the map. attack: the graph of its attacks. scene: made of both, from any door.
        seed: of the draws: every door meets the same chance.
        runs: for each door.
        progress: told (doors done, doors); what it raises ends the work.

    Returns:
        The doors, each with what it leads to.

    Cost: one screening for each door; some ten milliseconds on a hospital of 15,000 assets.
    """
    entries = doors_of(estate, attack)
    told = np.zeros((5, len(entries)))
    for place, entry in enumerate(entries):
        found = screen(replace(scene, entries=doors(estate, attack, entry)), runs, seed)
        told[:, place] = (
            found.weight.mean, found.weight.low, found.weight.high,
            found.stopped_by_run.mean(), found.taken.value.sum(),
        )  # fmt: skip
        if progress is not None:
            progress(place + 1, len(entries))
    order = np.lexsort((np.arange(len(entries)), -told[4], -told[0]))
    return DoorRanking(entries, told[0], told[1], told[2], told[3], told[4], order)


def _exists(estate: EstateMap, attack: AttackGraph, entry: Entry) -> bool:
    try:
        doors(estate, attack, entry)
    except RansomwareError:
        return False
    return True
